"""The commands `alongside workshop import` and `alongside workshop export`."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from alongside.core import starting
from alongside.evaluation.problems import BadInput, MachineLacks, WrongUse

if TYPE_CHECKING:
    from alongside.access.models import User
    from alongside.voice.loading.boards import Past

WHO = "workshop"  # who did it, in the audit: the person at the keyboard of the machine


class Format(StrEnum):
    """How a workshop is written."""

    JSON = "json"
    TEXT = "text"
    CSV = "csv"


def register(app: typer.Typer) -> None:
    """Mount this room's commands."""
    room = typer.Typer(help="Load a past workshop, or write one out.", no_args_is_help=True, rich_markup_mode=None)
    room.command("import")(load)
    room.command()(export)
    app.add_typer(room, name="workshop")


def load(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A text in the layout, a print-out, or exported JSON.")],
    title: Annotated[str, typer.Option("--title", metavar="TITLE", help="What the workshop was called.")],
    lead: Annotated[
        str | None, typer.Option("--lead", metavar="EMAIL", help="Who sees it on the site.", show_default=False)
    ] = None,
    agreed: Annotated[
        bool, typer.Option("--agreed", help="The people who wrote the notes agreed that their words are printed.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be loaded.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Write JSON and nothing else.")] = False,
) -> None:
    """Load a past workshop. Boards that the text does not name are proposed, and what was guessed is said."""
    with starting.plainly():
        from alongside.voice.loading import exchange

        past, named = _read(file), _title(title)
        with _records():
            from alongside.voice.queries.loading import free_slug

            leads = [_lead(lead)] if lead else []
            slug = free_slug(named) if dry_run else _load(past, named, leads, agreed=agreed)
    typer.echo(exchange.as_json(slug, past) if as_json else _told(slug, past))
    if past.guessed:
        many = "1 thing was" if len(past.guessed) == 1 else f"{len(past.guessed)} things were"
        starting.say(f"{many} guessed. Look at what was read before you rely on it.")
    if not leads and not dry_run:
        starting.say("Nobody leads it, so nobody sees it on the site. Load it with --lead for that.")


def export(
    slug: Annotated[str, typer.Argument(metavar="SLUG", help="The workshop, as its address names it.")],
    form: Annotated[Format, typer.Option("--format", help="How to write it.")] = Format.JSON,
) -> None:
    """Write a workshop out: every note that may be read, in order."""
    with starting.plainly(), _records():
        written = _export(slug, form)
    typer.echo(written, nl=not written.endswith("\n"))


def _read(file: Path) -> "Past":
    from alongside.voice.loading.boards import Unreadable
    from alongside.voice.loading.reading import decoded, read

    try:
        return read(decoded(file.read_bytes()))
    except Unreadable as error:
        raise BadInput(f"{file.name}: {error}") from error
    except OSError as error:
        raise BadInput(f"{file} cannot be read ({error.strerror}); check its name.") from error


def _title(title: str) -> str:
    named = " ".join(title.split())
    if not named or len(named) > 120 or not named.isprintable():
        raise WrongUse("--title: Enter what the workshop was called, in up to 120 letters.")
    return named


@contextmanager
def _records() -> Iterator[None]:
    """Open the records, beginning them in an empty folder, while nobody puts others in their place."""
    from alongside.core import begun, home, keys
    from alongside.core.using import InUse, using, using_database

    folder = home.home()
    begun.not_as_root(folder)
    if begun.somewhere():
        begun.here()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        with using(folder):
            keys.load()
            starting.set_up()
            with starting.reachable(), using_database():
                from alongside.core.backup import looking

                starting.migrate()
                if looking.other_keys("default"):
                    raise MachineLacks(f"{keys.path()} holds other keys than these records were written with.")
                yield
    except InUse as error:
        raise WrongUse(f"A backup is being restored to {folder}; wait until that is done.") from error


def _lead(email: str) -> "User":
    from alongside.access.permissions import Permission
    from alongside.access.queries import with_email

    found = with_email(email.strip().lower())
    if found is None or not found.may(Permission.LEAD_WORKSHOPS):
        raise WrongUse("--lead: Enter the work email of a facilitator or a service lead.")
    return found


def _load(past: "Past", title: str, leads: "list[User]", *, agreed: bool) -> str:
    from alongside.voice.actions import loading

    return loading.load(boards=past.boards, title=title, leads=leads, agreed=agreed, by=WHO).slug


def _export(slug: str, form: Format) -> str:
    from alongside.voice.actions.loading import export as take_out
    from alongside.voice.loading import exchange, layout
    from alongside.voice.loading.boards import Past
    from alongside.voice.queries.loading import by_slug

    workshop = by_slug(slug)
    if workshop is None:
        raise WrongUse(f"There is no workshop {slug}. Its name stands in its address on the site.")
    boards = take_out(workshop=workshop, by=WHO)
    match form:
        case Format.JSON:
            return exchange.as_json(slug, Past(boards=boards))
        case Format.TEXT:
            return layout.write(boards)
        case Format.CSV:
            return exchange.as_csv(boards)


def _told(slug: str, past: "Past") -> str:
    """What was loaded, a line for each board."""
    lines = [f"{slug}: {len(past.boards)} boards"]
    lines += [f"{board.kind.replace('_', ' ')}: {board.title} ({len(board.notes)})" for board in past.boards]
    return "\n".join([*lines, *(f"guessed, line {one.line}: {one.guess} ({one.why})" for one in past.guessed)])
