"""Turns a report, written as plain data, into pages people can read: HTML, PDF, figures and CSV tables."""
