"""What the audit and the encryption cost on the list of clients, and how long finding a surname takes.

Run by `benchmarks/site.py` on the home it has filled, or on any home with `python -m benchmarks.costs`. It works as
somebody who sees every client. For the cost of encryption the same pages are then asked for with the columns of names,
goals and sessions written in plain text and read without a key; the home is of no use afterwards.
"""

import os
import random
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")
django.setup()

from django.db import connection, transaction  # noqa: E402
from django.test import Client as Browser  # noqa: E402
from django.test.utils import override_settings  # noqa: E402

from alongside.access.middleware import SECOND_FACTOR  # noqa: E402
from alongside.access.models import Membership, Team, User  # noqa: E402
from alongside.audit import actions as audit  # noqa: E402
from alongside.care.models import Client, Goal  # noqa: E402
from alongside.care.queries import called, people  # noqa: E402
from alongside.core import rotation  # noqa: E402
from alongside.core.encryption import EncryptedText, Sealed  # noqa: E402
from benchmarks.people import LAST  # noqa: E402

TIMES = 25


def main() -> None:
    """Measure and print."""
    lead = User.objects.filter(role="lead").order_by("email")[0]
    teams = Team.objects.exclude(membership__user=lead)
    Membership.objects.bulk_create([Membership(team=team, user=lead) for team in teams])
    worker = User.objects.filter(role="practitioner").order_by("email")[0]
    lists = {
        "those supported now, all teams": (lead, "/clients"),
        "those who have left, all teams": (lead, "/clients?left"),
        "those supported now, one team": (worker, "/clients"),
    }
    words = random.Random(1).sample(LAST, TIMES)
    with override_settings(ALLOWED_HOSTS=["testserver"], PAGES_A_MINUTE=1_000_000):
        sealed = {name: measure(*one) for name, one in lists.items()}
        finds = [timed(lambda word=word: people.found(lead, word), cold=True) for word in words]
        asked = [page(lead, word) for word in words]
        write_plainly()
        with plainly():
            plain = {name: measure(*one) for name, one in lists.items()}
    print(f"\nLists among {Client.objects.count():,} clients, medians of {TIMES} in ms of the processor.")
    print("First: with nothing remembered. Audit: ms of the clock, and its share of the whole.")
    print("| list | encrypted | in plain text | ratio | first | in plain text | audit |\n|---|---|---|---|---|---|---|")
    for name in lists:
        (warm, cold, waited, audited), (plainer, plain_cold, *_) = map(medians, (sealed[name], plain[name]))
        share = f"{audited:.1f} ({100 * audited / waited:.1f} %)"
        print(
            f"| {name} | {warm:.0f} | {plainer:.0f} | {warm / plainer:.2f} | {cold:.0f} | {plain_cold:.0f} | {share} |"
        )
    print("Finding a surname with nothing remembered, in ms of the clock: ", end="")
    print(f"{median(finds):.0f} in the query (worst {max(finds):.0f}), ", end="")
    print(f"{median(asked):.0f} for the page (worst {max(asked):.0f}).")


type Clock = Callable[[], float]
type Times = tuple[list[float], list[float], list[float], list[float]]


def measure(user: User, path: str) -> Times:
    """The list again and again, also with nothing remembered; what was waited for it, and for the audit within that."""
    browser, spent, real = signed_in(user), [0.0], audit.record

    def record(**said: Any) -> Any:
        began = time.perf_counter()
        try:
            return real(**said)
        finally:
            spent[0] += 1_000 * (time.perf_counter() - began)

    audit.record = record  # the views name the module, so they ask for this one
    try:
        cold = [timed(lambda: ok(browser.get(path)), cold=True, clock=time.process_time) for _ in range(5)]
        warm, waited, in_audit = [], [], []
        for _ in range(TIMES):
            spent[0], began = 0.0, time.perf_counter()
            warm.append(timed(lambda: ok(browser.get(path)), clock=time.process_time))
            waited.append(1_000 * (time.perf_counter() - began))
            in_audit.append(spent[0])
    finally:
        audit.record = real
    return warm, cold, waited, in_audit


def page(user: User, word: str) -> float:
    """The whole page of finding, with nothing remembered."""
    browser = signed_in(user)
    ok(browser.get("/clients/find"))
    return timed(lambda: ok(browser.post("/clients/find", {"q": word})), cold=True)


def timed(ask: Callable[[], object], *, cold: bool = False, clock: Clock = time.perf_counter) -> float:
    if cold:
        called._remembered.clear()
    began = clock()
    ask()
    return 1_000 * (clock() - began)


def ok(answer: Any) -> None:
    if answer.status_code != 200:
        raise RuntimeError(str(answer.status_code))


def median(times: list[float]) -> float:
    return statistics.median(times)


def medians(times: Times) -> tuple[float, ...]:
    return tuple(map(median, times))


def signed_in(user: User) -> Browser:
    browser = Browser()
    browser.force_login(user)
    session = browser.session
    session[SECOND_FACTOR] = True
    session.save()
    browser.get("/today")
    return browser


def write_plainly() -> None:
    """Put what the lists read into the database as it was said."""
    for table in rotation.tables():
        model, sealed = table.model, table.sealed
        if model not in {Client, Goal}:
            continue
        columns = ", ".join(f"{field.column} = %s" for field in sealed)
        rows = [[*(_text(field, one) for field in sealed), one.pk] for one in model._default_manager.all()]
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(f"UPDATE {model._meta.db_table} SET {columns} WHERE key = %s", rows)


def _text(field: EncryptedText, record: Any) -> str:
    value = getattr(record, field.attname)
    return field.pack(value) if value else ""


@contextmanager
def plainly() -> Iterator[None]:
    """Read and write encrypted columns as if they were not."""
    real = EncryptedText.from_db_value, EncryptedText.opened, EncryptedText.sealed
    EncryptedText.from_db_value = lambda self, value, *_: self.unpack(value or "")
    EncryptedText.opened = lambda self, _row, stored: self.unpack(stored)
    EncryptedText.sealed = lambda self, _row, value: Sealed(self.pack(value) if value else "")
    called._remembered.clear()
    try:
        yield
    finally:
        EncryptedText.from_db_value, EncryptedText.opened, EncryptedText.sealed = real


if __name__ == "__main__":
    main()
