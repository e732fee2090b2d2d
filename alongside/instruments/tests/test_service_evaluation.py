"""The service evaluation form says what its owner published, and counts in the directions it should."""

import hashlib

import pytest

from alongside.instruments import loader

SERVICE = loader.load("service-evaluation")
WORDING = "58648aa1f63eb960dd349c3bc40a3d6bcab429b3ee468669856448e437ca6bc0"

LINES = [
    (1, "self_harm_frequency", "not at all", "very often", "lower", "fortnight"),
    (2, "self_harm_severity", "not at all", "very severe", "lower", "fortnight"),
    (3, "suicidal_thoughts", "not at all", "a lot", "lower", "fortnight"),
    (4, "suicidal_planning", "not at all", "a lot", "lower", "fortnight"),
    (5, "tolerate_distress", "not at all", "a lot", "higher", "fortnight"),
    (6, "tolerate_thoughts", "not at all", "a lot", "higher", "fortnight"),
    (7, "relationships", "not at all positive", "very positive", "higher", "fortnight"),
    (8, "daily_activities", "not at all positive", "very positive", "higher", "fortnight"),
    (9, "future", "not at all positive", "very positive", "higher", "fortnight"),
    (10, "listened_to", "not at all", "a great deal", "higher", "session"),
    (11, "moving_forwards", "not at all", "a great deal", "higher", "session"),
]


def test_the_wording_has_not_drifted() -> None:
    wording = "\n".join(item.wording or "" for item in SERVICE.items)
    assert hashlib.sha256(wording.encode()).hexdigest() == WORDING


def test_only_question_10_is_corrected_and_its_original_is_kept() -> None:
    corrected = {item.number: item for item in SERVICE.items if item.source_wording}
    assert list(corrected) == [10]
    assert corrected[10].source_wording == (corrected[10].wording or "").replace("in your", "in you")


def test_there_are_eleven_questions() -> None:
    assert [item.key for item in SERVICE.items] == [line[1] for line in LINES]


@pytest.mark.parametrize("line", LINES, ids=lambda line: line[1])
def test_each_line_has_its_ends_and_its_direction(line: tuple[int, str, str, str, str, str]) -> None:
    item = SERVICE.items[line[0] - 1]
    scale = SERVICE.scale(item)
    assert line == (item.number, scale.key, scale.low_words, scale.high_words, scale.better, item.occasion)
    assert (scale.low, scale.high, scale.step) == (0.0, 10.0, 0.1)
    assert scale.label == item.topic


def test_each_outcome_has_its_indicators() -> None:
    assert {outcome.key: outcome.indicators for outcome in SERVICE.outcomes} == {
        "self_harm": ("self_harm_frequency", "self_harm_severity"),
        "wellbeing": ("daily_activities", "relationships"),
        "aspirations": ("future", "suicidal_thoughts"),
        "suicidal_thoughts_and_plans": ("suicidal_planning", "suicidal_thoughts"),
    }
    assert SERVICE.service_items == ("listened_to", "moving_forwards")
    assert SERVICE.check_in == ("suicidal_thoughts", "suicidal_planning")


def test_the_fourth_outcome_has_our_title_and_the_funders_own() -> None:
    fourth = SERVICE.outcomes[3]
    assert fourth.title == "Suicidal thoughts and plans"
    assert fourth.funder_title == "Reduction in the risk of completed suicide"


def test_the_rule_for_an_improvement_says_whose_it_is() -> None:
    scale = SERVICE.scale(SERVICE.items[0])
    assert scale.improved_by == 1.0
    assert scale.improved_by_source == ("Alongside's own rule: 1.0 on a 10 cm line; no published threshold exists")
    assert SERVICE.also_shown == (2.0, 3.0)


def test_the_wording_is_credited_and_not_called_open() -> None:
    assert SERVICE.licence.status == "wording supplied"
    assert SERVICE.licence.terms == "Published by Harmless; reuse to be agreed"


@pytest.mark.parametrize(
    "name",
    ["future", "FUTURE", " Future ", "9", "09", "q9", "Q9", "Q9.", "item9", "item_9", "Item-9", "question 9"],
)
def test_a_name_finds_its_item_however_it_is_written(name: str) -> None:
    found = SERVICE.item_for(name)
    assert found is not None
    assert found.key == "future"


@pytest.mark.parametrize("name", ["", "0", "12", "q", "q 12", "9a", "q9_before", "client", "1.5", "futures"])
def test_a_name_that_means_no_item_finds_none(name: str) -> None:
    assert SERVICE.item_for(name) is None


def test_every_key_and_every_number_finds_itself() -> None:
    for item in SERVICE.items:
        assert SERVICE.item_for(item.key) == SERVICE.item_for(str(item.number)) == item
