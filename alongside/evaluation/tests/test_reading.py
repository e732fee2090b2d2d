"""However a spreadsheet wrote the file, the same scores come out."""

import datetime as dt
import io
from pathlib import Path

import duckdb
import pytest
import xlsxwriter

from alongside.evaluation.tests.conftest import THREE_PEOPLE, Ask

NUMBERS = ("6", "4", "5", "5", "7")


def paired(ask: Ask, content: str | bytes | Path, *options: str, name: str = "scores.csv") -> tuple[int, float]:
    measure = ask(content, *options, name=name).results["measures"]["calm"]
    return measure["paired"]["n"], measure["paired"]["mean_change"]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(THREE_PEOPLE, id="as_it_is"),
        pytest.param("\ufeff" + THREE_PEOPLE, id="byte_order_mark"),
        pytest.param(THREE_PEOPLE.replace("\n", "\r\n"), id="windows_lines"),
        pytest.param(THREE_PEOPLE.replace(",", ";"), id="semicolons"),
        pytest.param(THREE_PEOPLE.replace(",", "\t"), id="tabs"),
        pytest.param(THREE_PEOPLE.encode("utf-16"), id="utf_16"),
        pytest.param(THREE_PEOPLE.replace("ada", "Zoë").encode("cp1252"), id="older_windows"),
        pytest.param(THREE_PEOPLE.replace("\n", "\n\n,,,\n"), id="blank_rows"),
        pytest.param(THREE_PEOPLE.replace("client,day", " Client , DAY "), id="headings_in_capitals"),
        pytest.param(THREE_PEOPLE.replace(",6", ", 6.0 ").replace("ada", '" ada"'), id="spaces"),
        pytest.param(THREE_PEOPLE.rstrip("\n"), id="no_last_line_end"),
    ],
)
def test_the_same_scores_come_out(ask: Ask, content: str | bytes) -> None:
    assert paired(ask, content) == (2, -1.0)


def test_row_names_that_r_writes_are_passed_over(ask: Ask) -> None:
    lines = THREE_PEOPLE.splitlines()
    content = "\n".join(['"",' + lines[0], *(f'"{n}",{line}' for n, line in enumerate(lines[1:], 1))])
    assert paired(ask, content) == (2, -1.0)


def test_decimal_commas_throughout_are_decimals(ask: Ask) -> None:
    content = THREE_PEOPLE.replace(",", ";").replace(";6", ";6,5").replace(";7", ";7,25")
    assert paired(ask, content) == (2, -1.25)


@pytest.mark.parametrize("name", ["Łucja", "美咲", "ليلى", "नीना", "👩🏽‍🦱", "O'Neil; DROP TABLE answers", "=1+1"])
def test_a_name_in_any_script(ask: Ask, name: str) -> None:
    content = THREE_PEOPLE.replace("ada", name).replace("calm", f"calm {name}")
    found = ask(content).results
    assert found["measures"][f"calm {name}"]["paired"]["n"] == 2
    assert found["people"]["clients"] == 3


def test_one_accent_written_two_ways_is_one_person(ask: Ask) -> None:
    content = "client,day,measure,score\nZoe\u0308,0,calm,6\nZo\u00eb,14,calm,4\n"
    assert paired(ask, content) == (1, -2.0)


def test_an_excel_workbook(ask: Ask) -> None:
    whole = io.BytesIO()
    with xlsxwriter.Workbook(whole) as book:
        sheet, as_date = book.add_worksheet(), book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_row(0, 0, ["client", "date", "measure", "score"])
        for row, (client, day, score) in enumerate([(7, 0, 6), (7, 14, 4.5), (8, 0, 5), (8, 15, 4.5)], start=1):
            sheet.write(row, 0, client)
            sheet.write_datetime(row, 1, dt.date(2026, 1, 1) + dt.timedelta(days=day), as_date)
            sheet.write(row, 2, "calm")
            sheet.write(row, 3, score)
    assert paired(ask, whole.getvalue(), name="scores.xlsx") == (2, -1.0)


def test_an_excel_fault_names_the_row_of_the_sheet(ask: Ask) -> None:
    whole = io.BytesIO()
    with xlsxwriter.Workbook(whole) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["client", "day", "measure", "score"])
        sheet.write_row(4, 0, ["ada", 0, "calm", "lots"])
    assert "row 5, column score" in ask(whole.getvalue(), name="scores.xlsx").sentence


def test_a_parquet_file_with_real_types(ask: Ask, tmp_path: Path) -> None:
    path = tmp_path / "scores [1].parquet"
    duckdb.sql(
        f"""COPY (SELECT * FROM (VALUES (7.0::DOUBLE, DATE '2026-01-01', 'calm', 6.0::FLOAT),
            (7.0, DATE '2026-01-15', 'calm', 4.5), (8.0, DATE '2026-01-01', 'calm', NULL),
            (9.0, DATE '2026-01-01', 'calm', 'nan'))
            t(client, date, measure, score)) TO '{path}' (FORMAT parquet)"""
    )
    assert paired(ask, path) == (1, -1.5)


@pytest.mark.parametrize(
    "written", ["{:%Y-%m-%d}", "{:%d/%m/%Y}", "{:%d.%m.%Y}", "{:%Y-%m-%dT09:30:00}", "{:%Y/%m/%d}"]
)
def test_dates_count_from_the_clients_first_form_of_any_measure(ask: Ask, written: str) -> None:
    start = dt.date(2026, 2, 25)
    rows = [("ada", 0, "sleep", 5), ("ada", 14, "calm", 6), ("ada", 28, "calm", 4), ("bob", 3, "calm", 5)]
    body = "".join(f"{c},{written.format(start + dt.timedelta(days=d))},{m},{s}\n" for c, d, m, s in rows)
    found = ask("client,date,measure,score\n" + body).results["measures"]["calm"]
    assert [(at["fortnight"], at["n"]) for at in found["over_time"]] == [(0, 1), (1, 1), (2, 1)]


def test_days_are_used_as_given(ask: Ask) -> None:
    content = "client,day,measure,score\nada,-8,calm,6\nada,-7,calm,6\nada,6,calm,6\nada,7,calm,6\nada,20.9,calm,6\n"
    found = ask(content).results["measures"]["calm"]
    assert [(at["fortnight"], at["n"]) for at in found["over_time"]] == [(-1, 1), (0, 2), (1, 2)]


def test_a_blank_answer_is_left_open_and_counted(ask: Ask) -> None:
    found = ask(THREE_PEOPLE + "cy,14,calm,\ncy,28,calm,NA\n").results
    assert (found["file"]["unanswered"], found["measures"]["calm"]["unanswered"]) == (2, 2)
    assert (found["file"]["scores"], found["people"]["answered_twice"], found["people"]["forms"]) == (5, 2, 5)
    assert found["measures"]["calm"]["paired"]["n"] == 2


def test_a_wide_file_and_a_long_one_give_the_same(ask: Ask) -> None:
    wide = "client,day,calm,sleep\nada,0,6,1\nada,14,4,2\nbob,0,5,\nbob,15,5,4\ncy,0,7,3\n"
    found = ask(wide, "--items", "calm,sleep").results
    assert found["measures"]["calm"]["paired"] == ask(THREE_PEOPLE).results["measures"]["calm"]["paired"]
    assert found["measures"]["sleep"]["paired"]["n"] == 1


@pytest.mark.parametrize("heading", ["future", "Q9", "question 9", "9"])
def test_the_forms_questions_are_found_by_key_or_number(ask: Ask, heading: str) -> None:
    content = f"client,day,{heading}\nada,0,3\nada,14,5\n"
    found = ask(content, "--instrument", "service-evaluation").results["measures"]["future"]
    assert (found["range"], found["better"], found["improved"]["improved"]) == ([0.0, 10.0], "higher", 1)


def test_a_long_file_can_hold_the_forms_questions_too(ask: Ask) -> None:
    content = THREE_PEOPLE.replace("calm", "self_harm_frequency")
    found = ask(content, "--instrument", "service-evaluation").results["measures"]["self_harm_frequency"]
    assert (found["better"], found["improved"]["improved"]) == ("lower", 1)


def test_lenient_sets_rows_aside_and_says_so(ask: Ask) -> None:
    answer = ask(THREE_PEOPLE + "dee,0,calm,lots\ndee,14,calm,5\nada,0,calm,6\n", "--lenient")
    found = answer.results
    assert [row["row"] for row in found["file"]["rejected"]] == [7, 9]
    assert (found["file"]["rows"], found["file"]["rejected_rows"], found["file"]["scores"]) == (8, 2, 6)
    assert "2 rows were set aside" in answer.err
    assert any("Rows that could not be read: 2" in caveat["text"] for caveat in found["caveats"])


def test_lenient_keeps_neither_of_two_answers_that_disagree(ask: Ask) -> None:
    found = ask(THREE_PEOPLE + "ada,0,calm,2\n", "--lenient").results
    assert [row["row"] for row in found["file"]["rejected"]] == [2, 7]
    assert found["measures"]["calm"]["paired"]["n"] == 1


def test_every_row_is_used_set_aside_left_open_or_blank(ask: Ask) -> None:
    found = ask(THREE_PEOPLE + "\n,,,\ndee,0,calm,\ndee,x,calm,5\n", "--lenient").results["file"]
    assert found["blank_rows"] == 2
    assert found["rows"] == found["scores"] + found["unanswered"] + found["rejected_rows"]


def test_a_form_made_ready_but_never_filled_in_is_no_form(ask: Ask) -> None:
    content = "client,date,calm,sleep\nada,2026-01-01,,\nada,2026-02-01,6,3\nada,2026-02-15,4,\nbob,2026-01-01,,\n"
    found = ask(content, "--items", "calm,sleep").results
    assert (found["people"]["answered_twice"], found["people"]["no_form"], found["people"]["forms"]) == (1, 1, 2)
    assert [at["fortnight"] for at in found["measures"]["calm"]["over_time"]] == [0, 1]
    assert found["file"]["unanswered"] == 5


def test_decimal_commas_in_the_days_alone(ask: Ask) -> None:
    assert paired(ask, THREE_PEOPLE.replace(",", ";").replace(";14;", ";14,5;")) == (2, -1.0)


def test_the_date_form_told_is_the_one_used(ask: Ask) -> None:
    content = "client,date,measure,score\nada,2026-01-01,calm,5\n" + "".join(
        f"bob,{day}/01/2026,calm,5\n" for day in range(10, 14)
    )
    assert ask(content, "--lenient").results["file"]["date_format"] == "day/month/year"
