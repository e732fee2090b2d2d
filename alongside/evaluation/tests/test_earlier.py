"""`evaluate --publish --earlier`: two reports that come out say nothing about a few people, whatever they differ in."""

import csv
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from alongside.evaluation.sample import CLIENTS, FORMS
from alongside.evaluation.tests.conftest import Answer, Ask
from alongside.outcomes.disclosure import PROFILES

FORM = ("--instrument", "service-evaluation")
EACH = pytest.mark.parametrize("profile", ["strict", "standard"])
type Beside = Callable[..., Answer]


def score(person: int, form: int) -> int:
    return (3 * person + 2 * form) % 10


def rows(first: int, last: int, forms: int = 2, measure: str = "calm") -> list[str]:
    return [
        f"c{person},{14 * form},{measure},{score(person, form)},{'north' if person % 2 else 'south'}"
        for person in range(first, last)
        for form in range(forms)
    ]


def table(*parts: list[str]) -> str:
    return "\n".join(["client,day,measure,score,area", *(row for part in parts for row in part), ""])


@pytest.fixture
def beside(ask: Ask, tmp_path: Path) -> Beside:
    """Publish the first table beside reports on the others."""

    def run(new: str, *earlier: str, profile: str = "strict", options: tuple[str, ...] = ()) -> Answer:
        said: list[str] = []
        for number, content in enumerate(earlier):
            path = tmp_path / f"earlier-{number}.csv"
            path.write_text(content, encoding="utf-8")
            said += ["--earlier", str(path)]
        return ask(new, "--publish", profile, *said, *options)

    return run


@EACH
def test_two_published_reports_one_person_apart_never_both_come_out(beside: Beside, profile: str) -> None:
    """Whoever is left out, comes, or has one score corrected: the report is refused, and no number is printed."""
    whole = rows(0, 12)
    for person in range(12):
        without = [row for row in whole if not row.startswith(f"c{person},")]
        corrected = [row.replace(",calm,", ",calm,1") if row.startswith(f"c{person},14,") else row for row in whole]
        for new, before in ((without, whole), (whole, without), (corrected, whole)):
            answer = beside(table(new), table(before), profile=profile)
            assert "is too near to earlier-0.csv: the reports would differ by 1 person only" in answer.sentence


@EACH
def test_up_to_the_rule_is_refused_and_one_person_more_is_not(beside: Beside, profile: str) -> None:
    small = PROFILES[profile].small
    for more in range(1, small + 1):
        sentence = beside(table(rows(0, 20 + more)), table(rows(0, 20)), profile=profile).sentence
        assert f"differ by {more} {'person' if more == 1 else 'people'} only" in sentence
        assert "wait until more have answered" in sentence
        assert "publish this report in place of the earlier one" in sentence
    assert beside(table(rows(0, 20 + small + 1)), table(rows(0, 20)), profile=profile).code == 0


def test_the_same_people_and_the_same_scores_are_published_again(beside: Beside) -> None:
    whole = rows(0, 20)
    again = beside(table(list(reversed(whole))), table(whole))
    assert again.results["people"]["clients"] == 20
    assert again.err == ""


def test_nobody_is_named_and_nothing_is_written(beside: Beside, tmp_path: Path) -> None:
    folder = tmp_path / "report"
    answer = beside(table(rows(0, 21)), table(rows(0, 20)), options=("--out", str(folder)))
    assert answer.code == 3
    assert "c20" not in answer.err
    assert not folder.exists()


def test_another_day_is_another_answer(beside: Beside) -> None:
    whole = rows(0, 20)
    moved = [row.replace("c3,14,", "c3,20,") for row in whole]
    assert "1 person only" in beside(table(moved), table(whole)).sentence


def test_somebody_who_came_and_never_answered_counts(beside: Beside) -> None:
    whole = rows(0, 20)
    assert "1 person only" in beside(table(whole, ["c20,0,calm,,north"]), table(whole)).sentence


def test_one_measure_that_a_few_more_answered(beside: Beside) -> None:
    """Many more people came, and one of them answered about sleep."""
    sleep = rows(0, 20, measure="sleep")
    before = table(rows(0, 20), sleep)
    sentence = beside(table(rows(0, 40), sleep, rows(20, 21, measure="sleep")), before).sentence
    assert "among people who answered “sleep” the reports would differ by 1 person only" in sentence
    assert beside(table(rows(0, 40), sleep), before).code == 0


def test_a_few_more_who_answered_twice(beside: Beside) -> None:
    """Many more people came, and one of them has a second form: the average change is theirs."""
    before = table(rows(0, 20))
    sentence = beside(table(rows(0, 20), rows(20, 40, forms=1), ["c20,14,calm,9,north"]), before).sentence
    assert "among people who answered “calm” twice or more the reports would differ by 1 person only" in sentence
    assert beside(table(rows(0, 20), rows(20, 40, forms=1)), before).code == 0


def test_a_form_between_first_and_last_does_not_hide_whose_change_is_new(beside: Beside) -> None:
    between = [f"c{person},7,calm,5,north" for person in range(1, 20, 2)]
    new = [row.replace("c1,14,calm,5", "c1,14,calm,0") for row in rows(0, 20)]
    sentence = beside(table(new, between), table(rows(0, 20))).sentence
    assert "twice or more the reports would differ by 1 person only" in sentence


def test_a_group_that_differs_by_a_few_is_refused_and_published_without_groups(beside: Beside) -> None:
    """Ten more people came, nine of them in the south."""
    before, new = rows(0, 40), [*rows(0, 40), *rows(40, 58)[0::4], *rows(40, 58)[1::4], *rows(41, 42)]
    by = ("--by", "area")
    sentence = beside(table(new), table(before), options=by).sentence
    assert "among people in “north” the reports would differ by 1 person only" in sentence
    assert "leave --by out" in sentence
    assert beside(table(new), table(before)).code == 0


def test_a_group_against_a_report_on_that_group_alone(beside: Beside) -> None:
    whole = rows(0, 40)
    north = [row for row in whole if row.endswith("north") and not row.startswith("c1,")]
    assert (
        "among people in “north” the reports would differ by 1 person only"
        in beside(table(whole), table(north), options=("--by", "area")).sentence
    )
    assert beside(table(whole), table(north)).code == 0


def test_somebody_who_left_a_group_is_known_from_the_earlier_file(beside: Beside) -> None:
    before = rows(0, 40)
    new = [row for row in [*before, *rows(40, 60)[0::4], *rows(40, 60)[1::4]] if not row.startswith("c1,")]
    sentence = beside(table(new), table(before), options=("--by", "area")).sentence
    assert "among people in “north” the reports would differ by 1 person only" in sentence


def test_two_earlier_reports_added_up(beside: Beside) -> None:
    north, south = rows(0, 20), rows(20, 40)
    sentence = beside(table(rows(0, 42)), table(north), table(south)).sentence
    assert "is too near to earlier-0.csv and earlier-1.csv: the reports would differ by 2 people only" in sentence
    assert beside(table(rows(0, 40)), table(north), table(south)).code == 0


def test_an_earlier_report_less_another(beside: Beside) -> None:
    sentence = beside(table(rows(20, 38)), table(rows(0, 40)), table(rows(0, 20))).sentence
    assert "earlier-0.csv and earlier-1.csv: the reports would differ by 2 people only" in sentence


@pytest.mark.parametrize("left", [0, 3])
def test_the_service_form_with_a_list_of_people(ask: Ask, tmp_path: Path, left: int) -> None:
    """Groups are known from the list; an earlier file need not have the column."""
    with FORMS.open(encoding="utf-8", newline="") as lines:
        heading, *forms = list(csv.reader(lines))
    names = list(dict.fromkeys(row[0] for row in forms))
    path = tmp_path / "spring.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([heading, *(row for row in forms if row[0] not in names[:left])])
    answer = ask(
        FORMS, *FORM, "--attributes", str(CLIENTS), "--by", "gender", "--publish", "strict", "--earlier", str(path)
    )
    assert answer.code == (3 if left else 0), answer.err
    assert not left or "spring.csv: the reports would differ by 3 people only" in answer.err


def test_measures_go_by_their_question_however_they_are_named(beside: Beside) -> None:
    new, before = (table(rows(0, 20, measure=name)) for name in ("Q1", "self_harm_frequency"))
    assert beside(new, before, options=FORM).code == 0
    assert "1 person only" in beside(new, table(rows(0, 21, measure="q1")), options=FORM).sentence


def test_another_kind_of_file_says_the_same(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "spring.csv").write_text(table(rows(0, 20)), encoding="utf-8")
    csv_file, parquet = f"{tmp_path / 'spring.csv'}", f"{tmp_path / 'spring.parquet'}"
    duckdb.sql(f"COPY (FROM read_csv('{csv_file}')) TO '{parquet}' (FORMAT parquet)")
    by = ("--publish", "strict", "--by", "area")
    assert ask(table(rows(0, 20)), *by, "--earlier", parquet).code == 0
    assert ask(Path(parquet), *by, "--earlier", csv_file).code == 0
    assert "1 person only" in ask(table(rows(0, 21)), *by, "--earlier", parquet).sentence


def test_an_earlier_file_that_cannot_be_read_is_named(beside: Beside, ask: Ask) -> None:
    bad = [*rows(0, 20), "c1,28,calm,soon,north"]
    assert beside(table(rows(0, 30)), table(bad)).sentence.startswith("earlier-0.csv, row 42, column score")
    assert beside(table(rows(0, 30)), table(bad), options=("--lenient",)).code == 0
    gone = ask(table(rows(0, 30)), "--publish", "strict", "--earlier", "nothing.csv")
    assert gone.sentence == "nothing.csv is not there; check its name and folder."


def test_an_earlier_file_may_lack_a_measure_that_an_option_names(beside: Beside) -> None:
    new = table(rows(0, 40), rows(0, 40, measure="sleep"))
    said = ("--range", "sleep=0:10", "--lower-is-better", "sleep", "--improved-by", "sleep=1")
    assert beside(new, table(rows(0, 20)), options=said).code == 0


@pytest.mark.parametrize("options", [(), ("--engine", "spark://local"), ("--bundle", "folder")])
def test_it_goes_with_publish(ask: Ask, options: tuple[str, ...]) -> None:
    answer = ask(table(rows(0, 20)), "--earlier", "x.csv", *options)
    assert (answer.code, answer.out) == (2, "")
    assert "--earlier goes with" in answer.err
