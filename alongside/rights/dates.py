"""Days that the law counts: months, birthdays and clocks. Nothing here knows a database."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

COPY_MONTHS, LONGER_MONTHS = 1, 3
OPINION_DAYS = 183
ACKNOWLEDGE, WARN = 30, 25
TAKE_DAYS = 30


def months_after(day: date, months: int) -> date:
    """The same day some months later; where that month has no such day, its last.

    >>> months_after(date(2026, 1, 31), 1), months_after(date(2026, 11, 30), 3)
    (datetime.date(2026, 2, 28), datetime.date(2027, 2, 28))
    """
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def years_after(day: date, years: int) -> date:
    """The same day some years later; 29 February becomes 1 March where there is none, never a day early.

    >>> years_after(date(2000, 2, 29), 25), years_after(date(2000, 2, 29), 4)
    (datetime.date(2025, 3, 1), datetime.date(2004, 2, 29))
    """
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def age_on(born: date, day: date) -> int:
    """Whole years.

    >>> age_on(date(2008, 2, 29), date(2026, 2, 28)), age_on(date(2008, 2, 29), date(2026, 3, 1))
    (17, 18)
    """
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


@dataclass(frozen=True, kw_only=True)
class Years:
    """How long one class of records is kept."""

    years: int
    child_until: int | None = None
    at_17_until: int | None = None
    after_death: int | None = None


def keep_until(rule: Years, *, from_on: date | None, born: date | None, died_on: date | None) -> date | None:
    """The first day on which a record may be erased; None while its time has not begun.

    Whoever was under 18 on the last day is kept until a birthday, if that is later than the years for everybody.
    Once somebody has died, the years after death take the place of both.
    """
    if died_on and rule.after_death is not None:
        return years_after(died_on, rule.after_death)
    if from_on is None:
        return None
    until = years_after(from_on, rule.years)
    age = age_on(born, from_on) if born else None
    if born is None or age is None or age >= 18:
        return until
    birthday = (rule.at_17_until if age == 17 else None) or rule.child_until
    return max(until, years_after(born, birthday)) if birthday else until


def days_paused(pauses: Iterable[tuple[date, date | None]], *, today: date) -> int:
    """How many days do not count, each of them once; a pause that goes on counts up to today.

    >>> days_paused([(date(2026, 11, 3), date(2026, 11, 8)), (date(2026, 11, 6), None)], today=date(2026, 11, 10))
    7
    """
    days = (range(begun.toordinal(), (until or today).toordinal()) for begun, until in pauses)
    return len(set().union(*days))


def answer_by(received: date, *, longer: bool, pauses: Iterable[tuple[date, date | None]], today: date) -> date:
    """The last day to answer a request: one calendar month, or three, and every day on which we waited for them."""
    months = LONGER_MONTHS if longer else COPY_MONTHS
    return months_after(received, months) + timedelta(days=days_paused(pauses, today=today))


def too_old(given_on: date, *, today: date) -> bool:
    """Whether an opinion was given more than six months ago.

    >>> too_old(date(2026, 1, 1), today=date(2026, 7, 3)), too_old(date(2026, 1, 1), today=date(2026, 7, 4))
    (False, True)
    """
    return (today - given_on).days > OPINION_DAYS
