"""Days as somebody says them who knows what day it is."""

from datetime import date, datetime

from django.utils import timezone

from alongside.core import clock, words

NEAR = {-1: "yesterday", 0: "today", 1: "tomorrow"}


def near(on: date) -> str:
    """In a sentence: today, yesterday, tomorrow, or on 16 November."""
    return NEAR.get((on - clock.today()).days) or f"on {_dated(on)}"


def near_short(on: date) -> str:
    """The same for a list: Today, or 24 Nov."""
    today = clock.today()
    dated = words.short_day(on) if on.year == today.year else f"{words.short_day(on)} {on.year}"
    return NEAR.get((on - today).days, "").capitalize() or dated


def day_of(at: datetime) -> date:
    """The day of a moment, where the organisation is."""
    return timezone.localdate(at)


def moment(at: datetime) -> str:
    """Day and time in a sentence: today 11:30."""
    on = day_of(at)
    return f"{NEAR.get((on - clock.today()).days) or _dated(on)} {words.clock(at)}"


def moment_short(at: datetime) -> str:
    """Day and time in a list: 24 Nov, 11:30."""
    return f"{near_short(day_of(at))}, {words.clock(at)}"


def _dated(on: date) -> str:
    """The date; the year only if it is another."""
    return f"{on.day} {on:%B}" if on.year == clock.today().year else words.day(on)
