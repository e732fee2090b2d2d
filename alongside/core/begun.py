"""Whether records were begun here, whose they are, and whether the keys at hand are theirs."""

import os
import pwd
from pathlib import Path

from alongside.core import keys
from alongside.core.home import DATABASE, home, setting
from alongside.evaluation.problems import MachineLacks, WrongUse

WORD = "These keys open these records."


def somewhere() -> bool:
    """Whether the data folder holds a database, or its settings name one."""
    folder = home()
    return folder.is_dir() and bool(setting("database") or (folder / DATABASE).is_file())


def here() -> None:
    """Refuse a folder where nothing was begun, or whose keys are gone, before anything is made.

    Raises
    ------
    WrongUse, Missing
    """
    not_as_root(home())
    if not somewhere():
        raise WrongUse(
            f"There are no records in {home()}. Say where they are with ALONGSIDE_HOME, or begin with alongside init."
        )
    if not keys.path().exists():
        raise keys.missing()


def not_as_root(folder: Path) -> None:
    """Refuse an administrator in somebody else's folder: what they leave there its owner could not use."""
    place = next(path for path in (folder, *folder.parents) if path.exists())
    owner = place.stat().st_uid
    if os.geteuid() == 0 and owner != 0:
        name = owner_of(place)
        raise WrongUse(
            f"{place} belongs to {name}, and what an administrator leaves there {name} could not use. "
            f"Begin the command with sudo -u {name} env ALONGSIDE_HOME={folder}"
        )


def owner_of(path: Path) -> str:
    """The name of whoever a file belongs to."""
    number = path.stat().st_uid
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return f"#{number}"


def records() -> None:
    """Refuse a database that is not this organisation's, before anything in it is changed.

    Raises
    ------
    WrongUse : nobody can sign in, or the people in it are made up
    MachineLacks : it was written with other keys
    """
    from alongside.core.backup import looking

    if wrong := problem():
        raise WrongUse(" ".join(wrong))
    if looking.other_keys("default"):
        raise MachineLacks(f"{keys.path()} holds other keys than these records were written with. Put theirs there.")


def problem() -> tuple[str, str] | None:
    """What keeps this database from being an organisation's, and what to do; None when nothing does."""
    from django.conf import settings

    if not settings.DEMO and _holds("demo_prepared"):
        return _of_the_demo()
    if _holds("access_user"):
        return None
    return _half_restored() or (f"Nobody can sign in to the records of {home()} yet.", "Begin with alongside init.")


def nothing() -> None:
    """Refuse a database in which an organisation, or the demo, has begun already.

    Raises
    ------
    WrongUse
    """
    if _holds("demo_prepared"):
        raise WrongUse(" ".join(_of_the_demo()))
    if _holds("access_user"):
        raise WrongUse(f"There is an organisation in {home()} already; alongside serve opens its site.")
    if stopped := _half_restored():
        raise WrongUse(" ".join(stopped))


def prove_keys() -> None:
    """Seal a word with the keys of these records, once, so that other keys are noticed before they are used."""
    from alongside.core.backup import looking
    from alongside.core.models import KeyProof

    if not _holds(KeyProof._meta.db_table) and not looking.other_keys("default"):
        KeyProof.objects.create(word=WORD)


def _half_restored() -> tuple[str, str] | None:
    """What is so when nobody can sign in because a restore was stopped in the middle."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(nspname) FROM pg_namespace WHERE nspname LIKE 'before\\_%'")
        aside = cursor.fetchone()[0]
    if aside is None:
        return None
    what = f"The database is empty, and what was in it lies in its schema {aside}: a restore was stopped in the middle."
    return what, "Stop the site, and restore the last backup again: alongside restore DIR --replace."


def _of_the_demo() -> tuple[str, str]:
    what = f"The people in {home()} are made up: it is the demo’s folder."
    return what, "Start it with alongside demo, or name another folder with ALONGSIDE_HOME."


def _holds(table: str) -> bool:
    """Whether there is a row in a table; there may be no such table yet."""
    from django.db import connection

    if table not in connection.introspection.table_names():
        return False
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM {connection.ops.quote_name(table)} LIMIT 1")
        return cursor.fetchone() is not None
