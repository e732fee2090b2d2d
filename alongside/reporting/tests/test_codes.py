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
