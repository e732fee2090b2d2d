"""A year without people, without forms, or with so few that nothing may be told: a kind report that says so."""

from datetime import date, timedelta

import pytest

from alongside.care.models import Episode
from alongside.measures.models import Questionnaire
from alongside.reporting.tests.conftest import MakeReport, Support, send, tables_of, text_of_pdf

pytestmark = pytest.mark.django_db


def test_a_year_without_anybody(make_report: MakeReport) -> None:
    report = make_report()
    assert "Nobody had support that Calder Community Fund pays for, from 1 April 2025 to 31 March 2026" in report.page
    assert report.results["reach"] == dict.fromkeys(report.results["reach"], 0) | {"why": None}
    assert "Nobody had support" in " ".join(text_of_pdf(report).split())
    assert tables_of(report).keys() == {"tables/reach.csv", "tables/people.csv"}


def test_people_without_a_form(make_report: MakeReport, support: Support) -> None:
    clients = support(10)
    send(clients[0].episodes.get(), date(2025, 6, 1), {})
    report = make_report()
    assert "10 people were supported; nobody sent a form" in report.page
    assert report.results["reach"]["clients"] == 10


def test_so_few_people_that_nothing_is_told(make_report: MakeReport, support: Support) -> None:
    support(5, forms=3, came=4)
    first = make_report()
    assert "Fewer than 8 people had support" in first.page
    assert '<b>fewer than 8</b> <span dir="auto">people supported' in first.page
    for said in ("referrals that led", "services received", "meetings and calls"):
        assert f'<b>not shown</b> <span dir="auto">{said}' in first.page
    assert first.results["evaluation"] is None
    Episode.objects.all().delete()
    support(2)
    second = make_report()
    assert first.results == second.results


def test_nobody_answered_twice(make_report: MakeReport, support: Support) -> None:
    support(12, forms=1)
    report = make_report()
    assert "nobody answered twice" in report.page
    assert "Change cannot be seen" in report.page


def test_questions_that_nobody_answered(make_report: MakeReport, support: Support) -> None:
    support(12, forms=2, marks=lambda _, place: {"future": 5.0 + place})
    report = make_report()
    assert "feeling positive about the future" in report.page
    found = report.results["evaluation"]["measures"]
    assert (found["future"]["clients"], found["relationships"]["clients"]) == (10, 0)


def test_forms_of_a_few_people_among_many(make_report: MakeReport, support: Support) -> None:
    support(20)
    support(3, forms=3)
    report = make_report()
    assert report.results["evaluation"]["people"]["answered_twice"] is None
    assert "fewer than 8" in report.page


def test_groups_of_whom_nothing_may_be_shown_leave_no_empty_heading(make_report: MakeReport, support: Support) -> None:
    for gender, age in (("woman", 30), ("man", 45)):
        support(20, forms=1, gender=gender, age=age)
        support(3, forms=3, gender=gender, age=age)
    report = make_report()
    for said in (report.page, " ".join(text_of_pdf(report).split())):
        assert "Who was supported, by age" in said
        assert "Each question by age" not in said


@pytest.mark.parametrize(("people", "forms"), [(0, 0), (5, 0), (10, 0), (12, 2)])
def test_a_year_that_is_not_over_is_not_given_as_a_whole_one(
    make_report: MakeReport, support: Support, people: int, forms: int
) -> None:
    support(people, began=date(2026, 4, 10), forms=forms)
    report = make_report(starts_on=date(2026, 4, 1), ends_on=date(2027, 3, 31))
    assert '<h1 dir="auto">So far, to 14 May 2026: ' in report.page
    assert '<h2 dir="auto">So far, to 14 May 2026</h2>' in report.page
    when = "1 April 2026 to 31 March 2027 (so far, to 14 May 2026)"
    assert f"report to Calder Community Fund, {when}. Version 1" in " ".join(text_of_pdf(report).split())
    assert report.counts_to == date(2026, 5, 14)
    assert report.results["period"]["counts_to"] == "2026-05-14"
    whole = make_report()
    assert "o far" not in whole.page
    assert whole.counts_to == date(2026, 3, 31)


def test_a_year_that_is_not_over_says_so(make_report: MakeReport, support: Support) -> None:
    support(10, began=date(2026, 4, 10))
    support(10, began=date(2026, 4, 10) + timedelta(days=300))
    report = make_report(starts_on=date(2026, 4, 1), ends_on=date(2027, 3, 31))
    assert "This time is not over: the figures end on 14 May 2026" in report.page
    assert report.results["reach"]["clients"] == 10
    assert Episode.objects.count() == 20
    assert not Questionnaire.objects.exists()
