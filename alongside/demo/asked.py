"""What was asked of Wren Street about data, so that no page about rights is empty."""

from django.urls import reverse

from alongside.care.models import Client
from alongside.demo.history import History, at, days
from alongside.demo.invented import asked as said
from alongside.demo.invented.organisation import AMARA
from alongside.rights.models import Complaint, Consent, Request, Wording
from alongside.todo.models import Task


def invent(history: History) -> None:
    """What some agreed to, a request under way and one that is over, and a complaint to read."""
    keys = {client.name: client.pk for client in history.all(Client) if client.name}
    _agreed(history, keys)
    _copies(history, keys)
    _complaint(history)


def _agreed(history: History, keys: dict[str, str]) -> None:
    wordings = {one.about: one for one in Wording.objects.order_by("version")}
    last = {(who, about): place for place, (who, about, *_) in enumerate(said.CONSENTS)}
    for place, (who, about, answer, how, ago) in enumerate(said.CONSENTS):
        on = history.today - days(ago)
        row = Consent(
            person_key=keys[who], wording=wordings[about], about=about, answer=answer, how=how, said_on=on,
            by=history.house.staff[AMARA], current=last[who, about] == place,
        )  # fmt: skip
        history.add(row, on)


def _copies(history: History, keys: dict[str, str]) -> None:
    lead, copy = history.house.lead(), Request.Kind.COPY
    on = history.today - days(said.ASKED)
    row = Request(
        person_key=keys[said.GWEN], kind=copy, received_on=on, opened_by=lead, identity_how=said.KNOWN_HOW,
        identity_on=history.today - days(said.KNOWN),
    )  # fmt: skip
    history.add(row, on)
    before = history.today - days(said.ASKED_BEFORE)
    row = Request(
        person_key=keys[said.INES], kind=copy, received_on=before, opened_by=lead, decided_by=lead,
        decision=Request.Decision.REFUSED, decided_on=history.today - days(said.REFUSED), decided_why=said.REFUSED_WHY,
    )  # fmt: skip
    history.add(row, before)


def _complaint(history: History) -> None:
    on = history.today - days(said.COMPLAINED)
    complaint = history.add(Complaint(received_on=on, words=said.COMPLAINT, reach=said.REACH), on)
    row = Task(
        kind=Task.Kind.COMPLAINT, title="Please read a complaint about data", subject_key=complaint.pk,
        link=reverse("rights:complaint", args=[complaint.pk]), worker=history.house.lead(),
        due_at=at(history.today, 16),
    )  # fmt: skip
    history.add(row, on)
