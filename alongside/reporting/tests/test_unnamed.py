"""Forms without a name count for their service, in a report and in what an evaluator takes away, and lead to nobody."""

import csv
import io
import zipfile
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client as Browser
from django.urls import reverse

from alongside.access.models import User
from alongside.care.models import Service
from alongside.measures.models import UnnamedResponse
from alongside.reporting.tests.conftest import ITEMS, MakeReport, Support, tables_of, text_of_pdf

pytestmark = pytest.mark.django_db
FEW, MANY = 5, 12


def unnamed(
    service: Service, many: int, *, month: date = date(2025, 6, 1), instrument: str = "service-evaluation"
) -> None:
    for number in range(many):
        said = {item: {"value": round(2 + 0.1 * number, 1), "how": "number"} for item in ITEMS}
        UnnamedResponse.objects.create(service=service, instrument=instrument, version="1", answers=said, month=month)


def test_a_report_says_how_many_came_back_to_the_nearest_five(
    make_report: MakeReport, support: Support, service: Service
) -> None:
    support(20, forms=2)
    before = make_report()
    unnamed(service, MANY)
    unnamed(service, 30, month=date(2024, 6, 1))
    unnamed(service, 30, instrument="gad7")
    report = make_report()
    said = " ".join(text_of_pdf(report).split())
    assert "Ten forms without a name" in said or "10 forms without a name" in said
    assert "They belong to nobody" in report.page
    assert report.results["unnamed"] == 10
    (row,) = csv.DictReader(io.StringIO(tables_of(report)["tables/reach.csv"].removeprefix("\ufeff")))
    assert row["unnamed_forms"] == "10"
    assert report.results["evaluation"] == before.results["evaluation"]


def test_a_few_are_not_counted_out_and_none_are_not_mentioned(
    make_report: MakeReport, support: Support, service: Service
) -> None:
    support(20, forms=2)
    assert "without a name came back" not in make_report().page
    unnamed(service, FEW)
    report = make_report()
    assert "A few forms without a name came back" in report.page
    assert report.results["unnamed"] is None


def test_those_of_another_service_are_not_counted(make_report: MakeReport, support: Support, service: Service) -> None:
    support(20, forms=2)
    other = Service.objects.create(name="Evening drop-in", team=service.team)
    unnamed(other, MANY)
    assert make_report().results["unnamed"] == 0


def test_an_evaluator_takes_them_by_month_and_service_and_without_a_code(
    evaluator: User, signed_in: Callable[[User], Browser], support: Support, service: Service
) -> None:
    support(12, forms=2)
    unnamed(service, 3)
    answer = signed_in(evaluator).post(reverse("reporting:answers"))
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    assert sorted(archive.namelist()) == ["clients.csv", "forms.csv", "read-me.txt", "unnamed.csv"]
    rows = list(csv.DictReader(io.StringIO(archive.read("unnamed.csv").decode("utf-8-sig"))))
    assert [*rows[0]] == ["month", "service", *ITEMS]
    assert {(row["month"], row["service"]) for row in rows} == {("2025-06", service.name)}
    assert sorted(row[ITEMS[0]] for row in rows) == ["2.0", "2.1", "2.2"]
    assert "unnamed.csv" in archive.read("read-me.txt").decode()
