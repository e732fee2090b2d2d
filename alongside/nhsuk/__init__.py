"""Form fields and the templates that set them as the design system's components."""
