"""CSV that holds what it was given and runs nothing."""

import csv
import io

import pytest

from alongside.press.tables import csv_text


def cell(value):
    return list(csv.reader(io.StringIO(csv_text(["c"], [[value]]))))[1][0]


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+44 1632",
        "-x",
        "@SUM(A1)",
        "\t=1",
        "\n=1",
        "=cmd|' /C calc'!A0",
        "--1",
        "-1+1",
        "＝1+1",
        "＋1",
        "－1",
        "＠SUM(A1)",
    ],
)
def test_a_text_that_could_run_gets_an_apostrophe(text):
    assert cell(text) == f"'{text}"


@pytest.mark.parametrize("line_end", ["\r", "\r\n"])
def test_a_line_end_of_any_kind_stays_inside_its_cell(line_end):
    assert cell(f"{line_end}=1{line_end}2") == "'\n=1\n2"


@pytest.mark.parametrize("text", ["-0.5", "+3", "-1e5", "−2.4", "plain", "a=b", "", "fewer than 8"])
def test_other_text_and_numbers_stay_as_they_are(text):
    assert cell(text) == text


def test_headings_are_made_safe_too():
    assert csv_text(["=a", "b"], []) == "'=a,b\n"


def test_values_come_back_as_they_went():
    rows = [["two\nlines", 'a "quoted", word', 0.1 + 0.2, -7, None]]
    text = csv_text(["a", "b", "c", "d", "e"], rows)
    assert list(csv.reader(io.StringIO(text)))[1] == ["two\nlines", 'a "quoted", word', "0.30000000000000004", "-7", ""]
    assert "\r" not in text


def test_a_ragged_row_is_refused_without_repeating_what_is_in_it():
    with pytest.raises(ValueError, match="1 cells under 2 headings") as refused:
        csv_text(["a", "b"], [["somebody"]])
    assert "somebody" not in str(refused.value)
