"""What one process of `costs.py` does: it asks for pages on its copy of the home, and says how long each took."""

import time
from collections.abc import Callable
from typing import Any

from django.db import connection, transaction
from django.test import Client as Browser

from alongside.access.middleware import SECOND_FACTOR
from alongside.access.models import Membership, Session, Team, User
from alongside.audit import actions as audit
from alongside.care.models import Client, Goal
from alongside.care.queries import called, people
from alongside.core import rotation
from alongside.core.encryption import EncryptedText, Sealed

type Asked = Callable[..., dict[str, float]]


def clients() -> int:
    return Client.objects.count()


def begin(*, plain: bool) -> Asked:
    """Make everything ready; gives what answers."""
    lead = User.objects.filter(role="lead").order_by("email")[0]
    teams = Team.objects.exclude(membership__user=lead)
    Membership.objects.bulk_create([Membership(team=team, user=lead) for team in teams])
    if plain:
        write_plainly()
        read_plainly()
    users = {"lead": lead, "practitioner": User.objects.filter(role="practitioner").order_by("email")[0]}
    browsers = {name: signed_in(user) for name, user in users.items()}
    in_audit = [0.0, 0.0]
    real = audit.record

    def record(**said: Any) -> Any:
        cpu, clock = time.process_time(), time.perf_counter()
        try:
            return real(**said)
        finally:
            in_audit[:] = time.process_time() - cpu, time.perf_counter() - clock

    audit.record = record  # the views name the module, so they ask for this one

    def answer(what: str, *said: str) -> dict[str, float]:
        if what in {"ready", "first", "found first"}:
            called._remembered.clear()
        do: Callable[[], object]
        match what, *said:
            case ["ready"]:
                do = called.remember_everybody
            case ["list" | "first", who, path]:
                do = lambda: ok(browsers[who].get(path))  # noqa: E731
            case ["found" | "found first", word]:
                do = lambda: people.found(lead, word)  # noqa: E731
            case ["page", word]:
                do = lambda: ok(browsers["lead"].post("/clients/find", {"q": word}))  # noqa: E731
        in_audit[:] = 0.0, 0.0
        clock, cpu = time.perf_counter(), time.process_time()
        do()
        took = {"cpu": time.process_time() - cpu, "clock": time.perf_counter() - clock}
        took |= {"audit": in_audit[0], "audit by the clock": in_audit[1]}
        if what in {"first", "found first"}:
            called.remember_everybody()
        return {name: 1_000 * one for name, one in took.items()}

    return answer


def ok(answer: Any) -> None:
    if answer.status_code != 200:
        raise RuntimeError(str(answer.status_code))


def signed_in(user: User) -> Browser:
    browser = Browser()
    browser.force_login(user)
    session = browser.session
    session[SECOND_FACTOR] = True
    session.save()
    browser.get("/today")
    return browser


def write_plainly() -> None:
    """Put what the lists read into the database as it was said; nobody has signed in yet."""
    Session.objects.all().delete()
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


def read_plainly() -> None:
    """From now on, read and write encrypted columns as if they were not."""
    EncryptedText.from_db_value = lambda self, value, *_: self.unpack(value or "")
    EncryptedText.opened = lambda self, _row, stored: self.unpack(stored)
    EncryptedText.sealed = lambda self, _row, value: Sealed(self.pack(value) if value else "")
