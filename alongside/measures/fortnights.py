"""All counting of fortnights: which forms came back, where one is missing, and when the next is due."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

DAYS = 14


def apart(earlier: date, later: date) -> int:
    """How many fortnights lie between two days, to the nearest: forms are rarely taken on the very day.

    >>> apart(date(2026, 5, 5), date(2026, 5, 18)), apart(date(2026, 5, 5), date(2026, 6, 2))
    (1, 2)
    """
    return ((later - earlier).days + DAYS // 2) // DAYS


def missing(earlier: date, later: date) -> list[date]:
    """The days, about, on which a form was to be expected between two that came back.

    >>> missing(date(2026, 7, 14), date(2026, 8, 25))
    [datetime.date(2026, 7, 28), datetime.date(2026, 8, 11)]
    """
    return [earlier + timedelta(days=DAYS * step) for step in range(1, apart(earlier, later))]


@dataclass
class Course:
    """A time of support in which a form is asked for every fortnight; it goes on while `ended_on` is None."""

    started_on: date
    ended_on: date | None
    sent_on: list[date] = field(default_factory=list)

    @property
    def due_on(self) -> date | None:
        """A fortnight after the last form, or after support began; None once it has ended."""
        if self.ended_on is not None:
            return None
        return max([self.started_on, *self.sent_on]) + timedelta(days=DAYS)

    def came_back(self, today: date) -> list[bool]:
        """For each fortnight up to today, whether a form came back.

        The one that is due is not missing before its day has passed.
        """
        came: list[bool] = []
        counted = last = self.started_on
        for day in sorted(self.sent_on):
            last = day
            if came and apart(counted, day) == 0:
                continue
            came += [False] * len(missing(counted, day)) + [True]
            counted = day
        until = today if self.ended_on is None else min(self.ended_on, today)
        overdue = max(0, (until - last).days - 1) // DAYS
        return came + [False] * overdue


def courses(spans: Iterable[Course]) -> list[Course]:
    """Join times of support that overlap: one form a fortnight is enough, whoever the person sees."""
    joined: list[Course] = []
    for span in sorted(spans, key=lambda span: span.started_on):
        last = joined[-1] if joined else None
        if last is None or (last.ended_on is not None and last.ended_on < span.started_on):
            joined.append(Course(span.started_on, span.ended_on, list(span.sent_on)))
            continue
        last.sent_on += span.sent_on
        if last.ended_on is not None:
            last.ended_on = max(last.ended_on, span.ended_on) if span.ended_on else None
    return joined
