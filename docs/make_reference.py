"""Writes the reference pages from the code. Run by `make docs`; the same code gives the same bytes."""

import ast
import inspect
import json
import sys
import types
import typing
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from enum import Enum, EnumMeta
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin, get_type_hints

import typer
from pydantic import TypeAdapter

from alongside.config.cli import app
from alongside.core import starting
from alongside.evaluation.commands.ending import BAD_INPUT, WRONG_USE
from alongside.evaluation.results import FORMAT, Results
from alongside.instruments.published import json_schema
from alongside.outcomes import disclosure

sys.path.insert(0, str(Path(__file__).parent))
from reference_pages import hazards, kept, loading, measures, processing

FOLDER = Path(__file__).parent / "reference"
MADE = "<!-- Written by make docs. Change the code, not this page. -->"
STRICT, STANDARD = disclosure.STRICT.small, disclosure.STANDARD.small


def main() -> None:
    """Write every page."""
    (FOLDER / "instruments").mkdir(exist_ok=True)
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")


def pages() -> dict[str, str]:
    """Return every page by its file name."""
    return {
        "commands.md": f"{MADE}\n\n{commands()}",
        "results.md": f"{MADE}\n\n{results()}",
        "results.schema.json": json.dumps(schema(), indent=2, ensure_ascii=False) + "\n",
        "instruments.md": f"{MADE}\n\n{measures.index()}",
        "instrument.schema.json": json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n",
        **{f"instruments/{name}.md": f"{MADE}\n\n{page}" for name, page in measures.pages()},
        "roles.md": f"{MADE}\n\n{roles()}",
        "privacy.md": f"{MADE}\n\n{kept.privacy()}",
        "processing.md": f"{MADE}\n\n{processing.page()}",
        "hazards.md": f"{MADE}\n\n{hazards.page()}",
    }


COMMANDS = f"""# Commands and options

`make install` puts the command in `.venv/bin`. `evaluate`, `reliability` and `survey` need no database, and open no
network connection but the one that `--engine` names: what a file may look like stands in [files](files.md), what comes
out in [results](results.md). The others look after the site, in the data folder that
[ALONGSIDE_HOME](settings.md#alongside_home) names.

**Standard output is only the result**: the path of a report, of a backup or of the data folder, the sign-in links of
the demo, what `doctor` found, or with `--json` the results and nothing else. Everything else that is said to a person,
progress and reasons included, goes to standard error. A closed pipe ends it quietly.

| exit code | meaning |
|---|---|
| {starting.DONE} | done |
| {starting.FOUND_SOMETHING} | a check found something: `doctor`, `evidence`, or a backup that did not open again |
| {WRONG_USE} | the command was used wrongly: an option is unknown or missing, or does not fit what is there |
| {BAD_INPUT} | a file, a backup or a password cannot be used as it is; the sentence says what to do |
| {starting.MACHINE_LACKS} | the machine lacks something: the keys, the database, a free port, room on the disk |

Every command has `--help`.
"""


def commands() -> str:
    """Return the page of every command, argument and option."""
    return COMMANDS + "".join(_command(*one) for one in _with_those_below("alongside", typer.main.get_command(app)))


def _with_those_below(name: str, command: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401
    yield name, command
    for below, its in getattr(command, "commands", {}).items():
        yield from _with_those_below(f"{name} {below}", its)


def _command(name: str, command: Any) -> str:  # noqa: ANN401 - typer keeps its command classes to itself
    options = command.get_params(typer.Context(command)) if name == "alongside" else command.params  # --help, once
    return f"\n## {name}\n\n{command.help}\n{''.join(_option(one) for one in options)}"


def _option(option: Any) -> str:  # noqa: ANN401
    default = "" if option.default in (None, False) else f" Without it: `{option.default}`."
    return f"\n### {', '.join(option.opts)}\n\n{option.help}{default}\n\nTakes: {_takes(option)}.\n"


def _takes(option: Any) -> str:  # noqa: ANN401
    kind = option.type_descriptor.annotation
    if kind is bool:
        return "nothing"
    if isinstance(kind, EnumMeta):
        choices: list[Enum] = list(kind)
        return " or ".join(f"`{choice.value}`" for choice in choices)
    if kind is int:
        return "a whole number"
    needed = "; must be given" if option.required else ""
    return ("a path" if kind is Path else "text") + ("; may be given again" if kind == list[str] else needed)


RESULTS = f"""# results.json

The numbers behind a report, format `{FORMAT}`. [results.schema.json](results.schema.json) says the same to a program
(JSON Schema, draft 2020-12). What each figure means stands in [statistics](../explanation/statistics.md).

In a path, `*` stands for any name or any place in a list. Change is last minus first, in the measure's own points.
A number that is not defined is null, and `why` beside it says the reason.

**When published** (`--publish strict` or `standard`) a number is treated by its kind, and `why` says what was left out.
A key without that line is words, or holds other keys. Findings and caveats are said from the numbers after treatment.

"""


type Key = tuple[str, Any, str]  # its path, its type, its description


def results() -> str:
    """Return the page of every key."""
    return RESULTS + "\n".join(_key(key) for key in keys(Results))


def keys(shape: type, above: str = "") -> Iterator[Key]:
    """Yield every key of a dataclass and of those inside it, in their order."""
    hints = get_type_hints(shape, include_extras=True)
    said = descriptions(shape)
    for field in fields(shape):
        path, hint = f"{above}{field.name}", hints[field.name]
        yield path, hint, said[field.name]
        stars, inside = _inside(hint)
        if inside:
            yield from keys(inside, f"{path}{stars}.")


def descriptions(shape: type) -> dict[str, str]:
    """Return the docstring under each field of a dataclass; a field without one is an error."""
    said: dict[str, str] = {}
    for part in reversed(shape.__mro__[:-1]):
        written: Any = ast.parse(inspect.getsource(part)).body[0]
        pairs = ((line, below) for line, below in pairwise(written.body) if isinstance(line, ast.AnnAssign))
        said |= {ast.unparse(line.target): ast.literal_eval(below.value) for line, below in pairs}
    return said


def _key(key: Key) -> str:
    path, hint, said = key
    kind = next((mark for mark in get_args(hint)[1:] if isinstance(mark, disclosure.Kind.__value__)), None)
    treated = f"\n\nWhen published: {treatment(kind)}" if kind else ""
    level = "###" if "." in path else "##"
    return f"{level} {path}\n\n{said}\n\nType: {in_words(hint)}.{treated}\n"


def treatment(kind: disclosure.Kind) -> str:
    """Say what happens to a number of this kind when it is published."""
    match kind:
        case disclosure.CountKind():
            hidden = f"1 to {STRICT} (strict) or 1 to {STANDARD} (standard) become null"
            said = f"a count; {hidden}, others go to the nearest {disclosure.ROUND_TO}, 0 stays."
        case disclosure.PartKind(wholes):
            rest = " or ".join(f"`{whole}`" for whole in wholes)
            said = f"a part; as a count, and null as well where the rest of {rest} is small."
        case disclosure.PartitionKind(whole):
            said = f"a part; as a count, and null as well where `{whole}` and the other parts would give one away."
        case disclosure.ReasonKind():
            said = "a reason; of what was left out."
        case disclosure.AverageKind(base):
            said = f"an average; one decimal, null when `{base}` is below {disclosure.AVERAGE_BASE}."
        case disclosure.ShareKind(part, whole):
            again = f"worked out again in hundredths from `{part}` and `{whole}` as shown"
            said = f"a share; {again}, null when either, or the rest, is small."
        case disclosure.DetailKind():
            said = "a detail; always null."
        case disclosure.SettingKind():
            said = "a setting; as it is."
    return said


def in_words(hint: Any) -> str:  # noqa: ANN401
    """Say a type in plain words."""
    if get_origin(hint) is Annotated:
        return in_words(get_args(hint)[0])
    if isinstance(hint, types.UnionType) or get_origin(hint) is typing.Union:
        return " or ".join(in_words(one) for one in get_args(hint))
    if hint == tuple[float, float]:
        return "a list of two numbers, the lower first"
    if get_origin(hint) is tuple:
        return "a list, each " + in_words(get_args(hint)[0])
    if get_origin(hint) is dict:
        return "an object, under each name " + in_words(get_args(hint)[1])
    plain = {str: "text", int: "a whole number", float: "a number", type(None): "null"}
    return plain.get(hint, "an object")


def _inside(hint: Any) -> tuple[str, type | None]:  # noqa: ANN401
    """Return the dataclass a hint holds, with a `.*` for each list or mapping around it."""
    if isinstance(hint, type) and is_dataclass(hint):
        return "", hint
    if isinstance(hint, types.UnionType):
        return next(((stars, inside) for stars, inside in map(_inside, get_args(hint)) if inside), ("", None))
    if get_origin(hint) in (tuple, dict):
        stars, inside = _inside(get_args(hint)[0 if get_origin(hint) is tuple else 1])
        return f".*{stars}", inside
    return "", None


def schema() -> dict[str, Any]:
    """Return the JSON Schema of results.json, with the descriptions of the code."""
    found = TypeAdapter(Results).json_schema()
    shapes = {inside for _, hint, _ in keys(Results) if (inside := _inside(hint)[1])}
    for shape, place in [(Results, found), *((shape, found["$defs"][shape.__name__]) for shape in shapes)]:
        for name, said in descriptions(shape).items():
            place["properties"][name]["description"] = said
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **found}


ROLES = """# Roles

For anyone who has to answer for who can see what. **A role says what somebody may do. A relationship says to whom.**
Both are needed: a practitioner may read records of support, but only of the people whom they or their team work with.
Somebody else’s record answers as if it were not there. No role sees everybody’s record.

Why it is so stands in [decision 9](../adr/0009-who-may-see-whom.md). The roles themselves are written in
`alongside/access/roles.py`. Which page answers whom stands in one table, in `tests/test_access.py`: every page and
every role is in it, and one that is missing fails the tests.
"""


def roles() -> str:
    """Return the page of every role, and of what ties somebody to a record."""
    loading.load_models()
    from alongside.access import roles as written
    from alongside.access.models import Relationship
    from alongside.access.permissions import Permission

    parts = [ROLES]
    for role in written.Role:
        shape = getattr(written, role.name.title().replace("_", ""))
        parts.append(f"\n## {role.label}\n\n{inspect.getdoc(shape)}\n")
    heads = ["may", *(role.label for role in written.Role)]
    parts.append(f"\n## What each may do\n\n| {' | '.join(heads)} |\n{'|---' * len(heads)}|\n")
    for permission in Permission:
        marks = ["yes" if permission in written.MAY[role] else "–" for role in written.Role]
        parts.append(f"| {permission} | {' | '.join(marks)} |\n")
    parts.append(f"\n## What ties somebody to a record\n\n{inspect.getdoc(Relationship)}\n\n")
    parts += [f"- {kind.label}\n" for kind in Relationship.Kind]
    return "".join(parts)


if __name__ == "__main__":
    main()
