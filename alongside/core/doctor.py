"""What is wrong with this installation, and how to mend it."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from alongside.core import begun, home, keys, security, starting
from alongside.core.backup import LAST_BACKUP
from alongside.core.findings import Finding
from alongside.evaluation.problems import MachineLacks, WrongUse

ROOMS = "doctor"  # the tag under which a room registers a look of its own with Django's checks
BACKED_UP_WITHIN = timedelta(days=7)
LEAST_SPACE = 1_000_000_000
LOOPBACK = {"localhost", "127.0.0.1", "::1"}
MEND = "Run alongside doctor --mend."


def examine(*, closely: bool = False) -> list[Finding]:
    """Look at everything, as far as one can get; `closely` adds how well the records are kept from others."""
    folder = home.home()
    try:
        return _examine(folder, closely=closely)
    except home.Missing as error:
        return [Finding(what=str(error), remedy="Mend it in settings.toml or in the environment.")]
    except OSError as error:
        remedy = f"Run the command as the user to whom {folder} belongs."
        return [Finding(what=starting.refused(error), remedy=remedy)]


def _examine(folder: Path, *, closely: bool) -> list[Finding]:
    broken = [*_broken_files(folder)]
    if not folder.is_dir() or not any(folder.iterdir()) or not (broken or begun.somewhere()):
        what = f"There is no data in {folder}."
        return [Finding(what=what, remedy="Run alongside init, or say where the data are with ALONGSIDE_HOME.")]
    if broken:
        return broken
    found = [*_owners(folder), *_modes(folder), *_space(folder), *_backups(folder)]
    starting.set_up()
    found += _settings()
    if closely:
        found += security.examine()
    try:
        with starting.reachable():
            found += _database(closely=closely)
    except MachineLacks as error:
        found.append(Finding(what=str(error), remedy="Start it, or mend the line “database” in settings.toml."))
    return found


def mend() -> None:
    """Put right what can be without asking: who may read the files, migrations, and the audit's triggers.

    Where nothing was begun, or where somebody else's records are, nothing is touched.
    """
    folder = home.home()
    try:
        if [*_broken_files(folder)] or not begun.somewhere():
            return
        for path, mode in _private(folder):
            path.chmod(mode)
        starting.set_up()
        with starting.reachable():
            begun.records()
            starting.migrate()
    except (home.Missing, MachineLacks, WrongUse, OSError):
        return  # looking again finds it, and says so


def _private(folder: Path) -> list[tuple[Path, int]]:
    files = [path for path in (keys.path(), folder / "settings.toml") if path.exists()]
    return [(folder, 0o700), *((path, 0o600) for path in files)]


def _broken_files(folder: Path) -> Iterator[Finding]:
    """Whatever keeps the site from starting at all."""
    file = keys.path()
    copy = "Put back the copy of the key file that you keep elsewhere, or say where it is with ALONGSIDE_KEYS."
    if not file.exists():
        yield Finding(what=f"The keys that open {folder} are not at {file}.", remedy=copy)
    else:
        try:
            keys.read(file)
        except home.Missing:
            yield Finding(what=f"The key file {file} is damaged or may not be read.", remedy=copy)
    try:
        home.read_settings(folder / "settings.toml")
    except home.Missing as error:
        yield Finding(what=str(error), remedy="Until then the site does not start.")


def _owners(folder: Path) -> Iterator[Finding]:
    """Whatever an administrator left in the folder, which the site cannot use."""
    owner = begun.owner_of(folder)
    for path in sorted({*folder.iterdir(), keys.path()}):
        if path.exists() and (other := begun.owner_of(path)) != owner:
            what = f"{path} belongs to {other}, and the data folder to {owner}."
            yield Finding(what=what, remedy=f"Give it back: sudo chown -R {owner} {path}")


def _modes(folder: Path) -> Iterator[Finding]:
    for path, mode in _private(folder):
        if path.stat().st_mode & 0o077:
            yield Finding(
                what=f"Other people on this computer may look into {path}.", remedy=f"{MEND} It sets {mode:o}."
            )
    if keys.path().is_relative_to(folder):
        remedy = "Move it out, and say where it is with ALONGSIDE_KEYS."
        yield Finding(
            what="The key file lies inside the data folder, so a copy of one is a copy of both.", remedy=remedy
        )


def _space(folder: Path) -> Iterator[Finding]:
    free = shutil.disk_usage(folder).free
    if free < LEAST_SPACE:
        what = f"Only {free // 1_000_000:,} MB are free on the disk that holds {folder}."
        yield Finding(what=what, remedy="Make room: a full disk stops every form from being saved.")


def _backups(folder: Path) -> Iterator[Finding]:
    """A backup that is too old. Before the first one, the age of the keys counts."""
    last = folder / LAST_BACKUP
    began = datetime.fromtimestamp(keys.path().stat().st_mtime, UTC)
    try:
        when = datetime.fromisoformat(last.read_text("utf-8").strip()) if last.exists() else began
    except ValueError:
        what = f"{last} does not say when the last backup was made."
        yield Finding(what=what, remedy="Run alongside backup DIR now, which writes it anew.")
        return
    age = datetime.now(UTC) - when
    if age > BACKED_UP_WITHIN:
        what = f"The last backup is {age.days} days old." if last.exists() else "No backup has been made yet."
        yield Finding(what=what, remedy="Run alongside backup DIR now, and let the computer do it every night.")


def _settings() -> Iterator[Finding]:
    from django.conf import settings

    host = urlsplit(settings.ADDRESS).hostname or ""
    if settings.DEMO:
        remedy = "Leave out ALONGSIDE_DEMO, and the line “demo” in settings.toml, where real people are."
        yield Finding(what="This is the demo: anybody at this computer can get in.", remedy=remedy)
    if "*" in settings.ALLOWED_HOSTS:
        yield Finding(what="The site answers to any name.", remedy="Name the hosts one by one in the setting “hosts”.")
    if not settings.HTTPS and host not in LOOPBACK:
        what = f"The address {settings.ADDRESS} is not https, so what people write can be read on its way."
        yield Finding(
            what=what, remedy="Put a proxy with a certificate in front, and set “address” to its https address."
        )
    elif not settings.HTTPS:
        what = f"The address is {settings.ADDRESS}: only this computer can reach the site."
        remedy = "For others to reach it, set “address” to an https address."
        yield Finding(what=what, remedy=remedy, wrong=False)


def _database(*, closely: bool) -> Iterator[Finding]:
    from django.core import checks
    from django.db import connection

    if problem := begun.problem():
        what, remedy = problem
        yield Finding(what=what, remedy=remedy)
        return
    if unknown := starting.unknown_migrations(connection):
        yield Finding(what=f"The database was last used with a newer Alongside ({unknown[0]}).", remedy="Install that.")
    if waiting := starting.waiting_migrations(connection):
        yield Finding(what=f"The database is older than the program ({len(waiting)} changes wait).", remedy=MEND)
    if unknown or waiting:
        return
    yield from _integrity()
    tags = [ROOMS, "database", *([security.ROOMS] if closely else [])]
    for message in checks.run_checks(tags=tags, include_deployment_checks=True, databases=["default"]):
        wrong = message.level >= checks.WARNING
        yield Finding(what=message.msg, remedy=message.hint or "", wrong=wrong)
    yield from _without_authenticator()


def _integrity() -> Iterator[Finding]:
    from alongside.core.backup import looking

    restore = "Stop the site and restore the last backup: alongside restore DIR --replace."
    if damage := looking.damage("default"):
        yield Finding(what=f"The database file is damaged ({damage}).", remedy=restore)
    elif places := looking.other_keys("default"):
        what = f"The keys do not open what is written in {', '.join(places)}."
        yield Finding(what=what, remedy="Put back the key file that belongs to these data.")
    else:
        for place, keys_of in looking.unreadable_records("default").items():
            what = f"Values in {place} do not open: damaged, or moved there. {_some(keys_of)}"
            yield Finding(what=what, remedy=f"Look at them with whoever keeps the server. {restore}")


def _some(records: list[str]) -> str:
    more = f" and {len(records) - 3:,} more" if len(records) > 3 else ""
    return f"Records: {', '.join(records[:3])}{more}."


def _without_authenticator() -> Iterator[Finding]:
    from allauth.mfa.models import Authenticator
    from django.contrib.auth import get_user_model

    having = Authenticator.objects.values("user_id")
    without = get_user_model()._default_manager.filter(is_active=True).exclude(pk__in=having).count()
    if without:
        what = f"People who can sign in and have no authenticator yet: {without}."
        yield Finding(what=what, remedy="They are asked to set one up when they next sign in.", wrong=False)
