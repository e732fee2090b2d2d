"""How many marked the questions about the service at 7 or above: counted once each, by age, and treated."""

from pathlib import Path
from typing import Any

import pytest

from alongside.evaluation.evaluate import evaluate
from alongside.evaluation.options import Options
from alongside.evaluation.report import satisfaction_tables
from alongside.evaluation.sample import CLIENTS, FORMS
from alongside.evaluation.tests.conftest import Ask
from alongside.outcomes.proportions import wilson
from alongside.press.document import Dots, Table

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


def tables(**how: Any) -> tuple[Table, ...]:
    options = Options(instrument=FORM, by=("age",), **how)
    found = evaluate(FORMS, attributes_path=CLIENTS, options=options, tell=lambda _: None)
    return tuple(satisfaction_tables(found.results))


def test_each_age_has_a_row_with_its_share_and_interval() -> None:
    figure = tables()[1].figure
    assert isinstance(figure, Dots)
    rows = [(one.name, one.under, [dot.text for dot in one.dots]) for one in figure.places]
    assert rows == [
        ("Everyone", "133 of 159 people", ["84%"]),
        ("Age: under 20", "44 of 49 people", ["90%"]),
        ("Age: 20 to 40", "45 of 58 people", ["78%"]),
        ("Age: over 40", "44 of 52 people", ["85%"]),
    ]
    assert (figure.places[0].dots[0].low, figure.places[0].dots[0].high) == wilson(133, 159)
    assert (figure.ticks[0], figure.ticks[-1]) == ((0, "0%"), (1, "100%"))
    assert figure.alt == (
        "Helped to move forwards, the share who marked 7 or above. Everyone, 84%. Age: under 20, 90%. "
        "Age: 20 to 40, 78%. Age: over 40, 85%."
    )


def test_a_published_figure_draws_what_the_table_shows_and_keeps_the_place_of_what_it_does_not() -> None:
    listened, moving = tables(publish="strict")
    assert listened.figure is None  # nearly everybody marked it so, and no share is shown
    assert "Drawn" not in listened.lede
    assert isinstance(moving.figure, Dots)
    rows = {one.name: one for one in moving.figure.places}
    drawn = rows["Everyone"]
    assert drawn.under == "135 of 160 people"
    assert (drawn.dots[0].at, drawn.dots[0].low, drawn.dots[0].high) == (0.84, *wilson(135, 160))
    kept = [one for one in rows.values() if not one.dots]
    assert kept
    assert {one.kept for one in kept} == {"not shown"}
