"""Every fault in a file is one sentence: the row as a spreadsheet numbers it, the column, and what to do."""

import io
import zipfile
from pathlib import Path

import duckdb
import pytest
import xlsxwriter

from alongside.evaluation.tests.conftest import THREE_PEOPLE, Ask

HEADER = "client,day,measure,score\n"
DATED = "client,date,measure,score\n"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("client,day,measure\nada,0,calm\n", ["row 1", "no column “score”"]),
        ("day,measure,score\n0,calm,1\n", ["row 1", "no column “client”"]),
        ("client,measure,score\nada,calm,1\n", ["row 1", "no column “date”"]),
        ("client,day,date,measure,score\nada,0,2026-01-01,calm,1\n", ["row 1", "“day” and a “date”"]),
        ("client,day,score,score,measure\nada,0,1,2,calm\n", ["row 1", "columns 3 and 4", "both called"]),
        (HEADER + "ada,0,calm,lots\n", ["row 2", "column score", "“lots” is not a number"]),
        (HEADER + "ada,0,calm,6\nada,soon,calm,6\n", ["row 3", "column day", "“soon” is not a number of days"]),
        (HEADER + "ada,,calm,6\n", ["row 2", "column day", "missing"]),
        (HEADER + ",0,calm,6\n", ["row 2", "column client", "missing"]),
        (HEADER + "ada,0,,6\n", ["row 2", "column measure", "missing"]),
        (HEADER + "ada,0,calm,nan\n", ["row 2", "not a number"]),
        (HEADER + "ada,0,calm,inf\n", ["row 2", "not a number"]),
        (HEADER + "ada,0,calm,1e999\n", ["row 2", "not a number"]),
        (HEADER + "ada,0,calm,6\nada,0,calm,6\n", ["row 3", "row 2 says the same", "keep one"]),
        (HEADER + "ada,0,calm,6\nbob,0,calm,1\nada,0,calm,5\n", ["row 2", "a later row says something else"]),
        (HEADER + "ada,0,calm,6,7\n", ["row 2", "5 cells", "names 4 columns"]),
        (HEADER + "\n\nada,0,calm,lots\n", ["row 4", "column score"]),
        (HEADER + 'ada,0,"calm\nand quiet",lots\n', ["row 2", "column score"]),
        (HEADER + 'ada,0,calm,6\nbob,0,"calm,6\n', ["row 3", "quotation mark"]),
        (HEADER + 'ada,0,calm,"7,5"\nbob,0,calm,7.5\n', ["row 2", "read in two ways", "7.5"]),
        (HEADER + 'ada,0,calm,"1,234"\n', ["row 2", "read in two ways"]),
        (DATED + "ada,2026-03-01,calm,6\nada,14/03/2026,calm,5\n", ["row 3", "day/month/year", "row 2", "2026-03-14"]),
        (DATED + "ada,2026-02-30,calm,6\n", ["row 2", "column date", "not in the calendar"]),
        (DATED + "ada,03/25/2026,calm,6\n", ["row 2", "column date", "not in the calendar"]),
        (DATED + "ada,next week,calm,6\n", ["row 2", "column date", "is not a date"]),
        (DATED + "ada,0026-03-01,calm,6\n", ["row 2", "not in the calendar"]),
        ("client,day,measure,score\n", ["column names but no rows"]),
        ("\n\n", ["row 1", "column names are missing"]),
        ("", ["is empty"]),
        (b"\xff\xfe", ["row 1"]),
        (b"\x00\x01\x02\x03" * 50, ["not a text table"]),
    ],
)
def test_the_sentence_names_the_place_and_what_to_do(ask: Ask, content: str | bytes, says: list[str]) -> None:
    sentence = ask(content).sentence
    assert sentence.startswith("scores.csv")
    for part in says:
        assert part in sentence


def test_out_of_range_names_the_range(ask: Ask) -> None:
    sentence = ask(THREE_PEOPLE + "cy,14,calm,64\n", "--range", "calm=0:63").sentence
    assert sentence == (
        "scores.csv, row 7, column score: “64” is outside 0 to 63; correct it, or leave the cell empty."
    )


def test_the_first_fault_is_named_and_the_others_are_counted(ask: Ask) -> None:
    sentence = ask(HEADER + "ada,0,calm,x\nbob,0,calm,y\ncy,0,calm,z\n").sentence
    assert "row 2" in sentence
    assert "2 more rows have a problem; --lenient sets them aside" in sentence


def test_in_a_wide_file_the_column_is_the_question(ask: Ask) -> None:
    sentence = ask("client,day,sleep,calm\nada,0,7,quite\n", "--items", "sleep,calm").sentence
    assert "row 2, column calm: “quite” is not a number" in sentence


def test_a_client_with_two_values_of_an_attribute_is_pointed_out(ask: Ask) -> None:
    content = "client,day,measure,score,area\nada,0,calm,6,north\nada,14,calm,5,south\n"
    assert "row 3, column area: this client has another value in row 2" in ask(content, "--by", "area").sentence


@pytest.mark.parametrize(
    ("listed", "says"),
    [
        ("name,area\nada,north\n", "no column “client”"),
        ("client,area\nada,north\nada,south\n", "row 3, column client: “ada” already stands in row 2"),
        ("client,area\n,north\n", "row 2, column client: the client is missing"),
        ("", "is empty"),
    ],
)
def test_the_list_of_attributes_is_checked_too(ask: Ask, tmp_path: Path, listed: str, says: str) -> None:
    people = tmp_path / "people.csv"
    people.write_text(listed)
    sentence = ask(THREE_PEOPLE, "--attributes", str(people)).sentence
    assert sentence.startswith("people.csv")
    assert says in sentence


def test_a_million_columns_is_one_sentence(ask: Ask) -> None:
    assert "1,000,004 columns" in ask("client,day,measure,score" + ",x" * 1_000_000 + "\nada,0,calm,6\n").sentence


def test_a_file_above_the_limit_is_not_read(ask: Ask) -> None:
    assert (
        "more than the limit of 10 bytes; allow more with --max-size" in ask(THREE_PEOPLE, "--max-size", "10B").sentence
    )


def test_a_file_that_is_not_there_and_a_folder(ask: Ask, tmp_path: Path) -> None:
    assert "is not there" in ask(tmp_path / "none.csv").sentence
    assert "is a folder" in ask(tmp_path).sentence


def workbook(parts: dict[str, bytes]) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return whole.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("scores.xlsx", THREE_PEOPLE.encode(), "not what its name says"),
        ("scores.parquet", THREE_PEOPLE.encode(), "not what its name says"),
        ("scores.csv", workbook({"xl/workbook.xml": b"<x/>"}), "not what its name says"),
        ("scores.csv", b"PAR1 and more", "not what its name says"),
        ("scores.parquet", b"PAR1 and no more", "damaged"),
        ("scores.xlsx", b"PK\x03\x04 and no more", "damaged"),
        ("scores.xlsx", workbook({"word/document.xml": b"<x/>"}), "not an Excel workbook"),
        ("scores.xlsx", workbook({"xl/workbook.xml": b"<x/>"}), "damaged"),
        ("scores.xlsx", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "old Excel file"),
        ("scores.docx", THREE_PEOPLE.encode(), "no ending that is known"),
    ],
)
def test_a_file_that_is_not_what_its_name_says(ask: Ask, name: str, content: bytes, says: str) -> None:
    assert says in ask(content, name=name).sentence


def test_a_small_workbook_that_unpacks_to_gigabytes_is_refused(ask: Ask) -> None:
    bomb = workbook({"xl/workbook.xml": b"<x/>", "xl/worksheets/sheet1.xml": b"0" * 30_000_000})
    assert "unpacks to 30 MB" in ask(bomb, "--max-size", "1MB", name="scores.xlsx").sentence


def test_a_stray_cell_in_the_farthest_corner_is_pointed_out(ask: Ask) -> None:
    whole = io.BytesIO()
    with xlsxwriter.Workbook(whole) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["client", "day", "measure", "score"])
        sheet.write(1_048_575, 16_383, "stray")
    assert "17,179,869,184 cells" in ask(whole.getvalue(), name="scores.xlsx").sentence


def test_a_formula_that_shows_an_error_is_not_taken_for_no_answer(ask: Ask) -> None:
    whole = io.BytesIO()
    with xlsxwriter.Workbook(whole) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["client", "day", "measure", "score"])
        sheet.write_row(1, 0, ["ada", 0, "calm"])
        sheet.write_formula(1, 3, "=1/0", None, "#DIV/0!")
    assert "cell D2" in ask(whole.getvalue(), name="scores.xlsx").sentence


def test_two_measures_that_mean_one_question(ask: Ask) -> None:
    content = "client,day,measure,score\nada,0,Q9,5\nada,14,future,6\n"
    assert "two measures mean question 9" in ask(content, "--instrument", "service-evaluation").sentence


def test_the_forms_own_range_and_direction_cannot_be_turned_round(ask: Ask) -> None:
    content = "client,day,future\nada,0,5\n"
    answer = ask(content, "--instrument", "service-evaluation", "--lower-is-better", "future")
    assert (answer.code, "which says its range and direction" in answer.err) == (2, True)


@pytest.mark.parametrize("content", [HEADER + "ada,0,calm,x\n", HEADER + "ada,0,calm,\n"])
def test_a_file_with_no_usable_score_is_refused_even_so(ask: Ask, content: str) -> None:
    assert "has no score that can be used" in ask(content, "--lenient").sentence


def test_a_list_of_people_that_matches_nobody(ask: Ask, tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    people.write_text("client,area\nADA,north\n")
    assert "none of these clients has a form" in ask(THREE_PEOPLE, "--attributes", str(people)).sentence


def test_a_very_long_cell_is_quoted_short(ask: Ask) -> None:
    assert "is not a number" in ask(HEADER + f"ada,0,calm,{'x' * 200_000}\n").sentence


def test_a_parquet_file_without_the_columns(ask: Ask, tmp_path: Path) -> None:
    path = tmp_path / "other.parquet"
    duckdb.sql(f"COPY (SELECT 1 AS a, [1, 2] AS b) TO '{path}' (FORMAT parquet)")
    assert "no column “client”" in ask(path).sentence


def test_a_name_in_the_file_cannot_play_tricks_on_the_terminal(ask: Ask) -> None:
    sentence = ask(HEADER + "ada,0,calm,\x1b[31mred\x07" + "!" * 100 + "\n").sentence
    assert "\x1b" not in sentence
    assert "…”" in sentence


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--by", "shoe size"], "no such column"),
        (["--range", "bdi=0:63"], "has no measure “bdi”; it has “calm”"),
        (["--range", "calm=63:0"], "write measure=lowest:highest"),
        (["--range", "calm"], "write measure=lowest:highest"),
        (["--improved-by", "calm=0"], "write measure=points"),
        (["--lower-is-better", "calm", "--higher-is-better", "calm"], "as lower and as higher"),
        (["--instrument", "service-evalution"], "Did you mean service-evaluation?"),
        (["--items", "calm"], "has no column of that name"),
        (["--items", "score,client"], "or it is the client, day or date"),
        (["--items", "score,Score"], "names “Score” twice"),
        (["--instrument", "service-evaluation"], "holds no question of service-evaluation"),
        (["--max-size", "large"], "write a size such as 500MB"),
    ],
)
def test_an_option_that_does_not_fit_is_wrong_use(ask: Ask, options: list[str], says: str) -> None:
    answer = ask(THREE_PEOPLE, *options)
    assert (answer.code, answer.out) == (2, "")
    assert says in answer.err
