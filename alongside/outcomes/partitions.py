"""Which numbers of a table to hide beside the small ones, so that its total does not give them away.

A total and its parts are each rounded on their own. Somebody who adds up what is shown knows, for what is hidden,
no more than a range; where the range is a single number, another part must go. The tests go through every table up
to a size and look for one that a reader could undo.
"""

import math
from collections.abc import Collection, Mapping, Sequence, Set

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
    while _tell(parts, hidden, small, profile):
        another = _smallest_shown(parts, hidden)
        if another is None:
            return None
        hidden.add(another)
    return hidden


def hidden_cells(rows: Sequence[Sequence[int]], profile: Profile) -> set[tuple[int, int]]:
    """Return the places to hide in a table of whole numbers whose rows and columns have totals that are shown.

    Small cells are hidden, and empty ones as if they were small unless their whole column is empty. Then each row and
    each column is completed as in `hidden_parts`, over and over, since a cell that is hidden for its row may stand
    alone in its column. A line so short of people that all of its cells could be small is hidden as a whole.

    Parameters
    ----------
    rows : whole numbers, the same number in each row; totals are rounded, and hidden where they are small
    profile : the rule for small numbers

    Examples
    --------
    >>> from alongside.outcomes.disclosure import STRICT
    >>> sorted(hidden_cells([[40, 20], [30, 25]], STRICT)), sorted(hidden_cells([[40, 20], [30, 2]], STRICT))
    ([], [(0, 0), (0, 1), (1, 0), (1, 1)])
    """
    width = len(rows[0]) if rows else 0
    cells = {(row, column): n for row, parts in enumerate(rows) for column, n in enumerate(parts)}
    lines = [[(row, column) for column in range(width)] for row in range(len(rows))]
    lines += [[(row, column) for row in range(len(rows))] for column in range(width)]
    small = {cell for cell, n in cells.items() if n <= profile.small and any(row[cell[1]] for row in rows)}
    hidden = set(small)
    while more := {cell for line in lines for cell in _completed(line, cells, hidden, small, profile)} - hidden:
        hidden |= more
    return hidden


type Cell = tuple[int, int]


def _completed(
    line: Sequence[Cell], cells: Mapping[Cell, int], hidden: Set[Cell], small: Set[Cell], profile: Profile
) -> set[Cell]:
    """Return the cells of a row or a column that are hidden, with those that must go beside them."""
    parts = [cells[cell] for cell in line]
    gone, few = ({place for place, cell in enumerate(line) if cell in some} for some in (hidden, small))
    total, at_most = (treated_count(n, profile) for n in (sum(parts), profile.small * sum(map(bool, parts))))
    if gone and total is not None and total <= (at_most or 0):
        return set(line)
    while total is not None and _tell(parts, gone, few, profile):
        another = _smallest_shown(parts, gone)
        if another is None:
            break
        gone.add(another)
    return {line[place] for place in gone}


def sum_tells(together: Sequence[int], apart: Sequence[int], profile: Profile) -> bool:
    """Whether parts that are shown as one sum can each be one number only.

    Parameters
    ----------
    together : small parts, and the smallest of the others beside them
    apart : the other parts, each shown with its name; so is the total, and so is the sum
    profile : the rule for small numbers

    Examples
    --------
    >>> from alongside.outcomes.disclosure import STANDARD
    >>> sum_tells([7, 4], [7], STANDARD), sum_tells([7, 4], [30], STANDARD)
    (True, False)
    """
    few = sum(part <= profile.small for part in together)
    beside = len(together) - few
    total, ends = could_be(sum(together) + sum(apart), profile), [could_be(part, profile) for part in apart]
    least, most = could_be(sum(together), profile)
    least = max(least, total[0] - sum(high for _, high in ends))
    most = min(most, total[1] - sum(low for low, _ in ends))
    room = total[1] - least - sum(low for low, _ in ends)  # that those apart can be above their least
    largest = min((min(high, low + room) for low, high in ends), default=most)
    return least >= profile.small * few + beside * largest or most <= few + beside * (profile.small + 1)


def _tell(parts: Sequence[int], hidden: Collection[int], small: Collection[int], profile: Profile) -> bool:
    """Whether the total and what is shown tell what is hidden."""
    return bool(hidden) and (len(hidden) == 1 or _given_away(parts, hidden, small, profile))


def _smallest_shown(parts: Sequence[int], hidden: Collection[int]) -> int | None:
    shown = [place for place, part in enumerate(parts) if part and place not in hidden]
    return min(shown, key=lambda place: parts[place], default=None)


def _given_away(parts: Sequence[int], hidden: Collection[int], small: Collection[int], profile: Profile) -> bool:
    """Whether what is hidden adds up to so little, or so much, that each part can be one number only.

    A part that was hidden beside a small one is no larger than any that is shown: a reader knows that as well.
    """
    least, most = could_be(sum(parts), profile)
    largest = []
    for place, part in enumerate(parts):
        if part and place not in hidden:
            low, high = could_be(part, profile)
            least, most = least - high, most - low
            largest.append(high)
    beside = len(set(hidden) - set(small))
    at_most = profile.small * len(small) + (beside * min(largest) if largest else math.inf if beside else 0)
    return most <= len(hidden) or least >= at_most


def could_be(count: int, profile: Profile) -> tuple[int, int]:
    """Return the least and the most that a count can be, as it is shown; it is not one of a few.

    >>> from alongside.outcomes.disclosure import STRICT
    >>> could_be(9, STRICT), could_be(41, STRICT)
    ((8, 12), (38, 42))
    """
    shown = treated_count(count, profile) or 0
    return max(profile.small + 1, shown - ROUND_TO // 2), shown + ROUND_TO // 2
