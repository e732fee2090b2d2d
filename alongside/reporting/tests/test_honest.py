"""A report says no more than is known: of small groups, of who is counted, and of a time that ends."""

from datetime import date

import pytest

from alongside.access.models import User
from alongside.care.models import Client
from alongside.reporting.actions import grants
from alongside.reporting.models import Grant
from alongside.reporting.tests.conftest import ITEMS, MakeReport, Support, everything_said, tables_of, text_of_pdf

pytestmark = pytest.mark.django_db


def test_groups_of_a_few_people_stand_together_and_are_averaged(make_report: MakeReport, support: Support) -> None:
    support(20, forms=3)
    for gender in ("man", "non-binary", "another"):
        support(6, gender=gender, forms=2)
    report = make_report()
    together = {"level": "smaller groups together", "clients": 20}
    assert together in report.results["groups"]["gender"]
    row = report.page.split("Smaller groups together")[1].split("</tr>")[0]
    assert row.count("<b>20</b>") == 3, "the people, and who answered twice on each of two questions"
    assert "<b>−1.0</b>" in row


def test_what_is_hidden_because_of_another_group_is_not_called_a_few(make_report: MakeReport, support: Support) -> None:
    support(20, forms=3)
    support(9, gender="man", forms=1)
    support(3, gender="man", forms=3)
    row = make_report().page.partition("described themselves")[2].partition("Woman")[2].partition("</tr>")[0]
    assert "<b>20</b>" in row
    assert "fewer than 8" not in row
    assert row.count("not shown") == 4


def test_who_is_new_is_not_told_where_a_few_are(make_report: MakeReport, support: Support) -> None:
    support(20, began=date(2025, 1, 1))
    clients = support(3, began=date(2026, 4, 5))
    Client.objects.filter(pk__in=[client.pk for client in clients]).update(name="")
    report = make_report(starts_on=date(2026, 4, 1), ends_on=date(2027, 3, 31))
    assert "from 1 April 2025, is not shown: few had, or few had not." in report.page
    assert "How many of these records have no name is not shown" in report.page
    assert {report.results["reach"][name] for name in ("began", "continued", "nameless")} == {None}
    assert report.results["reach"]["clients"] == 25


def test_it_says_who_pays_and_not_with_which_grant(
    make_report: MakeReport, support: Support, grant: Grant, lead: User
) -> None:
    support(10, began=date(2025, 1, 1))
    support(10, began=date(2026, 4, 5))
    first = make_report()
    assert "This is support that Calder Community Fund pays for." in first.page
    assert "with this grant" not in first.page
    assert "earlier in the grant" not in first.page
    second = make_report(starts_on=date(2026, 4, 1), ends_on=date(2027, 3, 31))
    assert (
        "10 of these people had such support earlier in the grant’s time, from 1 April 2025; 10 had not." in second.page
    )
    assert "cannot be added up" not in first.page
    grants.add(
        funder=grant.funder, title="Another", starts_on=date(2026, 3, 1), ends_on=date(2026, 6, 1), services=[], by=lead
    )
    assert "the same people stand in that grant’s report too" in make_report().page


def test_it_does_not_promise_to_know_people_without_a_name(make_report: MakeReport, support: Support) -> None:
    clients = support(20, forms=1)
    assert "All of these records have a name." in make_report().page
    Client.objects.filter(pk__in=[client.pk for client in clients[:12]]).update(name="")
    report = make_report()
    assert (
        "10 of these records have no name: somebody who gave none and came again may stand here twice." in report.page
    )
    assert report.results["reach"]["nameless"] == 10
    assert "whether or not they gave a name" not in report.page


def test_sentences_to_copy_stand_under_the_first_figure(make_report: MakeReport, support: Support) -> None:
    support(20, forms=3)
    report = make_report()
    copied = "20 people answered twice or more: their average went from 7.0 to 5.0, a change of −2.0"
    for said in (report.page, " ".join(text_of_pdf(report).split())):
        assert copied in said


def test_fortnights_beyond_the_tables_are_said_to_be_in_a_file(make_report: MakeReport, support: Support) -> None:
    support(12, forms=30, began=date(2025, 4, 1), marks=lambda number, _: dict.fromkeys(ITEMS, 5.0 + 0.1 * number))
    whole = make_report(ends_on=date(2026, 5, 14))
    for said in (whole.page, " ".join(text_of_pdf(whole).split())):
        assert "Fortnights beyond 26 are in tables/over_time.csv." in said
        assert "all the numbers" not in said
    assert "future,28,10," in tables_of(whole)["tables/over_time.csv"]
    assert "Fortnights beyond" not in make_report(ends_on=date(2026, 3, 30)).page


def test_who_began_late_in_the_year_is_not_said_to_have_stopped(make_report: MakeReport, support: Support) -> None:
    support(20, forms=4, began=date(2025, 5, 1))
    support(20, forms=4, began=date(2026, 3, 17))
    report = make_report()
    assert "Day 0 is each person’s first form in this time." in report.page
    assert "Of them, not reached: when this time was over, that fortnight of theirs was still to come." in report.page
    assert report.results["unreached"][2:] == [{"fortnight": 2, "clients": 20}, {"fortnight": 3, "clients": 20}]
    assert tables_of(report)["tables/unreached.csv"].split() == ["fortnight,clients", "0,0", "1,0", "2,20", "3,20"]
    row = report.page.split("Each question over time</h3>")[1].split("<bdi>28</bdi>")[1].split("</tr>")[0]
    assert row.count("<b>20</b>") == 3, "20 answered, 20 had ended, and all of those had no day 28 yet"


def test_a_few_people_without_a_form_are_named_nowhere(make_report: MakeReport, support: Support) -> None:
    support(20, forms=3)
    support(1, gender="non-binary", age=50)
    said = everything_said(make_report())
    assert "Smaller groups together" in said
    assert "on-binary" not in said
    assert "over 40" not in said.lower()
