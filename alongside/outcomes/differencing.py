"""Whether a report, read beside earlier ones, could say something about a few people.

Reports about nearly the same people can be subtracted from each other. What is left is about those who are in one and
not in the other, and about those of whom the two were told something else.
"""

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, product

from alongside.outcomes.disclosure import Profile

type Told = Mapping[str, Hashable]  # everybody a report counts, and what it was told of them
type Pattern = tuple[int | None, ...]

AT_ONCE = 2  # earlier reports that are added or subtracted together


@dataclass(frozen=True, kw_only=True)
class TooNear:
    """What is left of a report when earlier ones are subtracted from it: a few people."""

    beside: tuple[str, ...]
    """The earlier reports, by name."""
    people: int
    """Those whom the reports do not share."""


def too_near(new: Told, earlier: Mapping[str, Told], profile: Profile, *, before: Profile) -> TooNear | None:
    """Return the earlier report, or the two, beside which a new one would say something about a few people.

    Each earlier report is subtracted from the new one, and so are every two, added up or one less the other. A report
    about a few people shows no number, so there is nothing to subtract; one that was told what an earlier one was
    told says nothing new.

    Parameters
    ----------
    new : everybody the new report counts, and anything that says what it was told of them; not None
    earlier : the same of each earlier report, by its name
    profile : the rule that the new report is made by
    before : the most open rule that the earlier reports can have been made by

    Returns
    -------
    TooNear
        Of one report rather than of two; or None where it may stand beside all of them.

    Examples
    --------
    >>> from alongside.outcomes.disclosure import STRICT
    >>> spring = {f"c{n}": "their answers" for n in range(20)}
    >>> too_near(spring | {"c20": "hers"}, {"spring": spring}, STRICT, before=STRICT)
    TooNear(beside=('spring',), people=1)
    >>> too_near(spring, {"spring": spring}, STRICT, before=STRICT) is None
    True
    """
    seen = {name: told for name, told in earlier.items() if len(told) > before.small}
    if len(new) <= profile.small or new in seen.values():
        return None
    reports = [new, *seen.values()]
    patterns = Counter(_pattern([told.get(person) for told in reports]) for person in set().union(*reports))
    for beside, signs in _sums(list(seen)):
        people = sum(count for pattern, count in patterns.items() if _is_left(pattern, signs))
        if 0 < people <= profile.small:
            return TooNear(beside=beside, people=people)
    return None


def _pattern(told: list[Hashable]) -> Pattern:
    """For each report the first that was told the same of one person, or None where they are not in it."""
    return tuple(None if one is None else told.index(one) for one in told)


def _sums(names: list[str]) -> Iterator[tuple[tuple[str, ...], dict[int, int]]]:
    """Yield each way to add and subtract: the reports named, and each one's place with its sign; the new one is 0."""
    for size in range(1, AT_ONCE + 1):
        for places in combinations(range(len(names)), size):
            for signs in product((-1, 1), repeat=size):
                yield (
                    tuple(names[place] for place in places),
                    {0: 1} | {place + 1: sign for place, sign in zip(places, signs, strict=True)},
                )


def _is_left(pattern: Pattern, signs: Mapping[int, int]) -> bool:
    """Whether anything that was told of these people stays when the reports are added with their signs."""
    left: Counter[int | None] = Counter()
    for place, sign in signs.items():
        left[pattern[place]] += sign
    return any(times for same, times in left.items() if same is not None)
