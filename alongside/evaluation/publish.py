"""What may leave the organisation: results treated, and without what a row's mere presence would tell."""

from dataclasses import replace

from alongside.evaluation.results import Level, Measure, Results, Satisfied
from alongside.outcomes.disclosure import Profile, treat


def published(exact: Results, profile: Profile) -> Results:
    """Return results as they may be published.

    Beyond `treat`: a fortnight in which a few people answered has no row, since that would tell how long somebody
    stayed; and groups too small to show stand together without their names, since a name can be one person's.
    """
    treated = treat(exact, profile)
    measures = {name: _without_the_few(measure, profile) for name, measure in treated.measures.items()}
    satisfaction = tuple(
        replace(one, by={column: _together(levels, profile) for column, levels in one.by.items()})
        for one in treated.satisfaction
    )
    return replace(treated, measures=measures, satisfaction=satisfaction)


def _without_the_few(measure: Measure, profile: Profile) -> Measure:
    over_time = tuple(at for at in measure.over_time if at.clients)
    by = {column: _together(levels, profile) for column, levels in measure.by.items()}
    return replace(measure, over_time=over_time, by=by)


def _together[Group: (Level, Satisfied)](levels: tuple[Group, ...], profile: Profile) -> tuple[Group, ...]:
    shown = [level for level in levels if level.clients is not None]
    few = [level for level in levels if level.clients is None]
    return tuple(shown + [replace(level, level=f"a group of {profile.hidden}") for level in few[:1]])
