"""The two files that a report is made from, in a folder of their own that is gone as soon as they were read.

They name nobody: each client gets a pseudonym made for this report alone.
"""

import secrets
import shutil
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from itertools import chain, groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings

from alongside.instruments import loader
from alongside.press.tables import Value, csv_text
from alongside.reporting.queries import FORM
from alongside.reporting.reach import AGE, GENDER, Person, Span

PREFIX = ".report-"
LEFT_BEHIND = 60 * 60

type Row = tuple[Value, ...]
type Sent = tuple[str, date, dict[str, Any]]  # a client, a day, and the answers by question


@contextmanager
def private_folder() -> Iterator[Path]:
    """A folder that only the site's own user can open, inside the data folder; it is removed whatever happens.

    One left behind by a machine that stopped is removed an hour later, by the next report.
    """
    home = Path(settings.HOME)
    for old in home.glob(f"{PREFIX}*"):
        with suppress(FileNotFoundError):  # another report has just removed its own
            if old.stat().st_mtime < time.time() - LEFT_BEHIND:
                shutil.rmtree(old, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=PREFIX, dir=home) as folder:
        yield Path(folder)


class Written(NamedTuple):
    """The two files, and for each client with a form the days of their first and last."""

    forms: Path
    clients: Path
    spans: list[Span]


def write(folder: Path, people: Mapping[str, Person], answers: Iterable[Sent]) -> Written | None:
    """Write the forms and the list of clients; None when no form holds an answer.

    `answers` come client by client, the oldest first. The order of rows does not depend on the pseudonyms, so
    that the same records give the same report.
    """
    items = [item.key for item in loader.load(FORM).items]
    pseudonyms = {client: secrets.token_hex(8) for client in people}
    spans: dict[str, Span] = {}
    rows = _noted(_rows(answers, pseudonyms, items), spans)
    first = next(rows, None)
    if first is None:
        return None
    forms, clients = folder / "forms.csv", folder / "clients.csv"
    forms.write_text(csv_text(["client", "date", *items], chain([first], rows)), encoding="utf-8")
    listed = [(pseudonyms[client], person.gender, person.age) for client, person in people.items()]
    clients.write_text(csv_text(["client", GENDER, AGE], listed), encoding="utf-8")
    return Written(forms, clients, list(spans.values()))


def without_names(unnamed: Iterable[tuple[date, str, dict[str, Any]]]) -> str:
    """The forms without a name as a table: month, service and each question's mark."""
    items = [item.key for item in loader.load(FORM).items]
    rows = (
        (f"{month:%Y-%m}", service, *(said.get(item, {}).get("value") for item in items))
        for month, service, said in unnamed
    )
    return csv_text(["month", "service", *items], rows)


def _noted(rows: Iterable[Row], spans: dict[str, Span]) -> Iterator[Row]:
    """Pass the rows on, and note the first and the last day of each client."""
    for row in rows:
        client, on = str(row[0]), date.fromisoformat(str(row[1]))
        spans[client] = (spans.get(client, (on, on))[0], on)
        yield row


def _rows(answers: Iterable[Sent], pseudonyms: Mapping[str, str], items: Sequence[str]) -> Iterator[Row]:
    """Yield a row for each client and day; of two forms sent on one day, the later counts."""
    marked = (
        (pseudonyms[client], on.isoformat(), *(said.get(item, {}).get("value") for item in items))
        for client, on, said in answers
        if client in pseudonyms
    )
    with_an_answer = (row for row in marked if any(value is not None for value in row[2:]))
    for _, same_day in groupby(with_an_answer, key=itemgetter(0, 1)):
        *_, last = same_day
        yield last
