"""What may leave the organisation: results treated, and without what rows beside one another would tell."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from alongside.evaluation.groups_as_shown import lines_as_shown, near_as_shown
from alongside.evaluation.results import Level, Measure, Results, Satisfied
from alongside.outcomes.disclosure import (
    AVERAGE_BASE,
    Profile,
    blank,
    treat,
    treated_count,
    treated_share,
    without_name,
)
from alongside.outcomes.missing import Answered
from alongside.outcomes.partitions import hidden_cells, hidden_parts, sum_tells
from alongside.outcomes.rules import Judged
from alongside.outcomes.time_to_change import LogRank
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
    while few and others and _must_be_more([sizes[level] for level in few], [size for size, _ in others], profile):
        few.append(others.pop(0)[1])
    enough = sum(sizes[level] for level in few) >= AVERAGE_BASE
    name = TOGETHER if enough else without_name(profile.hidden, groups=len(few))
    return {level: level for level in sizes if level not in few} | dict.fromkeys(few, name)


def _must_be_more(together: Sequence[int], apart: Sequence[int], profile: Profile) -> bool:
    return sum(together) < AVERAGE_BASE or sum_tells(together, apart, profile)


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
    measures = {name: _as_shown(measure, exact.measures[name], profile) for name, measure in treated.measures.items()}
    satisfaction = tuple(
        replace(one, by={column: _satisfied(levels, profile) for column, levels in found.by.items()})
        for one, found in zip(treated.satisfaction, exact.satisfaction, strict=True)
    )
    return replace(
        treated,
        people_by={column: answered_as_shown(groups, profile) for column, groups in exact.people_by.items()},
        measures=measures,
        rules=exact.rules and judged_as_shown(exact.rules, profile),
        satisfaction=satisfaction,
    )


def judged_as_shown(exact: Judged, profile: Profile) -> Judged:
    """Return people judged by a set of rules so that none of the groups they fall into can be worked out if it is few.

    Improved, not changed, deteriorated and without scores make up everybody, and are treated together.
    """
    treated = treat(exact, profile)
    labels = ("improved", "unchanged", "deteriorated")
    counts = [*(getattr(exact, name).count for name in labels), exact.without_scores]
    hidden = hidden_parts(counts, profile)
    hidden = set(range(len(counts))) if hidden is None else hidden
    left: dict[str, Any] = {
        name: blank(share, profile) if place in hidden or share.count is None else share
        for place, name in enumerate(labels)
        for share in [getattr(treated, name)]
    }
    return _less(replace(treated, **left), profile, *(["without_scores"] if len(labels) in hidden else []))


def answered_as_shown(exact: Mapping[str, Answered], profile: Profile) -> dict[str, Answered]:
    """Return who answered in each group of an attribute so that no few of them can be worked out."""
    people = _hidden([one.n for one in exact.values()], profile)
    if people is None:
        return {}
    parts = ("paired", "first_only", "none")
    cells = hidden_cells([[getattr(one, name) for name in parts] for one in exact.values()], profile)
    shown = {}
    for place, (level, one) in enumerate(exact.items()):
        if place in people:
            shown[level] = blank(one, profile)
            continue
        seen: dict[str, Any] = {name: treated_count(getattr(one, name), profile) for name in ("n", *parts)}
        share = treated_share(one.paired or 0, one.n or 0, profile)
        gone = [name for column, name in enumerate(parts) if (place, column) in cells]
        gone += ["share_paired"] if "paired" in gone else []
        shown[level] = _less(replace(one, **seen, share_paired=share), profile, *gone)
    return shown


def times_as_shown(exact: LogRank, levels: Sequence[Level], profile: Profile) -> LogRank:
    """Return the time to improvement of the groups of an attribute: of those whose first and last form are shown.

    Parameters
    ----------
    exact : of all groups
    levels : the same groups as they are shown
    """
    shown = {level.level for level in levels if level.paired.n is not None}
    improved = _hidden_of([(group.improved, group.n) for group in exact.groups.values()], profile)
    groups = {}
    for place, (level, group) in enumerate(exact.groups.items()):
        seen = treat(group, profile) if level in shown else blank(group, profile)
        groups[level] = replace(seen, improved=None) if place in improved else seen
    return replace(treat(exact, profile), groups=groups)


def _as_shown(treated: Measure, exact: Measure, profile: Profile) -> Measure:
    days = treated.time_to_change and replace(treated.time_to_change, steps=())
    by = {column: _levels(levels, profile) for column, levels in exact.by.items()}
    return replace(
        treated,
        over_time=tuple(at for at in treated.over_time if at.clients),
        by=by,
        differences={},
        time_to_change=days,
        time_to_change_by={
            column: times_as_shown(found, by[column], profile) for column, found in exact.time_to_change_by.items()
        },
        nearest=near_as_shown(exact.nearest, exact.by, by, profile),
        trajectory=lines_as_shown(_without_names(treated.trajectory), by),
        everybody=lines_as_shown(_without_names(treated.everybody), by),
    )


def _without_names(line: Trajectory) -> Trajectory:
    """Leave out what a few people are known by: a covariate's level can be one person's own words."""
    return replace(
        line,
        fixed={name: effect for name, effect in line.fixed.items() if effect.clients is not None},
        dropped=tuple(dict.fromkeys(name.partition(": ")[0] for name in line.dropped)),
    )


def _levels(levels: Sequence[Level], profile: Profile) -> tuple[Level, ...]:
    clients = _hidden([level.clients for level in levels], profile)
    twice = _hidden([level.paired.n for level in levels], profile)
    if clients is None or twice is None:
        return ()
    improved = _hidden_of([(level.improved.improved, level.improved.n) for level in levels], profile)
    shown = []
    for place, level in enumerate(levels):
        seen = blank(level, profile) if place in clients else treat(level, profile)
        if place in twice:
            seen = replace(seen, paired=blank(level.paired, profile), improved=blank(level.improved, profile))
        if place in improved:
            seen = replace(seen, improved=_less(seen.improved, profile, "improved", "share", "share_of_everyone"))
        shown.append(seen)
    return tuple(shown)


def _satisfied(levels: Sequence[Satisfied], profile: Profile) -> tuple[Satisfied, ...]:
    clients = _hidden([level.clients for level in levels], profile)
    if clients is None:
        return ()
    satisfied = _hidden_of([(level.satisfied, level.clients) for level in levels], profile)
    return tuple(
        blank(level, profile)
        if place in clients
        else _less(treat(level, profile), profile, *(["satisfied", "share"] if place in satisfied else []))
        for place, level in enumerate(levels)
    )


def _less[Result: Any](seen: Result, profile: Profile, *names: str) -> Result:
    """Return a result without some of its numbers; the reason is the same for each, so that it tells of none."""
    return replace(seen, **dict.fromkeys(names), why=blank(seen, profile).why) if names else seen


def _hidden(counts: Sequence[int | None], profile: Profile) -> set[int] | None:
    """Places of numbers to hide, None for all; numbers that were never worked out give nothing away.

    Where the total is so low that every one of them could be small, all are hidden or none.
    """
    known = [(place, count) for place, count in enumerate(counts) if count is not None]
    hidden = hidden_parts([count for _, count in known], profile)
    total, at_most = sum(count for _, count in known), profile.small * sum(bool(count) for _, count in known)
    if hidden is None or (hidden and (treated_count(total, profile) or 0) <= (treated_count(at_most, profile) or 0)):
        return None
    return {known[place][0] for place in hidden}


def _hidden_of(parts: Sequence[tuple[int | None, int | None]], profile: Profile) -> set[int]:
    """Places of parts to hide, given each with its whole: neither it nor the rest may be a few in any group."""
    known = [
        (place, part, whole) for place, (part, whole) in enumerate(parts) if part is not None and whole is not None
    ]
    hidden = hidden_cells([(part, whole - part) for _, part, whole in known], profile)
    return {known[row][0] for row, _ in hidden}
