"""An attack on a workshop by somebody who has everything the site keeps, and knows who did what when and from where.

They know from outside in which order six people wrote, in which order thirty came and chose, and their addresses; one
of the six works here and was signed in in the same browser. They have every table with the numbers that the database
itself gives its rows, the files with SQLite’s log, the boxes of votes, the audit and what was logged. They lay whatever
has an order beside the order that they know. By chance two orders hardly agree; where they do, somebody is unmasked.

The same attack finds each protection that was taken away.
"""

import json
import math
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from alongside.core.tests.running import begin, environment
from alongside.core.tests.test_backup_postgresql import database  # noqa: F401 - a fixture
from tests.begun import copied

ROOT = Path(__file__).parents[1]
KEY = re.compile(r"[0-9a-f]{32}")
ENOUGH = 20  # fewer in a row could agree by chance
BEYOND_CHANCE = 4.5  # standard deviations
POSTGRESQL = connection.vendor == "postgresql"

type Rows = list[dict[str, Any]]


@dataclass
class Moment:
    """What an attacker has at one moment, and what they know."""

    folder: Path
    log: str
    known: dict[str, Any] = field(init=False)
    tables: dict[str, Rows] = field(init=False)

    def __post_init__(self) -> None:
        self.known = json.loads((self.folder / "known.json").read_text())
        self.tables = json.loads((self.folder / "tables.json").read_text())

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Every file that the site has written, as it lies on the disk."""
        for path in sorted(self.folder.glob("home/**/*.sqlite*")):
            yield path.name, path.read_bytes()

    def holding(self, words: list[str]) -> list[str]:
        """Where any of these words lie."""
        there = [name for name, held in self.files() if any(word.encode() in held for word in words)]
        there += [name for name, rows in self.tables.items() if any(word in json.dumps(rows) for word in words)]
        return there + ["the log" for word in words if word in self.log][:1]


def agreement(known: list[str], found: list[str]) -> float:
    """How many standard deviations two orders agree, or go against each other, more than by chance (Kendall)."""
    place = {key: number for number, key in enumerate(known)}
    ranks = [place[key] for key in found if key in place]
    n = len(ranks)
    if n < ENOUGH:
        return 0.0
    score = sum(1 if earlier < later else -1 for earlier, later in combinations(ranks, 2))
    return abs(score) / math.sqrt(n * (n - 1) * (2 * n + 5) / 18)


def orders(moment: Moment, keys: set[str]) -> Iterator[tuple[str, list[str]]]:
    """Every order that can be made of these keys: by the place, number, time, size or anything else of their rows."""
    for name, held in moment.files():
        for way in (bytes.find, bytes.rfind):
            there = {key: way(held, key.encode()) for key in keys}
            yield f"place in {name}", sorted((key for key in keys if there[key] >= 0), key=there.__getitem__)
    for name, rows in moment.tables.items():
        about = [(row, named) for row in rows if len(named := set(KEY.findall(json.dumps(row))) & keys) == 1]
        if len(about) < ENOUGH:
            continue
        yield f"order of {name}", _first_of_each(next(iter(named)) for _row, named in about)
        for column in about[0][0]:
            for what, of in (("", _comparable), ("size of ", lambda value: (0, len(str(value)), ""))):
                ranked = [(of(row[column]), sha256(key.encode()).digest(), key) for row, (key,) in about]
                yield f"{what}{name}.{column}", _first_of_each(key for *_, key in sorted(ranked))


def _comparable(value: object) -> tuple[int, float, str]:
    return (0, float(value), "") if isinstance(value, (int, float)) else (1, 0.0, str(value))


def _first_of_each(keys: Iterator[str]) -> list[str]:
    return list(dict.fromkeys(keys))


def unmasked(moments: dict[str, Moment]) -> list[str]:
    """Everything by which somebody could be joined to what they wrote or chose."""
    written, voting, counted, closed = (moments[name] for name in ("written", "voting", "counted", "closed"))
    found = []
    for when, moment in moments.items():
        known = moment.known
        found += [f"{when}: an address in {name}" for name in moment.holding(known["addresses"])]
        found += [f"{when}: the order of notes by {name}" for name in _agreeing(moment, known["notes"])]
        found += [f"{when}: the order of seats by {name}" for name in _agreeing(moment, known["seats"])]
    found += [f"the order of ballots by {name}" for name in _agreeing(voting, voting.known["ballots"])]
    found += [f"a seat beside a note in {name}" for name in _together(written, "seats", "notes")]
    found += [f"a seat beside a choice in {name}" for name in _together(voting, "seats", "themes")]
    for when, moment in (("counted", counted), ("closed", closed)):
        found += [f"{when}: a ballot in {name}" for name in moment.holding(moment.known["ballots"])]
    if (left := list(closed.folder.glob("home/votes/*"))) and not POSTGRESQL:
        found.append(f"a box of votes: {left}")
    found += [f"closed: a seat in {name}" for name in closed.holding(closed.known["seats"])]
    return found + _staff(moments["closed"])


def _agreeing(moment: Moment, known: list[str]) -> list[str]:
    return [name for name, found in orders(moment, set(known)) if agreement(known, found) > BEYOND_CHANCE]


def _together(moment: Moment, one: str, other: str) -> list[str]:
    """Tables in which a row names both."""
    ones, others = set(moment.known[one]), set(moment.known[other])
    return [
        name
        for name, rows in moment.tables.items()
        if any((named := set(KEY.findall(json.dumps(row)))) & ones and named & others for row in rows)
    ]


def _staff(moment: Moment) -> list[str]:
    """Rows of the audit that say what the worker among them did; what others did to their account is no matter."""
    entries = next(rows for name, rows in moment.tables.items() if name.rstrip('"').endswith("audit_entry"))
    users = next(rows for name, rows in moment.tables.items() if name.rstrip('"').endswith("access_user"))
    worker = next(user["key"] for user in users if user["email"] == "sam@ws.example")
    return [f"what the worker did: {entry['did']}" for entry in entries if entry["by"] == worker]


@pytest.fixture
def played(tmp_path: Path, request: pytest.FixtureRequest) -> Callable[..., dict[str, Moment]]:
    """Hold a workshop on a home of its own, perhaps without one protection, and give what can be seen of it."""

    def play(without: str = "nothing") -> dict[str, Moment]:
        home, out = tmp_path / "home", tmp_path / "out"
        said = {}
        if POSTGRESQL:
            said["database"] = request.getfixturevalue("database")(f"unmasked_{os.getpid()}_{tmp_path.name[-20:]}")
            began = begin(home, **said)
            assert began.returncode == 0, began.stderr
        else:
            copied(request.getfixturevalue("begun"), home)
        seen = {**environment(home, **said), "DJANGO_SETTINGS_MODULE": "alongside.config.settings"}
        ran = subprocess.run(
            [sys.executable, "-m", "tests.playing", str(out), without], env=seen, cwd=ROOT, capture_output=True,
            text=True, check=False, timeout=240,
        )  # fmt: skip
        assert ran.returncode == 0, ran.stderr
        return {folder.name: Moment(folder, ran.stdout + ran.stderr) for folder in out.iterdir()}

    return play


def test_nobody_can_say_who_wrote_or_chose_what(played: Callable[..., dict[str, Moment]]) -> None:
    assert unmasked(played()) == []


@pytest.mark.parametrize(
    ("protection", "by"),
    [
        ("no time on a note", "voice_note_made.made_at"),
        ("no number of rows", "voice_note_row.number"),
        ("a new order", "voice_note.place|place in|xmin"),
        pytest.param(
            "decisions in a new order", "moderation_decision",
            marks=pytest.mark.skipif(not POSTGRESQL, reason="SQLite keeps them in the order of their keys anyway"),
        ),
        ("seats are emptied", "a seat beside a note"),
        ("no address", "an address in"),
        ("choices are destroyed", "a ballot in"),
        ("ballots in no order", "the order of ballots"),
        pytest.param(
            "traces are cleared away", "closed: a seat in",
            marks=pytest.mark.skipif(POSTGRESQL, reason="its files belong to the server"),
        ),
    ],
)  # fmt: skip
def test_without_one_protection_somebody_is_unmasked(
    protection: str, by: str, played: Callable[..., dict[str, Moment]]
) -> None:
    assert [line for line in unmasked(played(protection)) if re.search(by, line.replace('"', ""))]
