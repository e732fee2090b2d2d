"""The commands `alongside keys rotate` and `alongside keys retire`."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

from alongside.core import starting
from alongside.evaluation.problems import WrongUse


def register(app: typer.Typer) -> None:
    """Mount these commands."""
    room = typer.Typer(
        help="Change the keys that keep records unreadable.", no_args_is_help=True, rich_markup_mode=None
    )
    for command in (rotate, retire):
        room.command()(command)
    app.add_typer(room, name="keys")


def rotate(
    dry_run: Annotated[  # noqa: FBT002 - typer takes flags by position
        bool, typer.Option("--dry-run", help="Say what would be written anew, and change nothing.")
    ] = False,
) -> None:
    """Make a new key and write everything anew with it, while the site runs. Run it again if it was stopped."""
    with starting.plainly(), _ready():
        from alongside.core import keys, rotation
        from alongside.core.words import counted

        if dry_run:
            newest = keys.read(keys.path()).current
            waiting = rotation.under_older_keys(newest) or rotation.under_older_keys(newest + 1)
            typer.echo("\n".join(f"{table}: {count:,}" for table, count in waiting.items()))
            typer.echo("These values would be written anew. Nothing was changed.")
            return
        with keys.changing():
            newest = keys.read(keys.path()).current
            written, closed = _rewrite(newest)
            if not written:
                newest = keys.add().current
                starting.say(f"Key {newest} was made. Keep a copy of {keys.path()} in another place now.")
                written, closed = _rewrite(newest)
        starting.say("The old keys stay in the file: backups made until now need them. Restart the site when you can.")
        typer.echo(f"{counted(written, 'value')} {'was' if written == 1 else 'were'} written anew with key {newest}.")
        if closed:
            raise starting.Found(
                f"Some values do not open, and were left as they are, in {', '.join(closed)}. Run alongside doctor."
            )


def retire() -> None:
    """Take the old keys out of the key file once nothing is written with them. Old backups then need an old copy."""
    with starting.plainly(), _ready():
        from django.db import transaction

        from alongside.core import keys, rotation

        with keys.changing(), transaction.atomic():
            rotation.hold_still()
            held = keys.read(keys.path())
            if used := rotation.in_use(held.current):
                raise WrongUse(f"Old keys are still in use in {', '.join(used)}. Run alongside keys rotate first.")
            closed = rotation.under_older_keys(held.current)
            gone = keys.keep_newest()
        if not gone:
            typer.echo(f"There is one key, number {held.current}, and it is in use.")
            return
        starting.say("A backup made before the change of keys opens only with a copy of the key file from that time.")
        if closed:
            starting.say(f"Values that do not open stay as they are in {', '.join(closed)}. Run alongside doctor.")
        typer.echo(f"Taken out of {keys.path()}: {', '.join(f'key {number}' for number in gone)}.")


@contextmanager
def _ready() -> Iterator[None]:
    """Records that are there, up to date, and opened by these keys; and nobody puts others in their place."""
    from alongside.core import begun
    from alongside.core.home import home
    from alongside.core.using import InUse, using, using_database

    begun.here()
    starting.set_up()
    from django.db import connection

    try:
        with starting.reachable(), using(home()), using_database():
            begun.records()
            if starting.waiting_migrations(connection):
                raise WrongUse("The database is older than the program. Run alongside doctor --mend first.")
            yield
    except InUse as error:
        raise WrongUse(f"A backup is being restored to {home()}; wait until that is done.") from error


def _rewrite(newest: int) -> tuple[int, list[str]]:
    from alongside.core import rotation

    waiting = sum(rotation.under_older_keys(newest).values())
    if not waiting:
        return 0, []
    with typer.progressbar(length=waiting, label="Writing anew", file=sys.stderr) as bar:
        return rotation.rewrite(bar.update)
