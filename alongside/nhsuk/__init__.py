"""Form fields, and the templates that show them as the design system's components, themed as ours."""
