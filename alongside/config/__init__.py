"""Puts the rooms together: the command line, and nothing of its own."""
