"""The longer reference pages, one module each."""
