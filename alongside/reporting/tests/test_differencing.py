"""Two reports side by side say nothing about one person: one that would is kept from the funder's readers."""

from collections.abc import Callable
from datetime import date, timedelta
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client as Browser
from django.urls import reverse

from alongside.access.models import User
from alongside.audit.models import Entry
from alongside.care.models import Episode, Service
from alongside.core import clock
from alongside.measures.models import Response
from alongside.reporting.actions import grants, reports
from alongside.reporting.models import Grant, Report
from alongside.reporting.tests.conftest import (
    ITEMS,
    YEAR,
    MakeReport,
    Support,
    counting,
    everything_said,
    tables_of,
    text_of_pdf,
)

pytestmark = pytest.mark.django_db

type SignedIn = Callable[[User], Browser]

NEXT_YEAR = {"starts_on": date(2026, 4, 1), "ends_on": date(2027, 3, 31)}
QUARTER = {"starts_on": date(2026, 1, 1), "ends_on": date(2026, 3, 31)}
NOT_SHOWN = "Not shown to the funder’s readers"


@pytest.fixture
def reads(grant: Grant, reader: User, lead: User, signed_in: SignedIn) -> Callable[[Report], bool]:
    """Return a way to ask whether the funder's reader sees a report: in the list, on its page, as PDF and as tables."""
    grants.let_read(grant=grant, user=reader, by=lead)

    def sees(report: Report) -> bool:
        browser = signed_in(reader)
        addresses = [reverse(f"reporting:{name}", args=[report.pk]) for name in ("report", "pdf", "tables")]
        answers = {browser.get(address).status_code for address in addresses}
        listed = report.pk in browser.get(reverse("reporting:grants")).content.decode()
        assert (answers, listed) in (({200}, True), ({404}, False))
        return listed

    return sees


@pytest.fixture
def a_day_later(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    def passes() -> None:
        later = clock.now() + timedelta(days=1)
        monkeypatch.setattr(clock, "now", lambda: later)

    return passes


def told(signed_in: SignedIn, user: User, report: Report) -> str:
    return " ".join(signed_in(user).get(reverse("reporting:report", args=[report.pk])).content.decode().split())


# ---- how many people are in one and not in the other ----


def test_one_person_more_a_day_later_is_not_shown_and_the_lead_is_told_why(
    make_report: MakeReport, support: Support, a_day_later: Callable[[], None], reads: Callable[[Report], bool],
    signed_in: SignedIn, lead: User, reader: User,
) -> None:  # fmt: skip
    support(20, forms=3)
    first = make_report()
    a_day_later()
    support(1, forms=3)
    second = make_report()
    assert (reads(first), reads(second)) == (True, False)
    said = told(signed_in, lead, second)
    assert "Fewer than 8 people are in it and not in version 1, or the other way round" in said
    assert "Make it again when more has changed, or for another time." in said
    assert "Version 2</b>, made on 15 May 2026, not shown to readers, shown here" in said
    assert NOT_SHOWN in " ".join(text_of_pdf(second).split())
    assert NOT_SHOWN not in first.page
    assert "1 person" not in said
    listed = signed_in(lead).get(reverse("reporting:grants")).content.decode()
    assert listed.count("Not shown to readers") == 1
    assert "Version 2" not in told(signed_in, reader, first)
    assert Entry.objects.filter(did="report.made").order_by("number").last().details["too_near"] == first.pk


@pytest.mark.parametrize(("more", "shown"), [(7, False), (8, True), (9, True)])
def test_it_is_shown_when_eight_have_changed(
    make_report: MakeReport, support: Support, reads: Callable[[Report], bool], more: int, shown: bool
) -> None:
    support(20, forms=2)
    make_report()
    support(more, forms=2)
    assert reads(make_report()) == shown


def test_as_many_people_but_others(make_report: MakeReport, support: Support, reads: Callable[[Report], bool]) -> None:
    clients = support(20, forms=2)
    make_report()
    for leave, shown in ((3, False), (1, True)):
        Episode.objects.filter(pk__in=Episode.objects.filter(client__in=clients)[:leave].values("pk")).delete()
        support(leave, forms=2)
        assert reads(make_report()) == shown, "three left and three came, then four and four"


def test_it_is_compared_with_what_readers_saw_and_not_with_what_they_never_did(
    make_report: MakeReport, support: Support, reads: Callable[[Report], bool]
) -> None:
    support(20, forms=2)
    shown = [reads(make_report())]
    for _ in range(2):
        support(5, forms=2)
        shown.append(reads(make_report()))
    assert shown == [True, False, True]


def test_a_quarter_against_its_year(
    make_report: MakeReport, support: Support, reads: Callable[[Report], bool], signed_in: SignedIn, lead: User
) -> None:
    support(20, forms=3)
    support(5, forms=3, ended_on=date(2025, 12, 31), ending="planned")
    make_report()
    quarter = make_report(**QUARTER)
    assert not reads(quarter)
    assert "version 1 of “Someone to talk to”, 1 April 2025 to 31 March 2026, or" in told(signed_in, lead, quarter)
    Report.objects.all().update(too_near=None)
    Report.objects.all().delete()
    support(5, forms=3, ended_on=date(2025, 12, 31), ending="planned")
    make_report()
    assert reads(make_report(**QUARTER))


def test_another_grant_of_the_funder_is_compared_and_another_funders_is_not(
    make_report: MakeReport, support: Support, grant: Grant, lead: User, reader: User, reads: Callable[[Report], bool],
    service: Service,
) -> None:  # fmt: skip
    support(20, forms=2)
    make_report()
    support(2, forms=2)
    whole = {"services": [service], "starts_on": YEAR[0], "ends_on": YEAR[1], "readers": [reader], "by": lead}
    same = grants.add(funder=grant.funder, title="The same people", **whole)
    assert not reads(make_report(grant=same))
    other = grants.add(funder="Marrow Trust", title="Other people", **whole)
    Episode.objects.update(funder=other.funder)
    assert reads(make_report(grant=other))


# ---- the same people ----


def test_the_correction_of_one_form_alone_is_not_shown(
    make_report: MakeReport, support: Support, reads: Callable[[Report], bool]
) -> None:
    clients = support(20, forms=2)
    make_report()
    form = Response.objects.filter(questionnaire__client=clients[0]).latest("sent_at")
    before = form.answers
    Response.objects.filter(pk=form.pk).update(answers=before | {"future": {"value": 0.0, "how": "line"}})
    corrected = make_report()
    assert not reads(corrected)
    Response.objects.filter(pk=form.pk).update(answers=before)
    assert reads(make_report()), "it says what the first one said"


def test_the_same_numbers_under_two_names_are_shown(
    make_report: MakeReport, support: Support, reads: Callable[[Report], bool]
) -> None:
    support(20, forms=2, began=date(2026, 4, 5))
    year = make_report(**NEXT_YEAR)
    so_far = make_report(starts_on=date(2026, 4, 1), ends_on=date(2026, 5, 14))
    assert year.fingerprint != so_far.fingerprint
    assert reads(so_far)


def test_the_same_people_a_year_later_are_shown_and_nearly_the_same_are_not(
    make_report: MakeReport, support: Support, reads: Callable[[Report], bool]
) -> None:
    support(20, forms=30, marks=lambda number, place: dict.fromkeys(ITEMS, (number + place) % 10))
    make_report()
    again = make_report(**NEXT_YEAR)
    assert again.results["evaluation"]["people"]["clients"] == 20
    assert reads(again), "no form and no meeting stands in both"
    support(1, began=date(2026, 4, 5))
    assert not reads(make_report(**NEXT_YEAR))


def test_reports_about_a_few_people_hold_nothing_to_compare(
    make_report: MakeReport, support: Support, reads: Callable[[Report], bool]
) -> None:
    few = []
    for gender in ("woman", "man"):
        support(3, forms=2, gender=gender)
        few.append(make_report())
        assert reads(few[-1])
    assert few[0].fingerprint == few[1].fingerprint
    assert tables_of(few[1])["tables/people.csv"].split() == ["attribute,level,clients"]
    support(6, forms=2)
    assert reads(make_report())


# ---- two at once, what is kept, and what was there before ----


def test_two_presses_at_once_do_not_show_what_one_after_the_other_would_not(
    make_report: MakeReport, support: Support, monkeypatch: pytest.MonkeyPatch, reads: Callable[[Report], bool]
) -> None:
    support(20, forms=2)
    setting, others = reports._set, []

    def somebody_is_quicker(*given: object, **named: object) -> Report:
        made = setting(*given, **named)
        if not others:
            others.append(made)
            support(1, forms=2)
            others.append(make_report(ends_on=date(2026, 3, 30)))
        return made

    monkeypatch.setattr(reports, "_set", somebody_is_quicker)
    slower = make_report()
    assert others[0].too_near is None, "when it was set, nothing stood beside it"
    assert (reads(others[1]), reads(slower)) == (True, False)
    assert NOT_SHOWN in slower.page


def test_whom_it_counts_is_kept_unreadable_and_shown_nowhere(make_report: MakeReport, support: Support) -> None:
    clients = support(12, forms=2)
    made = Report.objects.get(pk=make_report().pk)
    assert made.clients == sorted(client.pk for client in clients)
    with connection.cursor() as cursor:
        cursor.execute("SELECT clients FROM reporting_report")
        (stored,) = cursor.fetchone()
    whatever = stored + everything_said(made)
    assert not [client.pk for client in clients if client.pk in whatever]


def test_reports_made_before_know_whom_they_counted(
    make_report: MakeReport, support: Support, grant: Grant, service: Service, reads: Callable[[Report], bool]
) -> None:
    other = Service.objects.create(name="Drop-in", tier="prevention", team=service.team)
    support(20, forms=2)
    support(9, service=other)
    support(9, began=date(2026, 4, 2))
    support(9, began=date(2025, 1, 1), ended_on=date(2025, 3, 1), ending="planned")
    made = make_report()
    counted = made.clients
    Report.objects.update(clients=[])
    upgrade = import_module("alongside.reporting.migrations.0003_whom_a_report_counts")
    upgrade.fill(apps, SimpleNamespace(connection=connection))
    assert Report.objects.get().clients == counted
    assert len(counted) == 20
    support(1)
    assert not reads(make_report())


def test_a_page_with_the_reason_is_as_cheap(
    make_report: MakeReport, support: Support, signed_in: SignedIn, lead: User
) -> None:
    support(20)
    make_report()
    support(1)
    address = reverse("reporting:report", args=[make_report().pk])
    browser = signed_in(lead)
    browser.get(address)
    with counting() as asked:
        browser.get(address)
    assert len(asked) <= 12, asked
