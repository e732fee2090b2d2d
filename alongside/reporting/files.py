"""The two files that a report is made from, in a folder of their own that is gone as soon as they were read.

They name nobody: each client gets a pseudonym made for this report alone.
"""

import secrets
import shutil
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings

from alongside.instruments import loader
from alongside.press.tables import Value, csv_text
from alongside.reporting.queries import FORM
from alongside.reporting.reach import AGE, GENDER, Person

PREFIX = ".report-"
LEFT_BEHIND = 60 * 60

type Row = tuple[Value, ...]


@contextmanager
def private_folder() -> Iterator[Path]:
    """A folder that only the site's own user can open, inside the data folder; it is removed whatever happens.

    One left behind by a machine that stopped is removed an hour later, by the next report.
    """
    home = Path(settings.HOME)
    for old in home.glob(f"{PREFIX}*"):
        if old.stat().st_mtime < time.time() - LEFT_BEHIND:
            shutil.rmtree(old, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=PREFIX, dir=home) as folder:
        yield Path(folder)


def write(
    folder: Path, people: Mapping[str, Person], answers: Iterable[tuple[str, date, dict[str, Any]]]
) -> tuple[Path, Path] | None:
    """Write the forms and the list of clients, and return their paths; None when no form holds an answer.

    Of two forms that somebody sent on one day, the later counts. The order of rows does not depend on the
    pseudonyms, so that the same records give the same report.
    """
    items = [item.key for item in loader.load(FORM).items]
    pseudonyms = {client: secrets.token_hex(8) for client in people}
    last_of_a_day = {(client, on): said for client, on, said in answers if client in people}
    rows: list[Row] = [
        (pseudonyms[client], on.isoformat(), *(said.get(item, {}).get("value") for item in items))
        for (client, on), said in last_of_a_day.items()
    ]
    if not any(value is not None for _, _, *values in rows for value in values):
        return None
    forms, clients = folder / "forms.csv", folder / "clients.csv"
    forms.write_text(csv_text(["client", "date", *items], rows), encoding="utf-8")
    listed = [(pseudonyms[client], person.gender, person.age) for client, person in people.items()]
    clients.write_text(csv_text(["client", GENDER, AGE], listed), encoding="utf-8")
    return forms, clients
