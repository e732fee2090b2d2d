"""Every table that leaves goes through the one writer whose cells no spreadsheet runs; each writer has its own test."""

import ast
from pathlib import Path

import pytest

WRITER = Path("alongside/press/tables.py")
EXCHANGE = {  # their guard is taken off again on the way in: alongside/instruments/tests/test_exchange_tables.py
    Path("alongside/instruments/exchange/cells.py"), Path("alongside/instruments/exchange/sheets.py"),
}  # fmt: skip
INVENTS = Path("alongside/evaluation/sample/invent.py")  # the shipped sample: numbers and our own words
WRITES = {"DictWriter", "to_csv", "write_csv", "to_excel", "write_excel", "xlsxwriter", "openpyxl"}


def writes_tables(code: str) -> set[str]:
    """How a file writes tables past the one writer, if it does."""
    found = set()
    for node in ast.walk(ast.parse(code)):
        match node:
            case ast.Attribute(attr=name, value=ast.Name(id=of)) if name in WRITES or (of, name) == ("csv", "writer"):
                found.add(name)
            case ast.Attribute(attr=name) if name in WRITES:
                found.add(name)
            case ast.Import(names=names):
                found |= {one.name for one in names} & WRITES
            case ast.ImportFrom(module="csv" | "xlsxwriter" | "openpyxl", names=names):
                found |= {one.name for one in names}
            case ast.Constant(value=str(words)) if (
                words.lstrip().upper().startswith("COPY (") and "TO" in words.upper()
            ):
                found.add("COPY")
    return found


def test_tables_are_written_in_one_place(root: Path) -> None:
    others = {}
    for file in (root / "alongside").rglob("*.py"):
        path = file.relative_to(root)
        if (
            "tests" not in path.parts
            and path not in {WRITER, INVENTS, *EXCHANGE}
            and (how := writes_tables(file.read_text("utf-8")))
        ):
            others[str(path)] = how
    assert others == {}


@pytest.mark.parametrize(
    "code",
    [
        "import csv\ncsv.writer(out)",
        "from csv import writer",
        "frame.to_csv(out)",
        "import xlsxwriter",
        "con.sql('COPY (SELECT 1) TO out')",
    ],
)
def test_a_way_past_it_is_noticed(code: str) -> None:
    assert writes_tables(code)
