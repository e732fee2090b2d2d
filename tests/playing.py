"""A workshop as it is really held: six people write, thirty choose, each from a browser and an address of their own.

Run on a home of its own. What somebody outside could know of it (who did what, in which order, from where) and copies
of everything the site keeps are laid in a folder: what an attacker would have. One protection can be taken away.
"""

import json
import os
import random
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.models.signals import post_save  # noqa: E402
from django.test import Client as Browser  # noqa: E402
from django.urls import reverse  # noqa: E402

from alongside.access.actions import add_user  # noqa: E402
from alongside.access.middleware import SECOND_FACTOR  # noqa: E402
from alongside.access.models import User  # noqa: E402
from alongside.access.roles import Role  # noqa: E402
from alongside.audit import actions as audit  # noqa: E402
from alongside.core.models import new_key  # noqa: E402
from alongside.voice import cookies  # noqa: E402
from alongside.voice.actions import forgetting, moderating, phases, themes, workshops  # noqa: E402
from alongside.voice.models import Board, Group, Note, Phase, Seat, Session  # noqa: E402
from alongside.voice.queries.moderating import clauses  # noqa: E402
from alongside.voice.votes import boxes  # noqa: E402

ITS_OWN = """xmin::text::bigint AS xmin, xmax::text::bigint AS xmax,
    (ctid::text::point)[0] * 10000 + (ctid::text::point)[1] AS ctid"""
WRITERS, VOTERS, EACH = 6, 30, 8
chance = random.Random(os.environ.get("PLAYED", "1"))


class Person:
    """Somebody with a browser and an address."""

    def __init__(self, number: int, code: str) -> None:
        self.address = f"198.51.100.{number + 10}"
        self.browser = Browser(REMOTE_ADDR=self.address)
        self.code = code

    def sit(self, board: Board) -> None:
        """Take a seat at a board."""
        uses = chance.sample(Seat.Use.values, chance.randint(1, 4))
        assert self.browser.post(reverse("w:welcome", args=[self.code]), {"uses": uses}).status_code == 302
        assert self.browser.post(reverse("w:places"), {"board": board.pk}).status_code == 302
        self.seat = cookies._signer.unsign(self.browser.cookies[cookies.NAME].value)

    def write(self, board: Board) -> str:
        """Write a note of some length."""
        key, text = new_key(), "so it is " * chance.randint(1, 40)
        answer = self.browser.post(reverse("w:write", args=[board.pk]), {"text": text, "key": key})
        assert answer.status_code == 302, answer.content
        return key


def held(lead: User) -> Iterator[tuple[str, dict[str, Any]]]:
    """Hold the workshop; gives each moment at which everything is copied, with what is known of it outside."""
    workshop = workshops.open_it(workshop=workshops.plan(title="Tea", slug="tea", rehearsal=True, by=lead), by=lead)
    group = Group.objects.create(workshop=workshop, name="Tuesday group")
    session = Session.objects.create(group=group, number=1)
    kinds = (Phase.Kind.BREAKOUT, Phase.Kind.REFLECT, Phase.Kind.VOTE)
    write, reflect, vote = (
        Phase.objects.create(session=session, place=place, kind=kind) for place, kind in enumerate(kinds, 1)
    )
    phases.begin(phase=write, by=lead)
    pairs = workshops.add_pairs(group=group, phase=write, count=3, by=lead)
    people = [Person(number, workshop.code) for number in range(VOTERS)]
    _staff(people[0])
    came = chance.sample(people, VOTERS)
    for person in came:
        person.sit(pairs[people.index(person) % 3])
    known: dict[str, Any] = {"addresses": [one.address for one in people], "seats": [one.seat for one in came]}

    _written(people[:WRITERS], lambda person: pairs[people.index(person) % 3])
    phases.end(phase=write, by=lead)
    phases.begin(phase=reflect, by=lead)
    together = Board.objects.get(phase=reflect)
    known["notes"] = _written(people[:WRITERS], lambda _person: together, by=lead)
    phases.end(phase=reflect, by=lead)
    yield "written", known

    options = [themes.add(group=group, title=f"Theme {number}", by=lead).pk for number in range(5)]
    voting = phases.begin(phase=vote, by=lead).boards.get()
    order = chance.sample(people, VOTERS)
    for person in order:
        sent = {"choice": chance.sample(options, 2)}
        assert person.browser.post(reverse("w:vote", args=[voting.pk]), sent).status_code == 302
    box = Phase.objects.get(pk=vote.pk).box
    known["ballots"] = [boxes.ballot(box, person.seat) for person in order]
    known["themes"] = options
    yield "voting", known
    phases.end(phase=vote, by=lead)
    yield "counted", known
    workshops.close(workshop=workshop, by=lead)
    yield "closed", known


def _staff(person: Person) -> None:
    """Let this person work here, and be signed in in the same browser."""
    worker = add_user(email="sam@ws.example", name="Sam Reed", role=Role.PRACTITIONER, password=None, by="test")
    person.browser.force_login(worker)
    kept = person.browser.session
    kept[SECOND_FACTOR] = True
    kept.save()


def _written(people: list[Person], where: Callable[[Person], Board], by: User | None = None) -> list[str]:
    """Let each write, in an order by chance; a facilitator offers support for some, holds some and shows them again."""
    order = people * EACH
    chance.shuffle(order)
    keys = []
    for person in order:
        keys.append(person.write(where(person)))
        if by and chance.random() < 0.3:
            moderating.offer(note=Note.objects.get(pk=keys[-1]), by=by)
        if by and chance.random() < 0.5:
            note = Note.objects.get(pk=keys[-1])
            moderating.hold(note=note, clause=chance.choice(clauses()), reason="so it is", by=by)
            moderating.show(note=note, by=by)
    return keys


def take_away(protection: str) -> None:
    """Do without one protection."""
    match protection:
        case "no time on a note":
            with connection.cursor() as cursor:
                cursor.execute("CREATE TABLE voice_note_made (note varchar(32), made_at varchar(40))")
            post_save.connect(_note_the_time, sender=Note, weak=False)
        case "no number of rows":
            with connection.cursor() as cursor:
                cursor.execute("CREATE TABLE voice_note_row (number integer PRIMARY KEY, note varchar(32))")
            post_save.connect(_number_the_row, sender=Note, weak=False)
        case "a new order":
            forgetting._notes = lambda board: Note.objects.filter(board=board).update(seat="")
        case "decisions in a new order":
            forgetting.decisions.mix_up = lambda _subjects: None
        case "seats are emptied":
            forgetting._notes = lambda _board: None
        case "traces are cleared away":
            forgetting.clear_away = lambda: None
        case "no address":
            audit.note_for_the_day = _note_everything
        case "choices are destroyed":
            type(boxes.box("")).burn = lambda _box: None
        case "ballots in no order":
            type(boxes.box("")).put = _append


def _note_everything(*, board: str, kind: str) -> None:
    audit.record(by="nobody", did=kind, subject=f"board:{board}")


def _note_the_time(*, instance: Note, created: bool, **_: object) -> None:
    from alongside.core import clock

    if created:
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO voice_note_made VALUES (%s, %s)", [instance.pk, clock.now().isoformat()])


def _number_the_row(*, instance: Note, created: bool, **_: object) -> None:
    if created:
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO voice_note_row SELECT COALESCE(MAX(number), 0) + 1, %s FROM voice_note_row", [instance.pk]
            )


def _append(box: Any, ballot: str, choices: set[str]) -> tuple[int, int]:
    """Write ballots one after the other, as they come."""
    row = (ballot, json.dumps(sorted(choices)))
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute('CREATE SCHEMA IF NOT EXISTS "alongside_votes"')
            cursor.execute(f"CREATE UNLOGGED TABLE IF NOT EXISTS {box.name} (key text, choices text)")
            cursor.execute(f"INSERT INTO {box.name} VALUES (%s, %s)", row)
        return 0, 1
    box.path.parent.mkdir(exist_ok=True)
    kept = sqlite3.connect(box.path)
    kept.execute("CREATE TABLE IF NOT EXISTS ballot (key TEXT, choices TEXT)")
    kept.execute("INSERT INTO ballot VALUES (?, ?)", row)
    kept.commit()
    kept.close()
    return 0, 1


def dumped() -> dict[str, list[dict[str, Any]]]:
    """Every table of the site and of its votes, with what the database itself says of each row."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT schemaname, tablename FROM pg_tables WHERE schemaname IN ('public', 'alongside_votes')"
            )
            names = [f'"{schema}"."{table}"' for schema, table in cursor.fetchall()]
            return {name: _rows(cursor, f"SELECT {ITS_OWN}, t.* FROM {name} t") for name in names}
    found = {}
    for file in sorted(settings.HOME.rglob("*.sqlite*")):
        if file.suffix in {".sqlite", ".sqlite3"}:
            there = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
            names = [name for (name,) in there.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            for name in names:
                found[f"{file.name} {name}"] = _numbered(there, name)
            there.close()
    return found


def _numbered(there: sqlite3.Connection, name: str) -> list[dict[str, Any]]:
    try:
        return _rows(there.cursor(), f'SELECT rowid AS "rowid", * FROM "{name}"')
    except sqlite3.OperationalError:
        return _rows(there.cursor(), f'SELECT * FROM "{name}"')


def _rows(cursor: Any, sql: str) -> list[dict[str, Any]]:
    cursor.execute(sql)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def main() -> None:
    """Play, and lay down what there is at each moment."""
    settings.ALLOWED_HOSTS = ["*"]
    out, protection = Path(sys.argv[1]), sys.argv[2]
    take_away(protection)
    for moment, known in held(User.objects.get()):
        folder = out / moment
        shutil.copytree(settings.HOME, folder / "home")
        (folder / "known.json").write_text(json.dumps(known))
        (folder / "tables.json").write_text(json.dumps(dumped(), default=str))
    connection.close()
    getattr(connection, "close_pool", lambda: None)()


if __name__ == "__main__":
    main()
