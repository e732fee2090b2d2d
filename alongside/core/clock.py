"""What time it is: the one place that asks, so that a test or the demo can say otherwise."""

from datetime import date, datetime, timedelta

from django.utils import timezone


def now() -> datetime:
    """This moment."""
    return timezone.now()


def today() -> date:
    """Today, where the organisation is."""
    return timezone.localdate(now())


def next_working_afternoon(moment: datetime) -> datetime:
    """Four in the afternoon of the next working day: today if it is still morning on a weekday."""
    local = timezone.localtime(moment)
    due = local.replace(hour=16, minute=0, second=0, microsecond=0)
    if local.hour >= 12:
        due += timedelta(days=1)
    while due.weekday() >= 5:
        due += timedelta(days=1)
    return due
