"""What is asked of a client and when it is due, in words. Nothing here knows an answer."""

from dataclasses import dataclass

from alongside.core import clock
from alongside.measures.models import Schedule
from alongside.measures.presenters.panel import due, on
from alongside.measures.queries.due import Asked

WHEN = {"before": "before the session", "after": "after the session", "review": "for the review"}


@dataclass(frozen=True, kw_only=True)
class AskedFor:
    """One line: the measure, how often, when it came back last, and when it is due."""

    key: str
    client: str
    called: str
    measure: str
    name: str
    rhythm: str
    last: str
    due: str
    may_take: bool


def asked_for(one: Asked) -> AskedFor:
    """One schedule in words."""
    today, schedule = clock.today(), one.schedule
    return AskedFor(
        key=schedule.pk,
        client=schedule.client_id,
        called=schedule.client.listed_as,
        measure=schedule.instrument,
        name=one.name,
        rhythm=_rhythm(schedule),
        last=f"Last on {on(one.last_on, today)}" if one.last_on else "None yet",
        due=_due(one),
        may_take=one.is_due,
    )


def _rhythm(schedule: Schedule) -> str:
    if schedule.rhythm == Schedule.Rhythm.REVIEW:
        weeks = schedule.every_days // 7
        return f"At reviews, every {'week' if weeks == 1 else f'{weeks} weeks'}"
    return schedule.get_rhythm_display()


def _due(one: Asked) -> str:
    if one.due is None:
        return "No session planned" if one.schedule.rhythm == Schedule.Rhythm.SESSION else "Came back"
    today = clock.today()
    said = f"Overdue since {on(one.due.on, today)}" if one.overdue else f"Due {due(one.due.on, today)}"
    when = WHEN.get(one.due.occasion, "")
    return f"{said}, {when}" if when else said
