"""The pages of grants and reports: who sees what, and what people type."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client as Browser
from django.urls import reverse

from alongside.access.actions import add_user
from alongside.access.models import Relationship, User
from alongside.addressbook.models import Organisation
from alongside.audit.models import Entry
from alongside.care.models import Service
from alongside.core.models import new_key
from alongside.reporting.actions import grants
from alongside.reporting.models import Grant, Report
from alongside.reporting.tests.conftest import MakeReport, Support, counting

pytestmark = pytest.mark.django_db

type SignedIn = Callable[[User], Browser]


@pytest.fixture
def other_grant(service: Service, lead: User) -> Grant:
    """A grant of somebody else."""
    return grants.add(
        funder="Marrow Trust", title="A place to go", starts_on=date(2025, 4, 1), ends_on=date(2026, 3, 31),
        services=[], by=lead,
    )  # fmt: skip


@pytest.fixture
def let_in(grant: Grant, reader: User, lead: User) -> User:
    """The reader, who may read the reports of the grant."""
    grants.let_read(grant=grant, user=reader, by=lead)
    return reader


def pages(report: Report) -> list[str]:
    return [reverse(f"reporting:{name}", args=[report.pk]) for name in ("report", "pdf", "tables")]


def text(browser: Browser, page: str) -> str:
    return browser.get(page).content.decode()


def test_a_reader_sees_their_own_grants_reports_and_nothing_else(
    signed_in: SignedIn, let_in: User, make_report: MakeReport, other_grant: Grant, support: Support
) -> None:
    support(10, forms=2)
    own, other = make_report(), make_report(grant=other_grant)
    browser = signed_in(let_in)
    listed = text(browser, reverse("reporting:grants"))
    assert "Someone to talk to" in listed
    assert "A place to go" not in listed
    assert "Make the report" not in listed
    assert 'type="search"' not in listed
    assert [browser.get(page).status_code for page in pages(own)] == [200] * 3
    assert [browser.get(page).status_code for page in pages(other)] == [404] * 3
    assert browser.post(reverse("reporting:make", args=[own.grant_id]), {"year": "2025-04-01"}).status_code == 404
    assert browser.get(reverse("reporting:add_grant")).status_code == 404
    assert Report.objects.count() == 2


def test_a_reader_nobody_let_in_sees_nothing(signed_in: SignedIn, reader: User, make_report: MakeReport) -> None:
    made = make_report()
    browser = signed_in(reader)
    assert "There is no grant here for you yet" in text(browser, reverse("reporting:grants"))
    assert [browser.get(page).status_code for page in pages(made)] == [404] * 3


def test_a_reader_whose_time_is_over_sees_nothing(signed_in: SignedIn, let_in: User, make_report: MakeReport) -> None:
    made = make_report()
    Relationship.objects.filter(user=let_in).update(until=made.made_at)
    assert [signed_in(let_in).get(page).status_code for page in pages(made)] == [404] * 3


def test_only_a_funders_reader_can_be_let_in(grant: Grant, alice: User, lead: User) -> None:
    with pytest.raises(Exception, match="reads reports for a funder"):
        grants.let_read(grant=grant, user=alice, by=lead)
    assert not Relationship.objects.filter(user=alice, kind="funds").exists()


def test_practitioners_find_no_such_page(signed_in: SignedIn, alice: User, make_report: MakeReport) -> None:
    made = make_report()
    browser = signed_in(alice)
    assert [browser.get(page).status_code for page in [reverse("reporting:grants"), *pages(made)]] == [404] * 4


def test_a_lead_sees_every_grant_and_the_years_that_have_begun(
    signed_in: SignedIn, lead: User, grant: Grant, other_grant: Grant
) -> None:
    listed = text(signed_in(lead), reverse("reporting:grants"))
    for said in ("A place to go", "1 April 2025 to 31 March 2026", "1 April 2026 to 31 March 2027", "Not over yet"):
        assert said in listed
    assert "1 April 2027" not in listed.replace("to 31 March 2027", "")
    assert "It takes" not in listed
    assert "takes a few seconds" in listed


def test_one_press_makes_a_report_and_shows_it(signed_in: SignedIn, lead: User, grant: Grant, support: Support) -> None:
    support(12, forms=2)
    browser = signed_in(lead)
    said = {"key": new_key(), "year": "2025-04-01"}
    make = reverse("reporting:make", args=[grant.pk])
    first, again = browser.post(make, said), browser.post(make, said)
    made = Report.objects.get()
    assert first["Location"] == again["Location"] == reverse("reporting:report", args=[made.pk])
    page = text(browser, first["Location"])
    assert "Someone to talk to: report to Calder Community Fund, 1 April 2025 to 31 March 2026" in page
    assert made.page in page


@pytest.mark.parametrize("year", ["2024-04-01", "2027-04-01", "2025-05-01", "to date", ""])
def test_a_year_outside_the_grant_is_answered_in_words(
    signed_in: SignedIn, lead: User, grant: Grant, year: str
) -> None:
    answer = signed_in(lead).post(
        reverse("reporting:make", args=[grant.pk]), {"key": new_key(), "year": year}, follow=True
    )
    assert "Choose one of the years of this grant." in answer.content.decode()
    assert not Report.objects.exists()


def test_the_whole_grant_so_far(signed_in: SignedIn, lead: User, grant: Grant) -> None:
    signed_in(lead).post(reverse("reporting:make", args=[grant.pk]), {"key": new_key(), "year": "to-date"})
    made = Report.objects.get()
    assert (made.starts_on, made.ends_on) == (date(2025, 4, 1), date(2026, 5, 14))


def test_a_report_page_has_no_inline_style_and_no_inline_script(
    signed_in: SignedIn, let_in: User, make_report: MakeReport, support: Support
) -> None:
    support(12, forms=2)
    answer = signed_in(let_in).get(pages(make_report())[0])
    page = answer.content.decode()
    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", page)
    assert re.findall(r"<script(?![^>]*\ssrc=)", page) == []
    assert "unsafe" not in answer["Content-Security-Policy"]


def test_a_report_page_is_cheap_and_leaves_one_row_in_the_audit(
    signed_in: SignedIn, let_in: User, make_report: MakeReport, support: Support
) -> None:
    support(12, forms=2)
    made = [make_report() for _ in range(3)][-1]
    browser = signed_in(let_in)
    for page, did in zip(
        [reverse("reporting:grants"), *pages(made)], ("listed", "viewed", *["downloaded"] * 2), strict=True
    ):
        browser.get(page)
        before = Entry.objects.count()
        with counting() as asked:
            assert browser.get(page).status_code == 200
        assert len(asked) <= 12, asked
        (entry,) = Entry.objects.order_by("number")[before:]
        assert entry.did.endswith(did)
        assert entry.by == let_in.pk


def test_the_pdf_and_the_tables_are_handed_over_as_files(
    signed_in: SignedIn, let_in: User, make_report: MakeReport, support: Support
) -> None:
    support(12, forms=2)
    made = make_report()
    browser = signed_in(let_in)
    _, pdf, tables = (browser.get(page) for page in pages(made))
    assert (pdf["Content-Type"], pdf.content) == ("application/pdf", bytes(made.pdf))
    assert (tables["Content-Type"], tables.content) == ("application/zip", bytes(made.tables))
    which = "calder-community-fund-someone-to-talk-to-2025-04-01-to-2026-03-31-version-1"
    assert f'filename="{which}-report.pdf"' in pdf["Content-Disposition"]
    assert f'filename="{which}-tables.zip"' in tables["Content-Disposition"]


def test_a_long_or_foreign_name_makes_a_file_name_all_the_same(
    signed_in: SignedIn, let_in: User, make_report: MakeReport, grant: Grant
) -> None:
    made = make_report()
    Grant.objects.filter(pk=grant.pk).update(title="Слова\r\nSet-Cookie: x")
    Organisation.objects.filter(pk=grant.funder_id).update(name='"Lantern" ' + "x" * 150)
    found = signed_in(let_in).get(pages(made)[1])["Content-Disposition"]
    which = f"lantern-{'x' * 52}-set-cookie-x-2025-04-01-to-2026-03-31-version-1-report.pdf"
    assert found == f'attachment; filename="{which}"'


def test_a_list_and_a_report_say_that_a_time_is_not_over(
    signed_in: SignedIn, let_in: User, make_report: MakeReport
) -> None:
    made = make_report(starts_on=date(2026, 4, 1), ends_on=date(2027, 3, 31))
    over = make_report()
    browser = signed_in(let_in)
    listed = " ".join(text(browser, reverse("reporting:grants")).split())
    assert listed.count("made on 14 May 2026: so far, to 14 May 2026") == 1
    page = " ".join(text(browser, pages(made)[0]).replace(made.page, "").split())
    assert page.count("1 April 2026 to 31 March 2027 (so far, to 14 May 2026)") == 2
    assert "made on 14 May 2026, so far, to 14 May 2026, shown here" in page
    assert "so far" not in text(browser, pages(over)[0])


def test_versions_say_whether_their_figures_are_the_same(
    signed_in: SignedIn, lead: User, make_report: MakeReport, support: Support
) -> None:
    support(10)
    first = make_report()
    make_report()
    support(10)
    make_report()
    page = " ".join(text(signed_in(lead), pages(first)[0]).split())
    assert page.count("the same figures") == 1
    assert "Version 3</a>, made on 14 May 2026" in page


# ---- adding a grant ----


@pytest.fixture
def said(funder: Organisation, service: Service) -> dict[str, object]:
    return {
        "key": new_key(), "funder": funder.pk, "new_funder": "", "title": "Someone near",
        "starts_on_day": "1", "starts_on_month": "4", "starts_on_year": "2026",
        "ends_on_day": "31", "ends_on_month": "3", "ends_on_year": "2029",
        "services": [service.pk],
    }  # fmt: skip


def test_a_lead_adds_a_grant_once_however_often_they_press(
    signed_in: SignedIn, lead: User, reader: User, said: dict[str, object]
) -> None:
    browser = signed_in(lead)
    for _ in range(2):
        assert browser.post(reverse("reporting:add_grant"), said | {"readers": [reader.pk]}).status_code == 302
    grant = Grant.objects.get()
    assert (grant.title, grant.starts_on, grant.ends_on) == ("Someone near", date(2026, 4, 1), date(2029, 3, 31))
    assert [service.name for service in grant.services.all()] == ["Counselling"]
    assert "Someone near" in text(signed_in(reader), reverse("reporting:grants"))


def test_a_new_funder_is_added_and_a_known_one_is_found(
    signed_in: SignedIn, lead: User, said: dict[str, object]
) -> None:
    browser = signed_in(lead)
    for name in ("Marrow Trust", "calder community fund", "MARROW TRUST"):
        answer = browser.post(
            reverse("reporting:add_grant"), said | {"key": new_key(), "funder": "", "new_funder": name}
        )
        assert answer.status_code == 302
    assert sorted(Organisation.objects.values_list("name", flat=True)) == ["Calder Community Fund", "Marrow Trust"]


@pytest.mark.parametrize(
    ("wrong", "say"),
    [
        ({"funder": ""}, "Choose the funder, or enter the name of a new one"),
        ({"new_funder": "Marrow Trust"}, "Choose a funder or enter a new one, not both"),
        ({"funder": "", "new_funder": "The surgery"}, "Another organisation in the address book has this name"),
        ({"title": " "}, "Enter what the grant is called"),
        ({"title": "x" * 201}, "Use 200 letters or fewer"),
        ({"starts_on_day": ""}, "Enter a date that exists"),
        ({"ends_on_year": "2025"}, "Enter a last day that is after the first day"),
        ({"services": ["gone"]}, "Choose services from the list"),
        (
            {"ends_on_day": "1", "ends_on_month": "4", "ends_on_year": "2051"},
            "Enter a last day within 25 years of the first day",
        ),
        ({"ends_on_year": "9999"}, "Enter a last day within 25 years of the first day"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    signed_in: SignedIn, lead: User, said: dict[str, object], wrong: dict[str, object], say: str
) -> None:
    Organisation.objects.create(name="The surgery", kind="referrer")
    answer = signed_in(lead).post(reverse("reporting:add_grant"), said | wrong)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert page.count(say) >= 2
    assert f'value="{wrong.get("ends_on_year", "2029")}"' in page
    assert not Grant.objects.exists()


def test_a_grant_that_ends_in_9999_does_not_break_the_list(signed_in: SignedIn, lead: User, grant: Grant) -> None:
    Grant.objects.filter(pk=grant.pk).update(ends_on=date(9999, 12, 31))
    assert "The whole grant so far" in text(signed_in(lead), reverse("reporting:grants"))


def test_a_lead_is_told_of_another_grant_for_the_same(
    signed_in: SignedIn, lead: User, grant: Grant, said: dict[str, object]
) -> None:
    browser = signed_in(lead)
    told = "both reports count the same people"
    page = browser.post(reverse("reporting:add_grant"), said, follow=True).content.decode()
    assert told in page
    apart = said | {"key": new_key(), "funder": "", "new_funder": "Marrow Trust"}
    assert told not in browser.post(reverse("reporting:add_grant"), apart, follow=True).content.decode()


def test_the_first_grant_of_a_new_organisation(signed_in: SignedIn, lead: User, said: dict[str, object]) -> None:
    Organisation.objects.all().delete()
    Service.objects.all().delete()
    page = text(signed_in(lead), reverse("reporting:add_grant"))
    assert 'name="funder"' not in page
    assert 'name="services"' not in page
    typed = {name: value for name, value in said.items() if name not in {"funder", "services"}}
    answer = signed_in(lead).post(reverse("reporting:add_grant"), typed | {"new_funder": "Marrow Trust"}, follow=True)
    assert "Someone near" in answer.content.decode()
    assert "Every service" in answer.content.decode()


def ended(browser: Browser, user: User) -> None:
    """The session ends while a page is open."""
    browser.logout()
    browser.get("/")
    session = browser.session
    session["was"] = user.pk
    session.save()


def back(browser: Browser, user: User) -> None:
    from alongside.access.middleware import SECOND_FACTOR

    browser.force_login(user)
    session = browser.session
    session[SECOND_FACTOR] = True
    session.save()


def test_a_session_that_ended_loses_nothing(
    signed_in: SignedIn, lead: User, grant: Grant, said: dict[str, object]
) -> None:
    browser = signed_in(lead)
    ended(browser, lead)
    add = reverse("reporting:add_grant")
    assert browser.post(add, said).status_code == 302
    back(browser, lead)
    page = text(browser, add)
    assert "We kept what you had written" in page
    assert 'value="Someone near"' in page
    ended(browser, lead)
    make = reverse("reporting:make", args=[grant.pk])
    browser.post(make, {"key": new_key(), "year": "2025-04-01"})
    back(browser, lead)
    assert "no report was made" in browser.get(make, follow=True).content.decode()
    assert not Report.objects.exists()


def test_a_second_reader_of_the_same_funder_is_let_in_apart(
    signed_in: SignedIn, let_in: User, lead: User, make_report: MakeReport
) -> None:
    made = make_report()
    second = add_user(email="two@calder.example", name="Two", role="funder reader", password="x" * 14, by="test")
    assert signed_in(second).get(pages(made)[0]).status_code == 404
    grants.let_read(grant=made.grant, user=second, by=lead)
    assert signed_in(second).get(pages(made)[0]).status_code == 200
