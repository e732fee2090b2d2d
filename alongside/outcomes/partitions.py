"""Which numbers of a table to hide beside the small ones, so that its total does not give them away.

A total and its parts are each rounded on their own. Somebody who adds up what is shown knows, for what is hidden,
no more than a range; where the range is a single number, another part must go. The tests go through every table up
to a size and look for one that a reader could undo.
"""

import math
from collections.abc import Collection, Sequence

from alongside.outcomes.disclosure import ROUND_TO, Profile, treated_count


def hidden_parts(parts: Sequence[int], profile: Profile) -> set[int] | None:
    """Return the places of the parts to hide, or None if the total and every part must be hidden.

    Small parts are hidden. Beside one alone the smallest of the others goes too, and more while the total less what is
    shown leaves a hidden part no choice. Where every part is small, the total goes as well.

    Parameters
    ----------
    parts : whole numbers that make up a total, which is shown rounded
    profile : the rule for small numbers

    Examples
    --------
    >>> from alongside.outcomes.disclosure import STRICT
    >>> hidden_parts([40, 30, 20], STRICT), hidden_parts([40, 30, 3], STRICT), hidden_parts([7, 7, 7, 7], STRICT)
    (set(), {1, 2}, None)
    """
    small = {place for place, part in enumerate(parts) if treated_count(part, profile) is None}
    if small and all(place in small for place, part in enumerate(parts) if part):
        return None
    hidden = set(small)
    while hidden and (len(hidden) == 1 or _given_away(parts, hidden, small, profile)):
        another = _smallest_shown(parts, hidden)
        if another is None:
            return None
        hidden.add(another)
    return hidden


def _smallest_shown(parts: Sequence[int], hidden: Collection[int]) -> int | None:
    shown = [place for place, part in enumerate(parts) if part and place not in hidden]
    return min(shown, key=lambda place: parts[place], default=None)


def _given_away(parts: Sequence[int], hidden: Collection[int], small: Collection[int], profile: Profile) -> bool:
    """Whether what is hidden adds up to so little, or so much, that each part can be one number only.

    A part that was hidden beside a small one is no larger than any that is shown: a reader knows that as well.
    """
    least, most = _could_be(sum(parts), profile)
    largest = []
    for place, part in enumerate(parts):
        if part and place not in hidden:
            low, high = _could_be(part, profile)
            least, most = least - high, most - low
            largest.append(high)
    beside = len(set(hidden) - set(small))
    at_most = profile.small * len(small) + (beside * min(largest) if largest else math.inf if beside else 0)
    return most <= len(hidden) or least >= at_most


def _could_be(count: int, profile: Profile) -> tuple[int, int]:
    """The least and the most that a count can be, as it is shown."""
    shown = treated_count(count, profile) or 0
    return max(profile.small + 1, shown - ROUND_TO // 2), shown + ROUND_TO // 2
