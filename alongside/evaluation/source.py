"""What a file really is, and its rows as text.

A row is a list of cells; rows are numbered as a spreadsheet numbers them, the header being row 1. Parquet goes
straight to the engine (`table`); CSV and XLSX come through here.
"""

import codecs
import csv
import datetime as dt
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from alongside.evaluation.problems import BadInput, quoted

KINDS = {".csv": "csv", ".tsv": "csv", ".txt": "csv", ".xlsx": "xlsx", ".parquet": "parquet"}
NAMES = {"csv": "a text table (CSV)", "xlsx": "an Excel workbook (XLSX)", "parquet": "a Parquet file"}
LARGEST_UNZIPPED = 20
LONGEST_CELL = 100_000_000
MOST_CELLS = 10_000_000
BLOCK = 1 << 20
SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
ERROR_CELL = re.compile(rb"""\br=["']([A-Z]{1,3}[0-9]{1,7})["'][^>]{0,20}\bt=["']e["']""")
CELL = re.compile(rb"""\br=["']([A-Z]{1,3})([0-9]{1,7})["']""")

type NumberedRow = tuple[int, list[str]]


@dataclass(frozen=True, kw_only=True)
class Source:
    """A file that has been looked at: its path and what it really is ("csv", "xlsx" or "parquet")."""

    path: Path
    kind: str
    encoding: str = ""

    @property
    def name(self) -> str:
        """The file's name without its folder, fit to show."""
        return quoted(self.path.name)[1:-1]


def look_at(path: Path, *, max_bytes: int) -> Source:
    """Look at a file before reading it.

    Parameters
    ----------
    path : the file
    max_bytes : the largest size to read

    Raises
    ------
    BadInput : it is missing, a folder, empty, too large, of an unknown kind, or not what its name says
    """
    name = quoted(path.name)[1:-1]
    if not path.is_file():
        what = "is a folder; name a file in it" if path.is_dir() else "is not there; check its name and folder"
        raise BadInput(f"{name} {what}.")
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(8)
    except OSError as error:
        raise BadInput(f"{name} cannot be opened ({error.strerror}); check who may read it.") from error
    if size == 0:
        raise BadInput(f"{name} is empty; save the table again and check that it has rows.")
    if size > max_bytes:
        raise BadInput(
            f"{name} is {_size(size)}, more than the limit of {_size(max_bytes)}; "
            "allow more with --max-size, or split the file."
        )
    return _checked(Source(path=path, kind=_kind(path, head, name)), max_bytes=max_bytes)


def rows(source: Source) -> Iterator[NumberedRow]:
    """Yield the rows of a CSV or XLSX file, header first.

    Raises
    ------
    BadInput : the file is damaged
    """
    return _csv_rows(source) if source.kind == "csv" else _xlsx_rows(source)


def _size(amount: int) -> str:
    """Write a number of bytes as people do.

    >>> _size(10), _size(1_500), _size(500_000_000)
    ('10 bytes', '1.5 KB', '500 MB')
    """
    for unit, bytes_ in (("GB", 10**9), ("MB", 10**6), ("KB", 10**3)):
        if amount >= bytes_:
            return f"{amount / bytes_:.3g} {unit}"
    return f"{amount} bytes"


def _kind(path: Path, head: bytes, name: str) -> str:
    if head.startswith(b"PAR1"):
        real = "parquet"
    elif head.startswith(b"PK\x03\x04"):
        real = "xlsx"
    elif head.startswith(b"\xd0\xcf\x11\xe0"):
        raise BadInput(f"{name} is an old Excel file (XLS) or has a password; save it as XLSX without one.")
    else:
        real = "csv"
    said = KINDS.get(path.suffix.lower())
    if said is None:
        raise BadInput(f"{name} has no ending that is known here; name it .csv, .xlsx or .parquet.")
    if said != real:
        raise BadInput(
            f"{name} is not what its name says: it is named as {NAMES[said]} but does not read as one; "
            f"it looks like {NAMES[real]}, so rename it or save it again."
        )
    return real


def _checked(source: Source, *, max_bytes: int) -> Source:
    if source.kind == "csv":
        return Source(path=source.path, kind="csv", encoding=_encoding(source))
    if source.kind == "xlsx":
        _check_workbook(source, max_bytes)
    return source


def _encoding(source: Source) -> str:
    """Return the text encoding: UTF-8, UTF-16 with its mark, or Windows-1252 as older spreadsheets write it."""
    with source.path.open("rb") as file:
        if file.read(2) in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE}:
            return "utf-16"
        file.seek(0)
        decoder = codecs.getincrementaldecoder("utf-8")()
        encoding = "utf-8-sig"
        while block := file.read(BLOCK):
            if b"\0" in block:
                raise BadInput(f"{source.name} is not a text table; save it again as CSV UTF-8.")
            if encoding == "utf-8-sig":
                try:
                    decoder.decode(block)
                except UnicodeDecodeError:
                    encoding = "cp1252"
    return encoding


def _csv_rows(source: Source) -> Iterator[NumberedRow]:
    last_read = 0
    try:
        with source.path.open(encoding=source.encoding, newline="") as file:
            csv.field_size_limit(LONGEST_CELL)
            delimiter = _delimiter(file)
            reader = csv.reader(file, delimiter=delimiter, strict=True)
            for number, row in enumerate(reader, start=1):
                last_read = number
                yield number, row
    except csv.Error as error:
        raise BadInput(
            f"{source.name}, row {last_read + 1}: a quotation mark is out of place or never closed, so the row "
            "cannot be read; mend it there, or save the table again as CSV."
        ) from error
    except UnicodeError as error:
        raise BadInput(
            f"{source.name}, row {last_read + 1}: a letter cannot be read; save the table again as CSV UTF-8."
        ) from error


def _delimiter(file: io.TextIOWrapper) -> str:
    """Return the sign that separates the headings, the most frequent one outside quotation marks."""
    headings = re.sub('"[^"]*"', "", file.readline(BLOCK))
    file.seek(0)
    return max(",;\t", key=headings.count)


def _check_workbook(source: Source, max_bytes: int) -> None:
    try:
        with zipfile.ZipFile(source.path) as archive:
            unzipped = sum(part.file_size for part in archive.infolist())
            if unzipped > LARGEST_UNZIPPED * max_bytes:
                raise BadInput(f"{source.name} unpacks to {_size(unzipped)}, which is too much; save it as CSV.")
            names = archive.namelist()
            spread = max((_spread(archive, part, source.name) for part in names if SHEET.fullmatch(part)), default=0)
    except (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        raise BadInput(f"{source.name} is damaged and cannot be opened; save the workbook again.") from error
    if not any(name.startswith("xl/") for name in names):
        raise BadInput(f"{source.name} is not an Excel workbook; save the table as XLSX or CSV.")
    if spread > MOST_CELLS:
        raise BadInput(
            f"{source.name} has a cell so far out that the sheet holds {spread:,} cells; "
            "delete what stands far from the table, or save it as CSV."
        )


def _spread(archive: zipfile.ZipFile, part: str, name: str) -> int:
    """Return how many cells a sheet spans from its first corner: the reader makes room for them all."""
    rows, letters, tail = 0, b"", b""
    with archive.open(part) as sheet:
        while block := sheet.read(BLOCK):
            if error := ERROR_CELL.search(tail + block):
                cell = error[1].decode()
                raise BadInput(f"{name}, cell {cell}: the formula there shows an error; mend it or empty the cell.")
            for column, row in CELL.findall(tail + block):
                rows = max(rows, int(row))
                letters = max(letters, column, key=lambda found: (len(found), found))
            tail = block[-64:]
    columns = 0
    for letter in letters:
        columns = 26 * columns + letter - ord("A") + 1
    return rows * columns


def _xlsx_rows(source: Source) -> Iterator[NumberedRow]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        with source.path.open("rb") as file:
            workbook = CalamineWorkbook.from_filelike(file)
            if not workbook.sheet_names:
                raise BadInput(f"{source.name} has no sheet; save the table again as XLSX or CSV.")
            table = workbook.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (CalamineError, OSError, ValueError) as error:
        raise BadInput(f"{source.name} is damaged and cannot be read; save the workbook again.") from error
    for number, cells in enumerate(table, start=1):
        yield number, [_text(cell) for cell in cells]


def _text(cell: object) -> str:
    """Write a spreadsheet's cell as CSV would: 7.0 as "7", a date as 2026-03-14."""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, dt.datetime | dt.date):
        return cell.isoformat()[:10]
    return str(cell)


def in_chunks(numbered: Iterator[NumberedRow], size: int) -> Iterator[list[NumberedRow]]:
    """Yield rows in lists of at most `size`.

    >>> list(in_chunks(iter([(2, ["a"]), (3, ["b"]), (4, ["c"])]), 2))
    [[(2, ['a']), (3, ['b'])], [(4, ['c'])]]
    """
    while chunk := list(islice(numbered, size)):
        yield chunk
