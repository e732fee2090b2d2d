"""The years of a grant: twelve months each from its first day, the last cut off where the grant ends."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from alongside.core import words

TO_DATE = "to-date"


@dataclass(frozen=True)
class Period:
    """A time that a report is about, both days included. `value` names it in a form."""

    starts_on: date
    ends_on: date
    value: str = ""

    @property
    def words(self) -> str:
        """Say it.

        >>> Period(date(2025, 4, 1), date(2026, 3, 31)).words
        '1 April 2025 to 31 March 2026'
        """
        return f"{words.day(self.starts_on)} to {words.day(self.ends_on)}"

    def words_to(self, until: date) -> str:
        """Say it, and up to which day it is counted where it is not over.

        >>> Period(date(2025, 4, 1), date(2026, 3, 31)).words_to(date(2025, 5, 14))
        '1 April 2025 to 31 March 2026 (so far, to 14 May 2025)'
        """
        return self.words if until >= self.ends_on else f"{self.words} ({so_far(until)})"

    def until(self, today: date) -> date:
        """The last day that there can be anything to count."""
        return min(self.ends_on, today)


def so_far(until: date) -> str:
    """Say up to which day a time that is not over is counted."""
    return f"so far, to {words.day(until)}"


def longer_than(years: int, starts_on: date, ends_on: date) -> bool:
    """Whether a time, both days included, is longer than so many years.

    >>> longer_than(1, date(2025, 4, 1), date(2026, 3, 31)), longer_than(1, date(2025, 4, 1), date(2026, 4, 1))
    (False, True)
    """
    return (ends_on.year - years, ends_on.month, ends_on.day) >= (starts_on.year, starts_on.month, starts_on.day)


def offered(starts_on: date, ends_on: date, *, today: date) -> list[Period]:
    """The years of a grant that have begun, the latest first, and then the whole of it up to today.

    >>> [one.value for one in offered(date(2024, 4, 1), date(2026, 12, 31), today=date(2025, 6, 1))]
    ['2025-04-01', '2024-04-01', 'to-date']
    >>> offered(date(2026, 4, 1), date(2027, 3, 31), today=date(2026, 1, 1))
    []
    """
    years = list(_years(starts_on, ends_on, today))
    if not years:
        return []
    whole = Period(starts_on, min(ends_on, today), TO_DATE)
    known = {(year.starts_on, year.ends_on) for year in years}
    return [*reversed(years), *([] if (whole.starts_on, whole.ends_on) in known else [whole])]


def _years(starts_on: date, ends_on: date, today: date) -> Iterator[Period]:
    """Those that have begun."""
    begins, number = starts_on, 0
    while begins <= min(ends_on, today):
        number += 1
        following = _anniversary(starts_on, number)
        yield Period(begins, min(following - timedelta(days=1), ends_on), begins.isoformat())
        begins = following


def _anniversary(day: date, years: int) -> date:
    """The same day in a later year; of 29 February, the day after the 28th.

    >>> _anniversary(date(2024, 2, 29), 1)
    datetime.date(2025, 3, 1)
    """
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
