"""Who reads the reports of a grant: a lead sees them, lets them in and takes them out."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client as Browser
from django.urls import reverse

from alongside.access import actions as access
from alongside.access.models import Relationship, User
from alongside.access.roles import Role
from alongside.addressbook.models import Organisation
from alongside.audit.models import Entry
from alongside.core.models import new_key
from alongside.reporting.actions import grants
from alongside.reporting.models import Grant
from alongside.reporting.tests.conftest import MakeReport, counting
from alongside.reporting.tests.test_pages import back, ended

pytestmark = pytest.mark.django_db

type SignedIn = Callable[[User], Browser]


@pytest.fixture
def browser(signed_in: SignedIn, lead: User) -> Browser:
    return signed_in(lead)


@pytest.fixture
def page(grant: Grant) -> str:
    return reverse("reporting:readers", args=[grant.pk])


@pytest.fixture
def helen(lead: User) -> User:
    """Reads for another funder."""
    helen = access.add_user(
        email="helen@marrow.example", name="Helen Marlowe", role=Role.FUNDER_READER, password=None, by=lead.pk
    )
    grants.add(
        funder="Marrow Trust", title="A place to go", starts_on=date(2025, 4, 1), ends_on=date(2026, 3, 31),
        services=[], readers=[helen], by=lead,
    )  # fmt: skip
    return helen


def read_by(grant: Grant) -> set[str]:
    open_now = Relationship.objects.open().filter(kind="funds", subject_key=grant.pk)
    return set(open_now.values_list("user__name", flat=True))


def rows(user: User) -> list[str]:
    found = Entry.objects.filter(did__startswith="relationship.funds").order_by("number")
    return [entry.did for entry in found if entry.details == {"user": user.pk}]


def test_a_reader_is_let_in_later_and_taken_out(
    browser: Browser, page: str, grant: Grant, reader: User, make_report: MakeReport, signed_in: SignedIn
) -> None:
    report = reverse("reporting:report", args=[make_report().pk])
    assert "Nobody of the funder’s yet." in browser.get(page).content.decode()
    for _ in range(2):
        said = browser.post(page, {"readers": [reader.pk]}, follow=True).content.decode()
    assert read_by(grant) == {"Fern Reader"}
    said = browser.get(page).content.decode()
    assert "fern@wrenstreet.example" in said
    assert "Every funder’s reader here is let in already." in said
    assert signed_in(reader).get(report).status_code == 200
    for _ in range(2):
        assert "They no longer see its reports." in browser.post(page, {"out": reader.pk}, follow=True).content.decode()
    assert signed_in(reader).get(report).status_code == 404
    assert rows(reader) == ["relationship.funds.began", "relationship.funds.ended"]
    assert page in browser.get(reverse("reporting:grants")).content.decode()


def test_a_reader_of_another_funder_is_asked_about(
    browser: Browser, page: str, grant: Grant, helen: User, reader: User
) -> None:
    said = browser.post(page, {"readers": [helen.pk, reader.pk]}).content.decode()
    assert said.count("Helen Marlowe (helen@marrow.example) reads reports for Marrow Trust. Tick the box") == 2
    assert read_by(grant) == set()
    browser.post(page, {"readers": [helen.pk, reader.pk], "sure": "on"})
    assert read_by(grant) == {"Helen Marlowe", "Fern Reader"}


@pytest.mark.parametrize("new", ["", "Another fund"])
def test_a_reader_of_another_funder_is_asked_about_with_a_new_grant(
    browser: Browser, helen: User, funder: Organisation, new: str
) -> None:
    add = reverse("reporting:add_grant")
    assert "Helen Marlowe (helen@marrow.example)" in browser.get(add).content.decode()
    said = {
        "key": new_key(), "funder": "" if new else funder.pk, "new_funder": new, "title": "Someone near",
        "starts_on_day": "1", "starts_on_month": "4", "starts_on_year": "2026",
        "ends_on_day": "31", "ends_on_month": "3", "ends_on_year": "2029", "readers": [helen.pk],
    }  # fmt: skip
    answer = browser.post(add, said)
    assert "reads reports for Marrow Trust" in answer.content.decode()
    assert not Grant.objects.filter(title="Someone near").exists()
    assert browser.post(add, said | {"sure": "on"}).status_code == 302
    assert read_by(Grant.objects.get(title="Someone near")) == {"Helen Marlowe"}


def test_their_own_funders_reader_is_not_asked_about(browser: Browser, helen: User, lead: User) -> None:
    marrow = Organisation.objects.get(name="Marrow Trust")
    second = grants.add(
        funder=marrow, title="More", starts_on=date(2026, 4, 1), ends_on=date(2027, 3, 31), services=[], by=lead
    )
    address = reverse("reporting:readers", args=[second.pk])
    assert browser.post(address, {"readers": [helen.pk]}).status_code == 302
    assert read_by(second) == {"Helen Marlowe"}


@pytest.mark.parametrize(
    ("said", "answer"), [({}, "Choose who may read its reports"), ({"readers": ["x"]}, "from the list")]
)
def test_what_is_wrong_is_said(browser: Browser, page: str, reader: User, said: dict[str, object], answer: str) -> None:
    assert answer in browser.post(page, said).content.decode()


def test_a_practitioner_is_never_let_in(browser: Browser, page: str, grant: Grant, reader: User, alice: User) -> None:
    browser.post(page, {"readers": [alice.pk]})
    assert read_by(grant) == set()


def test_another_role_ends_what_a_reader_was_let_read(grant: Grant, reader: User, lead: User) -> None:
    grants.let_read(grant=grant, user=reader, by=lead)
    for role in (Role.PRACTITIONER, Role.FUNDER_READER):
        access.change_person(user=reader, role=role, teams=[], by=lead)
    assert read_by(grant) == set()
    assert rows(reader) == ["relationship.funds.began", "relationship.funds.ended"]


def test_a_session_that_ended_loses_nothing_and_takes_nobody_out(
    browser: Browser, page: str, grant: Grant, reader: User, helen: User, lead: User
) -> None:
    grants.let_read(grant=grant, user=reader, by=lead)
    ended(browser, lead)
    browser.post(page, {"readers": [helen.pk]})
    back(browser, lead)
    said = browser.get(page).content.decode()
    assert "We kept what you had written" in said
    assert f'value="{helen.pk}" checked' in " ".join(said.split())
    ended(browser, lead)
    browser.post(page, {"out": reader.pk})
    back(browser, lead)
    assert "Press the button again." in browser.get(page).content.decode()
    assert read_by(grant) == {"Fern Reader"}


def test_the_page_is_cheap_and_leaves_one_row(
    browser: Browser, page: str, grant: Grant, helen: User, lead: User
) -> None:
    grants.let_read(grant=grant, user=helen, by=lead)
    browser.get(page)
    before = Entry.objects.count()
    with counting() as asked:
        browser.get(page)
    assert len(asked) <= 12, asked
    (entry,) = Entry.objects.order_by("number")[before:]
    assert (entry.did, entry.subject) == ("grant.viewed", f"grant:{grant.pk}")
