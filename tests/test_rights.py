"""Copies and erasure reach every room: what leads to a person is found here without asking the rooms, and compared."""

import io
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client as Browser
from django.urls import reverse

from alongside.access.models import User
from alongside.audit import chain
from alongside.audit.models import Entry
from alongside.care.models import Client, Episode
from alongside.core import clock
from alongside.core.sockets import Known, sockets
from alongside.information import actions as information
from alongside.information.models import Nation
from alongside.reporting import queries as reporting
from alongside.reporting.actions import grants
from alongside.reporting.models import Grant, Report
from alongside.rights import bundle, checks, restoring, tombstones
from alongside.rights.actions import consents, erasing, keeping
from alongside.rights.dates import years_after
from alongside.rights.models import Certificate, CompetenceNote, Consent, LeftOut, Purpose
from alongside.rights.queries import consents as wordings
from tests.everything import ABOUT_MANY, happen_to, rows_about

pytestmark = pytest.mark.django_db

WORDS = ("Rowan", "Ellery", "Brook Lane", "Sasha", "own room", "own flat", "half a note", "WS-0412")


@pytest.fixture
def rowan(client_of_alice: Client, episode: Episode, alice: User, lead: User, charlie: User) -> Client:
    happen_to(episode, by=alice, lead=lead, stranger=charlie)
    return client_of_alice


@pytest.fixture(autouse=True)
def marks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of marks, in a place of its own."""
    file = tmp_path / "home.erased"
    monkeypatch.setattr(tombstones, "file_of", lambda *_: file)
    return file


def test_every_kind_of_record_about_people_says_why_it_is_kept() -> None:
    purposes = {one.model: one.purpose for one in sockets.holdings} | sockets.purposes
    about_people = {
        model._meta.label
        for model in apps.get_models()
        if model.__module__.startswith("alongside.")
        and (getattr(model.Privacy, "identifying", ()) or getattr(model.Privacy, "sensitive", ()))
    } - {"core.KeyProof"}
    assert about_people - purposes.keys() == set()
    assert set(purposes.values()) <= set(Purpose.objects.values_list("code", flat=True))


def test_a_copy_holds_exactly_what_leads_to_the_person(rowan: Client) -> None:
    held = {model: keys for model, keys in bundle.collect(rowan.pk, {}).keys.items() if keys}
    assert held == rows_about(rowan.pk)
    assert held.keys() == {one.model for one in sockets.holdings}


def test_a_copy_says_who_looked_in_whatever_room(
    rowan: Client, lead: User, signed_in: Callable[[User], Browser]
) -> None:
    signed_in(lead).get(reverse("care:client", args=[rowan.pk]))
    looks = bundle.collect(rowan.pk, {}).looks
    mention = [row for row in Entry.objects.all() if rowan.pk in f"{row.subject} {row.by} {json.dumps(row.details)}"]
    assert len(mention) > 15
    assert {row.at for row in mention} <= {look.at for look in looks}
    assert ("Jo Marsh", "client.viewed") in {(look.who, look.did) for look in looks}


def test_the_file_can_be_read_and_leaves_out_what_is_about_somebody_else(rowan: Client) -> None:
    rowan.someone_close = "Sasha Quill, 01632 960 999"
    rowan.save()
    left_out = {(one.record, one.field): one for one in LeftOut.objects.all()}
    known = Known(pk=rowan.pk, code=rowan.code, called="Rowan")
    content = bundle.zipped(bundle.collect(rowan.pk, left_out), person=known, made_on=clock.today())
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        page, plain = (file.read(name).decode() for name in ("read-me-first.html", "everything.json"))
    assert "Sasha Quill" not in page + plain
    assert "Left out: it is about somebody else" in page
    assert "3 Brook Lane" in page
    assert json.loads(plain)["records"]["care.Goal"][0]["words"] == "Sleep in my own room"


def test_erasing_leaves_no_row_no_waiting_form_and_no_word(rowan: Client, lead: User) -> None:
    report = Report.objects.get()
    before = (bytes(report.page.encode()), bytes(report.pdf), report.results)
    certificate = erasing.erase(person=rowan.pk, why=Certificate.Why.ASKED, by=lead)
    assert rows_about(rowan.pk) == {}
    report.refresh_from_db()
    assert report.clients == ["f" * 32]
    assert (bytes(report.page.encode()), bytes(report.pdf), report.results) == before
    assert certificate.rows["care.Client"] == 1
    assert certificate.rows["measures.Correction"] == 2
    assert not any(word in f"{vars(certificate)}" for word in (*WORDS, rowan.pk))
    assert Entry.objects.filter(subject=f"client:{rowan.pk}", did="client.erased").count() == 1
    assert chain.first_break() is None


def test_what_is_erased_is_gone_from_the_database_file(rowan: Client, lead: User) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL clears what is deleted by itself, later")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA secure_delete = OFF")
    erasing.erase(person=rowan.pk, why=Certificate.Why.TIME, by=lead)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA secure_delete")
        assert cursor.fetchone() == (1,)


def test_others_keep_everything(rowan: Client, lead: User, alice: User, episode: Episode) -> None:
    other = Client.objects.create(code="WS-0413", name="Mo Field")
    consents.say(
        person=other.pk, wording=wordings.wording("contact"), answer=Consent.Answer.YES, how=Consent.How.PHONE,
        said_on=other.made_at.date(), by=alice,
    )  # fmt: skip
    before = rows_about(other.pk)
    erasing.erase(person=rowan.pk, why=Certificate.Why.TIME, by=lead)
    assert rows_about(other.pk) == before
    assert Grant.objects.count() == 1


def test_a_hold_keeps_a_record_from_being_erased(rowan: Client, lead: User) -> None:
    hold = keeping.hold(person=rowan.pk, why="An inquiry has asked for it", until_on=None, by=lead)
    with pytest.raises(erasing.Forbidden, match="first"):
        erasing.erase(person=rowan.pk, why=Certificate.Why.ASKED, by=lead)
    assert Client.objects.filter(pk=rowan.pk).exists()
    keeping.lift(hold=hold, by=lead)
    erasing.erase(person=rowan.pk, why=Certificate.Why.ASKED, by=lead)
    assert not Client.objects.filter(pk=rowan.pk).exists()


def test_whoever_comes_back_with_an_old_backup_is_erased_again(
    rowan: Client, lead: User, marks: Path, django_capture_on_commit_callbacks: Callable
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        first = erasing.erase(person=rowan.pk, why=Certificate.Why.ASKED, by=lead)
    assert rowan.pk not in marks.read_text()
    assert rowan.code not in marks.read_text()
    assert marks.stat().st_mode & 0o777 == 0o600
    Certificate.objects.all().delete()  # as in the backup, which was made before
    Client.objects.create(key=rowan.pk, code=rowan.code, name="Rowan Ellery")
    Client.objects.create(code="WS-0413", name="Mo Field")
    assert restoring.apply() == 1
    assert [one.code for one in Client.objects.all()] == ["WS-0413"]
    again = Certificate.objects.get()
    assert (again.reference, again.why, again.by) == (first.reference, Certificate.Why.AGAIN, None)
    assert restoring.apply() == 0


def test_marks_that_were_lost_are_noted_with_the_next_erasure(
    rowan: Client, lead: User, marks: Path, django_capture_on_commit_callbacks: Callable
) -> None:
    other = Client.objects.create(code="WS-0413", name="Mo Field")
    erasing.erase(person=other.pk, why=Certificate.Why.TIME, by=lead)  # the power went before the marks were written
    assert not marks.exists()
    assert "1 erasure left no mark" in str(checks.marks()[0])
    with django_capture_on_commit_callbacks(execute=True):
        erasing.erase(person=rowan.pk, why=Certificate.Why.TIME, by=lead)
    assert len({line.reference for line in tombstones.read(marks)}) == 2
    assert checks.marks() == []


def test_whoever_takes_back_evaluation_leaves_reports_and_stays_in_care(
    rowan: Client, episode: Episode, alice: User, signed_in: Callable[[User], Browser]
) -> None:
    grant = Grant.objects.get()
    counted = lambda: list(reporting.support_of(grant, until=clock.today()))  # noqa: E731
    assert counted() == [episode]
    said = {"wording": wordings.wording("evaluation"), "how": Consent.How.PHONE, "said_on": clock.today(), "by": alice}
    consents.say(person=rowan.pk, answer=Consent.Answer.TAKEN_BACK, **said)
    assert counted() == []
    assert signed_in(alice).get(reverse("care:client", args=[rowan.pk])).status_code == 200
    consents.say(person=rowan.pk, answer=Consent.Answer.YES, **said)
    assert counted() == [episode]
    assert Consent.objects.filter(person_key=rowan.pk).count() == 3


def test_where_evaluation_stands_on_consent_only_those_who_said_yes_are_counted(
    client_of_alice: Client, episode: Episode, alice: User, lead: User
) -> None:
    grant = grants.add(
        funder=episode.funder, title="Counselling", services=[], by=lead, starts_on=episode.started_on,
        ends_on=clock.today(),
    )  # fmt: skip
    Purpose.objects.filter(code="evaluation").update(basis=Purpose.Basis.CONSENT)
    assert list(reporting.support_of(grant, until=clock.today())) == []
    consents.say(
        person=client_of_alice.pk, wording=wordings.wording("evaluation"), answer=Consent.Answer.YES,
        how=Consent.How.WRITING, said_on=clock.today(), by=alice,
    )  # fmt: skip
    assert list(reporting.support_of(grant, until=clock.today())) == [episode]


def test_nothing_is_about_many_but_what_says_so() -> None:
    assert {one.model for one in sockets.holdings if one.take_out} == ABOUT_MANY


@pytest.mark.parametrize("nation", Nation.values)
def test_no_age_changes_what_is_asked_or_decided_in_any_nation(
    nation: str, client_of_alice: Client, alice: User, signed_in: Callable[[User], Browser]
) -> None:
    browser = signed_in(alice)
    information.describe(by="test", name="Wren Street", nation=nation)
    pages = set()
    for born in [None, *(years_after(clock.today(), -age) for age in (11, 12, 13, 15, 16, 17))]:
        client_of_alice.born = born
        client_of_alice.save()
        texts = [
            browser.get(reverse(page, args=[client_of_alice.pk])).content.decode()
            for page in ("rights:consents", "rights:competence")
        ]
        pages.add(re.sub(r'value="[A-Za-z0-9]{32,64}"', "", "".join(texts)))
        assert not wordings.may_tell_parents(client_of_alice.pk)
    assert len(pages) == 1
    (page,) = pages
    assert "If Rowan is under 16" in page
    assert "Nothing goes to a parent or carer." in page
    assert not CompetenceNote.objects.exists()
