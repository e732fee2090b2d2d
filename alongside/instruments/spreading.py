"""Writes out what a definition says once for all its questions, so that each question is whole."""

from collections.abc import Mapping
from typing import Any

from alongside.instruments.items import Asked, Choices, EveryItem, Item, Words

KINDS: dict[str, type[Asked]] = {"line": Item, "choice": Item, "number": Item, "choices": Choices, "text": Words}


def spread(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Write out a definition's questions.

    Parameters
    ----------
    raw
        A definition as its file has it. Whatever is of the wrong type is left as it is, to be refused with its place.

    Returns
    -------
    dict
        The same, each question with its number, key, topic and what `every_item` says.

    Examples
    --------
    >>> short = {"every_item": {"kind": "choice", "low": 0, "high": 3, "count": 2}}
    >>> [(item["number"], item["key"], item["topic"]) for item in spread(short)["items"]]
    [(1, 'q1', 'Question 1'), (2, 'q2', 'Question 2')]
    """
    every, listed = raw.get("every_item", {}), raw.get("items", [])
    if not isinstance(every, dict) or not isinstance(listed, list | tuple):
        return dict(raw)
    if not listed and "count" not in every:
        return dict(raw)
    topics = _topics(raw.get("scores"))
    numbered = [{"number": place, **item} if isinstance(item, dict) else item for place, item in enumerate(listed, 1)]
    count = every.get("count")
    if isinstance(count, int) and 0 < count <= 200:
        known = {item.get("number") for item in numbered if isinstance(item, dict)}
        numbered += [{"number": number} for number in range(1, count + 1) if number not in known]
        numbered.sort(key=_number)
    shared = {name: value for name, value in every.items() if name in EveryItem.model_fields and name != "count"}
    return {**raw, "items": [_whole(item, shared, topics) if isinstance(item, dict) else item for item in numbered]}


def _number(item: object) -> float:
    number = item.get("number") if isinstance(item, dict) else None
    return number if isinstance(number, int) else 0


def _topics(scores: object) -> dict[object, str]:
    """A question without a topic has that of the first score that names it."""
    found: dict[object, str] = {}
    for score in scores if isinstance(scores, list) else []:
        if isinstance(score, dict) and isinstance(score.get("items"), list) and isinstance(score.get("name"), str):
            for named in score["items"]:
                if isinstance(named, int | str):
                    found.setdefault(named, score["name"])
    return found


def _whole(item: dict[str, Any], shared: dict[str, Any], topics: dict[object, str]) -> dict[str, Any]:
    number = item["number"]
    kind = item.get("kind", shared.get("kind"))
    shape = KINDS.get(kind) if isinstance(kind, str) else None
    fields = shape.model_fields if shape else {}
    whole = {name: value for name, value in shared.items() if name in fields and _fits(name, item)} | item
    whole.setdefault("kind", kind)
    whole.setdefault("key", f"q{number}")
    whole.setdefault("topic", topics.get(whole["key"], topics.get(number, f"Question {number}")))
    if shape is Item and kind != "line":
        _with_ends(whole)
    if shape is Item and isinstance(whole["topic"], str) and kind != "line":
        whole.setdefault("finding_name", whole["topic"][:1].lower() + whole["topic"][1:])
    return {name: value for name, value in whole.items() if value is not None}


def _fits(name: str, item: dict[str, Any]) -> bool:
    """A question with options of its own does not take the shared range, nor the words of its ends."""
    return not ("options" in item and name in {"low", "high", "low_words", "high_words", "points"})


def _with_ends(whole: dict[str, Any]) -> None:
    options = whole.get("options")
    if isinstance(options, list | tuple) and options:
        whole.setdefault("low", 0)
        if isinstance(whole["low"], int | float):
            whole.setdefault("high", whole["low"] + len(options) - 1)
        whole.setdefault("low_words", options[0])
        whole.setdefault("high_words", options[-1])
    whole.setdefault("step", 1)
    for end in ("low", "high"):
        if end in whole:
            whole.setdefault(f"{end}_words", str(whole[end]))
