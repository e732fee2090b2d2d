"""Finds instrument definitions, reads them and says in a sentence what is wrong with one."""

import difflib
import functools
import reprlib
import tomllib
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from alongside.instruments.schema import Instrument

DEFINITIONS = resources.files("alongside.instruments") / "definitions"


class UnknownInstrument(LookupError):
    """No shipped instrument has that key."""


class InvalidDefinition(ValueError):
    """A definition cannot be used; the message has one sentence for each thing to put right."""


def keys() -> tuple[str, ...]:
    """List the instruments that come with the software.

    Returns
    -------
    tuple of str
        Their keys, in alphabetical order.

    Examples
    --------
    >>> keys()
    ('service-evaluation',)
    """
    names = (entry.name for entry in DEFINITIONS.iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


@functools.cache
def load(key: str) -> Instrument:
    """Read an instrument that comes with the software.

    Parameters
    ----------
    key
        One of `keys()`.

    Returns
    -------
    Instrument
        The definition, read once and then remembered.

    Raises
    ------
    UnknownInstrument
        If no instrument has that key.

    Examples
    --------
    >>> load("service-evaluation").name
    'Service evaluation form'
    >>> load("service-evalution")
    Traceback (most recent call last):
    ...
    alongside.instruments.loader.UnknownInstrument: There is no instrument called “service-evalution”. \
Did you mean service-evaluation? Choose one of: service-evaluation.
    """
    known = keys()
    if key not in known:
        close = difflib.get_close_matches(key.lower(), known, n=1)
        meant = f" Did you mean {close[0]}?" if close else ""
        raise UnknownInstrument(f"There is no instrument called “{key}”.{meant} Choose one of: {', '.join(known)}.")
    return _parse(DEFINITIONS / f"{key}.toml")


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
        If the file cannot be read, is not TOML, or holds anything that `schema` refuses. A place such as
        `items.3.low` counts from one: the third item.

    Examples
    --------
    >>> read(Path("missing.toml"))
    Traceback (most recent call last):
    ...
    alongside.instruments.loader.InvalidDefinition: missing.toml cannot be read (No such file or directory); \
check its name and where it is.
    """
    return _parse(path)


def _parse(file: Path | Traversable) -> Instrument:
    try:
        return Instrument.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
    except OSError as error:
        raise InvalidDefinition(f"{file} cannot be read ({error.strerror}); check its name and where it is.") from error
    except UnicodeDecodeError as error:
        raise InvalidDefinition(f"{file} is not UTF-8 text; save it again as UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        raise InvalidDefinition(f"{file} is not valid TOML: {error}; correct it there.") from error
    except ValidationError as error:
        sentences = (f"{file}: {_sentence(detail)}" for detail in error.errors())
        raise InvalidDefinition("\n".join(sentences)) from error


def _sentence(error: ErrorDetails) -> str:
    place = ".".join(str(part + 1) if isinstance(part, int) else part for part in error["loc"])
    match error["type"]:
        case "extra_forbidden":
            return f"{place} is not a known key; correct its spelling or remove it."
        case "missing":
            return f"{place} is missing; add it."
        case "value_error":
            return f"{place}: {error['ctx']['error']}."
        case _:
            message = error["msg"][0].lower() + error["msg"][1:]
            return f"{place}: {message}, but it is {reprlib.repr(error['input'])}; correct it."
