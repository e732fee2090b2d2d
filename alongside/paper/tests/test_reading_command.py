"""`alongside scan read` writes what was read as JSON or as a table, and says in its exit code what could be opened."""

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from alongside.paper import scanning
from alongside.paper.layout import Layout, written
from alongside.paper.reading import needs
from alongside.paper.tests.pages import file, form, jpeg, marked, scanner_pdf

app = typer.Typer()
scanning.register(app)
SCORES = {"q1": 2.0, "q2": 7.0, "q3": 4.0}


@pytest.fixture
def layout(tmp_path: Path) -> Path:
    path = tmp_path / "layout.json"
    path.write_text(written(form().layout), encoding="utf-8")
    return path


def scan(layout: Path, *arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["scan", "read", "--layout", str(layout), *map(str, arguments)])


def test_json_says_all_that_was_read(tmp_path: Path, layout: Path) -> None:
    path = tmp_path / "page.jpg"
    path.write_bytes(jpeg(marked(form(), SCORES)))
    result = scan(layout, path, "--json")
    assert result.exit_code == 0
    (page,) = json.loads(result.stdout)["pages"]
    assert page["file"] == str(path)
    assert (page["page"], page["outcome"], page["page_ok"], page["form_id"], page["form_page"]) == (
        1, "ok", True, form().layout.form_id, 1,
    )  # fmt: skip
    assert page["seconds"] > 0
    first, *_, last = page["items"]
    assert set(first) == {"id", "score", "status", "needs_review", "confidence", "reason"}
    assert (first["id"], first["status"], first["needs_review"], first["reason"]) == ("q1", "ok", False, "")
    assert first["score"] == pytest.approx(2, abs=0.02)
    assert first["score"] == round(first["score"], 3)
    assert (last["score"], last["status"], last["needs_review"]) == (None, "missing", True)


def test_a_table_is_for_people(tmp_path: Path, layout: Path) -> None:
    path = tmp_path / "page.png"
    path.write_bytes(file(marked(form(), SCORES), "PNG"))
    said = scan(layout, path).stdout
    assert f"{path}, page 1: ok, form {form().layout.form_id}, its page 1" in said
    assert "  q1     2.0  ok\n" in said
    assert "Nothing is marked here. Look whether that is so." in said


def test_a_doubtful_page_is_no_failure(tmp_path: Path, layout: Path) -> None:
    path = tmp_path / "page.pdf"
    path.write_bytes(scanner_pdf(marked(form(), {})[:900]))
    assert scan(layout, path, "--json").exit_code == 0


def test_a_file_that_cannot_be_opened_is_told_after_all_others_were_read(tmp_path: Path, layout: Path) -> None:
    good, bad = tmp_path / "good.png", tmp_path / "bad.pdf"
    good.write_bytes(file(marked(form(), SCORES), "PNG"))
    bad.write_bytes(b"%PDF-1.4")
    result = scan(layout, bad, good, "--json")
    assert result.exit_code == 3
    assert [page["outcome"] for page in json.loads(result.stdout)["pages"]] == ["unreadable", "ok"]
    assert result.stderr == f"{bad}: This PDF is damaged and cannot be opened; scan it again.\n"


def test_several_layouts_may_be_given(tmp_path: Path, layout: Path) -> None:
    other = tmp_path / "other.json"
    other.write_text(written(form("phq9").layout), encoding="utf-8")
    path = tmp_path / "page.png"
    path.write_bytes(file(marked(form(), SCORES), "PNG"))
    result = scan(other, "--layout", layout, path, "--json")
    assert json.loads(result.stdout)["pages"][0]["form_id"] == form().layout.form_id


def test_a_bare_layout_works_and_what_it_lacks_is_said(tmp_path: Path) -> None:
    whole, bare, path = form().layout, tmp_path / "bare.json", tmp_path / "page.png"
    bare.write_text(written(Layout(page_mm=whole.page_mm, form_id=whole.form_id, items=whole.items)), encoding="utf-8")
    path.write_bytes(file(marked(form(), SCORES), "PNG"))
    result = scan(bare, path, "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["pages"][0]["items"][0]["score"] == pytest.approx(2, abs=0.02)
    assert "does not say where its markers are" in result.stderr


def test_a_layout_that_is_none_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "layout.json").write_text("{}", encoding="utf-8")
    result = scan(tmp_path / "layout.json", tmp_path / "page.png")
    assert result.exit_code == 3
    assert "is not the layout of a form" in result.stderr


def test_a_layout_whose_blank_is_damaged_is_said_in_a_sentence(tmp_path: Path) -> None:
    whole, path = json.loads(written(form().layout)), tmp_path / "page.png"
    whole["pages"][0]["blank"]["png"] = "AAAA"
    (tmp_path / "layout.json").write_text(json.dumps(whole), encoding="utf-8")
    path.write_bytes(file(marked(form(), SCORES), "PNG"))
    result = scan(tmp_path / "layout.json", path)
    assert result.exit_code == 3
    assert "is damaged" in result.stderr


def test_a_machine_without_the_libraries_says_what_to_install(
    layout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(needs, "NEEDED", ("a_library_that_is_not_here",))
    result = scan(layout, tmp_path / "page.png")
    assert result.exit_code == 4
    assert result.stderr == "Reading pages needs libraries that are not here; install alongside[scan].\n"
