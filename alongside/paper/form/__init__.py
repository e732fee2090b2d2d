"""Sets a measure as a form to be marked with a pen, with its layout."""
