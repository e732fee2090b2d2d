"""Signing in, roles and permissions, teams, and who may see whom."""
