"""A definition that cannot be used is refused with a sentence: the file, the place and what to do."""

import re
from pathlib import Path

import pytest

from alongside.instruments import loader

SHIPPED = (loader.DEFINITIONS / "service-evaluation.toml").read_text(encoding="utf-8")
SHORT = """
key = "two-lines"
name = "Two lines"
version = "1"
informant = "the client"
reference_period = "today"
check_in = []

[licence]
status = "open"
holder = "Nobody"
terms = "Free to use"
source = "Invented"
date = "2026"

[[items]]
number = 1
key = "calm"
topic = "Calm"
finding_name = "feeling calm"
wording = "How calm are you?"
kind = "line"
low = 0
high = 10
step = 0.1
low_words = "not at all"
high_words = "very"
lower_is_better = false
occasion = "session"

[[items]]
number = 2
key = "tired"
topic = "Tired"
finding_name = "feeling tired"
wording = "How tired are you?"
kind = "line"
low = 0
high = 10
step = 0.1
low_words = "not at all"
high_words = "very"
lower_is_better = true
occasion = "session"

[[outcomes]]
key = "rest"
title = "Rest"
indicators = ["calm", "tired"]
"""


def refusal(folder: Path, text: str) -> str:
    """Read a definition that should be refused, and give what is said after the file's name."""
    file = folder / "mine.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(loader.InvalidDefinition) as refused:
        loader.read(file)
    said = str(refused.value)
    assert said.startswith(str(file))
    assert said.endswith(".")
    return re.sub(rf"^{re.escape(str(file))}(, line \d+)?: ", "", said, flags=re.MULTILINE)


def second(old: str, new: str) -> str:
    """Change the second item."""
    before, line, after = SHORT.rpartition(old)
    assert line
    return before + new + after


def test_every_shipped_definition_is_valid_and_named_after_its_key() -> None:
    shipped = loader.keys()
    assert shipped
    assert [loader.load(key).key for key in shipped] == list(shipped)


def test_a_file_of_ones_own_reads_as_the_shipped_one_does(tmp_path: Path) -> None:
    file = tmp_path / "copy.toml"
    file.write_text(SHIPPED, encoding="utf-8")
    assert loader.read(file) == loader.load("service-evaluation")


def test_no_rule_for_an_improvement_is_not_stated_rather_than_guessed(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(SHORT, encoding="utf-8")
    mine = loader.read(file)
    scale = mine.scale(mine.items[1])
    assert (scale.improved_by, scale.improved_by_source, scale.better) == (None, "", "lower")


def test_numbers_only_has_no_wording(tmp_path: Path) -> None:
    without = "\n".join(line for line in SHORT.splitlines() if not line.startswith("wording"))
    file = tmp_path / "mine.toml"
    file.write_text(without.replace('"open"', '"numbers only"'), encoding="utf-8")
    assert [item.wording for item in loader.read(file).items] == [None, None]


def test_an_unknown_instrument_suggests_the_closest() -> None:
    with pytest.raises(loader.UnknownInstrument, match=r"Did you mean service-evaluation\?"):
        loader.load("Service_Evalution")
    with pytest.raises(loader.UnknownInstrument) as refused:
        loader.load("../schema")
    assert str(refused.value) == (
        "There is no instrument called “../schema”. alongside instruments list names them all."
    )


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            second("step =", "colour = 'red'\nstep ="),
            "items.2.colour is not a known key; correct its spelling or remove it.",
        ),
        (SHORT.replace('name = "Two lines"', ""), "name is missing; add it."),
        (second("low = 0\n", ""), "items.2.low is missing; add it."),
        (second("high = 10", "high = 0"), "items.2.high: must be above low (0.0); swap or correct them."),
        (
            second("high = 10", "high = inf"),
            "items.2.high: input should be a finite number, but it is inf; correct it.",
        ),
        (
            second("step = 0.1", "step = 11"),
            "items.2.step: must fit between low (0.0) and high (10.0); make it smaller.",
        ),
        (
            second("step = 0.1", "step = 0"),
            "items.2.step: input should be greater than 0, but it is 0; correct it.",
        ),
        (
            second('"line"', '"face"'),
            "items.2.kind: is one of line, choice, number, choices, text, but it is 'face'; correct it.",
        ),
        (second('key = "tired"', 'key = "calm"'), "items: the key calm is used twice; use it once."),
        (second("number = 2", "number = 1"), "items: the number 1 is used twice; use it once."),
        (
            SHORT[: SHORT.index("[[items]]")].replace("[licence]", "items = []\n[licence]"),
            "items: there are none; add at least one.",
        ),
        (second('"calm", "tired"', ""), "outcomes: rest has no indicators; name at least one item."),
        (second('"tired"]', '"calm"]'), "outcomes: the item calm is used twice; use it once."),
        (SHORT.replace('"1"', "1"), "version: input should be a valid string, but it is 1; correct it."),
        (
            second('"calm", "tired"', '"calm", "rested"'),
            "outcomes: rested is not the key of an item; correct it or add the item.",
        ),
        (
            SHORT.replace("check_in = []", 'check_in = ["fine"]'),
            "check_in: fine is not the key of an item; correct it or add the item.",
        ),
        (
            SHORT.replace("check_in = []", "improved_by = 1.0"),
            "improved_by: has no source; say in improved_by_source who set it.",
        ),
        (
            SHORT.replace('"open"', '"numbers only"'),
            "items: calm has wording but the licence is numbers only; remove the wording.",
        ),
        (
            second('wording = "How tired are you?"', ""),
            "items: tired has no wording; add it or set the licence to numbers only.",
        ),
    ],
)
def test_what_is_wrong_is_said_with_its_place(tmp_path: Path, text: str, sentence: str) -> None:
    assert refusal(tmp_path, text) == sentence


def test_each_fault_has_its_own_sentence(tmp_path: Path) -> None:
    said = refusal(tmp_path, SHORT.replace("low = 0\n", "").replace('date = "2026"', "")).splitlines()
    assert said == [
        "licence.date is missing; add it.",
        "items.1.low is missing; add it.",
        "items.2.low is missing; add it.",
    ]


def test_a_file_that_is_not_toml_says_where(tmp_path: Path) -> None:
    assert "mine.toml is not valid TOML: " in refusal(tmp_path, "key = \n")
    assert "(at line 1, column 7); correct it there." in refusal(tmp_path, "key = \n")


def test_a_file_that_is_not_utf_8_says_so(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_bytes(b'key = "caf\xe9"')
    with pytest.raises(loader.InvalidDefinition, match=r"is not UTF-8 text; save it again as UTF-8\.$"):
        loader.read(file)


def test_a_folder_is_not_a_definition(tmp_path: Path) -> None:
    with pytest.raises(loader.InvalidDefinition, match=r"cannot be read .*; check its name and where it is\.$"):
        loader.read(tmp_path)
