"""`alongside instruments`: what there is, what one says, whether a definition is right, and what answers score."""

import io
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

if TYPE_CHECKING:
    from alongside.instruments.answers import Scored
    from alongside.instruments.exchange import Kind
    from alongside.instruments.schema import Instrument

FOUND_SOMETHING, WRONG_USE, BAD_INPUT = 1, 2, 3

app = typer.Typer(
    no_args_is_help=True, help="Measures: list them, read one, check or write a definition, score answers."
)

Key = Annotated[str, typer.Argument(help="Which measure, as alongside instruments list names it.")]
AsJson = Annotated[bool, typer.Option("--json", help="Write JSON and nothing else.")]
Version = Annotated[str | None, typer.Option("--version", help="Which version of it; the newest otherwise.")]


def register(above: typer.Typer) -> None:
    """Mount this room's commands."""
    above.add_typer(app, name="instruments")


@app.command("list")
def list_them(as_json: AsJson = False) -> None:
    """List every measure: its key, its name, whether its wording is here, and whether it is scored."""
    from alongside.instruments import listing
    from alongside.instruments.loader import keys, load

    found = [load(key) for key in keys()]
    _write(listing.as_json(found) if as_json else listing.table_of(found))


@app.command()
def show(
    key: Key,
    as_json: AsJson = False,
    as_fhir: Annotated[bool, typer.Option("--fhir", help="Write a FHIR Questionnaire and nothing else.")] = False,
    version: Version = None,
) -> None:
    """Show a measure: what it is for, its questions, how it is scored, its sources and its licence."""
    from alongside.instruments import describing, listing

    form = _form(key, version)
    if as_json and as_fhir:
        _stop("--json and --fhir are two answers; ask for one of them.", WRONG_USE)
    if as_fhir:
        from alongside.instruments.exchange import questionnaire

        _write(json.dumps(questionnaire(form), ensure_ascii=False, indent=2) + "\n")
        return
    _write(listing.whole(form) if as_json else describing.page(form))


@app.command()
def check(
    file: Annotated[Path, typer.Argument(help="A definition: a TOML file.")],
) -> None:
    """Check a definition that you wrote. Each thing to put right is one line, with the file and the line."""
    from alongside.instruments import listing, loader

    try:
        form = loader.read(file)
    except loader.UnreadableDefinition as error:
        _stop(str(error), BAD_INPUT)
    except loader.InvalidDefinition as error:
        _write(f"{error}\n")
        raise typer.Exit(FOUND_SOMETHING) from error
    _write(f"{file} is right: {listing.in_short(form)}.\n")


@app.command()
def new(
    file: Annotated[Path, typer.Argument(help="Where to write the definition, such as my_measure.toml.")],
) -> None:
    """Write a new definition by answering questions. It never writes over a file."""
    from alongside.instruments import guide, loader

    if file.exists():
        _stop(f"{file} is there already; choose another name.", WRONG_USE)
    try:
        text = guide.written(file.stem)
        loader.parse(text, file.name)
        with file.open("x", encoding="utf-8") as made:
            made.write(text)
    except typer.Abort:
        _stop("It ended before the last question, so nothing was written.", WRONG_USE)
    except loader.InvalidDefinition as error:
        _stop(str(error), BAD_INPUT)
    except OSError as error:
        _stop(f"{file} cannot be written ({error.strerror}); choose another place.", BAD_INPUT)
    _write(f"{file}\n")


@app.command()
def score(
    key: Key,
    file: Annotated[Path, typer.Argument(help="Answers: a CSV file with the columns q1, q2 and so on.")],
    as_json: AsJson = False,
    version: Version = None,
) -> None:
    """Score answers as they were marked, never turned round before; an empty cell is no answer."""
    from alongside.instruments import answers
    from alongside.instruments.scoring import NeverScored

    form = _form(key, version)
    try:
        scored = answers.score_file(form, file)
    except NeverScored as error:
        _stop(str(error), WRONG_USE)
    except answers.BadFile as error:
        _stop(str(error), BAD_INPUT)
    _write(_json(scored) if as_json else _table(scored))


@app.command()
def convert(
    key: Key,
    source: Annotated[Path, typer.Argument(metavar="IN", help="Answers: a file that ends in .csv, .xlsx or .json.")],
    to: Annotated[Path, typer.Argument(metavar="OUT", help="Where to write them, ending in one of the same.")],
    version: Version = None,
) -> None:
    """Write answers as another kind of file, with their scores: CSV, XLSX or FHIR. It never writes over a file."""
    from alongside.instruments import exchange

    form = _form(key, version)
    read_as, write_as = _kind(source), _kind(to)
    if to.exists():
        _stop(f"{to} is there already; choose another name.", WRONG_USE)
    try:
        exchange.write(form, exchange.read(form, source, read_as), to, write_as)
    except exchange.Refused as error:
        _stop(str(error), BAD_INPUT)
    except OSError as error:
        _stop(f"{to} cannot be written ({error.strerror}); choose another place.", BAD_INPUT)
    _write(f"{to}\n")


def _form(key: str, version: str | None) -> "Instrument":
    """The measure that was named; a file of one's own may be named too."""
    from alongside.instruments import loader

    try:
        return loader.read(Path(key)) if key.endswith(".toml") else loader.load(key, version)
    except loader.UnknownInstrument as error:
        _stop(str(error), WRONG_USE)
    except loader.InvalidDefinition as error:
        _stop(str(error), BAD_INPUT)


def _kind(file: Path) -> "Kind":
    from alongside.instruments.exchange import KINDS

    kind = KINDS.get(file.suffix.lower())
    if kind is None:
        _stop(f"{file} ends in nothing that is known here; name it .csv, .xlsx or .json (FHIR).", WRONG_USE)
    return kind


def _json(scored: "list[Scored]") -> str:
    told = ("value", "answered", "items", "status", "why", "band")
    rows = [
        {
            "row": one.row,
            "scores": {key: {name: getattr(score, name) for name in told} for key, score in one.scores.items()},
        }
        for one in scored
    ]
    return json.dumps(rows, ensure_ascii=False) + "\n"


def _table(scored: "list[Scored]") -> str:
    lines = [("row", "score", "value", "band", "answered", "note")]
    lines += [
        (
            str(one.row),
            key,
            "not scored" if score.value is None else f"{score.value:.10g}",
            score.band or "",
            f"{score.answered} of {score.items}",
            score.why or "",
        )
        for one in scored
        for key, score in one.scores.items()
    ]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    padded = ("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in lines)
    return "".join(f"{line.rstrip()}\n" for line in padded)


def _write(text: str) -> None:
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    sys.stdout.write(text)


def _stop(sentence: str, code: int) -> NoReturn:
    typer.echo(sentence, err=True)
    raise typer.Exit(code)
