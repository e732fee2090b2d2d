"""Dates, times and counts as people say them."""

from datetime import date, datetime

from django.utils import timezone


def day(on: date) -> str:
    """A date in full.

    >>> day(date(2026, 11, 23))
    '23 November 2026'
    """
    return f"{on.day} {on:%B %Y}"


def short_day(on: date) -> str:
    """A date in a list.

    >>> short_day(date(2026, 11, 23))
    '23 Nov'
    """
    return f"{on.day} {on:%b}"


def clock(at: datetime) -> str:
    """A time of day where the organisation is, as 09:05."""
    return f"{timezone.localtime(at):%H:%M}"


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun.

    >>> counted(1, "person", "people"), counted(3, "form")
    ('1 person', '3 forms')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"
