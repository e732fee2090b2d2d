"""What a worker's own page shows of the forms that are due."""

from typing import TYPE_CHECKING, cast

from django.http import HttpRequest
from django.template.loader import render_to_string

from alongside.core.sockets import HomeCard
from alongside.measures.presenters.due import asked_for
from alongside.measures.queries import due
from alongside.measures.queries.paper import to_look_at

if TYPE_CHECKING:
    from alongside.access.models import User


def today(request: HttpRequest) -> str:
    """The forms that are due from the people somebody works with; nothing where none is."""
    found = due.due_for(cast("User", request.user))
    page = {"due": [asked_for(one) for one in found]}
    return render_to_string("measures/due.jinja", page, request=request) if found else ""


def paper(request: HttpRequest) -> str:
    """How many marks on paper wait for somebody to look; nothing where none does."""
    waiting = to_look_at(cast("User", request.user)).count()
    return render_to_string("measures/paper/card.jinja", {"waiting": waiting}, request=request) if waiting else ""


CARD = HomeCard(order=10, permission="take forms", show=today)
PAPER = HomeCard(order=11, permission="take forms", show=paper)
