"""Reads a past workshop from text and writes it again: no database, no page, and nothing made for one file."""
