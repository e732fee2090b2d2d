"""How much time there is, in words. Never a colour."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from alongside.core.words import clock as at_clock
from alongside.core.words import counted, day
from alongside.rights.dates import ACKNOWLEDGE, WARN
from alongside.rights.models import Breach, Complaint
from alongside.rights.queries.requests import Clock

HOURS = 72
SOON = 7


def time_left(clock: Clock) -> str:
    """Answer by 3 December 2026: 11 days left."""
    if clock.paused:
        return f"The clock is stopped. Had it run on today: by {day(clock.by)}."
    if clock.left < 0:
        return (
            f"It was due by {day(clock.by)}, {counted(-clock.left, 'day')} ago. Answer it now, and say why it is late."
        )
    left = "today is the last day" if clock.left == 0 else f"{counted(clock.left, 'day')} left"
    return f"Answer by {day(clock.by)}: {left}."


def acknowledge_by(complaint: Complaint) -> date:
    """The last day to say that we have it."""
    return complaint.received_on + timedelta(days=ACKNOWLEDGE)


def complaint_clock(complaint: Complaint, *, today: date) -> str:
    """What is to be done with a complaint, and by when."""
    if complaint.answered_on:
        return f"Answered on {day(complaint.answered_on)}."
    if complaint.acknowledged_on:
        return f"They know since {day(complaint.acknowledged_on)} that we have it. Not answered yet."
    age, by = (today - complaint.received_on).days, day(acknowledge_by(complaint))
    if age >= ACKNOWLEDGE:
        return f"The 30 days to tell them that we have it are over since {by}. Tell them now, and note it as late."
    if age >= WARN:
        return f"Tell them that we have it: {counted(ACKNOWLEDGE - age, 'day')} left, until {by}."
    return f"Tell them that we have it by {by}."


def breach_clock(breach: Breach, *, now: datetime) -> str:
    """Whether the regulator has to be told, and by when."""
    if breach.ico_told_at:
        return f"The ICO was told {_at(breach.ico_told_at)}."
    if breach.ico_not_told_why:
        return "The ICO was not told; the reason is noted."
    until = breach.noticed_at + timedelta(hours=HOURS)
    hours = int((until - now).total_seconds() // 3600)
    if hours < 0:
        return f"The 72 hours were over {_at(until)}. Tell the ICO now, and say why it is late."
    return f"Tell the ICO {_at(until).replace('on ', 'by ', 1)}, or note why not: {counted(hours, 'hour')} left."


def _at(moment: datetime) -> str:
    return f"on {day(timezone.localdate(moment))} at {at_clock(moment)}"
