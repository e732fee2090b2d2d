"""Questionnaires and responses: taking a form, and how things have been."""
