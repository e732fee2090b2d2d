"""What may leave the organisation: results treated, and without what a row's mere presence would tell."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any, Protocol

from alongside.evaluation.results import Measure, Results
from alongside.outcomes.disclosure import Profile, blank, treat, treated_count, without_name


class Group(Protocol):
    """Numbers about the people of one group."""

    @property
    def level(self) -> str:
        """Its name."""
        ...

    @property
    def clients(self) -> int | None:
        """How many people they are about."""
        ...


def published(exact: Results, profile: Profile, sizes: Mapping[str, Mapping[str, int]]) -> Results:
    """Return results as they may be published.

    Beyond `treat`: a fortnight in which a few people answered has no row, since that would tell how long somebody
    stayed; and groups too small to show stand together without their names, since a name can be one person's.

    Parameters
    ----------
    exact : the results
    profile : the rule for small numbers
    sizes : for each attribute how many people each of its levels has, whether or not they answered
    """
    few = {
        column: {level for level, members in levels.items() if _small(members, profile)}
        for column, levels in sizes.items()
    }
    treated = treat(exact, profile)
    measures = {
        name: _without_the_few(measure, exact.measures[name], few, profile)
        for name, measure in treated.measures.items()
    }
    satisfaction = tuple(
        replace(one, by={column: together(levels, profile, few[column]) for column, levels in found.by.items()})
        for one, found in zip(treated.satisfaction, exact.satisfaction, strict=True)
    )
    return replace(treated, measures=measures, satisfaction=satisfaction)


def together[Level: Group](levels: Sequence[Level], profile: Profile, few: Collection[str] = ()) -> tuple[Level, ...]:
    """Return exact groups as they may be shown, those of a few people together, without names and after the others.

    Of several, their people are counted where they are many together. `few` names groups of a few people of whom
    fewer still, or none, are counted here.
    """
    small = [level for level in levels if level.level in few or _small(level.clients or 0, profile)]
    shown = [treat(level, profile) for level in levels if level not in small]
    if not small:
        return tuple(shown)
    people = treated_count(sum(level.clients or 0 for level in small), profile) if len(small) > 1 else None
    told: dict[str, Any] = {"level": without_name(profile.hidden, groups=len(small)), "clients": people or None}
    return (*shown, replace(blank(small[0], profile), **told))  # type: ignore[type-var]


def _without_the_few(treated: Measure, exact: Measure, few: Mapping[str, Collection[str]], profile: Profile) -> Measure:
    over_time = tuple(at for at in treated.over_time if at.clients)
    by = {column: together(levels, profile, few[column]) for column, levels in exact.by.items()}
    return replace(treated, over_time=over_time, by=by)


def _small(people: int, profile: Profile) -> bool:
    return 0 < people <= profile.small
