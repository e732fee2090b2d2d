"""What may leave the organisation: results treated, and without what rows beside one another would tell."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from alongside.evaluation.results import Level, Measure, Results, Satisfied
from alongside.outcomes.disclosure import AVERAGE_BASE, Profile, blank, treat, treated_count, without_name
from alongside.outcomes.partitions import hidden_parts
from alongside.outcomes.trajectory.model import Trajectory

TOGETHER = "smaller groups together"


def shown_under(sizes: Mapping[str, int], profile: Profile) -> dict[str, str]:
    """Return for each group of people the name it is shown under.

    Groups of a few people stand together, without their names, since a name can be one person's. The next smallest
    joins them until they are enough for an average: so what the total less the other groups gives is never about a few.

    Examples
    --------
    >>> from alongside.outcomes.disclosure import STRICT
    >>> shown_under({"woman": 40, "man": 12, "non-binary": 9, "not said": 2}, STRICT)
    {'woman': 'woman', 'man': 'man', 'not said': 'smaller groups together', 'non-binary': 'smaller groups together'}
    """
    few = [level for level, people in sizes.items() if 0 < people <= profile.small]
    others = sorted((people, level) for level, people in sizes.items() if people > profile.small)
    while few and others and sum(sizes[level] for level in few) < AVERAGE_BASE:
        few.append(others.pop(0)[1])
    enough = sum(sizes[level] for level in few) >= AVERAGE_BASE
    name = TOGETHER if enough else without_name(profile.hidden, groups=len(few))
    return {level: level for level in sizes if level not in few} | dict.fromkeys(few, name)


def counted(sizes: Mapping[str, int], profile: Profile) -> dict[str, int | None]:
    """Return how many people are in each group, as it may be shown beside their total.

    Examples
    --------
    >>> from alongside.outcomes.disclosure import STRICT
    >>> counted({"woman": 40, "man": 12, "not said": 2}, STRICT)
    {'woman': 40, 'smaller groups together': 15}
    """
    together: dict[str, int] = {}
    for level, name in shown_under(sizes, profile).items():
        together[name] = together.get(name, 0) + sizes[level]
    hidden = hidden_parts(list(together.values()), profile)
    return {
        name: None if hidden is None or place in hidden else treated_count(people, profile)
        for place, (name, people) in enumerate(together.items())
    }


def published(exact: Results, profile: Profile) -> Results:
    """Return results as they may be published; groups of a few people were put together before they were worked out.

    Beyond `treat`: a fortnight in which a few people answered has no row, since that would tell how long somebody
    stayed; the days of single people's changes go; and no group's number can be worked out from the total less those
    of the others.
    """
    treated = treat(exact, profile)
    measures = {
        name: _as_shown(measure, exact.measures[name].by, profile) for name, measure in treated.measures.items()
    }
    satisfaction = tuple(
        replace(one, by={column: _satisfied(levels, profile) for column, levels in found.by.items()})
        for one, found in zip(treated.satisfaction, exact.satisfaction, strict=True)
    )
    return replace(treated, measures=measures, satisfaction=satisfaction)


def _as_shown(treated: Measure, by: Mapping[str, Sequence[Level]], profile: Profile) -> Measure:
    days = treated.time_to_change and replace(treated.time_to_change, steps=())
    return replace(
        treated,
        over_time=tuple(at for at in treated.over_time if at.clients),
        by={column: _levels(levels, profile) for column, levels in by.items()},
        time_to_change=days,
        trajectory=_without_names(treated.trajectory),
        everybody=_without_names(treated.everybody),
    )


def _without_names(line: Trajectory) -> Trajectory:
    """Leave out what a few people are known by: a covariate's level can be one person's own words."""
    return replace(
        line,
        fixed={name: effect for name, effect in line.fixed.items() if effect.clients is not None},
        dropped=tuple(dict.fromkeys(name.partition(": ")[0] for name in line.dropped)),
    )


def _levels(levels: Sequence[Level], profile: Profile) -> tuple[Level, ...]:
    clients, twice, improved = (
        _hidden(counts, profile)
        for counts in (
            [level.clients for level in levels],
            [level.paired.n for level in levels],
            [level.improved.improved for level in levels],
        )
    )
    if clients is None or twice is None or improved is None:
        return ()
    shown = []
    for place, level in enumerate(levels):
        seen = blank(level, profile) if place in clients else treat(level, profile)
        if place in twice:
            seen = replace(seen, paired=blank(level.paired, profile), improved=blank(level.improved, profile))
        if place in improved:
            seen = replace(seen, improved=replace(seen.improved, improved=None, share=None, share_of_everyone=None))
        shown.append(seen)
    return tuple(shown)


def _satisfied(levels: Sequence[Satisfied], profile: Profile) -> tuple[Satisfied, ...]:
    clients = _hidden([level.clients for level in levels], profile)
    satisfied = _hidden([level.satisfied for level in levels], profile)
    if clients is None or satisfied is None:
        return ()
    return tuple(
        blank(level, profile) if place in clients else replace(treat(level, profile), **_without(place in satisfied))
        for place, level in enumerate(levels)
    )


def _without(hidden: bool) -> dict[str, Any]:  # noqa: FBT001 - whether the count is hidden
    return {"satisfied": None, "share": None} if hidden else {}


def _hidden(counts: Sequence[int | None], profile: Profile) -> set[int] | None:
    """Places of numbers to hide; numbers that were never worked out give nothing away."""
    known = [(place, count) for place, count in enumerate(counts) if count is not None]
    hidden = hidden_parts([count for _, count in known], profile)
    return None if hidden is None else {known[place][0] for place in hidden}
