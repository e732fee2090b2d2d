"""The door of the pages on which a form is answered.

Two may pass: a worker who may see the client, and the screen that was handed over for this very form. That
screen's session holds the form's key and nothing of the worker's.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, cast

from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from alongside.access.doors import may
from alongside.access.kept import keep
from alongside.access.models import User
from alongside.access.permissions import Permission
from alongside.audit import actions as audit
from alongside.instruments.schema import Item, Licence
from alongside.measures import queries
from alongside.measures.answers import Answer, instrument, items, says_so
from alongside.measures.models import Questionnaire, Response

ANSWERING = "answering"
HANDED_OVER_SECONDS = 2 * 60 * 60


@dataclass(frozen=True, kw_only=True)
class Answering:
    """A form, and whose screen it is on."""

    questionnaire: Questionnaire
    by: str
    handed_over: bool

    @property
    def response(self) -> Response:
        """What was answered so far."""
        return self.questionnaire.response

    @property
    def sent(self) -> bool:
        """Whether it was sent."""
        return self.response.sent_at is not None

    @property
    def items(self) -> tuple[Item, ...]:
        """The questions it asks."""
        return items(self.questionnaire)

    def answer(self, item: Item) -> Answer:
        """What was said to one question."""
        return Answer.kept(self.response.answers.get(item.key))

    def asks_to_check_in(self, *asked: Item) -> bool:
        """Whether an answer to one of these questions, or of all, asks for a check-in."""
        return any(says_so(self.questionnaire, item.key, self.answer(item)) for item in asked or self.items)

    @property
    def reader(self) -> str:
        """What the client calls the worker who will read it."""
        return self.questionnaire.reader.name.split(" ")[0]

    @property
    def licence(self) -> Licence:
        """Whose questions these are."""
        return instrument(self.questionnaire).licence

    def back_from(self, item: Item, *, changing: bool) -> str:
        """The page before this question."""
        key = self.questionnaire.pk
        if changing:
            return reverse("measures:check", args=[key])
        earlier = [other.number for other in self.items if other.number < item.number]
        return (
            reverse("measures:question", args=[key, max(earlier)]) if earlier else reverse("measures:start", args=[key])
        )

    def looked(self) -> None:
        """Write that what was answered was shown."""
        details: dict[str, object] = {"response": self.response.pk}
        audit.record(by=self.by, did="form.viewed", subject=f"client:{self.questionnaire.client_id}", details=details)


def me(request: HttpRequest) -> User:
    """Whoever has signed in here."""
    return cast("User", request.user)


type Page[**P] = Callable[Concatenate[HttpRequest, Answering, P], HttpResponse]


def answering[**P](page: Page[P]) -> Callable[..., HttpResponse]:
    """Open the form for those who may answer it; say kindly where to turn to everybody else."""

    @wraps(page)
    def guarded(request: HttpRequest, /, key: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        asked = _asked(request, key)
        if asked is None and "was" in request.session:
            keep(request)
            return redirect_to_login(request.get_full_path())
        if asked is None:
            return render(request, "measures/not_here.jinja", status=404)
        if asked.questionnaire.taken_back_at is not None:
            return render(request, "measures/taken_back.jinja", {"asked": asked}, status=410)
        return page(request, asked, *args, **kwargs)

    guarded.permission = Permission.TAKE_FORMS  # type: ignore[attr-defined]
    return guarded


def _asked(request: HttpRequest, key: str) -> Answering | None:
    if request.user.is_authenticated:
        found = queries.visible_to(me(request)).filter(pk=key).first()
        if found is None or not may(request, Permission.TAKE_FORMS):
            raise Http404
        return Answering(questionnaire=found, by=me(request).pk, handed_over=False)
    found = queries.handed_over(key) if request.session.get(ANSWERING) == key else None
    if found is None:
        return None
    if request.method == "POST":
        request.session.modified = True  # two hours from the last answer
    return Answering(questionnaire=found, by=f"client:{found.client_id}", handed_over=True)


def hand_over_screen(request: HttpRequest, key: str) -> None:
    """End the worker's session here, and begin one that may answer this form and nothing else."""
    logout(request)
    request.session[ANSWERING] = key
    request.session.set_expiry(HANDED_OVER_SECONDS)
