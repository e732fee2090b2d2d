"""A report holds the numbers that `alongside evaluate` gives, treated, and is kept as it was made."""

import csv
import io
import json
import os
import re
import shutil
import stat
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import typer
from django.conf import settings
from typer.testing import CliRunner

from alongside.access.models import User
from alongside.audit.models import Entry
from alongside.care.models import Client, Contact, Episode
from alongside.evaluation import commands
from alongside.evaluation.evaluate import Evaluation, evaluate
from alongside.measures import actions as measures
from alongside.measures.answers import Answer, How
from alongside.measures.models import Questionnaire, Response
from alongside.press.theme import TEMPLATES
from alongside.reporting import figures
from alongside.reporting.models import Grant, Report
from alongside.reporting.tests.conftest import (
    ITEMS,
    MakeReport,
    Support,
    counting,
    everything_said,
    send,
    tables_of,
    text_of_pdf,
)

pytestmark = pytest.mark.django_db

COUNTS = {"n", "clients", "forms", "improved", "everyone", "missing", "ended", "satisfied", "answered_twice"}
COUNTS |= {"answered_once", "no_form", "rejected_rows", "began", "continued", "referrals", "services", "contacts"}


@pytest.fixture
def files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Copies of the files that a report is made from, as they were when it was made."""

    def copied(path: Path, *, attributes_path: Path, **how: object) -> Evaluation:
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
        assert path.parent.parent == Path(settings.HOME)
        shutil.copy(path, tmp_path)
        shutil.copy(attributes_path, tmp_path)
        return evaluate(path, attributes_path=attributes_path, **how)

    monkeypatch.setattr(figures, "evaluate", copied)
    return tmp_path


def rows(files: Path, name: str = "forms") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((files / f"{name}.csv").read_text("utf-8"))))


def test_its_numbers_are_those_of_alongside_evaluate(make_report: MakeReport, support: Support, files: Path) -> None:
    support(12, forms=4, came=3)
    support(9, forms=2, gender="man", age=19)
    support(10)
    report = make_report()
    app = typer.Typer()
    app.callback()(lambda: None)  # keeps `evaluate` a command with a name, as it is in `alongside`
    commands.register(app)
    command = ["evaluate", str(files / "forms.csv"), "--attributes", str(files / "clients.csv"), "--json"]
    done = CliRunner().invoke(
        app, [*command, "--instrument", "service-evaluation", "--by", "gender", "--by", "age", "--publish", "strict"]
    )
    assert done.exit_code == 0, done.output
    assert report.results["evaluation"] == json.loads(done.stdout)
    people = report.results["evaluation"]["people"]
    assert (people["clients"], people["answered_twice"], people["no_form"]) == (30, 20, 10)


def test_the_files_name_nobody_and_are_gone_afterwards(make_report: MakeReport, support: Support, files: Path) -> None:
    clients = support(10, forms=2)
    first = make_report()
    written = (files / "forms.csv").read_text() + (files / "clients.csv").read_text()
    pseudonyms = {row["client"] for row in rows(files)}
    make_report()
    assert len(pseudonyms) == 10
    assert pseudonyms.isdisjoint({row["client"] for row in rows(files)})
    for client in clients:
        assert client.pk not in written
        assert client.code not in written
        assert client.name not in written
        assert client.pk not in everything_said(first)
    assert not [pseudonym for pseudonym in pseudonyms if pseudonym in everything_said(first)]
    assert [path.name for path in Path(settings.HOME).glob(".report-*")] == []


def test_the_files_are_gone_when_something_breaks(
    make_report: MakeReport, support: Support, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("the engine stopped")

    support(10, forms=2)
    monkeypatch.setattr(figures, "evaluate", broken)
    with pytest.raises(RuntimeError, match="the engine stopped"):
        make_report()
    assert list(Path(settings.HOME).glob(".report-*")) == []
    assert not Report.objects.exists()


def test_files_left_by_a_machine_that_stopped_are_cleared_away(make_report: MakeReport, support: Support) -> None:
    support(10, forms=2)
    folders = [Path(settings.HOME) / f".report-{name}" for name in ("old", "now")]
    for folder in folders:
        folder.mkdir()
    long_ago = time.time() - 2 * 60 * 60
    os.utime(folders[0], (long_ago, long_ago))
    make_report()
    assert [folder.exists() for folder in folders] == [False, True]
    folders[1].rmdir()


def test_a_folder_that_another_report_has_just_removed_breaks_nothing(
    make_report: MakeReport, support: Support, monkeypatch: pytest.MonkeyPatch
) -> None:
    support(10, forms=2)
    glob = Path.glob

    def with_one_that_goes(path: Path, pattern: str) -> Iterator[Path]:
        yield from [*glob(path, pattern), path / ".report-just-gone"]

    monkeypatch.setattr(Path, "glob", with_one_that_goes)
    assert make_report().results["evaluation"] is not None


# ---- which forms count ----


def test_which_forms_count(make_report: MakeReport, support: Support, files: Path) -> None:
    support(10, forms=1)
    (rowan,) = support(1, began=date(2025, 3, 1))
    episode = rowan.episodes.get()
    mark = dict.fromkeys(ITEMS, 5.0)
    send(episode, date(2025, 3, 31), mark | {"future": 0.1})
    send(episode, date(2025, 6, 1), mark | {"future": 0.2})
    send(episode, date(2025, 6, 15), mark | {"future": 0.3}, hour=9)
    send(episode, date(2025, 6, 15), mark | {"future": 0.4}, hour=16)
    before = send(episode, date(2025, 6, 29), {"future": 0.5}, occasion="before")
    after = send(episode, date(2025, 6, 29), mark | {"future": 0.6}, occasion="after", hour=9)
    Questionnaire.objects.filter(pk=after.questionnaire_id).update(before=before.questionnaire_id)
    send(episode, date(2025, 7, 13), {})
    send(episode, date(2026, 4, 1), mark | {"future": 0.7})
    open_form = send(episode, date(2025, 8, 1), mark | {"future": 0.8})
    Response.objects.filter(pk=open_form.pk).update(sent_at=None)
    make_report()
    counted = [(row["date"], row["future"]) for row in rows(files) if row["future"].startswith("0.")]
    assert counted == [("2025-06-01", "0.2"), ("2025-06-15", "0.4"), ("2025-06-29", "0.6")]


@pytest.mark.parametrize("after", ["none", "begun"])
def test_a_form_before_a_session_counts_where_none_was_sent_after_it(
    make_report: MakeReport, support: Support, files: Path, after: str
) -> None:
    support(10, forms=1)
    (rowan,) = support(1)
    before = send(rowan.episodes.get(), date(2025, 6, 29), {"future": 0.5}, occasion="before")
    if after == "begun":
        begun = send(rowan.episodes.get(), date(2025, 6, 29), {"future": 0.6}, occasion="after", hour=14)
        Questionnaire.objects.filter(pk=begun.questionnaire_id).update(before=before.questionnaire_id)
        Response.objects.filter(pk=begun.pk).update(sent_at=None)
    assert make_report().results["evaluation"]["people"]["no_form"] == 0
    assert [row["future"] for row in rows(files) if row["date"] == "2025-06-29"] == ["0.5"]


def test_corrections_count_and_what_was_declined_does_not(
    make_report: MakeReport, support: Support, files: Path, alice: User
) -> None:
    support(10, forms=1)
    (rowan,) = support(1)
    response = send(rowan.episodes.get(), date(2025, 6, 1), {"future": 0.2})
    response.answers |= {"relationships": {"declined": True}}
    response.save()
    became = Answer(value=0.9, how=How.NUMBER)
    measures.correct(response=response, item="future", became=became, why="Read wrongly", revision=1, by=alice)
    make_report()
    (row,) = [row for row in rows(files) if row["date"] == "2025-06-01"]
    assert (row["future"], row["relationships"]) == ("0.9", "")


def test_the_report_says_which_forms_count_and_what_is_left_out(make_report: MakeReport, support: Support) -> None:
    support(12, forms=2)
    report = make_report()
    for said in (report.page, " ".join(text_of_pdf(report).split())):
        assert report.results["evaluation"]["publication"]["heading"] in said
        assert report.results["evaluation"]["publication"]["rule"] in said
        assert "ot for publication" not in said
        assert "A form taken before a session is left out where the one after it was sent" in said
        assert "Their first form is the first in this time" in said
        assert "There is no comparison group" in said
        assert "Samaritans, 116 123" in said


# ---- what it shows ----


@pytest.fixture
def small_group(support: Support) -> list[Client]:
    """Twenty-three people, of whom three are men and three are under 20."""
    support(20, forms=3, came=2)
    return support(3, forms=3, came=2, gender="man", age=18)


def counts(found: object, name: str = "") -> list[object]:
    if isinstance(found, dict):
        return [count for key, part in found.items() for count in counts(part, key)]
    if isinstance(found, list):
        return [count for part in found for count in counts(part, name)]
    return [found] if name in COUNTS else []


def test_no_small_number_is_shown_or_kept(make_report: MakeReport, small_group: list[Client]) -> None:
    report = make_report()
    kept = counts(report.results)
    assert len(kept) > 500
    assert [one for one in kept if one is not None and (one % 5 or 0 < one < 8)] == []
    small = re.compile(r"(?<![\d.,−-])[1-7] (?:people|person|answered|of \d|forms?)\b")
    for said in (re.sub(r"<[^>]+>", " ", report.page), text_of_pdf(report)):
        assert "Smaller groups together" in said
        assert small.findall(" ".join(said.split())) == []
    assert "Man" not in {level["level"] for level in report.results["groups"]["gender"]}
    for name, table in tables_of(report).items():
        for row in csv.DictReader(io.StringIO(table)):
            told = [int(value) for key, value in row.items() if key.removeprefix("first_") in COUNTS and value]
            assert [one for one in told if one % 5 or 0 < one < 8] == [], name


def test_the_same_report_whoever_the_three_are(
    make_report: MakeReport, small_group: list[Client], grant: Grant
) -> None:
    first = make_report()
    Response.objects.filter(questionnaire__client__in=small_group[:1]).delete()
    small_group[0].gender, small_group[0].born = "another", date(1950, 1, 1)
    small_group[0].save()
    groups = [make_report().results["groups"], first.results["groups"]]
    assert [level["clients"] for level in groups[0]["gender"]] == [level["clients"] for level in groups[1]["gender"]]


def test_no_cell_of_a_table_runs_as_a_formula(make_report: MakeReport, support: Support) -> None:
    support(12, forms=2)
    found = tables_of(make_report())
    names = {"reach", "people", "measures", "over_time", "by", "outcomes", "satisfaction", "unreached"}
    assert found.keys() == {f"tables/{name}.csv" for name in names}
    cells = [cell for table in found.values() for row in csv.reader(io.StringIO(table)) for cell in row]
    assert not [cell for cell in cells if cell[:1] in "=@+\t" and cell]


def test_a_funders_own_title_stands_once_and_as_theirs(make_report: MakeReport, support: Support) -> None:
    support(12, forms=2)
    report = make_report()
    theirs = "(a funder’s title: “Reduction in the risk of completed suicide”)"
    assert report.page.count(theirs) == report.page.count("completed suicide") == 1
    assert " ".join(text_of_pdf(report).split()).count("completed suicide") == 1


def test_it_shows_mean_and_median_over_time_satisfaction_and_groups(make_report: MakeReport, support: Support) -> None:
    support(15, forms=3, age=19)
    support(15, forms=3, age=45, gender="man")
    page = make_report().page
    assert len(re.findall(r"median \d+\.\d", page)) == len(ITEMS)
    for said in ("Who was supported, by age", "By age", "marked 7 or above", "Under 20", "Over 40", "Woman", "Man"):
        assert said in page


def test_the_page_has_no_style_and_no_script(make_report: MakeReport, support: Support) -> None:
    support(12, forms=3)
    page = make_report().page
    assert "<svg" in page
    assert not re.search(r"<style|<script|\sstyle=|\son\w+=|javascript:", page)


# ---- kept as it was made ----


def test_making_it_again_gives_the_same_numbers_under_the_next_version(
    make_report: MakeReport, support: Support
) -> None:
    support(12, forms=3, came=1)
    first, second = make_report(), make_report()
    assert (first.version, second.version) == (1, 2)
    assert first.results == second.results
    assert first.fingerprint == second.fingerprint == figures.fingerprint(first.results)
    assert "version 2" in second.page.lower()


def test_a_kept_report_still_has_its_fingerprint(make_report: MakeReport, support: Support) -> None:
    support(12, forms=3)
    made = make_report()
    kept = Report.objects.get(pk=made.pk)
    assert figures.fingerprint(kept.results) == kept.fingerprint


def test_later_changes_leave_it_as_it_was(make_report: MakeReport, support: Support, grant: Grant) -> None:
    clients = support(14, forms=3, came=1)
    made = make_report()
    before = {name: getattr(made, name) for name in ("page", "pdf", "tables", "results", "fingerprint")}
    Response.objects.filter(questionnaire__client=clients[0]).update(answers={"future": {"value": 0.0, "how": "line"}})
    Contact.objects.all().delete()
    Episode.objects.filter(client__in=clients[:4]).delete()
    grant.title = "Another name"
    grant.save()
    kept = Report.objects.get(pk=made.pk)
    after = {name: getattr(kept, name) for name in before}
    assert {name: bytes(one) if isinstance(one, memoryview) else one for name, one in after.items()} == before
    assert make_report().fingerprint != made.fingerprint


def test_one_press_makes_one_report(make_report: MakeReport, support: Support) -> None:
    support(10)
    first, again = make_report(key="a" * 32), make_report(key="a" * 32)
    assert first.pk == again.pk == "a" * 32
    assert Report.objects.count() == 1


def test_a_number_taken_meanwhile_is_not_given_twice(
    make_report: MakeReport, support: Support, monkeypatch: pytest.MonkeyPatch
) -> None:
    support(10)
    from alongside.reporting.actions import reports

    setting = reports._set
    others: list[Report] = []

    def somebody_is_quicker(*given: object, **named: object) -> Report:
        made = setting(*given, **named)
        if not others:
            others.append(made)
            others.append(make_report())
        return made

    monkeypatch.setattr(reports, "_set", somebody_is_quicker)
    assert make_report().version == 2
    assert sorted(Report.objects.values_list("version", flat=True)) == [1, 2]


def test_the_audit_says_who_made_it(make_report: MakeReport, support: Support, lead: User, grant: Grant) -> None:
    support(10)
    made = make_report()
    entry = Entry.objects.get(did="report.made")
    assert (entry.by, entry.subject, entry.details["report"]) == (lead.pk, f"grant:{grant.pk}", made.pk)


def test_making_takes_as_many_queries_for_many_as_for_few(make_report: MakeReport, support: Support) -> None:
    support(10, forms=2, came=1)
    make_report()  # the organisation's name is remembered from here on
    with counting() as few:
        make_report()
    support(60, forms=2, came=1)
    with counting() as many:
        make_report()
    assert len(few) == len(many) <= 25


def test_the_styles_of_the_page_are_those_of_the_press() -> None:
    here = Path(__file__).parents[1] / "static" / "reporting" / "report.css"
    assert here.read_text("utf-8") == (TEMPLATES / "report.css").read_text("utf-8")
