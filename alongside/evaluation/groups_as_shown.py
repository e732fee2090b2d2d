"""What may be published of groups beyond their first and last form: lines over time, and means near a day."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from alongside.evaluation.beyond import NearestForm
from alongside.evaluation.results import Level
from alongside.outcomes.both_times import BothTimes
from alongside.outcomes.disclosure import AVERAGE_BASE, Profile, blank, treat, treated_count
from alongside.outcomes.partitions import could_be
from alongside.outcomes.trajectory.model import Trajectory

GROUPS_TOO_FEW = "A group is of a few people, so lines by group are left out."


def lines_as_shown(treated: Trajectory, by: Mapping[str, Sequence[Level]]) -> Trajectory:
    """Return lines by group where the number of people of every group is shown; else beside the total it could be told.

    Parameters
    ----------
    treated : a model, told of groups or not
    by : the groups of each attribute as they are shown
    """
    if treated.by and not _all_shown([level.clients for level in by[treated.by.column]]):
        return replace(treated, fixed={}, by=None, lines=(), why=GROUPS_TOO_FEW)
    return replace(treated, lines=tuple(line for line in treated.lines if line.points[0].mean is not None))


def near_as_shown(
    exact: NearestForm, by: Mapping[str, Sequence[Level]], shown: Mapping[str, Sequence[Level]], profile: Profile
) -> NearestForm:
    """Return change to the form nearest to a day with the groups' means where they may be told.

    How many have no form so near is told beside ten people or more who have one: else the two give each other away.

    Parameters
    ----------
    exact : of everybody and of each group
    by, shown : the groups of each attribute, as they are and as they are shown
    """
    means: dict[str, dict[str, BothTimes]] = {}
    for column, groups in exact.by.items():
        twice = [level.paired.n or 0 for level in by[column]]
        told = near_told(twice, [group.n or 0 for group in groups.values()], profile)
        safe = _all_shown([n for level in shown[column] for n in (level.clients, level.paired.n)])
        means[column] = {
            level: treat(group, profile) if safe and tell else blank(group, profile)
            for tell, (level, group) in zip(told, groups.items(), strict=True)
        }
    seen = replace(treat(exact, profile), by=means)
    return seen if (exact.paired.n or 0) >= AVERAGE_BASE else replace(seen, without=None)


def near_told(twice: Sequence[int], near: Sequence[int], profile: Profile) -> list[bool]:
    """Return for each group whether its means may be told: it has ten people or more with a form near the day.

    Where nearly everybody who answered twice has one, a mean left out would tell how few have not. There only what
    is certain from the other numbers is told.

    Parameters
    ----------
    twice, near : people of each group who answered twice, and of them those with a form near the day

    Examples
    --------
    >>> from alongside.outcomes.disclosure import STRICT
    >>> [near_told([80, 11], near, STRICT) for near in ([60, 9], [60, 10], [80, 11])]
    [[True, False], [True, True], [True, False]]
    """
    if treated_count(sum(near), profile) != treated_count(sum(twice), profile):
        return [people >= AVERAGE_BASE for people in near]
    least, _ = could_be(sum(near), profile)
    most = [could_be(people, profile)[1] for people in twice]
    return [least - (sum(most) - own) >= AVERAGE_BASE for own in most]


def _all_shown(counts: Sequence[int | None]) -> bool:
    return bool(counts) and None not in counts
