"""Two years of invented support: who came, what they received, when they met and what they said.

Everything comes from one generator of chance, so the same day always gives the same figures. It is put together in
memory and written at once; the actions that people use would take minutes.
"""

import random
from datetime import date, datetime, time, timedelta

from django.db import models
from django.utils import timezone

from alongside.access.models import Relationship
from alongside.audit import actions as audit
from alongside.care.models import Client, Contact, Episode, Event, Goal, GoalRating, Referral
from alongside.core.models import Keyed
from alongside.demo.organisation import WHO, House
from alongside.measures.models import Correction, Questionnaire, Response
from alongside.rights.models import Complaint, Consent, Request
from alongside.todo.models import Task

ORDER = (
    Client, Referral, Episode, Contact, Goal, GoalRating, Event, Questionnaire, Response, Correction, Task,
    Relationship, Consent, Request, Complaint,
)  # fmt: skip
SEED = "Wren Street"


class History:
    """What has been invented so far, and the chance it is invented with."""

    def __init__(self, house: House, today: date) -> None:
        self.house, self.today = house, today
        self.chance = random.Random(SEED)  # noqa: S311 - invented people need no secrecy
        self._rows: dict[type[models.Model], list[models.Model]] = {model: [] for model in ORDER}

    def add[Row: Keyed](self, row: Row, on: date | datetime | None = None) -> Row:
        """Keep a record, made on a day in the past if one is given."""
        if on is not None:
            row.made_at = on if isinstance(on, datetime) else at(on, 9)
        self._rows[type(row)].append(row)
        return row

    def all[Row: models.Model](self, model: type[Row]) -> list[Row]:
        """Every record of a kind."""
        return self._rows[model]  # type: ignore[return-value]

    def pick[One](self, weights: dict[One, int]) -> One:
        """One of these, as often as it weighs."""
        return self.chance.choices(list(weights), list(weights.values()))[0]

    def write(self) -> None:
        """Put everything into the database, and who may see whom; audited like the first day of a new system."""
        self._name_by_arrival()
        self._let_in()
        for model, rows in self._rows.items():
            model._default_manager.bulk_create(rows, batch_size=500)
        for client in self.all(Client):
            audit.record(by=WHO, did="client.added", subject=f"client:{client.pk}")

    def _name_by_arrival(self) -> None:
        for number, client in enumerate(sorted(self.all(Client), key=lambda client: client.made_at), start=101):
            client.code = f"WS-{number:04}"

    def _let_in(self) -> None:
        """Practitioners see those they work with; the teams of their services go on seeing them afterwards."""
        began: dict[tuple[str, str], Relationship] = {}
        for episode in sorted(self.all(Episode), key=lambda episode: (episode.started_on, episode.ended_on is None)):
            since = at(episode.started_on, 9)
            until = at(episode.ended_on, 17) if episode.ended_on else None
            worker = {"kind": Relationship.Kind.CASELOAD, "user": episode.practitioner, "until": until}
            team = {"kind": Relationship.Kind.TEAM, "team": episode.service.team, "until": None}
            for who, said in ((episode.practitioner_id, worker), (episode.service.team_id, team)):
                held = began.get((episode.client_id, who))
                if held is None:
                    row = Relationship(subject_key=episode.client_id, since=since, **said)
                    began[episode.client_id, who] = self.add(row, since)
                elif held.until is not None and (until is None or until > held.until):
                    held.until = until


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """A time of day where the organisation is."""
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


def days(number: float) -> timedelta:
    """A number of days."""
    return timedelta(days=round(number))
