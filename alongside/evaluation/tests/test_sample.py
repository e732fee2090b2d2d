"""The sample is invented, remade to the byte, and has the shape that reports are tried on."""

import csv
import statistics
from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from alongside.evaluation.sample import CLIENTS, FORMS, invent
from alongside.instruments import loader

SERVICE = loader.load("service-evaluation")
KEYS = [item.key for item in SERVICE.items]


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


forms, clients = rows(FORMS), rows(CLIENTS)
forms_each = Counter(form["client"] for form in forms)


def test_writing_the_files_again_changes_no_byte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(invent, "FORMS", tmp_path / "forms.csv")
    monkeypatch.setattr(invent, "CLIENTS", tmp_path / "clients.csv")
    invent.main()
    assert (tmp_path / "forms.csv").read_bytes() == FORMS.read_bytes()
    assert (tmp_path / "clients.csv").read_bytes() == CLIENTS.read_bytes()


def test_another_seed_invents_another_service() -> None:
    assert invent.invent(20, seed=1) == invent.invent(20, seed=1)
    assert invent.invent(20, seed=1) != invent.invent(20, seed=2)


def test_no_clients_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^clients is 0; ask for at least 1\.$"):
        invent.invent(0, seed=1)


def test_the_columns_are_the_forms_own_items() -> None:
    assert list(forms[0]) == ["client", "date", *KEYS]
    assert list(clients[0]) == ["client", "gender", "age", "funder", "area"]


def test_185_clients_of_whom_25_have_no_form_40_have_one_and_120_more() -> None:
    names = {client["client"] for client in clients}
    assert len(clients) == len(names) == 185
    assert set(forms_each) <= names
    assert len(names - set(forms_each)) == 25
    assert sum(count == 1 for count in forms_each.values()) == 40
    assert sum(2 <= count <= 14 for count in forms_each.values()) == 120


def test_clients_are_varied_and_one_group_is_small() -> None:
    genders = Counter(client["gender"] for client in clients)
    assert set(genders) == {"woman", "man", "non-binary", "prefer not to say"}
    assert 0 < min(genders.values()) < 8
    assert max(genders, key=lambda gender: genders[gender]) == "woman"
    ages = [int(client["age"]) for client in clients]
    assert (min(ages), max(ages)) == (14, 67)
    assert len({client["funder"] for client in clients}) == 3
    assert len({client["area"] for client in clients}) == 4


def test_every_answer_is_on_the_line_or_left_blank() -> None:
    answers = [form[key] for form in forms for key in KEYS]
    given = [answer for answer in answers if answer]
    assert all(answer == f"{float(answer):.1f}" and 0 <= float(answer) <= 10 for answer in given)
    assert 0.015 < 1 - len(given) / len(answers) < 0.025


def test_forms_come_about_every_fortnight_with_some_skipped() -> None:
    days = defaultdict(list)
    for form in forms:
        days[form["client"]].append(date.fromisoformat(form["date"]))
    gaps = [(after - before).days for each in days.values() for before, after in pairwise(each)]
    assert statistics.median(gaps) == 14
    assert min(gaps) >= 12
    assert 0.1 < sum(gap > 20 for gap in gaps) / len(gaps) < 0.3
    every_day = [day for each in days.values() for day in each]
    assert 600 < (max(every_day) - min(every_day)).days < 800


def change_in_100_days(key: str) -> float:
    """Give the points moved in 100 days within people: the slope once each person's means are taken off."""
    answers = defaultdict(list)
    for form in forms:
        if form[key]:
            answers[form["client"]].append((date.fromisoformat(form["date"]).toordinal(), float(form[key])))
    days, scores = [], []
    for each in answers.values():
        day, score = (statistics.fmean(column) for column in zip(*each, strict=True))
        days += [at - day for at, _ in each]
        scores += [mark - score for _, mark in each]
    return 100 * statistics.linear_regression(days, scores).slope


@pytest.mark.parametrize(
    ("key", "least", "most"),
    [
        ("self_harm_frequency", -2.5, -2.0),
        ("self_harm_severity", -1.8, -1.2),
        ("suicidal_thoughts", -0.2, 0.2),
        ("suicidal_planning", -0.2, 0.2),
        ("tolerate_distress", 0.6, 1.2),
        ("relationships", 0.6, 1.2),
        ("daily_activities", 0.6, 1.2),
        ("future", 0.6, 1.2),
        ("listened_to", -0.2, 0.2),
    ],
)
def test_people_change_as_the_story_says(key: str, least: float, most: float) -> None:
    assert least <= change_in_100_days(key) <= most


@pytest.mark.parametrize(
    ("end", "key"), [(min, "suicidal_planning"), (min, "self_harm_frequency"), (max, "listened_to")]
)
def test_some_marks_stand_at_the_very_end(end: Callable[[list[float]], float], key: str) -> None:
    marks = [float(form[key]) for form in forms if form[key]]
    assert end(marks) in {0.0, 10.0}
    assert 0.05 < marks.count(end(marks)) / len(marks) < 0.25


def test_people_say_that_they_are_listened_to() -> None:
    assert statistics.fmean(float(form["listened_to"]) for form in forms if form["listened_to"]) == pytest.approx(
        8.8, abs=0.1
    )
