"""Wording that comes from several values."""
