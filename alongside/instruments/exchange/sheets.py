"""Tables as CSV and as XLSX: bytes out, rows of text back."""

import csv
import datetime as dt
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence

from alongside.instruments.answers import BadFile, lines, text_of
from alongside.instruments.exchange.cells import Cell
from alongside.instruments.exchange.tables import Row, in_rows

LONGEST_CELL = 32_767  # letters, of any spreadsheet
MOST_ROWS = 1_048_576
MOST_CELLS = 10_000_000
MOST_UNZIPPED = 1 << 28
BLOCK = 1 << 20
SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
PLACE = re.compile(rb"""\br=["']([A-Z]{1,3})([0-9]{1,7})["']""")


def csv_of(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    r"""Write a table as CSV.

    Parameters
    ----------
    headings
        The name of each column.
    rows
        The cells; None is an empty one.

    Returns
    -------
    bytes
        UTF-8, with commas and line feeds.

    Examples
    --------
    >>> csv_of(["response", "q1"], [["R1", 7.3], ["R2", None]])
    b'response,q1\nR1,7.3\nR2,\n'
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(headings)
    writer.writerows(rows)
    return out.getvalue().encode()


def rows_of_csv(content: bytes, name: str) -> Iterator[Row]:
    r"""Read a table from CSV.

    Parameters
    ----------
    content
        UTF-8, with commas or semicolons.
    name
        What to call the file in a sentence.

    Yields
    ------
    tuple of int and list of str
        The number of each row, the headings being 0, and its cells; blank lines are left out.

    Raises
    ------
    BadFile
        If it is no CSV.

    Examples
    --------
    >>> list(rows_of_csv(b"q1,q2\n1,2\n", "answers.csv"))
    [(0, ['q1', 'q2']), (1, ['1', '2'])]
    """
    return in_rows(lines(text_of(content, name), name))


def xlsx_of(headings: Sequence[str], rows: Iterable[Sequence[Cell]], about: Iterable[tuple[str, str]]) -> bytes:
    """Write a table as a workbook, with a second sheet that says what it is.

    Everything is made in memory: no answer stands in a temporary file.

    Parameters
    ----------
    headings
        The name of each column.
    rows
        The cells; None is an empty one. A text is always a text and a number a number, so that nothing runs.
    about
        The lines of the second sheet: what is told, and the telling.

    Returns
    -------
    bytes
        The workbook.

    Raises
    ------
    BadFile
        If there is more than a sheet can hold.

    Examples
    --------
    >>> content = xlsx_of(["response", "q1"], [["R1", 3]], [("measure", "GAD-7")])
    >>> list(rows_of_xlsx(content, "answers.xlsx"))
    [(0, ['response', 'q1']), (1, ['R1', '3'])]
    """
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet("Answers")
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, 2, 26)
    for column, heading in enumerate(headings):
        sheet.write_string(0, column, heading, bold)
    for number, cells in enumerate(rows, 1):
        if number >= MOST_ROWS:
            raise BadFile(f"A sheet holds {MOST_ROWS - 1:,} responses; write fewer of them, or CSV.")
        for column, cell in enumerate(cells):
            if isinstance(cell, str):
                _write_text(sheet.write_string, number, column, cell)
            elif cell is not None:
                sheet.write_number(number, column, cell)
    second = book.add_worksheet("About")
    second.set_column(0, 0, 24)
    second.set_column(1, 1, 100)
    for number, (told, telling) in enumerate(about):
        second.write_string(number, 0, told, bold)
        second.write_string(number, 1, telling, wrapped)
    book.close()
    return out.getvalue()


def rows_of_xlsx(content: bytes, name: str) -> Iterator[Row]:
    """Read the first sheet of a workbook.

    Parameters
    ----------
    content
        The workbook.
    name
        What to call the file in a sentence.

    Yields
    ------
    tuple of int and list of str
        The number of each row, the headings being 0, and its cells; blank rows are left out.

    Raises
    ------
    BadFile
        If it is no workbook, or larger than can be read.

    Examples
    --------
    >>> list(rows_of_xlsx(b"q1,q2", "answers.xlsx"))
    Traceback (most recent call last):
    ...
    alongside.instruments.answers.BadFile: answers.xlsx is no XLSX workbook, or it is damaged; save it again as XLSX.
    """
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            too_much = _too_much(archive)
        book = None if too_much else CalamineWorkbook.from_filelike(io.BytesIO(content))
        table = book.get_sheet_by_index(0).to_python(skip_empty_area=False) if book else []
    except (
        zipfile.BadZipFile,
        zlib.error,
        CalamineError,
        IndexError,
        ValueError,
        OSError,
        RuntimeError,
        EOFError,
    ) as error:
        raise BadFile(f"{name} is no XLSX workbook, or it is damaged; save it again as XLSX.") from error
    if too_much:
        raise BadFile(f"{name} holds more than can be read; delete what stands far from the table, or save it as CSV.")
    head = next((cells for cells in table if any(cell != "" for cell in cells)), [])
    width = max((place for place, cell in enumerate(head, 1) if cell != ""), default=0)
    return in_rows([_text(cell) for cell in _as_wide(cells, width)] for cells in table)


def _write_text(write: Callable[[int, int, str], object], row: int, column: int, text: str) -> None:
    if len(text) > LONGEST_CELL:
        raise BadFile(
            f"Response {row}: a text of {len(text):,} letters is longer than a spreadsheet’s cell; write CSV or FHIR."
        )
    write(row, column, text)


def _as_wide(cells: Sequence[object], width: int) -> list[object]:
    """Leave out what is empty beyond the headings: a spreadsheet’s rows are all as wide as the widest."""
    return [*cells[:width], *(cell for cell in cells[width:] if cell != "")]


def _text(cell: object) -> str:
    """A cell as CSV has it: 7.0 as 7, a day as 2026-03-14."""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, dt.datetime) and cell.time() == dt.time():
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, dt.datetime | dt.date) else str(cell)


def _too_much(archive: zipfile.ZipFile) -> bool:
    """Whether it unpacks to too much, or a cell stands so far out that the reader would make room for too many."""
    parts = archive.infolist()
    if sum(part.file_size for part in parts) > MOST_UNZIPPED:
        return True
    return any(_cells(archive, part) > MOST_CELLS for part in parts if SHEET.fullmatch(part.filename))


def _cells(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> int:
    rows = columns = 0
    tail = b""
    with archive.open(part) as sheet:
        while block := sheet.read(BLOCK):
            for letters, row in PLACE.findall(tail + block):
                rows, columns = max(rows, int(row)), max(columns, _column(letters))
            tail = block[-64:]
    return rows * columns


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + letter - ord("A") + 1
    return number
