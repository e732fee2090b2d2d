"""The door of the pages on which a form is answered.

Two may pass: a worker who may see the client, and the screen that was handed over for this very form. That
screen's session holds the form's key and nothing of the worker's.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property, wraps
from typing import Any, Concatenate, cast

from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from alongside.access.doors import may, note_denied
from alongside.access.kept import keep
from alongside.access.models import User
from alongside.access.permissions import Permission
from alongside.audit import actions as audit
from alongside.core import clock
from alongside.instruments.items import Question
from alongside.instruments.schema import BY_THEMSELVES, Instrument
from alongside.measures.answers import Answer, instrument, left_empty, questions, says_so
from alongside.measures.models import Questionnaire, Response
from alongside.measures.presenters.opening import credit, opening
from alongside.measures.queries import forms as queries
from alongside.measures.queries.library import SERVICE_EVALUATION
from alongside.measures.refusals import refuse

ANSWERING = "answering"
HANDED_OVER_SECONDS = 2 * 60 * 60
SENT_SECONDS = 10 * 60


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
    def here(self) -> bool:
        """Whether this screen may have it: one handed over while it holds the form, a worker's while none does."""
        alone = self.response.given == Response.Given.HANDED_OVER
        return alone if self.handed_over else not (alone and self.questionnaire.open)

    @cached_property
    def form(self) -> Instrument:
        """The measure, in the words that it was opened with."""
        return instrument(self.questionnaire)

    @cached_property
    def items(self) -> tuple[Question, ...]:
        """The questions it asks."""
        return questions(self.questionnaire)

    @property
    def alone(self) -> bool:
        """Whether somebody may answer it by themselves."""
        return self.form.answered_by in BY_THEMSELVES

    def answer(self, item: Question) -> Answer:
        """What was said to one question."""
        return self.response.answer(item.key)

    def asks_to_check_in(self, *asked: Question) -> bool:
        """Whether an answer to one of these questions, or of all, asks for a check-in."""
        return any(says_so(self.form, item.key, self.answer(item)) for item in asked or self.items)

    @property
    def left_empty(self) -> list[Question]:
        """The questions without a mark whose empty place asks for a check-in."""
        marked = self.response.marked
        empty = [item for item in self.items if item.key in self.form.check_in and item.key not in marked]
        return empty if left_empty(self.form, marked) else []

    @cached_property
    def reader(self) -> str:
        """What the client calls the worker who will read it, and who is asked to check in."""
        return queries.turned_to(self.questionnaire).name.split(" ")[0]

    @property
    def until(self) -> str:
        """The last day to go on with it, in words."""
        last = self.questionnaire.last_day
        return "today" if last <= clock.today() else f"{last.day} {last:%B}"

    @property
    def credit(self) -> str:
        """Whose questions these are, and by which leave they stand here."""
        return credit(self.form, self.questionnaire.wording)

    @property
    def opening(self) -> str:
        """What the form is, in one or two sentences."""
        return opening(self.questionnaire, self.items, self.form)

    @property
    def counted_for_funders(self) -> bool:
        """Whether reports to funders count its answers."""
        return self.questionnaire.instrument == SERVICE_EVALUATION

    def back_from(self, item: Question, *, changing: bool) -> str:
        """The page before this question."""
        key = self.questionnaire.pk
        if changing:
            return reverse("measures:check", args=[key])
        earlier = [other.number for other in self.items if other.number < item.number]
        return (
            reverse("measures:question", args=[key, max(earlier)]) if earlier else reverse("measures:start", args=[key])
        )

    def now(self) -> "Answering":
        """The form as it is since another screen closed it."""
        return replace(self, questionnaire=queries.held(self.questionnaire.pk) or self.questionnaire)

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
        if asked.questionnaire.taken_back_at is not None or not asked.here:
            number: Any = kwargs.get("number")
            return refuse(request, asked, number)
        return page(request, asked, *args, **kwargs)

    guarded.permission = Permission.TAKE_FORMS  # type: ignore[attr-defined]
    return guarded


def _asked(request: HttpRequest, key: str) -> Answering | None:
    if request.user.is_authenticated:
        found = queries.visible_to(me(request)).filter(pk=key).first()
        if found is None or not may(request, Permission.TAKE_FORMS):
            note_denied(request)
            raise Http404
        return Answering(questionnaire=found, by=me(request).pk, handed_over=False)
    found = queries.held(key) if request.session.get(ANSWERING) == key else None
    if found is None:
        return None
    if request.method == "POST" and found.open:
        request.session.modified = True  # two hours from the last answer
    return Answering(questionnaire=found, by=f"client:{found.client_id}", handed_over=True)


def sent_from(request: HttpRequest, asked: Answering) -> None:
    """Leave a screen that was handed over a short while for the thanks and a copy, and then nothing."""
    if asked.handed_over and not asked.sent:
        request.session.set_expiry(SENT_SECONDS)


def hand_over_screen(request: HttpRequest, key: str) -> None:
    """End the worker's session here, and begin one that may answer this form and nothing else."""
    logout(request)
    request.session[ANSWERING] = key
    request.session.set_expiry(HANDED_OVER_SECONDS)
