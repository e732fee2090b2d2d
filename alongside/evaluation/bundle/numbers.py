"""The report's numbers, each under the name that it has in `results.json`."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from alongside.evaluation.results import Results

# asked for, or not to be seen in the rows: questions left open are no rows
NOT_WORKED_OUT = {
    *("by", "days", "window", "fortnight", "at_least", "cutoff", "range", "reliability", "unanswered"),
    *("population_mean", "caseness", "reliable"),
}
NAMED_BY = ("fortnight", "level", "day", "key", "measure", "by")
REST_ON_THE_DAY_GIVEN = ("over_time", "trajectory", "everybody", "comparisons")


def numbers(results: Results, *, moved: bool = False) -> dict[str, int | float]:
    """Return every number that can be worked out from the rows, in order.

    Parameters
    ----------
    results : exact ones
    moved : whether days were moved, so that what rests on the day as it was given is left out

    Examples
    --------
    >>> from alongside.outcomes.descriptive import summary
    >>> dict(_numbers(summary([2.0, 4.0]), "first"))
    {'first.n': 2, 'first.mean': 3.0, 'first.sd': 1.4142135623730951, 'first.median': 3.0}
    """
    parts = ("people", "people_by", "measures", "outcomes", "recovery", "rules", "satisfaction")
    found = {name: value for part in parts for name, value in _numbers(getattr(results, part), part)}
    left_out = [f"measures.{name}.{part}." for name in results.measures for part in REST_ON_THE_DAY_GIVEN]
    return {name: value for name, value in found.items() if not (moved and name.startswith(tuple(left_out)))}


def reasons(found: Any, at: str = "") -> Iterator[tuple[str, str]]:  # noqa: ANN401 - walks any shape of result
    """Return each place in the results where a number is null, and why."""
    if why := getattr(found, "why", None):
        yield at, why
    for name, part in _parts(found):
        yield from reasons(part, f"{at}.{name}".lstrip("."))


def _numbers(found: Any, at: str) -> Iterator[tuple[str, int | float]]:  # noqa: ANN401
    if isinstance(found, int | float) and not isinstance(found, bool):
        yield at, found
    for name, part in _parts(found):
        if not (name in NOT_WORKED_OUT and isinstance(part, int | float)) and name not in {"range", "dropped"}:
            yield from _numbers(part, f"{at}.{name}")


def _parts(found: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401
    """Return what a result holds, by name: a group by its level, a fortnight by its number, an interval by its ends."""
    if is_dataclass(found) and not isinstance(found, type):
        yield from ((field.name, getattr(found, field.name)) for field in fields(found))
    elif isinstance(found, Mapping):
        yield from found.items()
    elif isinstance(found, tuple) and all(isinstance(part, float) for part in found):
        yield from zip(("low", "high"), found, strict=False)
    elif isinstance(found, tuple):
        yield from ((_name(part), part) for part in found)


def _name(part: Any) -> str:  # noqa: ANN401
    name = next((getattr(part, name) for name in NAMED_BY if hasattr(part, name)), "")
    return name if isinstance(name, str) else f"{name:.15g}"
