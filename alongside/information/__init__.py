"""What the public sees of the organisation: its own words, and where help is now."""
