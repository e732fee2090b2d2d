"""Asks somebody who does not program what a definition needs, and writes it."""

import json
import re
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

import typer

STATUSES = ("open", "wording supplied", "numbers only")
RULES = ("sum", "mean", "none")


def written(stem: str) -> str:
    """Ask for everything a definition needs, on standard error, and write it.

    Parameters
    ----------
    stem
        The name of the file to come, from which a key is proposed.

    Returns
    -------
    str
        The definition in TOML, which `loader.parse` accepts.

    Raises
    ------
    typer.Abort
        If the answers end before the last question.

    Examples
    --------
    >>> key_from("My measure (2)")
    'my_measure_2'
    """
    name = _text("What is it called?")
    head = {
        "key": key_from(_text("A short key, in small letters", key_from(stem))),
        "name": name,
        "version": "1",
        "informant": _text("Who answers it?", "the client"),
        "reference_period": _text("What time is it about?", "the last 2 weeks"),
        "purpose": _text("What is it for?"),
        "not_for": _text("What must it not be used for?"),
    }
    count = _whole("How many questions are answered with a number?", low=1, high=200)
    low = _whole("What is the lowest mark?", low=-100, high=100)
    every = {
        "count": count,
        "kind": "choice",
        "low": low,
        "high": _whole("What is the highest mark?", low=low + 1, high=low + 1000),
        "low_words": _text("What does the lowest mark say?"),
        "high_words": _text("What does the highest mark say?"),
    }
    scores = _scores(count)
    status = _one_of("May the wording stand in the file?", STATUSES, "numbers only")
    licence = {
        "status": status,
        "holder": _text("Who holds the wording?"),
        "terms": _text("On what terms is it used?"),
        "source": _text("Where do those terms stand?"),
        "date": datetime.now(UTC).date().isoformat(),
    }
    wording = [] if status == "numbers only" else [_text(f"Question {number} says") for number in range(1, count + 1)]
    items = "".join(f"  {{ wording = {_value(said)} }},\n" for said in wording)
    return "\n".join(
        [
            _lines({**head, **scores.pop("form", {})}) + (f"items = [\n{items}]\n" if items else ""),
            f"[licence]\n{_lines(licence)}",
            f"[every_item]\n{_lines(every)}",
            *(f"[[scores]]\n{_lines(one)}" for one in scores.values()),
        ]
    )


def key_from(name: str) -> str:
    """Make a key from a name.

    Parameters
    ----------
    name
        Any words.

    Returns
    -------
    str
        Small letters, digits and underscores, a letter first.

    Examples
    --------
    >>> key_from("5 Questions")
    'measure_5_questions'
    """
    key = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")
    return key if re.match("[a-z]", key) else f"measure_{key}".strip("_")


def _scores(count: int) -> dict[str, dict[str, object]]:
    rule = _one_of("Is there one score, and is it a sum or a mean?", RULES, "none")
    if rule == "none":
        return {}
    form: dict[str, object] = {"scoring_source": _text("Where does the key stand (who published it)?")}
    turned = _asked(
        "Which questions are turned round? Their numbers with commas between, or nothing",
        lambda said: [_in(part, count) for part in said.split(",") if part.strip()],
        default="",
    )
    form |= {"reversed": turned} if turned else {}
    most = _whole("How many unanswered questions may be filled in with the mean of the others?", low=0, high=count - 1)
    form["missing"] = f"prorate max {most}" if most else "all"
    total: dict[str, object] = {"key": "total", "name": "Total", "rule": rule}
    better = _one_of("Which way is better?", ("lower", "higher", "neither"), "neither")
    return {"form": form, "total": total | ({} if better == "neither" else {"lower_is_better": better == "lower"})}


def _in(said: str, count: int) -> int:
    number = int(said)
    if not 1 <= number <= count:
        raise ValueError(f"there are questions 1 to {count}")
    return number


def _text(question: str, default: str | None = None) -> str:
    def words(said: str) -> str:
        plain = " ".join("".join(letter if letter.isprintable() else " " for letter in said).split())
        if not plain:
            raise ValueError("a few words are needed")
        return plain

    return _asked(question, words, default=default)


def _whole(question: str, *, low: int, high: int) -> int:
    def number(said: str) -> int:
        found = int(said)
        if not low <= found <= high:
            raise ValueError(f"a whole number from {low} to {high} is needed")
        return found

    return _asked(question, number)


def _one_of(question: str, choices: tuple[str, ...], default: str) -> str:
    def choice(said: str) -> str:
        if said.strip().lower() not in choices:
            raise ValueError(f"say {', '.join(choices[:-1])} or {choices[-1]}")
        return said.strip().lower()

    return _asked(f"{question} ({', '.join(choices)})", choice, default=default)


def _asked[Answer](question: str, read: Callable[[str], Answer], default: str | None = None) -> Answer:
    """Ask until the answer can be used."""
    while True:
        proposed = f" [{default}]" if default else ""
        typer.echo(f"{question}{proposed} ", err=True, nl=False)
        said = sys.stdin.readline()
        if not said:
            raise typer.Abort
        try:
            return read(said.strip() or default or "")
        except ValueError as error:
            plain = "a whole number is needed" if "invalid literal" in str(error) else str(error)
            typer.echo(f"Please try again: {plain}.", err=True)


def _lines(pairs: Mapping[str, object]) -> str:
    return "".join(f"{name} = {_value(value)}\n" for name, value in pairs.items())


def _value(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
