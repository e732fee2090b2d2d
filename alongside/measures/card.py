"""What a worker's own page shows of the forms that are due."""

from typing import TYPE_CHECKING, cast

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from alongside.core.sockets import HomeCard
from alongside.measures.presenters.due import asked_for
from alongside.measures.queries import due, paper_waiting

if TYPE_CHECKING:
    from alongside.access.models import User


def today(request: HttpRequest) -> str:
    """The forms that are due from the people somebody works with; nothing where none is."""
    found = due.due_for(cast("User", request.user))
    page = {"due": [asked_for(one) for one in found]}
    return render_to_string("measures/due.jinja", page, request=request) if found else ""


def paper(request: HttpRequest) -> str:
    """What of the paper waits for somebody: marks to look at, pages to decide about, and forms that lack a page."""
    counts = paper_waiting.counts(cast("User", request.user))
    waits = counts.marks or counts.pages or counts.lacking
    return render_to_string("measures/paper/card.jinja", {"counts": counts}, request=request) if waits else ""


def print_for_session(client: str, contact: str) -> str:
    """Where a form is printed that lands with the support and on the day of a contact."""
    return reverse("measures:print", args=[client], query={"contact": contact})


CARD = HomeCard(order=10, permission="take forms", show=today)
PAPER = HomeCard(order=11, permission="take forms", show=paper)
