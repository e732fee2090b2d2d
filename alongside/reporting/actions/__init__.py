"""Everything that changes grants and reports; one file for each noun."""

from alongside.reporting.actions.reports import make

__all__ = ["make"]
