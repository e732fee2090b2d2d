"""A thousand mangled files: each gives a report or one sentence, never a traceback."""

import io
import random
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
import xlsxwriter

from alongside.evaluation.tests.conftest import THREE_PEOPLE, Ask

DATED = "client,date,measure,score,area\n" + "".join(
    f"c{n % 7},2026-0{1 + n // 7}-{10 + n % 7},calm,{n % 11}.5,north\n" for n in range(40)
)
WIDE = "client,day,q1,q2,q3\n" + "".join(f"c{n % 5},{14 * (n // 5)},{n % 10},{n % 9}.5,\n" for n in range(30))
EACH = 200
AWKWARD = [b"\0", b"\xff", b'"', b"\n", b"\r", b",", b";", b"\t", b"=1+1", "−".encode(), "٣".encode(), b"1e400", b"NaN"]
LENGTHY = [b"9" * 400, b"x" * 200_000, b"," * 2_000, b"\n" * 500, "🙂".encode() * 300]


def as_workbook(content: str) -> bytes:
    whole = io.BytesIO()
    with xlsxwriter.Workbook(whole) as book:
        sheet = book.add_worksheet()
        for row, line in enumerate(content.splitlines()):
            sheet.write_row(row, 0, line.split(","))
    return whole.getvalue()


def as_parquet(content: str, folder: Path) -> bytes:
    text, path = folder / "in.csv", folder / "in.parquet"
    text.write_text(content)
    duckdb.sql(f"COPY (SELECT * FROM read_csv('{text}')) TO '{path}' (FORMAT parquet)")
    return path.read_bytes()


def mangled(content: bytes, chance: random.Random) -> bytes:
    """Damage a file in one to four places: cut it, double a piece, swap two, put something awkward in."""
    for _ in range(chance.randint(1, 4)):
        first, second = sorted(chance.randrange(len(content) + 1) for _ in range(2))
        damage = chance.randrange(6)
        if damage == 0:
            content = content[:first] or content
        elif damage == 1:
            content = content[:second] + content[first:]
        elif damage == 2:
            content = content[:first] + content[second:] or content
        elif damage == 3:
            content = content[:first] + chance.choice(AWKWARD) + content[first:]
        elif damage == 4:
            content = content[:first] + chance.choice(LENGTHY) + content[first:]
        else:
            content = content[:first] + bytes([chance.randrange(256)]) + content[first + 1 :]
    return content


type Make = Callable[[Path], bytes]
MAKERS: dict[str, tuple[str, tuple[str, ...], Make]] = {
    "long": ("long.csv", ("--range", "calm=0:10"), lambda _: THREE_PEOPLE.encode()),
    "dated": ("dated.csv", ("--by", "area"), lambda _: DATED.encode()),
    "wide": ("wide.csv", ("--instrument", "service-evaluation"), lambda _: WIDE.encode()),
    "workbook": ("dated.xlsx", (), lambda _: as_workbook(DATED)),
    "parquet": ("dated.parquet", (), lambda folder: as_parquet(DATED, folder)),
}


@pytest.mark.parametrize("kind", MAKERS)
def test_a_mangled_file_gives_a_report_or_one_sentence(ask: Ask, tmp_path: Path, kind: str) -> None:
    name, options, make = MAKERS[kind]
    whole = make(tmp_path)
    assert ask(whole, *options, name=name).code == 0
    for seed in range(EACH):
        chance = random.Random(f"{kind}{seed}")
        how = (*options, *(("--lenient",) if chance.random() < 0.5 else ()))
        answer = ask(mangled(whole, chance), *how, name=name)
        # 2: a measure or column that an option names may be what was damaged
        assert answer.code in {0, 2, 3}, f"{kind} {seed}"
        assert answer.code == 0 or (answer.out == "" and answer.err.count("\n") == 1), f"{kind} {seed}: {answer.err}"
