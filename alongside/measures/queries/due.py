"""What is asked of clients, and what is due: in one query however many clients, or three around sessions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from alongside.access.models import User
from alongside.care import queries as care
from alongside.care.models import Contact
from alongside.core import clock
from alongside.measures.models import Measure, Response, Schedule
from alongside.measures.queries import library
from alongside.measures.schedules import Due, around_sessions, next_due

GOING_ON = {Contact.Outcome.PLANNED, Contact.Outcome.CAME}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A measure asked of a client, when it came back last, and when it is due."""

    schedule: Schedule
    name: str
    last_on: date | None
    due: Due | None

    @property
    def is_due(self) -> bool:
        """Whether its day has come."""
        return self.due is not None and self.due.on <= clock.today()

    @property
    def overdue(self) -> bool:
        """Whether its day has passed."""
        return self.due is not None and self.due.on < clock.today()


def of_client(user: User, client_key: str) -> list[Asked]:
    """What is asked of one client, as it was set up."""
    return _asked(_going_on(user).filter(client=client_key))


def due_for(user: User) -> list[Asked]:
    """What is due of the clients somebody works with: the longest due first, then by name."""
    found = [one for one in _asked(_going_on(user).filter(episode__practitioner=user)) if one.is_due]
    return sorted(found, key=lambda one: (one.due.on if one.due else date.max, one.schedule.client.listed_as, one.name))


def schedule(user: User, key: str) -> Schedule | None:
    """One schedule, if this person may see its client."""
    return _going_on(user).filter(pk=key).first()


def _going_on(user: User) -> QuerySet[Schedule]:
    """What is asked by measures that are switched on, each with its measure's version and when it came back last."""
    on = Measure.objects.filter(instrument=OuterRef("instrument"), on=True)
    back = Response.objects.sent().filter(
        questionnaire__episode=OuterRef("episode"), questionnaire__instrument=OuterRef("instrument")
    )
    found = Schedule.objects.filter(care.may_see(user, "client"), stopped_at=None, episode__ended_on=None)
    return (
        found.select_related("client", "episode__service", "episode__practitioner")
        .annotate(
            version=Subquery(on.values("version")[:1]),
            definition=Subquery(on.values("definition")[:1]),
            last_at=Subquery(back.order_by("-sent_at").values("sent_at")[:1]),
        )
        .filter(version__isnull=False)
        .order_by("first_on", "made_at")
    )


def _asked(schedules: Iterable[Schedule]) -> list[Asked]:
    held = list(schedules)
    around = [one for one in held if one.rhythm == Schedule.Rhythm.SESSION]
    today, meetings = (_sent_today(around), _meetings(around)) if around else ({}, {})
    return [_one(one, today.get((one.episode_id, one.instrument), []), meetings) for one in held]


def _one(schedule: Schedule, today: list[str], meetings: dict[str, list[datetime]]) -> Asked:
    form = library.read(schedule.instrument, schedule.version, schedule.definition)  # type: ignore[attr-defined]
    last_at: datetime | None = schedule.last_at  # type: ignore[attr-defined]
    last_on = timezone.localtime(last_at).date() if last_at else None
    if schedule.rhythm == Schedule.Rhythm.SESSION:
        due = around_sessions(meetings.get(schedule.episode_id, []), given_today=today, now=clock.now())
    else:
        due = next_due(schedule, last_on)
    return Asked(schedule=schedule, name=form.name, last_on=last_on, due=due)


def _sent_today(schedules: list[Schedule]) -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = {}
    rows = Response.objects.sent().filter(
        sent_at__gte=_midnight(),
        questionnaire__episode__in={one.episode_id for one in schedules},
        questionnaire__instrument__in={one.instrument for one in schedules},
    )
    wanted = ("questionnaire__episode", "questionnaire__instrument", "questionnaire__occasion")
    for episode, instrument, occasion in rows.values_list(*wanted):
        found.setdefault((episode, instrument), []).append(occasion)
    return found


def _meetings(schedules: list[Schedule]) -> dict[str, list[datetime]]:
    ahead = Contact.objects.filter(
        episode__in={one.episode_id for one in schedules}, starts_at__gte=_midnight(), outcome__in=GOING_ON
    )
    found: dict[str, list[datetime]] = {}
    for episode, begins in ahead.order_by("starts_at").values_list("episode", "starts_at"):
        found.setdefault(episode, []).append(begins)
    return found


def _midnight() -> datetime:
    return timezone.make_aware(datetime.combine(clock.today(), time.min))
