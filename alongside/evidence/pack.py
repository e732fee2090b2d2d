"""Putting the pack together: one page that says what passed, and the tables behind it."""

import json
import platform
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from importlib import metadata
from pathlib import Path

import alongside
from alongside.access.models import User
from alongside.access.permissions import Permission
from alongside.access.queries import sessions_of_leavers
from alongside.access.roles import MAY, Role
from alongside.audit import actions as audit
from alongside.core import clock, doctor, files, home
from alongside.core.backup import LAST_BACKUP
from alongside.core.findings import Finding
from alongside.core.words import day
from alongside.evidence import queries
from alongside.press.tables import Value, csv_text

WHO = "evidence"  # who did it, in the audit: a command, and nobody who has signed in


@dataclass(frozen=True, kw_only=True)
class Part:
    """One thing that was looked at: whether it passed (None: nobody can say from here), and what is so."""

    title: str
    passed: bool | None
    said: str


def write(folder: Path, gone: list[str] | None) -> list[str]:
    """Write the pack into this folder; gives a sentence for whatever did not pass."""
    now = clock.now()
    people = list(queries.people())
    found = doctor.examine(closely=True)
    parts = [*_parts(gone, found, now)]
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    written = {
        "people.csv": csv_text(PEOPLE, map(_person, people)),
        "roles.csv": csv_text(["may", *(role.label for role in Role)], _roles()),
        "logged.csv": csv_text(
            ["what", "number", "waiting", "late"],
            [(one.what, one.number, one.waiting, one.late) for one in queries.logged(now)],
        ),
        "packages.csv": csv_text(["package", "version"], _packages()),
        "doctor.json": json.dumps([asdict(one) for one in found], indent=2, ensure_ascii=False) + "\n",
        "evidence.md": _page(parts, now),
    }
    for name, text in written.items():
        files.replace(folder / name, text)
    failed = [f"{one.title}. {one.said}" for one in parts if one.passed is False]
    audit.record(by=WHO, did="evidence.made", subject="site", details={"failed": len(failed)})
    return failed


def _parts(gone: list[str] | None, found: list[Finding], now: datetime) -> Iterator[Part]:
    yield _leavers(gone)
    sessions = sessions_of_leavers().count()
    yield Part(
        title="Nobody whose account has ended is still signed in",
        passed=not sessions,
        said=f"Sessions of people whose account has ended: {sessions}.",
    )
    wrong = [one for one in found if one.wrong]
    yield Part(
        title="The doctor finds nothing wrong",
        passed=not wrong,
        said=" ".join(f"{one.what} {one.remedy}" for one in wrong) or "doctor.json has all that it said.",
    )
    whole, anchor = queries.record_is_whole()
    yield Part(title="The record of who did what is whole", passed=whole, said=f"It goes to `{anchor}`.")
    late = [one for one in queries.logged(now) if one.late]
    yield Part(
        title="Nothing that was logged is late",
        passed=not late,
        said=" ".join(f"Late {one.what}: {one.late}." for one in late) or "logged.csv has the numbers.",
    )
    yield _backup()
    yield Part(title="Training", passed=None, said="Not recorded in this version. Add your own list, with dates.")
    yield Part(
        title="Packages",
        passed=None,
        said="packages.csv has what runs here. Known weaknesses are not checked here: add what make audit says.",
    )


def _leavers(gone: list[str] | None) -> Part:
    title = "Nobody who has left can sign in"
    if gone is None:
        return Part(title=title, passed=None, said="No list was given with --left. Compare people.csv with your own.")
    still = sorted(user.name for user in queries.still_let_in(gone))
    if still:
        return Part(title=title, passed=False, said=f"End the accounts of {', '.join(still)} on the page People.")
    return Part(title=title, passed=True, said=f"Compared with a list of {len(gone)}.")


def _backup() -> Part:
    file = home.home() / LAST_BACKUP
    made = (
        f"The last one was made at {file.read_text('utf-8').strip()[:16]} UTC" if file.exists() else "None was made yet"
    )
    return Part(
        title="Backups",
        passed=None,
        said=f"{made}. When one was last restored elsewhere is not recorded here: add the day, and who did it.",
    )


PEOPLE = ("name", "email", "role", "teams", "account", "since", "last signed in", "second factor", "open sessions")


def _person(user: User) -> tuple[Value, ...]:
    return (
        user.name,
        user.email,
        user.get_role_display(),
        ", ".join(team.name for team in user.teams.all()),
        "open" if user.is_active else "ended",
        f"{user.made_at:%Y-%m-%d}",
        f"{user.last_login:%Y-%m-%d}" if user.last_login else "never",
        "yes" if getattr(user, "has_authenticator", False) else "no",
        int(getattr(user, "open_sessions", 0)),
    )


def _roles() -> Iterator[tuple[str, ...]]:
    for permission in Permission:
        yield (permission, *("yes" if permission in MAY[role] else "no" for role in Role))


def _packages() -> Iterator[tuple[str, str]]:
    yield "alongside", alongside.__version__
    yield "python", platform.python_version()
    found = {str(one.name).lower(): one.version for one in metadata.distributions()}
    yield from sorted((name, version) for name, version in found.items() if name != "alongside")


MARKS = {True: "passed", False: "**not passed**", None: "for you to add"}


def _page(parts: list[Part], now: datetime) -> str:
    rows = "".join(f"| {one.title} | {MARKS[one.passed]} | {one.said} |\n" for one in parts)
    return f"""# Evidence

Made on {day(now.date())} from the records themselves. It names people who work here, and no client.

| what | result | |
|---|---|---|
{rows}
- `people.csv`: who can sign in, as what, in which teams, and when they last did. Go through it with the leads.
- `roles.csv`: what each role may do.
- `logged.csv`: complaints, breaches, requests and emergencies, as numbers.
- `packages.csv`: what runs here. `doctor.json`: what the doctor said.
"""
