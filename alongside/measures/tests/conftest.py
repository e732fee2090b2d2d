from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.test import Client as Browser
from django.utils import timezone

from alongside.access.models import User
from alongside.care.models import Episode
from alongside.core import clock
from alongside.instruments import loader
from alongside.instruments.items import Asked, Item
from alongside.instruments.schema import Instrument
from alongside.measures import actions
from alongside.measures.actions.paper import printing, storing
from alongside.measures.answers import Answer, How, questions
from alongside.measures.models import Page, PaperForm, Questionnaire, Response
from alongside.measures.models.used import Measure
from alongside.paper.form import printing as pure
from alongside.paper.form.printing import Printed

Occasion = Questionnaire.Occasion


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """It is noon, whenever the tests run."""
    now = timezone.make_aware(datetime.combine(timezone.localdate(), time(12)))
    monkeypatch.setattr(clock, "now", lambda: now)
    return now


@pytest.fixture(autouse=True)
def none_looked_at_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether a sure mark of a paper form is shown to a person all the same is not left to chance."""
    monkeypatch.setattr(storing, "CHECKED", 0.0)


@pytest.fixture(scope="session")
def laid_out() -> dict[tuple[Any, ...], Printed]:
    """The forms that were laid out in this run."""
    return {}


@pytest.fixture(autouse=True)
def laid_out_once(monkeypatch: pytest.MonkeyPatch, laid_out: dict[tuple[Any, ...], Printed]) -> None:
    """Lay out the same form once for all tests, which takes a second; the second of a test has an id of its own."""
    asked: Counter[str] = Counter()

    def made(form: Instrument, **how: Any) -> Printed:
        what = f"{form!r} {sorted(how.items())}"
        asked[what] += 1
        key = (what, asked[what])
        if key not in laid_out:
            laid_out[key] = pure.printed(form, **how)
        return laid_out[key]

    monkeypatch.setattr(printing, "printed", made)


@pytest.fixture
def asked(episode: Episode, alice: User) -> Questionnaire:
    """A form that Alice has opened for Rowan."""
    return actions.open_form(episode=episode, occasion=Occasion.FORTNIGHT, by=alice)


@pytest.fixture
def together(signed_in: Callable[[User], Browser], alice: User) -> Browser:
    """Alice's browser."""
    return signed_in(alice)


@pytest.fixture
def alone(together: Browser, asked: Questionnaire) -> Browser:
    """The screen that Alice has handed over to Rowan."""
    together.post(f"/forms/{asked.pk}/hand-over")
    return together


@pytest.fixture
def say(together: Browser, asked: Questionnaire) -> Callable[..., object]:
    """Return what Continue does on one question."""

    def send(number: int, **said: str):
        return together.post(f"/forms/{asked.pk}/{number}/", said)

    return send


@pytest.fixture
def kept(asked: Questionnaire) -> Callable[[int], Mapping | None]:
    """Return what is kept of one question."""

    def read(number: int) -> Mapping | None:
        response = Response.objects.get(questionnaire=asked)
        return response.answers.get(questions(asked)[number - 1].key)

    return read


@pytest.fixture
def send_form(monkeypatch: pytest.MonkeyPatch, noon: datetime, alice: User) -> Callable[..., Response]:
    """Return how a form came back some days ago, all of it marked the same but where it is said otherwise."""

    def send(
        episode: Episode,
        days_ago: int,
        mark: float | None = 5.0,
        occasion: Occasion = Occasion.FORTNIGHT,
        **said: float | None,
    ) -> Response:
        with monkeypatch.context() as then:
            then.setattr(clock, "now", lambda: noon - timedelta(days=days_ago))
            form = actions.open_form(episode=episode, occasion=occasion, by=alice)
            for item in questions(form):
                value = said.get(item.key, mark)
                if value is not None:
                    given = Answer(value=value, how=How.LINE)
                    actions.answer(questionnaire=form, item=item.key, given=given, was="", by=alice.pk)
            return actions.send(questionnaire=form, by=alice.pk)

    return send


@pytest.fixture
def send_measure(monkeypatch: pytest.MonkeyPatch, noon: datetime, alice: User) -> Callable[..., Response]:
    """Return how a form of any measure came back some days ago.

    Every question with a number is marked `mark` but where it is said otherwise; None leaves a question empty.
    What is said to a question in words is a text.
    """

    def send(
        episode: Episode,
        measure: str,
        days_ago: int,
        mark: float | None = 1.0,
        occasion: Occasion = Occasion.REVIEW,
        **said: float | str | None,
    ) -> Response:
        if not Measure.objects.filter(instrument=measure).exists():
            Measure.objects.create(instrument=measure, version=loader.load(measure).version, on=True)
        with monkeypatch.context() as then:
            then.setattr(clock, "now", lambda: noon - timedelta(days=days_ago))
            form = actions.open_form(episode=episode, occasion=occasion, measure=measure, by=alice)
            for question in questions(form):
                given = _given(question, said.get(question.key, mark))
                actions.answer(questionnaire=form, item=question.key, given=given, was="", by=alice.pk)
            return actions.send(questionnaire=form, by=alice.pk)

    return send


@pytest.fixture
def bring(together: Browser, alice: User) -> Callable[..., Page]:
    """Return how Alice brings in a page of paper, the site reads it, and Alice keeps every mark on it."""
    from alongside.measures.tests.paper import bringing

    return bringing(together, alice)


@pytest.fixture
def one(episode: Episode, alice: User) -> tuple[PaperForm, Any]:
    """A paper form of one page for Rowan, and its picture with nothing marked."""
    from alongside.measures.tests.paper import printed, scanned

    pdf = printed(episode, alice)
    return PaperForm.objects.get(), scanned(pdf)


@pytest.fixture
def two(episode: Episode, alice: User) -> tuple[PaperForm, bytes]:
    """A paper form in large print, of two pages, for Rowan, and its PDF."""
    from alongside.measures.tests.paper import printed

    pdf = printed(episode, alice, large=True)
    return PaperForm.objects.get(), pdf


def _given(question: Asked, said: float | str | None) -> Answer:
    if isinstance(said, str):
        return Answer(text=said)
    if not isinstance(question, Item) or said is None:
        return Answer()
    return Answer(value=said, how=How.CHOICE if question.kind == "choice" else How.FIGURE)
