"""The numbers of small files, worked out by hand."""

import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

from alongside.evaluation.results import Results
from alongside.evaluation.tests.conftest import THREE_PEOPLE, Ask

FORM = "service-evaluation"


def test_everyone_is_counted_once(ask: Ask, tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    people.write_text("client,area\nada,north\nbob,south\ncy,south\ndee,south\n")
    found = ask(THREE_PEOPLE, "--attributes", str(people)).results["people"]
    assert found["clients"] == 4
    assert (found["answered_twice"], found["answered_once"], found["no_form"], found["forms"]) == (2, 1, 1, 5)
    assert found["share_twice"] == 0.5


def test_nothing_is_called_an_improvement_without_a_direction(ask: Ask) -> None:
    answer = ask(THREE_PEOPLE, "--improved-by", "calm=1")
    improved = answer.results["measures"]["calm"]["improved"]
    assert improved["improved"] is None
    assert "Which way is better was not stated" in improved["why"]
    assert any("is called an improvement" in caveat["text"] for caveat in answer.results["caveats"])


def test_nothing_is_called_an_improvement_without_a_rule(ask: Ask) -> None:
    improved = ask(THREE_PEOPLE, "--lower-is-better", "calm").results["measures"]["calm"]["improved"]
    assert (improved["improved"], improved["rule"]) == (None, None)
    assert "--improved-by" in improved["why"]


@pytest.mark.parametrize(("direction", "count"), [("--lower-is-better", 1), ("--higher-is-better", 0)])
def test_the_count_goes_with_the_direction(ask: Ask, direction: str, count: int) -> None:
    improved = ask(THREE_PEOPLE, direction, "calm", "--improved-by", "calm=2").results["measures"]["calm"]["improved"]
    assert (improved["improved"], improved["n"], improved["everyone"]) == (count, 2, 3)
    assert "by 2 or more" in improved["rule"]


def test_one_form_for_each_client_gives_a_report_without_change(ask: Ask) -> None:
    found = ask("client,day,measure,score\nada,0,calm,6\nbob,0,calm,5\n").results
    paired = found["measures"]["calm"]["paired"]
    assert (paired["n"], paired["mean_change"], paired["wilcoxon"]["v"]) == (0, None, None)
    assert paired["why"]
    assert "nobody answered twice" in found["findings"][0]["title"]


def test_who_was_missing_in_each_fortnight(ask: Ask) -> None:
    content = (
        "client,day,measure,score\n"
        "ada,0,calm,1\nada,14,calm,1\nada,28,calm,1\n"  # answered in all three
        "bob,0,calm,1\nbob,28,calm,1\n"  # missed the second
        "cy,0,calm,1\n"  # ended after the first
        "dee,0,calm,1\ndee,14,sleep,1\ndee,28,calm,1\n"  # had a form in the second, without this measure
    )
    over_time = ask(content).results["measures"]["calm"]["over_time"]
    assert [(at["fortnight"], at["clients"], at["missing"], at["ended"]) for at in over_time] == [
        (0, 4, 0, 0),
        (1, 1, 2, 1),
        (2, 3, 0, 1),
    ]


def test_a_group_is_compared_by_an_attribute_and_nobody_is_left_out_of_it(ask: Ask) -> None:
    content = "client,day,measure,score,area\nada,0,calm,6,north\nada,14,calm,4,north\nbob,0,calm,5,\nbob,14,calm,1,\n"
    levels = ask(content, "--by", "Area").results["measures"]["calm"]["by"]["Area"]
    assert [(level["level"], level["paired"]["mean_change"]) for level in levels] == [
        ("not recorded", -4.0),
        ("north", -2.0),
    ]


def test_ages_are_put_into_bands(ask: Ask) -> None:
    ages = ["15", "19.0", "20.0", "40.5", "41", "77"]
    content = "client,day,measure,score,age\n" + "".join(f"c{age},0,calm,5,{age}\n" for age in ages)
    levels = ask(content, "--by", "age").results["measures"]["calm"]["by"]["age"]
    assert [(level["level"], level["clients"]) for level in levels] == [
        ("under 20", 2),
        ("20 to 40", 2),
        ("over 40", 2),
    ]


def test_an_attribute_with_a_value_for_everybody_is_refused(ask: Ask) -> None:
    content = "client,day,measure,score,postcode\n" + "".join(f"c{n},0,calm,5,P{n}\n" for n in range(21))
    answer = ask(content, "--by", "postcode")
    assert answer.code == 2
    assert "21 different values" in answer.err


def wide(**scores: tuple[float, float]) -> str:
    """Two forms of one client."""
    first, last = ([str(pair[at]) for pair in scores.values()] for at in (0, 1))
    return f"client,day,{','.join(scores)}\nada,0,{','.join(first)}\nada,14,{','.join(last)}\n"


@pytest.mark.parametrize(
    ("scores", "improved"),
    [
        ({"self_harm_frequency": (6.0, 5.0), "self_harm_severity": (5.0, 4.0)}, 1),  # both by exactly 1
        ({"self_harm_frequency": (6.0, 4.0), "self_harm_severity": (5.0, 5.0)}, 1),  # 2 and 0: mean 1
        ({"self_harm_frequency": (6.0, 4.1), "self_harm_severity": (5.0, 5.0)}, 0),  # 1.9 and 0: mean 0.95
        ({"self_harm_frequency": (6.0, 3.0), "self_harm_severity": (3.0, 5.0)}, 0),  # 3 better, 2 worse: mean 0.5
    ],
)
def test_an_outcome_improves_when_the_mean_of_its_indicators_does(
    ask: Ask, scores: dict[str, tuple[float, float]], improved: int
) -> None:
    found = ask(wide(**scores), "--instrument", FORM).results["outcomes"]
    assert [outcome["key"] for outcome in found] == ["self_harm"]
    assert found[0]["improved"]["improved"] == improved


def test_an_outcome_of_questions_that_point_both_ways_turns_them(ask: Ask) -> None:
    content = wide(future=(4.0, 5.5), suicidal_thoughts=(5.0, 4.5))
    (outcome,) = ask(content, "--instrument", FORM).results["outcomes"]
    assert (outcome["key"], outcome["improved"]["improved"]) == ("aspirations", 1)
    assert outcome["paired"]["mean_first"] == pytest.approx((4.0 + 5.0) / 2)
    assert outcome["paired"]["mean_change"] == pytest.approx((1.5 + 0.5) / 2)


def test_an_outcome_needs_every_indicator_on_the_form(ask: Ask) -> None:
    content = "client,day,self_harm_frequency,self_harm_severity\nada,0,6,\nada,14,5,5\nada,28,4,3\nada,42,3,\n"
    found = ask(content, "--instrument", FORM).results
    paired = found["outcomes"][0]["paired"]
    assert (paired["mean_first"], paired["mean_last"]) == (5.0, 6.5)
    assert found["measures"]["self_harm_frequency"]["paired"]["mean_first"] == 6.0


def test_self_harm_and_suicide_stand_under_titles_of_their_own(ask: Ask) -> None:
    everything = wide(**{f"q{n}": (5.0, 4.0) for n in range(1, 12)})
    outcomes = {one["key"]: one for one in ask(everything, "--instrument", FORM).results["outcomes"]}
    assert list(outcomes) == ["self_harm", "wellbeing", "aspirations", "suicidal_thoughts_and_plans"]
    assert outcomes["suicidal_thoughts_and_plans"]["title"] == "Suicidal thoughts and plans"
    assert outcomes["self_harm"]["indicators"] == ["self_harm_frequency", "self_harm_severity"]


def test_every_undefined_number_has_a_reason_beside_it(ask: Ask) -> None:
    contents = [
        THREE_PEOPLE,
        "client,day,measure,score\nada,0,calm,6\n",
        "client,day,measure,score\nada,0,calm,\nada,0,sleep,3\n",
        "client,day,measure,score\nada,0,calm,6\nada,9,calm,5\nbob,0,calm,6\nbob,9,calm,5\n",
    ]
    for content in contents:
        assert_reasons(ask(content).results["measures"])
        assert_reasons(ask(content, "--publish", "strict").results["measures"])


def assert_reasons(found: Any) -> None:
    if isinstance(found, list):
        for part in found:
            assert_reasons(part)
    elif isinstance(found, dict):
        if "why" in found and None in [value for key, value in found.items() if key != "why"]:
            assert found["why"], found
        for part in found.values():
            assert_reasons(part)


def test_the_results_fit_their_published_schema(ask: Ask) -> None:
    for options in ([], ["--publish", "strict"], ["--publish", "standard"]):
        written = json.dumps(ask(THREE_PEOPLE, *options).results)
        assert TypeAdapter(Results).validate_json(written).format == "alongside-results-1"


def test_no_sentence_claims_a_cause_or_speaks_of_one_person(ask: Ask) -> None:
    content = Path(__file__).parents[1] / "sample" / "forms.csv"
    found = ask(content, "--instrument", FORM).results
    said = " ".join(one["title"] + one["sentence"] for one in found["findings"]).lower()
    for word in ("because", "caused", "thanks to", "due to", "helped by", "effective", "recover", "reliable", "risk"):
        assert word not in said


def test_a_fortnight_in_which_nobody_answered_tells_who_was_missing(ask: Ask) -> None:
    content = "client,day,measure,score\nada,0,calm,1\nada,28,calm,1\nbob,0,calm,1\nbob,28,calm,1\n"
    over_time = ask(content).results["measures"]["calm"]["over_time"]
    assert [(at["fortnight"], at["clients"], at["missing"]) for at in over_time] == [(0, 2, 0), (1, 0, 2), (2, 2, 0)]


def test_somebody_with_two_scores_in_a_fortnight_counts_once(ask: Ask) -> None:
    content = "client,day,measure,score\nada,0,calm,2\nada,1,calm,4\nbob,0,calm,9\n"
    (at,) = ask(content).results["measures"]["calm"]["over_time"]
    assert (at["clients"], at["n"], at["mean"], at["median"]) == (2, 3, 6.0, 6.0)


def test_the_same_change_for_everybody_is_said_as_it_is(ask: Ask) -> None:
    content = "client,day,measure,score\n" + "".join(f"c{n},0,calm,7\nc{n},14,calm,0\n" for n in range(12))
    assert ask(content).results["findings"][0]["title"] == "The calm score changed by −7.0 for everybody"


def test_no_average_is_made_of_one_person(ask: Ask) -> None:
    content = "client,day,measure,score\nada,0,calm,1\nada,14,calm,2\n"
    assert ask(content).results["findings"][0]["sentence"] == "1 person answered twice or more, too few to average."


def test_measures_beside_the_form_stay_in_the_report(ask: Ask, tmp_path: Path) -> None:
    content = "client,day,measure,score\nada,0,Q1,5\nada,0,Q2,5\nada,0,bdi,30\n"
    ask(content, "--instrument", FORM, "--out", str(tmp_path / "report"))
    page = (tmp_path / "report" / "report.html").read_text()
    table = page[page.index("Also asked") :]
    assert "bdi" in table[: table.index("</table>")]
