"""Organisations that are not clients: funders, and those who send people to us."""
