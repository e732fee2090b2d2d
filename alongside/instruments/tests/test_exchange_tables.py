"""Answers as CSV and XLSX: what goes out comes back, and what is wrong is refused in a sentence with its place."""

import csv
import io
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from alongside.instruments import loader
from alongside.instruments.exchange import Answered, Kind, Refused, read, write
from alongside.instruments.exchange.tables import Table
from alongside.instruments.scoring import Scorer
from alongside.instruments.tests.exchanged import KEYS, responses, several, whole

NEVER = ("five_aspects", "goals", "seraf", "ssf4")
HEAD = "response,person,date,version,q1,q2,q3,q4,q5,q6,q7"
RIGHT = "R1,C-1,2026-11-02,1,1,1,1,1,1,1,1"


def written(form: str, given: list[Answered], kind: Kind = "csv") -> bytes:
    out = io.BytesIO()
    write(loader.load(form), given, out, kind)
    return out.getvalue()


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def said(text: str | bytes, form: str = "gad7", kind: Kind = "csv") -> str:
    content = text if isinstance(text, bytes) else text.encode()
    with pytest.raises(Refused) as refused:
        read(loader.load(form), content, kind, name="answers")
    return "\n".join(refused.value.sentences)


# ---- out and back ----


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("key", KEYS)
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_every_measure_comes_back_as_it_went(key: str, kind: Kind, data: st.DataObject) -> None:
    form = loader.load(key)
    went = data.draw(responses(form, most=2))
    assert read(form, written(key, went, kind), kind) == went


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_words_and_several_choices_come_back_as_they_went(kind: Kind, data: st.DataObject) -> None:
    form = several()
    went = data.draw(responses(form))
    out = io.BytesIO()
    write(form, went, out, kind)
    assert read(form, out.getvalue(), kind) == went


@pytest.mark.parametrize("key", [key for key in KEYS if loader.load(key).scores])
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_the_scores_that_go_out_are_those_of_the_scorer(key: str, data: st.DataObject) -> None:
    form = loader.load(key)
    went = data.draw(responses(form, most=1))
    row = rows(written(key, went))[0]
    for name, made in Scorer(form).score(dict(went[0].answers)).items():
        assert row[name] == ("" if made.value is None else f"{made.value!r}")
        assert (row[f"{name}_why"], row[f"{name}_band"]) == (made.why or "", made.band or "")


@pytest.mark.parametrize("key", [*NEVER, "service-evaluation"])
def test_what_is_never_scored_has_no_columns_of_scores(key: str) -> None:
    form = loader.load(key)
    columns = ["response", "person", "date", "version", "amended"]
    assert Table(form).headings == columns + [f"q{question.number}" for question in form.questions]
    assert set(rows(written(key, [whole(form)]))[0]) == set(Table(form).headings)


def test_a_score_that_is_not_there_is_empty_and_never_a_nought() -> None:
    form = loader.load("phq9")
    half = replace(whole(form), answers={"interest": 0.0}, declined=frozenset({"mood"}))
    row = rows(written("phq9", [half]))[0]
    assert (row["q1"], row["q2"], row["q3"], row["total"], row["total_band"]) == ("0", "declined", "", "", "")
    assert row["total_why"] == "questions 2, 3, 4, 5, 6, 7, 8 and 9 are not answered"
    child = rows(written("aq_child", [whole(loader.load("aq_child"))]))[0]
    assert (child["total"], child["total_why"]) == ("", "key not confirmed")


def test_a_mark_with_a_letter_keeps_it_and_the_highest_of_several_counts() -> None:
    form = loader.load("bdi2")
    marked = dict(whole(form).answers) | {"q16": "2b", "q18": 1.0}
    row = rows(written("bdi2", [replace(whole(form), answers=marked)]))[0]
    assert (row["q16"], row["q18"], row["total"]) == ("2b", "1", str(19 * 3 + 2 + 1))
    back = read(form, written("bdi2", [replace(whole(form), answers=marked | {"q16": "1a; 3b"})]), "csv")
    assert back[0].answers["q16"] == "3b"


def test_words_never_run_in_a_spreadsheet() -> None:
    form = loader.load("five_aspects")
    words = {"situation": '=HYPERLINK("//evil.example")', "thoughts": "-2+3", "body": " @SUM(1)", "moods": "'=1"}
    one = replace(whole(form), answers=words)
    for kind in ("csv", "xlsx"):
        content = written("five_aspects", [one], kind)
        cells = list(rows(content)[0].values()) if kind == "csv" else sheet(content)[1]
        assert [cell for cell in cells if str(cell).lstrip().startswith(("=", "+", "-", "@"))] == []
        assert read(form, content, kind) == [one]


def sheet(content: bytes, place: int = 0) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(place).to_python()  # type: ignore[return-value]


def test_a_workbook_has_numbers_texts_and_a_page_about_itself() -> None:
    content = written("phq9", [whole(loader.load("phq9"))], "xlsx")
    head, row = sheet(content)
    cells = dict(zip(head, row, strict=True))
    assert (cells["q1"], cells["total"], cells["total_band"]) == (3.0, 27.0, "severe")
    assert cells["date"] == "2026-11-02T10:15:00+00:00"
    told = dict(line[:2] for line in sheet(content, 1))
    assert told["Measure"] == "PHQ-9"
    assert told["It must not be used for"] == "A diagnosis, or a guess at what somebody will do."
    assert "No permission required" in str(told["Licence"])
    assert "<f" not in zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml").decode()


def test_no_wording_goes_out_that_is_not_ours_to_give() -> None:
    told = dict(line[:2] for line in sheet(written("bdi2", [], "xlsx"), 1))
    assert told["q1"] == "Question 1 (Sadness)"
    assert "Its wording is not in this file." in str(told["Licence"])


def test_a_workbook_that_somebody_typed_is_read() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    typed, day = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm-dd"})
    typed.write_row(1, 0, ["response", "person", "date", "Q1", "q2", "q3", "q4", "q5", "q6", "q7"])
    typed.write_row(3, 0, [17, 4])
    typed.write_datetime(3, 2, datetime(2026, 11, 2), day)  # noqa: DTZ001 - a cell has no time zone
    typed.write_row(3, 3, [1, "2", 3, 0, 0, 0, 0])
    typed.write_blank(5, 12, None, day)
    book.close()
    one = read(loader.load("gad7"), out.getvalue(), "xlsx")[0]
    assert (one.key, one.person, one.on) == ("17", "4", datetime(2026, 11, 2, tzinfo=UTC))
    assert list(one.answers.values()) == [1, 2, 3, 0, 0, 0, 0]


def test_scores_and_questions_may_be_named_like_columns() -> None:
    text = (loader.DEFINITIONS / "gad7.toml").read_text("utf-8").replace('key = "nervous"', 'key = "total"')
    text = text.replace('name = "severe"', 'name = "=severe"')
    more = '\n[[scores]]\nkey = "date"\nname = "Two"\nrule = "sum"\nitems = [1, 2]\n'
    form = loader.parse(text + more, "gad7.toml")
    out = io.BytesIO()
    write(form, [whole(form)], out, "csv")
    row = rows(out.getvalue())[0]
    assert (row["date"][:10], row["q1"], row["total_score"], row["date_score"]) == ("2026-11-02", "3", "21", "6")
    assert row["total_score_band"] == "'=severe"
    assert read(form, out.getvalue(), "csv") == [whole(form)]


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        (f"{HEAD}\n{RIGHT}\n", [1] * 7),
        (f"\ufeff{HEAD.upper()}\r\n\r\n{RIGHT}\r\n".replace(",", ";"), [1] * 7),
        (f"{HEAD},total,total_why,total_band\n{RIGHT},7.0,anything,Mild\n", [1] * 7),
        (f"{HEAD},total\n{RIGHT},\n", [1] * 7),
        (f"{HEAD},amended\nR1,C-1,2026-11-02,1,1, DECLINED ,1,,1,1,1,no\n", [1] * 5),
        (f"{HEAD.replace('version,', '')}\n{RIGHT[:-2]}\n", [1] * 7),
    ],
)
def test_a_table_may_be_written_in_several_ways(text: str, answers: list[int]) -> None:
    assert list(read(loader.load("gad7"), text.encode(), "csv")[0].answers.values()) == answers


# ---- what is wrong ----


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            f"{HEAD}\n{RIGHT[:-1]}4\n",
            "answers, row 1, column q7: question 7 goes from 0 to 3, but the answer is “4”; correct it.",
        ),
        (
            f"{HEAD}\n{RIGHT[:-1]}often\n",
            "answers, row 1, column q7: question 7 takes a number, but the answer is “often”; correct it.",
        ),
        (
            f"{HEAD}\n{RIGHT[:-1]}1.5\n",
            "answers, row 1, column q7: question 7 goes in steps of 1, but the answer is “1.5”; correct it.",
        ),
        (
            f"{HEAD}\n{RIGHT.replace('2026-11-02,1', '2026-11-02,2')}\n",
            "answers, row 1, column version: it was answered by version “2”, but this is version 1; "
            "read it by its own version.",
        ),
        (
            f"{HEAD},mood\n{RIGHT},1\n",
            "answers, column “mood”: GAD-7 has no such question, they are q1 to q7; correct or remove it.",
        ),
        (f"{HEAD},q1\n{RIGHT},1\n", "answers, column “q1”: it is there twice; remove one of them."),
        (
            f"{HEAD[:-3]}\n{RIGHT[:-2]}\n",
            "answers, column q7: it is missing; add it, empty where the question was not answered.",
        ),
        (
            f"{HEAD.replace('person,', '')}\n{RIGHT.replace('C-1,', '')}\n",
            "answers, column person: it is missing; add it, with a cell for every response.",
        ),
        (
            f"{HEAD}\n{RIGHT}\n{RIGHT.replace('R1', 'R2')}\n{RIGHT}\n",
            "answers, row 3, column response: the response of row 1 is here again; remove one.",
        ),
        (
            f"{HEAD}\n{RIGHT},1\n",
            "answers, row 1: there are 12 cells for 11 columns; "
            "give every column a cell, empty where nothing was marked.",
        ),
        (
            f"{HEAD}\n{RIGHT.replace('C-1', 'Ada Invented')}\n",
            "answers, row 1: the person “Ada Invented” is no code; use letters, digits and hyphens, and never a name.",
        ),
        (f"{HEAD}\n{RIGHT.replace('C-1', '')}\n", "answers, row 1: the person has no code; give it one."),
        (f"{HEAD}\n{RIGHT.replace('R1', '')}\n", "answers, row 1: the response has no code; give it one."),
        (
            f"{HEAD}\n{RIGHT.replace('2026-11-02', '02/11/2026')}\n",
            "answers, row 1, column date: the date “02/11/2026” is neither a day such as 2026-11-22 "
            "nor a time with its zone such as 2026-11-22T10:15:00+00:00; correct it.",
        ),
        (
            f"{HEAD},amended\n{RIGHT},perhaps\n",
            "answers, row 1, column amended: it takes yes or nothing, but it is “perhaps”; correct it.",
        ),
        (
            f"{HEAD},total\n{RIGHT},8\n",
            "answers, row 1, column total: it says 8, but the answers give 7; correct one of them, or empty the cell.",
        ),
        (
            f"{HEAD},total\n{RIGHT[:-1]},6\n",
            "answers, row 1, column total: it says 6, but there is no score: question 7 is not answered; "
            "correct one of them, or empty the cell.",
        ),
        (
            f"{HEAD},total\n{RIGHT},seven\n",
            "answers, row 1, column total: it says “seven”, but the answers give 7; "
            "correct one of them, or empty the cell.",
        ),
        (
            f"{HEAD},total_band\n{RIGHT},severe\n",
            "answers, row 1, column total_band: it says “severe”, but the answers give “mild”; "
            "correct it, or empty the cell.",
        ),
        ("", "answers is empty; its first line names the columns, such as q1,q2,q3."),
        (b"\xff\xfe", "answers is not UTF-8 text; save it again as CSV UTF-8."),
        (f'{HEAD}\n"{RIGHT}\n', "answers is not a CSV file (unexpected end of data); save it again as CSV UTF-8."),
    ],
)
def test_what_is_wrong_is_said_with_its_place(text: str | bytes, sentence: str) -> None:
    assert said(text) == sentence


def test_every_wrong_row_is_said_and_many_are_counted() -> None:
    text = HEAD + "".join(f"\nR{number},C-1,2026-11-02,1,9,1,1,1,1,1,1" for number in range(30))
    sentences = said(text).split("\n")
    assert len(sentences) == 21
    assert sentences[-1] == "There are 10 more faults like these."


def test_a_choice_that_is_not_on_the_form_is_refused() -> None:
    form = several()
    head = "response,person,date,q1,q2,q3"
    for cell, sentence in (
        ("A friend; A dog", "The file, row 1, column q1: question 1 has no choice “A dog”; correct or remove it."),
        ("A friend;A friend", "The file, row 1, column q1: question 1 has the choice “A friend” twice; keep it once."),
        (
            '"""A friend"',
            "The file, row 1, column q1: a quotation mark is out of place; put choices apart with semicolons.",
        ),
    ):
        with pytest.raises(Refused) as refused:
            read(form, f"{head}\nR1,C-1,2026-11-02,{cell},,\n".encode(), "csv")
        assert refused.value.sentences == (sentence,)


@pytest.mark.parametrize("content", [b"", b"q1,q2", b"PK\x03\x04 no zip"])
def test_what_is_no_workbook_is_refused(content: bytes) -> None:
    assert said(content, kind="xlsx") == "answers is no XLSX workbook, or it is damaged; save it again as XLSX."


def test_a_cell_far_out_is_refused_before_room_is_made_for_it() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    book.add_worksheet().write_string(1_000_000, 16_000, "far")
    book.close()
    assert said(out.getvalue(), kind="xlsx") == (
        "answers holds more than can be read; delete what stands far from the table, or save it as CSV."
    )


# ---- writing ----


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"answers": {"nervous": 4.0}}, "question 1 goes from 0 to 3, but the answer is “4.0”; correct it."),
        ({"answers": {"mood": 1.0}}, "there is no question “mood” on GAD-7; correct or remove it."),
        (
            {"version": "2"},
            "it was answered by version “2”, but this is version 1; read it by its own version.",
        ),
        ({"declined": frozenset({"nervous"})}, "question 1 is both answered and declined; keep one of them."),
        ({"on": datetime(2026, 11, 2)}, "its time has no time zone; give it one."),  # noqa: DTZ001
        (
            {"person": "Ada Invented"},
            "the person “Ada Invented” is no code; use letters, digits and hyphens, and never a name.",
        ),
    ],
)
@pytest.mark.parametrize("kind", ["csv", "xlsx", "fhir"])
def test_a_response_that_does_not_fit_is_not_written(
    kind: Kind, changes: dict[str, object], sentence: str, tmp_path: Path
) -> None:
    form = loader.load("gad7")
    with pytest.raises(Refused) as refused:
        write(form, [whole(form), whole(form, key="R2", **changes)], tmp_path / "answers", kind)
    assert refused.value.sentences == (f"Response 2 (R2): {sentence}",)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kind", ["csv", "xlsx", "fhir"])
def test_a_response_is_not_written_twice(kind: Kind, tmp_path: Path) -> None:
    form = loader.load("gad7")
    with pytest.raises(Refused, match=r"^Response 2 \(R1\): the response of response 1 is here again; remove one\.$"):
        write(form, [whole(form), whole(form)], tmp_path / "answers", kind)
    assert list(tmp_path.iterdir()) == []


def test_words_too_long_for_a_cell_are_refused_and_never_cut() -> None:
    form = loader.load("goals")
    long = replace(whole(form), answers={"goal_1": "a" * 40_000})
    with pytest.raises(Refused) as refused:
        write(form, [long], io.BytesIO(), "xlsx")
    assert refused.value.sentences == (
        "Response 1: a text of 40,000 letters is longer than a spreadsheet’s cell; write CSV or FHIR.",
    )
    assert read(form, written("goals", [long]), "csv") == [long]


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    form, file = loader.load("gad7"), tmp_path / "answers.csv"
    write(form, [whole(form)], file, "csv")
    before = file.read_bytes()
    monkeypatch.setattr(Path, "replace", lambda *_: (_ for _ in ()).throw(OSError("the disk is full")))
    with pytest.raises(OSError, match="full"):
        write(form, [whole(form, key="R2")], file, "csv")
    assert list(tmp_path.iterdir()) == [file]
    assert file.read_bytes() == before
    assert file.stat().st_mode & 0o077 == 0
