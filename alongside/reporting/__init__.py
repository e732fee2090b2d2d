"""Grants, and the reports their funders read."""
