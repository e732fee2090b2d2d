"""The rule sets of the NHS, asked for by name: who improved and who recovered on PHQ-9 and GAD-7 together."""

from pathlib import Path
from typing import Any

import pytest

from alongside.evaluation.tests.conftest import Ask

RULES = ("talking-therapies", "any-worsening")
LABELS = ("improved", "unchanged", "deteriorated")

Person = tuple[int, int | None, int, int | None]
"""First and last PHQ-9, then first and last GAD-7; None where there is no second form."""


def scores(*people: Person, names: tuple[str, str] = ("PHQ-9", "GAD-7")) -> str:
    rows = [
        f"c{n},{day},{name},{score}\n"
        for n, person in enumerate(people)
        for name, pair in zip(names, (person[:2], person[2:]), strict=True)
        for day, score in zip((0, 90), pair, strict=True)
        if score is not None
    ]
    return "client,day,measure,score\n" + "".join(rows)


def judged(ask: Ask, *people: Person, rules: str = RULES[0]) -> dict[str, Any]:
    found: dict[str, Any] = ask(scores(*people), "--rules", rules).results["rules"]
    return found


def label(ask: Ask, person: Person, rules: str) -> str:
    found = judged(ask, person, rules=rules)
    return next(name for name in LABELS if found[name]["count"])


@pytest.mark.parametrize("rules", RULES)
@pytest.mark.parametrize(
    ("person", "expected"),
    [
        ((15, 9, 9, 9), "improved"),
        ((15, 10, 9, 9), "unchanged"),
        ((12, 9, 10, 7), "unchanged"),
        ((12, 12, 12, 8), "improved"),
        ((9, 15, 5, 5), "deteriorated"),
        ((9, 14, 5, 9), "deteriorated"),
    ],
)
def test_who_changed_reliably(ask: Ask, person: Person, expected: str, rules: str) -> None:
    assert label(ask, person, rules) == expected


def test_better_on_one_and_worse_on_the_other_has_two_labels_by_two_rule_sets(ask: Ask) -> None:
    mixed = (20, 13, 8, 12)
    assert [label(ask, mixed, rules) for rules in RULES] == ["unchanged", "deteriorated"]


def test_recovered_but_not_reliably(ask: Ask) -> None:
    found = judged(ask, (12, 9, 10, 7))
    assert (found["recovered"]["count"], found["reliably_recovered"]["count"], found["improved"]["count"]) == (1, 0, 0)


def test_below_both_cut_offs_at_first_is_out_of_recovery_and_in_improvement(ask: Ask) -> None:
    found = judged(ask, (9, 3, 7, 3))
    assert (found["not_at_caseness"], found["recovered"]["n"], found["improved"]["n"]) == (1, 0, 1)


TEN: tuple[Person, ...] = (*[(15, 5, 10, 5)] * 3, *[(20, 18, 15, 14)] * 4, *[(5, 4, 3, 3)] * 2, (15, None, 10, None))


def test_ten_completed_three_recovered_of_eight(ask: Ask) -> None:
    found = judged(ask, *TEN)
    assert (found["n"], found["not_at_caseness"], found["without_scores"]) == (10, 2, 1)
    assert (found["recovered"]["count"], found["recovered"]["n"], found["recovered"]["share"]) == (3, 8, 0.375)
    assert found["recovered"]["ci95"] == pytest.approx([0.136844, 0.694258], abs=1e-6)  # R: prop.test, no correction
    assert found["recovered"]["exact95"] == pytest.approx([0.085233, 0.755137], abs=1e-6)  # R: binom.test


def test_somebody_on_the_list_without_a_form_is_taken_to_have_completed(ask: Ask, tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    people.write_text("client\n" + "".join(f"c{n}\n" for n in range(14)))
    found = ask(scores(*TEN), "--rules", RULES[0], "--attributes", str(people)).results["rules"]
    assert (found["n"], found["without_scores"], found["recovered"]["n"]) == (14, 5, 12)


@pytest.mark.parametrize("rules", RULES)
def test_losing_second_forms_lowers_the_rate_and_never_raises_it(ask: Ask, rules: str) -> None:
    shares = []
    for lost in range(len(TEN) + 1):
        people = [(a, None, b, None) if n < lost else (a, c, b, d) for n, (a, c, b, d) in enumerate(TEN)]
        found = judged(ask, *people, rules=rules)
        shares.append((found["improved"]["share"], found["recovered"]["share"]))
    assert shares == sorted(shares, reverse=True)
    assert (shares[0], shares[-1]) == ((0.3, 0.375), (0, 0))


@pytest.mark.parametrize("names", [("phq9", "gad_7"), ("PHQ 9", "Gad-7"), ("Phq_9", "GAD7")])
def test_the_measures_are_found_however_they_are_written(ask: Ask, names: tuple[str, str]) -> None:
    found = ask(scores(*TEN, names=names), "--rules", RULES[0]).results
    assert (found["rules"]["recovered"]["count"], set(found["measures"])) == (3, set(names))


@pytest.mark.parametrize("names", [("phq9", "calm"), ("PHQ-9 total", "GAD-7")])
def test_a_file_without_them_is_told_which_it_needs(ask: Ask, names: tuple[str, str]) -> None:
    answer = ask(scores(*TEN, names=names), "--rules", RULES[0])
    assert (answer.code, answer.out) == (2, "")
    assert "needs the measures PHQ-9 and GAD-7; the file has" in answer.err


def test_the_same_measure_under_two_names_is_refused(ask: Ask) -> None:
    twice = scores(*TEN) + scores(*TEN, names=("phq9", "calm")).removeprefix("client,day,measure,score\n")
    answer = ask(twice, "--rules", RULES[0])
    assert (answer.code, "“PHQ-9” and “phq9” are both PHQ-9" in answer.err) == (2, True)


def test_nobody_is_judged_unless_rules_are_asked_for(ask: Ask) -> None:
    assert ask(scores(*TEN)).results["rules"] is None


@pytest.mark.parametrize(
    ("rules", "title", "mixed"),
    [
        ("talking-therapies", "by the rules of NHS Talking Therapies (2024-25)", "is no reliable change"),
        (
            "any-worsening",
            "by the rules of NHS Talking Therapies, any worsening counted as deterioration (2024-25)",
            "is deterioration",
        ),
    ],
)
def test_the_report_names_its_rules_and_says_who_counts(
    ask: Ask, tmp_path: Path, rules: str, title: str, mixed: str
) -> None:
    ask(scores(*TEN), "--rules", rules, "--out", str(tmp_path / "report"))
    page = " ".join((tmp_path / "report" / "report.html").read_text().split())
    assert title in page
    for said in (mixed, "is taken to have completed", "they stay in the number that is divided by", "38%"):
        assert said in page


@pytest.mark.parametrize("profile", ["strict", "standard"])
def test_a_few_who_got_worse_are_not_told(ask: Ask, profile: str) -> None:
    people: list[Person] = [*[(15, 5, 10, 5)] * 40, *[(15, 14, 10, 9)] * 30, *[(9, 20, 5, 5)] * 3]
    found = ask(scores(*people), "--rules", RULES[0], "--publish", profile).results["rules"]
    assert found["rules"]["name"] == "NHS Talking Therapies"
    assert (found["n"], found["improved"]["count"], found["improved"]["share"]) == (75, 40, 0.53)
    assert (found["deteriorated"]["count"], found["unchanged"]["count"], found["not_at_caseness"]) == (None, None, None)
    assert found["improved"]["ci95"] is None
    assert (found["recovered"]["count"], found["recovered"]["n"]) == (40, 70)
