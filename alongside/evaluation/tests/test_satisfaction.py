"""How many marked the questions about the service at 7 or above: counted once each, by age, and treated."""

from pathlib import Path
from typing import Any

import pytest

from alongside.evaluation.sample import CLIENTS, FORMS
from alongside.evaluation.tests.conftest import Ask
from alongside.outcomes.proportions import wilson

FORM = "service-evaluation"
SAMPLE = ("--instrument", FORM, "--attributes", str(CLIENTS), "--by", "age")


@pytest.fixture
def twelve(ask: Ask, tmp_path: Path) -> Any:
    """Twelve people, of whom nine end at 7.0 or above on question 10; one who did so at first does not."""
    marks = ["7", "7.0", "9", "9", "9", "9", "9", "9", "10", "6.9", "2", "0"]
    rows = "".join(
        f"c{n},2026-01-01,{'10' if n > 8 else '1'}\nc{n},2026-01-15,{mark}\n" for n, mark in enumerate(marks)
    )
    people = tmp_path / "people.csv"
    people.write_text("client,age\n" + "".join(f"c{n},{19 if n < 8 else 40}\n" for n in range(12)))

    def run(*how: str) -> dict[str, Any]:
        options = ("--instrument", FORM, "--attributes", str(people), "--by", "age", *how)
        (found,) = ask(f"client,date,Q10\n{rows}", *options).results["satisfaction"]
        return found

    return run


def test_the_last_answer_of_each_person_counts(twelve: Any) -> None:
    found = twelve()
    assert (found["measure"], found["label"], found["at_least"]) == ("listened_to", "Listened to", 7.0)
    everyone = found["everyone"]
    assert (everyone["clients"], everyone["satisfied"], everyone["share"]) == (12, 9, 0.75)
    assert tuple(everyone["ci95"]) == wilson(9, 12)
    assert [(one["level"], one["clients"], one["satisfied"]) for one in found["by"]["age"]] == [
        ("under 20", 8, 8),
        ("20 to 40", 4, 1),
    ]


def test_a_small_group_is_hidden_when_published(twelve: Any) -> None:
    found = twelve("--publish", "strict")
    (together,) = found["by"]["age"]
    for shown in (found["everyone"], together):
        assert (shown["clients"], shown["satisfied"], shown["share"], shown["ci95"]) == (10, None, None, None)
    assert together["level"] == "smaller groups together"


def test_only_a_form_that_asks_about_the_service_has_it(ask: Ask) -> None:
    assert ask("client,day,measure,score\nada,0,calm,8\n").results["satisfaction"] == []


def test_the_report_shows_the_share_and_the_interval_of_the_numbers_it_shows(ask: Ask, tmp_path: Path) -> None:
    (_, moving) = ask(FORMS, *SAMPLE, "--publish", "strict").results["satisfaction"]
    everyone = moving["everyone"]
    low, high = wilson(everyone["satisfied"], everyone["clients"])
    ask(FORMS, *SAMPLE, "--publish", "strict", "--out", str(tmp_path / "report"))
    page = (tmp_path / "report" / "report.html").read_text()
    assert f"Helped to move forwards: {everyone['share']:.0%} marked 7 or above" in page
    assert f"({low:.0%} to {high:.0%})" in page
    assert "By age" in page


def test_nobody_answered_the_question(ask: Ask, tmp_path: Path) -> None:
    content = "client,date,Q1,Q10\nada,2026-01-01,5,\nada,2026-01-15,4,\n"
    (found,) = ask(content, "--instrument", FORM).results["satisfaction"]
    assert (found["everyone"]["clients"], found["everyone"]["share"], found["everyone"]["why"]) == (
        0,
        None,
        "Nobody answered.",
    )
    ask(content, "--instrument", FORM, "--out", str(tmp_path / "report"))
    assert "Listened to: how many marked 7 or above" in (tmp_path / "report" / "report.html").read_text()
