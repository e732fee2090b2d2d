"""When a measure is due: all counting for the four rhythms, and nothing of what was answered."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from alongside.measures.fortnights import DAYS
from alongside.measures.models import Questionnaire, Schedule

Occasion = Questionnaire.Occasion
Rhythm = Schedule.Rhythm


@dataclass(frozen=True, kw_only=True)
class Due:
    """The next time: the day, and on what occasion."""

    on: date
    occasion: str


def next_due(schedule: Schedule, last_on: date | None) -> Due | None:
    """Say when a measure is due next, since it came back last; None where nothing more is to be expected.

    A form counts from the day on which the schedule begins.
    """
    occasion = Occasion.REVIEW if schedule.rhythm == Rhythm.REVIEW else Occasion.ONCE
    if last_on is None or last_on < schedule.first_on:
        return Due(on=schedule.first_on, occasion=occasion)
    if schedule.rhythm == Rhythm.ONCE:
        return None
    days = DAYS if schedule.rhythm == Rhythm.FORTNIGHT else schedule.every_days
    return Due(on=last_on + timedelta(days=days), occasion=occasion)


def around_sessions(begin: Iterable[datetime], *, given_today: Collection[str], now: datetime) -> Due | None:
    """Say whether a form is due before or after the next session, of those from today on, in order.

    Before it until it begins, then after it until its day is over; one that was missed is let go.
    """
    today = timezone.localtime(now).date()
    for moment in begin:
        on = timezone.localtime(moment).date()
        given = given_today if on == today else ()
        if now < moment and Occasion.BEFORE not in given:
            return Due(on=on, occasion=Occasion.BEFORE)
        if Occasion.AFTER not in given:
            return Due(on=on, occasion=Occasion.AFTER)
    return None
