"""Finds instrument definitions, reads them and says in a sentence what is wrong with one."""

import difflib
import functools
import reprlib
import tomllib
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from alongside.instruments.lines import line_of, places
from alongside.instruments.schema import Instrument
from alongside.instruments.spreading import KINDS

DEFINITIONS = resources.files("alongside.instruments") / "definitions"
EARLIER = DEFINITIONS / "earlier"
PATTERNS = {"missing": "all, none, or prorate max and a number"}


class UnknownInstrument(LookupError):
    """No shipped instrument has that key, or none has that version."""


class InvalidDefinition(ValueError):
    """A definition cannot be used; the message has one sentence for each thing to put right."""


class UnreadableDefinition(InvalidDefinition):
    """There is no such file, or it cannot be opened."""


@functools.cache  # every page about measures asks, for each measure
def keys() -> tuple[str, ...]:
    """List the instruments that come with the software.

    Returns
    -------
    tuple of str
        Their keys, in alphabetical order.

    Examples
    --------
    >>> [key for key in keys() if key.startswith("aq")]
    ['aq_adolescent', 'aq_adult', 'aq_child']
    """
    names = (entry.name for entry in DEFINITIONS.iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


@functools.cache
def load(key: str, version: str | None = None) -> Instrument:
    """Read an instrument that comes with the software.

    Parameters
    ----------
    key
        One of `keys()`; a hyphen and an underscore mean the same.
    version
        Which version; the newest if None. Every version that was ever shipped is kept, so that an old response scores
        as it did.

    Returns
    -------
    Instrument
        The definition, read once and then remembered.

    Raises
    ------
    UnknownInstrument
        If no instrument has that key, or none that version.

    Examples
    --------
    >>> load("service-evaluation").name, load("service_evaluation").key
    ('Service evaluation form', 'service-evaluation')
    >>> load("phq8")
    Traceback (most recent call last):
    ...
    alongside.instruments.loader.UnknownInstrument: There is no instrument called “phq8”. \
Did you mean phq9? alongside instruments list names them all.
    """
    known = {one.replace("-", "_"): one for one in keys()}
    found = known.get(key.replace("-", "_"))
    if found is None:
        close = difflib.get_close_matches(key.lower().replace("-", "_"), known, n=1)
        meant = f" Did you mean {known[close[0]]}?" if close else ""
        raise UnknownInstrument(
            f"There is no instrument called “{key}”.{meant} alongside instruments list names them all."
        )
    newest = _parse(DEFINITIONS / f"{found}.toml")
    if version in (None, newest.version):
        return newest
    earlier = EARLIER / f"{found}@{version}.toml"
    if not earlier.is_file():
        raise UnknownInstrument(f"{found} has no version “{version}”; the newest is {newest.version}.")
    return _parse(earlier)


def parse(text: str, name: str) -> Instrument:
    """Read an instrument from the text of a definition.

    Parameters
    ----------
    text
        TOML.
    name
        What to call it in a sentence: the name of its file.

    Returns
    -------
    Instrument
        The definition.

    Raises
    ------
    InvalidDefinition
        As for `read`.

    Examples
    --------
    >>> parse('key = 1', "mine.toml")
    Traceback (most recent call last):
    ...
    alongside.instruments.loader.InvalidDefinition: mine.toml, line 1: key: input should be a valid string, \
but it is 1; correct it.
    mine.toml: name is missing; add it.
    mine.toml: version is missing; add it.
    mine.toml: informant is missing; add it.
    mine.toml: reference_period is missing; add it.
    mine.toml: licence is missing; add it.
    mine.toml: items is missing; add it.
    """
    try:
        raw = tomllib.loads(text)
        return Instrument.model_validate(raw)
    except tomllib.TOMLDecodeError as error:
        raise InvalidDefinition(f"{name} is not valid TOML: {error}; correct it there.") from error
    except ValidationError as error:
        where = places(text)
        sentences = []
        for place, said in _said_once(error.errors(), raw):
            line = line_of(place, where)
            sentences.append(f"{name}{f', line {line}' if line else ''}: {said}")
        raise InvalidDefinition("\n".join(sentences)) from error


def read(path: Path) -> Instrument:
    """Read an instrument from a definition file of your own.

    Parameters
    ----------
    path
        A TOML file; the shipped `service-evaluation.toml` is an example to copy.

    Returns
    -------
    Instrument
        The definition.

    Raises
    ------
    InvalidDefinition
        If the file is not TOML, or holds anything that `schema` refuses. A place such as `items.3.low` counts from
        one: the third item. `UnreadableDefinition` if it cannot be opened.

    Examples
    --------
    >>> read(Path("missing.toml"))
    Traceback (most recent call last):
    ...
    alongside.instruments.loader.UnreadableDefinition: missing.toml cannot be read (No such file or directory); \
check its name and where it is.
    """
    return _parse(path)


def _parse(file: Path | Traversable) -> Instrument:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UnreadableDefinition(
            f"{file} cannot be read ({error.strerror}); check its name and where it is."
        ) from error
    except UnicodeDecodeError as error:
        raise InvalidDefinition(f"{file} is not UTF-8 text; save it again as UTF-8.") from error
    return parse(text, str(file))


def _said_once(errors: list[ErrorDetails], raw: dict[str, Any]) -> list[tuple[tuple[str | int, ...], str]]:
    """What is wrong in `every_item` is said there, not again at each of its questions."""
    shared = {error["loc"][1] for error in errors if error["loc"][0] == "every_item" and len(error["loc"]) > 1}
    whole = any(error["loc"] == ("every_item",) for error in errors)
    said: dict[tuple[tuple[str | int, ...], str], None] = {}
    for error in errors:
        place = _place(error["loc"])
        if place[0] == "items" and len(place) > 2 and place[2] not in _item(raw, place[1]):
            if whole or place[2] in shared:
                continue
            if place[2] in _every(raw):
                place = ("every_item", *place[2:])
        said[place, _sentence(error, place)] = None
    return list(said)


def _item(raw: dict[str, Any], place: str | int) -> dict[str, Any]:
    items = raw.get("items")
    one = items[place] if isinstance(items, list) and isinstance(place, int) and place < len(items) else {}
    return one if isinstance(one, dict) else {}


def _every(raw: dict[str, Any]) -> dict[str, Any]:
    every = raw.get("every_item")
    return every if isinstance(every, dict) else {}


def _place(loc: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """Leave out what pydantic adds: the kind of a question, and which of two types it tried."""
    if not loc:
        return ("items",)
    kept = [part for place, part in enumerate(loc) if not (place == 2 and loc[0] == "items" and part in KINDS)]
    return tuple(part for part in kept if not (isinstance(part, str) and ("[" in part or part == "int")))


def _sentence(error: ErrorDetails, path: tuple[str | int, ...]) -> str:
    place = ".".join(str(part + 1) if isinstance(part, int) else part for part in path)
    match error["type"]:
        case "extra_forbidden":
            said = f"{place} is not a known key; correct its spelling or remove it."
        case "missing":
            said = f"{place} is missing; add it."
        case "fault":
            said = f"{place}: {error['msg']}."
        case "value_error":
            said = f"{place}: {error['ctx']['error']}."
        case "string_pattern_mismatch":
            wanted = PATTERNS.get(str(path[-1]), "small letters and digits, a letter first, with underscores between")
            said = f"{place}: takes {wanted}, but it is {reprlib.repr(error['input'])}; correct it."
        case "union_tag_invalid" | "union_tag_not_found":
            given = error["input"].get("kind")
            names = ", ".join(KINDS)
            said = f"{place}.kind: is one of {names}, but it is {reprlib.repr(given)}; correct it."
        case _:
            message = error["msg"][0].lower() + error["msg"][1:]
            said = f"{place}: {message}, but it is {reprlib.repr(error['input'])}; correct it."
    return said
