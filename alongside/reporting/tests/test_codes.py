"""What an evaluator takes away: every answer, nobody’s name, and the same numbers as `alongside evaluate` gives."""

import csv
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client as Browser
from django.urls import reverse

from alongside.access.fresh import SHOWN_AT
from alongside.access.models import User
from alongside.audit.models import Entry
from alongside.care.models import Client
from alongside.core import clock
from alongside.evaluation.evaluate import evaluate
from alongside.evaluation.options import Options
from alongside.instruments import loader
from alongside.instruments.exchange import read
from alongside.measures import actions as measures
from alongside.measures.answers import Answer, How
from alongside.measures.models import Measure
from alongside.reporting.tests.conftest import Support
from alongside.rights.actions import consents
from alongside.rights.models import Consent
from alongside.rights.queries.consents import wording

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(evaluator: User, signed_in: Callable[[User], Browser]) -> Browser:
    return signed_in(evaluator)


def taken(browser: Browser) -> zipfile.ZipFile:
    answer = browser.post(reverse("reporting:answers"))
    assert answer["Content-Type"] == "application/zip"
    return zipfile.ZipFile(io.BytesIO(answer.content))


def rows(archive: zipfile.ZipFile, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(archive.read(name).decode("utf-8-sig"))))


def test_it_holds_every_form_and_nobodys_name(browser: Browser, support: Support) -> None:
    support(12, forms=2)
    archive = taken(browser)
    assert sorted(archive.namelist()) == ["clients.csv", "forms.csv", "read-me.txt"]
    assert len(rows(archive, "clients.csv")) == 12
    assert len(rows(archive, "forms.csv")) == 24
    said = "".join(archive.read(name).decode() for name in archive.namelist())
    for client in Client.objects.all():
        assert client.pk not in said
        assert client.code not in said
        assert not client.name or client.name not in said


def test_alongside_evaluate_reads_it_as_it_is(browser: Browser, support: Support, tmp_path: Path) -> None:
    support(12, forms=2)
    taken(browser).extractall(tmp_path)
    options = Options(instrument="service-evaluation", by=("gender", "age"))
    found = evaluate(
        tmp_path / "forms.csv", attributes_path=tmp_path / "clients.csv", options=options, tell=lambda _: None
    )
    assert len(found.results.measures) == 11
    assert (found.results.people.clients, found.results.people.answered_twice) == (12, 12)


def test_whoever_said_no_to_evaluation_is_not_in_it(browser: Browser, support: Support, alice: User) -> None:
    gone, *_ = support(3, forms=1)
    consents.say(
        person=gone.pk, wording=wording("evaluation"), answer=Consent.Answer.NO, how=Consent.How.PHONE,
        said_on=clock.today(), by=alice,
    )  # fmt: skip
    archive = taken(browser)
    assert (len(rows(archive, "clients.csv")), len(rows(archive, "forms.csv"))) == (2, 2)


def test_codes_are_of_one_download_alone(browser: Browser, support: Support) -> None:
    support(3, forms=1)
    first, second = ({row["client"] for row in rows(taken(browser), "clients.csv")} for _ in range(2))
    assert len(first) == len(second) == 3
    assert not first & second


def test_it_asks_who_they_are_and_notes_each_download(browser: Browser, evaluator: User, support: Support) -> None:
    support(3, forms=1)
    taken(browser)
    assert Entry.objects.filter(by=evaluator.pk, did="answers.taken").count() == 1
    session = browser.session
    session[SHOWN_AT] -= 60 * 60
    session.save()
    assert reverse("account_reauthenticate") in browser.post(reverse("reporting:answers"))["Location"]
    assert Entry.objects.filter(did="answers.taken").count() == 1


def test_before_the_first_form_it_says_so(browser: Browser) -> None:
    page = browser.post(reverse("reporting:answers"), follow=True).content.decode()
    assert "Nobody has sent a form yet" in page


# --- other measures


def send(support: Support, number: int, **said: float) -> list[Client]:
    """Let some clients send a GAD-7."""
    Measure.objects.create(instrument="gad7", version="1", on=True)
    people = support(number, forms=1)
    for client in people:
        episode = client.episodes.get()
        form = measures.open_form(episode=episode, occasion="once", measure="gad7", by=episode.practitioner)
        for question in loader.load("gad7").questions:
            given = Answer(value=said.get(question.key, 1.0), how=How.CHOICE)
            measures.answer(questionnaire=form, item=question.key, given=given, was="", by=episode.practitioner_id)
        measures.send(questionnaire=form, by=episode.practitioner_id)
    return people


def measured(browser: Browser, kind: str = "csv") -> bytes:
    return browser.post(reverse("reporting:measured"), {"measure": "gad7@1", "kind": kind}).content


@pytest.mark.parametrize("kind", ["csv", "xlsx", "fhir"])
def test_another_measure_leaves_under_codes_with_its_scores(browser: Browser, support: Support, kind: str) -> None:
    people = send(support, 3)
    found = read(loader.load("gad7"), measured(browser, kind), kind)
    assert len({one.person for one in found}) == len({one.key for one in found}) == 3
    known = {client.code for client in people} | {client.pk for client in people}
    assert not known & {one.person for one in found}
    assert {tuple(one.answers.values()) for one in found} == {(1.0,) * 7}


def test_codes_of_a_measure_are_of_one_download_alone(browser: Browser, support: Support) -> None:
    send(support, 2)
    first, second = ({one.person for one in read(loader.load("gad7"), measured(browser), "csv")} for _ in range(2))
    assert not first & second


def test_whoever_said_no_is_in_no_measure(browser: Browser, support: Support, alice: User) -> None:
    gone, *_ = send(support, 3)
    consents.say(
        person=gone.pk, wording=wording("evaluation"), answer=Consent.Answer.NO, how=Consent.How.PHONE,
        said_on=clock.today(), by=alice,
    )  # fmt: skip
    assert len(read(loader.load("gad7"), measured(browser), "csv")) == 2


def test_words_and_forms_of_words_stay_here(browser: Browser, support: Support) -> None:
    [client] = support(1, forms=1)
    episode = client.episodes.get()
    for measure in ("goals", "five_aspects"):
        Measure.objects.create(instrument=measure, version="1", on=True)
        form = measures.open_form(episode=episode, occasion="once", measure=measure, by=episode.practitioner)
        for question in loader.load(measure).questions:
            text = Answer(text="Zqwordofmine") if question.kind == "text" else Answer(value=4.0, how=How.FIGURE)
            measures.answer(questionnaire=form, item=question.key, given=text, was="", by=episode.practitioner_id)
        measures.send(questionnaire=form, by=episode.practitioner_id)
    page = browser.get(reverse("reporting:answers")).text
    assert "Personal goals" in page
    assert "Five aspects" not in page
    for kind in ("csv", "fhir"):
        content = browser.post(reverse("reporting:measured"), {"measure": "goals@1", "kind": kind}).content
        assert b"Zqwordofmine" not in content
        assert b"4" in content
