"""A definition whose parts do not fit is refused with the file, the line and what to do."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.instruments import loader
from alongside.instruments.lines import line_of, places
from alongside.instruments.published import json_schema
from alongside.instruments.scoring import Scorer

SHORT = """key = "short"
name = "Short"
version = "1"
informant = "the client"
reference_period = "today"
reversed = [2]
missing = "all"
scoring_source = "Invented"
[licence]
status = "numbers only"
holder = "Nobody"
terms = "Free"
source = "Invented"
date = "2026"
[every_item]
count = 4
kind = "choice"
low = 0
high = 3
[[scores]]
key = "first"
name = "First"
rule = "sum"
items = [1, 2]
[[scores]]
key = "total"
name = "Total"
rule = "sum"
bands_source = "Invented"
bands = [
  { name = "low", low = 0, high = 6 },
  { name = "high", low = 7, high = 12 },
]
caseness = { at = 7, source = "Invented" }
"""


def said(text: str) -> str:
    with pytest.raises(loader.InvalidDefinition) as refused:
        loader.parse(text, "mine.toml")
    return str(refused.value)


def test_the_example_is_right() -> None:
    form = loader.parse(SHORT, "mine.toml")
    assert [item.topic for item in form.items] == ["First", "First", "Question 3", "Question 4"]


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (
            "reversed = [2]",
            "reversed = [2, 9]",
            "line 6: reversed: 9 is no question answered with a number; correct it or add the item.",
        ),
        ("reversed = [2]", "reversed = [2, 'q2']", "line 6: reversed: q2 is named twice; name it once."),
        (
            "items = [1, 2]",
            "items = [1, 5]",
            "line 24: scores.1.items: 5 is no question answered with a number; correct it or add the item.",
        ),
        (
            'rule = "sum"\nitems',
            'rule = "total"\nitems',
            "line 23: scores.1.rule: input should be 'sum' or 'mean', but it is 'total'; correct it.",
        ),
        ('key = "total"', 'key = "first"', "line 26: scores.2.key: the key first is used twice; use it once."),
        ("high = 12", "high = 13", "line 32: scores.2.bands.2.high: 13 is outside 0 to 12, where the score lies."),
        (
            "low = 7",
            "low = 6",
            "line 30: scores.2.bands: high begins at 6 and low ends at 6; let each begin just above the one before.",
        ),
        ("high = 6", "high = -1", "line 31: scores.2.bands.1.high: must not be below low (0); swap or correct them."),
        (
            'bands_source = "Invented"\n',
            "",
            "line 29: scores.2.bands: they have no source; say in bands_source who published them.",
        ),
        (', source = "Invented" }', " }", "line 34: scores.2.caseness.source is missing; add it."),
        ("at = 7", "at = 70", "line 34: scores.2.caseness.at: 70 is outside 0 to 12, where the score lies."),
        ("at = 7", "att = 7", "line 34: scores.2.caseness.at is missing; add it."),
        (
            'scoring_source = "Invented"\n',
            "",
            "line 19: scores: they have no source; say in scoring_source where the key and the rule stand.",
        ),
        (
            'missing = "all"',
            'missing = "some"',
            "line 7: missing: takes all, none, or prorate max and a number, but it is 'some'; correct it.",
        ),
        (
            'missing = "all"',
            'missing = "none"',
            "line 7: missing: none leaves first without a rule; say all, or prorate max and a number.",
        ),
        (
            'missing = "all"',
            'missing = "prorate max 2"',
            "line 7: missing: prorate max 2 would fill in all of first; make it smaller.",
        ),
        (
            "items = [1, 2]",
            "items = [1, 2]\nnever_prorated = [1]",
            "line 25: scores.1.never_prorated: nothing is prorated; remove it, or say prorate max",
        ),
        (
            "items = [1, 2]",
            "items = [1, 2]\noptional = [3]\noptional_note = 'without'",
            "line 25: scores.1.optional: 3 is not one of this score’s questions; correct it.",
        ),
        (
            "items = [1, 2]",
            "items = [1, 2]\noptional = [1]",
            "line 20: scores.1: has optional questions and no optional_note; say what a score without them is.",
        ),
        (
            "items = [1, 2]",
            "of_scores = ['total']",
            "line 24: scores.1.of_scores: total is not the key of a score above; correct it or put that score first.",
        ),
        ("high = 3", "high = -3", "line 15: every_item: must be above low (0.0); swap or correct them."),
        (
            "low = 0\n",
            "low = 0\ncolour = 1\n",
            "line 19: every_item.colour is not a known key; correct its spelling or remove it.",
        ),
        (
            "count = 4",
            "count = 4000",
            "line 16: every_item.count: input should be less than or equal to 200, but it is 4000; correct it.",
        ),
        (
            'kind = "choice"',
            'kind = "text"',
            "line 6: reversed: 2 is no question answered with a number; correct it or add the item.",
        ),
        (
            "[licence]",
            "never_scored = 'No'\n[licence]",
            "line 9: never_scored: there are scores as well; remove them or remove never_scored.",
        ),
        (
            "[licence]",
            "ages = { youngest = 18, oldest = 11 }\n[licence]",
            "line 9: ages.oldest: must not be below youngest (18); swap or correct them.",
        ),
        (
            "[licence]",
            "stem = 'How?'\n[licence]",
            "line 9: stem: is wording but the licence is numbers only; remove it.",
        ),
        (
            "count = 4",
            "count = 4\npoints = [1, 0]",
            "line 17: every_item.points: there are 2 for the marks 0 to 3; give one for each mark.",
        ),
    ],
)
def test_what_is_wrong_is_said_with_its_line_and_what_to_do(old: str, new: str, sentence: str) -> None:
    assert old in SHORT
    lines = said(SHORT.replace(old, new, 1)).splitlines()
    assert any(line.startswith(f"mine.toml, {sentence}") for line in lines), lines
    assert all(re.match(r"mine\.toml(, line \d+)?: ", line) and line.endswith(".") for line in lines)


# 1.96 × 5 × √(2 × (1 − 0.8)) = 6.198
@pytest.mark.parametrize(("by", "right"), [(6, True), (6.5, True), (5.5, False), (8, False)])
def test_a_reliable_change_agrees_with_the_figures_given_for_it(by: float, right: bool) -> None:
    more = f"reliable_change = {{ by = {by}, sd = 5, reliability = 0.8, source = 'Invented' }}\n"
    if right:
        assert loader.parse(SHORT + more, "mine.toml").scores[1].reliable_change
    else:
        assert "but sd and reliability give 6.20; correct one of them" in said(SHORT + more)


@pytest.mark.parametrize("half", ["sd = 5", "reliability = 0.8"])
def test_half_of_those_figures_is_refused(half: str) -> None:
    assert "give both or neither" in said(f"{SHORT}reliable_change = {{ by = 6, {half}, source = 'Invented' }}\n")


def test_a_shared_fault_is_said_once() -> None:
    assert len(said(SHORT.replace("high = 3", 'high = "three"')).splitlines()) == 1


OPEN = SHORT.replace('"numbers only"', '"open"').replace("count = 4\n", "")
ITEMS = """items = [
  { wording = "One?" },
  { wording = "Two?", kind = "choices", options = ["a", "b"] },
]
"""


def test_a_translation_names_questions_that_are_there() -> None:
    welsh = "[translations.cy]\ntranslator = 'Nobody'\nsource = 'Invented'\nitems = { q1 = 'Un?', q7 = 'Saith?' }\n"
    text = OPEN.replace("[licence]", f"{ITEMS}[licence]", 1).replace("reversed = [2]\n", "")
    text = text.partition("[[scores]]")[0] + welsh
    assert said(text).startswith(
        "mine.toml, line 25: translations.cy.items.q7: q7 is not the key of an item; correct it"
    )
    form = loader.parse(text.replace(", q7 = 'Saith?'", ""), "mine.toml")
    assert form.translations["cy"].items == {"q1": "Un?"}
    assert [question.kind for question in form.questions] == ["choice", "choices"]


# ---- lines ----


def test_a_line_is_found_in_every_way_of_writing() -> None:
    text = (
        '# a [note]\nname = "a # [not] a = note"\n[licence]\n"holder" = 1\nwide.deep = 2\n\n'
        "items = [\n  { key = 'a' },\n\n  { key = 'b', low = [1,\n 2] },\n]\n"
        "[[licence.more]]\nx = 1\n[[licence.more]]\nx = 2\n"
    )
    found = places(text)
    wanted: dict[Any, int] = {
        ("name",): 2,
        ("licence",): 3,
        ("licence", "holder"): 4,
        ("licence", "wide", "deep"): 5,
        ("licence", "items", 0): 8,
        ("licence", "items", 1, "key"): 10,
        ("licence", "items", 1, "low", 1): 11,
        ("licence", "more", 1, "x"): 16,
    }
    assert {path: found[path] for path in wanted} == wanted
    assert line_of(("licence", "items", 1, "high"), found) == 10
    assert line_of(("nothing",), found) is None


@given(st.text(max_size=200))
def test_any_text_is_refused_or_read_and_never_worse(text: str) -> None:
    places(text)
    try:
        loader.parse(text, "mine.toml")
    except loader.InvalidDefinition as error:
        assert str(error)  # noqa: PT017 - any text may also be right, in principle


def paths(value: object, above: tuple[str | int, ...] = ()) -> set[tuple[str | int, ...]]:
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return {above}.union(*(paths(one, (*above, name)) for name, one in inside)) - {()}


@pytest.mark.parametrize("key", loader.keys())
def test_every_place_of_a_shipped_definition_has_its_line(key: str) -> None:
    text = (loader.DEFINITIONS / f"{key}.toml").read_text("utf-8")
    found = places(text)
    assert paths(tomllib.loads(text)) <= set(found)
    lines = text.splitlines()
    for path, line in found.items():
        if isinstance(path[-1], str):
            assert path[-1] in lines[line - 1]


# ---- the published schema ----


def known(place: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """The properties that a place of the schema knows, its references followed."""
    if "$ref" in place:
        return known(schema["$defs"][place["$ref"].rpartition("/")[2]], schema)
    choices = [known(one, schema) for one in place.get("anyOf", [])]
    return {name: said for one in [place.get("properties", {}), *choices] for name, said in one.items()}


def unknown(value: object, place: dict[str, Any], schema: dict[str, Any]) -> set[str]:
    if isinstance(value, list):
        return set().union(*(unknown(one, place.get("items", {}), schema) for one in value))
    if not isinstance(value, dict) or not (properties := known(place, schema)):
        return set()
    deeper = (unknown(one, properties[name], schema) for name, one in value.items() if name in properties)
    return (set(value) - set(properties)).union(*deeper)


@pytest.mark.parametrize("key", loader.keys())
def test_the_published_schema_knows_every_key_that_ships(key: str) -> None:
    schema = json_schema()
    raw = tomllib.loads((loader.DEFINITIONS / f"{key}.toml").read_text("utf-8"))
    assert unknown(raw, schema, schema) == set()
    assert set(schema["required"]) <= set(raw)
    assert unknown(raw | {"licence": {"holdr": 1}}, schema, schema) == {"holdr"}


def test_the_example_of_the_how_to_is_right() -> None:
    page = (Path(__file__).parents[3] / "docs" / "how-to" / "add-a-measure.md").read_text("utf-8")
    (example,) = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    assert Scorer(loader.parse(example, "steady.toml")).score([3, 3, 0])["total"].value == 9


def test_an_earlier_version_is_kept_and_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loader, "EARLIER", tmp_path)
    old = (loader.DEFINITIONS / "phq9.toml").read_text("utf-8").replace('version = "1"', 'version = "0"')
    (tmp_path / "phq9@0.toml").write_text(old, "utf-8")
    assert loader.load("phq9", "0").version == "0"
    assert loader.load("phq9").version == "1"
    loader.load.cache_clear()
