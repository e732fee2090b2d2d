"""How options are written: each function reads one spelling, and says in a sentence what is wrong with another."""

import math
import re

from alongside.evaluation.problems import WrongUse, quoted

UNITS = {"": 1_000_000, "B": 1, "KB": 1_000, "MB": 1_000_000, "GB": 1_000_000_000}


def names_in(said: str | None) -> tuple[str, ...]:
    """Return the names that an option lists with commas between.

    >>> names_in("low, sad,"), names_in(None)
    (('low', 'sad'), ())
    """
    return tuple(name.strip() for name in (said or "").split(",") if name.strip())


def directions(lower: list[str], higher: list[str]) -> dict[str, str]:
    """Return which way is better on each measure, refusing one that is named both ways."""
    both = set(lower) & set(higher)
    if both:
        raise WrongUse(f"{quoted(min(both))} is given as lower and as higher is better; keep one.")
    return dict.fromkeys(lower, "lower") | dict.fromkeys(higher, "higher")


def range_of(said: str) -> tuple[str, tuple[float, float]]:
    """Read a measure’s lowest and highest score, written bdi=0:63."""
    measure, _, ends = said.rpartition("=")
    low, high = (_number(end) for end in (ends.partition(":")[0], ends.partition(":")[2]))
    if not measure or low is None or high is None or not low < high:
        raise WrongUse(f"--range {quoted(said)} is not read; write measure=lowest:highest, such as bdi=0:63.")
    return measure, (low, high)


def improved_by_of(said: str) -> tuple[str, float]:
    """Read the change that counts as improved, written bdi=5."""
    measure, _, written = said.rpartition("=")
    by = _number(written)
    if not measure or by is None or by <= 0:
        raise WrongUse(f"--improved-by {quoted(said)} is not read; write measure=points, such as bdi=5.")
    return measure, by


def population_mean_of(said: str) -> tuple[str, float]:
    """Read the mean of the people whom the clients come from, written bdi=8."""
    measure, _, written = said.rpartition("=")
    mean = _number(written)
    if not measure or mean is None:
        raise WrongUse(f"--population-mean {quoted(said)} is not read; write measure=mean, such as bdi=8.")
    return measure, mean


def a_reliability(said: float | None) -> float | None:
    """Return a reliability that lies from 0 to below 1."""
    if said is not None and not 0 <= said < 1:
        raise WrongUse("--reliability is a number from 0 to below 1, such as 0.93.")
    return said


def finite[Said: (float, float | None)](said: Said, option: str) -> Said:
    """Return a number unless it is infinite or none."""
    if said is not None and not math.isfinite(said):
        raise WrongUse(f"{option} is a number, such as 14.")
    return said


def _number(written: str) -> float | None:
    return float(written) if re.fullmatch(r"[+-]?(\d+(\.\d*)?|\.\d+)", written.strip()) else None


def size_in_bytes(said: str) -> int:
    """Read a size such as 500MB."""
    found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([KMG]?B)?", said.strip().upper())
    if found is None:
        raise WrongUse(f"--max-size {quoted(said)} is not read; write a size such as 500MB or 2GB.")
    return int(float(found[1]) * UNITS[found[2] or ""])
