"""What this room shows on a client's page and in lists of clients, through the sockets."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Protocol, cast

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from alongside.core import clock
from alongside.core.sockets import ClientPanel, Person, Shown
from alongside.instruments import loader
from alongside.measures.presenters import panel as words
from alongside.measures.queries import forms as queries
from alongside.measures.queries.library import SERVICE_EVALUATION

if TYPE_CHECKING:
    from alongside.access.models import User

FORTNIGHTS = 8


class WithEvents(Protocol):
    """A person about whom the page also knows what happened."""

    events: Sequence[tuple[date, str]]


def show(request: HttpRequest, person: Person) -> Shown:
    """How things have been for one client, and which other measures came back: one query, however many forms."""
    record = queries.record(cast("User", request.user), person.pk)
    others = {"person": person, "found": record.others}
    other_measures = render_to_string("measures/trends/panel.jinja", others, request=request) if record.others else ""
    doors = (("Take a form", "measures:open"), ("Ask for a form", "measures:ask-for")) if record.supported else ()
    take = tuple((label, reverse(page, args=[person.pk])) for label, page in doors)
    if not record.courses:
        return Shown(body=other_measures, actions=take)
    today = clock.today()
    page: dict[str, object] = {"person": person, "record": record, "today": today}
    if record.forms:
        page |= _how_things_have_been(record, cast("WithEvents", person), today)
        page["table"] = request.GET.get("view") == "table"
    body = render_to_string("measures/panel.jinja", page, request=request)
    return Shown(body=body + other_measures, since=words.since(record, today), actions=take)


def column(client_keys: Sequence[str]) -> dict[str, str]:
    """For each client, which forms came back lately and when the next is due: one query, however many clients."""
    courses = queries.current_courses(client_keys)
    today = clock.today()
    cells: dict[str, str] = {}
    for key in client_keys:
        course = courses.get(key)
        page: dict[str, object] = {"course": course}
        if course:
            page["came"] = course.came_back(today)[-FORTNIGHTS:]
            page["due"] = f"Due {words.due(course.due_on, today)}" if course.due_on else ""
        cells[key] = render_to_string("measures/column.jinja", page)
    return cells


def _how_things_have_been(record: queries.Record, person: WithEvents, today: date) -> dict[str, object]:
    instrument = loader.load(SERVICE_EVALUATION)
    forms = words.drawn(record.forms)
    days, happened = words.events(record, getattr(person, "events", ()), forms)
    columns = words.columns(record.forms)
    return {
        "came_back": words.came_back(record, today),
        "groups": words.groups(instrument, forms, days),
        "happened": happened,
        "columns": columns,
        "rows": words.rows(instrument, columns, forms),
        "replaced": len(forms) < len(record.forms),
    }


PANEL = ClientPanel(
    order=10,
    title="How things have been",
    permission="see clients",
    show=show,
    column_title="Forms back, last 8 fortnights",
    column=column,
)
