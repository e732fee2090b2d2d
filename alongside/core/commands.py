"""The commands that look after the site: `serve`, `doctor`, `backup` and `restore`."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from alongside.core import key_commands, starting
from alongside.evaluation.problems import WrongUse

Host = Annotated[str, typer.Option(metavar="ADDRESS", help="The address to serve on; 127.0.0.1 is this computer only.")]
Port = Annotated[int, typer.Option(metavar="PORT", min=0, max=65535, help="The port to serve on; 0 takes a free one.")]


def register(app: typer.Typer) -> None:
    """Mount this room's commands."""
    for command in (serve, doctor, backup, restore):
        app.command()(command)
    key_commands.register(app)


def serve(host: Host = "127.0.0.1", port: Port = 8000) -> None:
    """Serve the site until Ctrl-C, first bringing its database up to date."""
    with starting.plainly():
        from alongside.core import serving

        serving.serve(host, port)


def doctor(
    mend: Annotated[
        bool, typer.Option("--mend", help="Put right what can be: migrations, file modes, triggers.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print what was found as JSON.")] = False,
    closely: Annotated[
        bool, typer.Option("--security", help="Look also at how well the records are kept from others.")
    ] = False,
) -> None:
    """Say what is wrong with this installation and how to mend it. Ends with 1 when something is."""
    with starting.plainly():
        from alongside.core import doctor as looking

        before = looking.examine(closely=closely)
        if mend:
            looking.mend()
        found = looking.examine(closely=closely) if mend else before
        mended = [one.what for one in before if one not in found]
    wrong = [one for one in found if one.wrong]
    if as_json:
        lists = {"wrong": wrong, "to_know": [one for one in found if not one.wrong]}
        said = {name: [{"what": one.what, "remedy": one.remedy} for one in of] for name, of in lists.items()}
        typer.echo(json.dumps({"fine": not wrong, "mended": mended, **said}, indent=2, ensure_ascii=False))
    else:
        lines = [f"Mended: {what}" for what in mended] + [f"{one.what} {one.remedy}".strip() for one in found]
        typer.echo("\n".join(lines + ([] if wrong else ["Nothing is wrong."])))
    raise typer.Exit(starting.FOUND_SOMETHING if wrong else starting.DONE)


def backup(
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="The folder for the backup; made if needed.")],
) -> None:
    """Back up the site, encrypted, into a new file, and open it again to make sure. Prints the file's path."""
    with starting.plainly():
        from alongside.core import begun, keys

        begun.here()
        starting.tidy_when_stopped()
        starting.set_up()
        from alongside.core.backup import looking, making

        with starting.reachable():
            begun.records()
            file, manifest = making.make(directory)
        starting.say(f"It holds {looking.about_people(manifest.rows)}. It was opened again and is whole.")
        starting.say(f"Keep a copy of {keys.path()} in another place: nobody can open this backup without it.")
    typer.echo(file)


def restore(
    place: Annotated[Path, typer.Argument(metavar="DIR", help="The folder with backups, for the latest, or one file.")],
    key_file: Annotated[
        Path | None,
        typer.Option("--keys", metavar="FILE", help="The key file, when it is not in its place.", show_default=False),
    ] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Set aside the data that are there; nothing is deleted.")
    ] = False,
) -> None:
    """Restore a backup to the data folder, once it has been opened and looked at. Prints the folder's path."""
    with starting.plainly():
        from alongside.core import keys
        from alongside.core.backup import restoring

        file = restoring.latest(place)
        if key_file is None and not keys.path().exists():
            key_file = _ask_for_keys(keys.path())
        starting.tidy_when_stopped()
        folder, manifest = restoring.restore(file, key_file, replace=replace)
        from alongside.core.backup import looking

        starting.say(f"Restored {looking.about_people(manifest.rows)}, as they were at {manifest.made[:16]} UTC.")
    typer.echo(folder)


def _ask_for_keys(place: Path) -> Path:
    if not sys.stdin.isatty():
        raise WrongUse(f"The keys are not at {place}; give the key file with --keys FILE.")
    return Path(typer.prompt("Where is the key file", err=True)).expanduser()
