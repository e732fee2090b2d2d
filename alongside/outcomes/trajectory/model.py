"""How scores go over time: a start and a slope for everybody, apart for groups, and how much clients differ."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from alongside.outcomes.disclosure import Count, Detail, DetailCount, Reason
from alongside.outcomes.trajectory.design import SLOPE, Column, Design, Words, covariates, design, groups
from alongside.outcomes.trajectory.fitting import Fit, fit
from alongside.outcomes.trajectory.mean_line import EVERYONE, AverageOfClients, IntervalOfClients, MeanLine, mean_line
from alongside.outcomes.trajectory.sums import ClientSums, Floats

type Model = Literal["random_intercept", "random_intercept_slope"]
type Method = Literal["ml", "reml"]

SATTERTHWAITE = "Student’s t with Satterthwaite’s degrees of freedom"


@dataclass(frozen=True, kw_only=True)
class Effect:
    """One fixed effect: in points for a start or a difference of starts, in points per 100 days for a slope."""

    clients: Count
    """The people it rests on: everybody, or the smaller of two groups compared."""
    estimate: AverageOfClients
    """The estimate."""
    se: Detail
    """Its standard error."""
    df: Detail
    """Its degrees of freedom, by Satterthwaite's method."""
    t: Detail
    """Estimate over standard error."""
    p: Detail
    """Two-sided p value of t."""
    ci95: IntervalOfClients
    """95% interval."""


@dataclass(frozen=True, kw_only=True)
class GroupDifference:
    """One group beside the reference."""

    level: str
    """The attribute's value."""
    clients: Count
    """People of the group in the model."""
    start_difference: Effect | None
    """How much higher it starts; null if the other effects already say it."""
    per_100_days_difference: Effect | None
    """How much more it rises in 100 days; null if the other effects already say it."""


@dataclass(frozen=True, kw_only=True)
class GroupDifferences:
    """The groups of an attribute, each beside the first in order."""

    column: str
    """The attribute."""
    reference: str
    """The group that the others are compared with; `fixed` is about it."""
    clients: Count
    """People of the reference in the model."""
    levels: tuple[GroupDifference, ...]
    """The other groups."""


@dataclass(frozen=True, kw_only=True)
class RandomParts:
    """How much clients differ from the line of everybody, and their scores from their own lines."""

    sd_intercept: Detail = None
    """Standard deviation of clients' starts, in points."""
    sd_per_100_days: Detail = None
    """Standard deviation of clients' slopes, in points per 100 days; null if clients share one slope."""
    correlation: Detail = None
    """Correlation of start and slope; null if one of them does not vary."""
    sd_residual: Detail = None
    """Standard deviation of scores around a client's own line, in points."""


@dataclass(frozen=True, kw_only=True)
class Trajectory:
    """A linear mixed model of one measure's scores over days."""

    model: Model
    """`random_intercept`, or `random_intercept_slope`: whether clients differ in start alone or in slope as well."""
    method: Method
    """`reml`, restricted maximum likelihood, or `ml`."""
    n_clients: Count
    """People in the model."""
    n_scores: DetailCount
    """Their scores."""
    fixed: dict[str, Effect] = field(default_factory=dict)
    """`intercept` (day 0), `per_100_days`, then each covariate by its name; empty if there is no model."""
    by: GroupDifferences | None = None
    """Differences between groups, if an attribute was asked for."""
    lines: tuple[MeanLine, ...] = ()
    """The mean line of everyone, or of each group; empty if no fortnight after the first has ten people or more."""
    random: RandomParts = field(default_factory=RandomParts)
    """How much clients differ."""
    log_likelihood: Detail = None
    """Of the model; restricted for `reml`."""
    singular: bool | None = None
    """Whether a variance is 0 or start and slope go hand in hand, so that the model asks more than the scores hold."""
    ci_method: str = SATTERTHWAITE
    """How the intervals are made."""
    dropped: tuple[str, ...] = ()
    """Effects left out, since the others already say them."""
    why: Reason = None
    """Why there is no model."""


def trajectory(
    sums: ClientSums,
    *,
    model: Model = "random_intercept_slope",
    method: Method = "reml",
    by: tuple[str, Words] | None = None,
    known: Mapping[str, Words | Floats] | None = None,
    until: float | None = None,
) -> Trajectory:
    """Describe how scores go over time.

    Parameters
    ----------
    sums : six sums for each client; clients without a score are left out
    model : whether clients differ in their start alone, or in their slope as well
    method : `reml` for estimates; `ml` to compare models that differ in fixed effects
    by : an attribute's name and its value for each client; groups may start apart and change apart
    known : other things known of each client, which may move the start: numbers, or words as levels
    until : the last day of the mean lines; without it there are none

    Returns
    -------
    Trajectory
        As lme4 with lmerTest gives for `score ~ time * by + known + (time | client)`, time in 100 days. If the
        scores cannot tell, there are no numbers and `why` says the reason.

    Raises
    ------
    ValueError : values for another number of clients

    References
    ----------
    Laird and Ware (1982). doi:10.2307/2529876

    Examples
    --------
    >>> from alongside.outcomes.trajectory.sums import from_rows
    >>> sums = from_rows([0, 0, 0, 1, 1, 1, 2, 2, 2], [0, 50, 100] * 3, [8, 6, 5, 6, 5, 3, 9, 8, 6])
    >>> found = trajectory(sums, model="random_intercept")
    >>> round(found.fixed["per_100_days"].estimate, 3), round(found.random.sd_residual, 3)
    (-3.0, 0.316)
    """
    here = sums.n > 0
    sums = sums.of(here)
    asked = Trajectory(model=model, method=method, n_clients=len(sums), n_scores=int(sums.n.sum()))
    group = None if by is None else np.asarray(by[1])[here]
    columns = covariates({name: _of(values, here) for name, values in (known or {}).items()})
    others = groups(by[0], list(group)) if by and group is not None else []
    try:
        made = design(sums, [*columns, *others])
        fitted = fit(sums, made, slopes=model == "random_intercept_slope", reml=method == "reml")
    except ValueError as error:
        return replace(asked, why=str(error))
    names = {column.name for column in columns}
    fixed = {
        name: _effect(fitted, place, _rests_on(name, columns, len(sums)))
        for place, (name, on_slope) in enumerate(zip(fitted.columns, fitted.on_slope, strict=True))
        if name in names or place == 0 or (on_slope and name == SLOPE)
    }
    return replace(
        asked,
        fixed=fixed,
        by=_differences(fitted, by[0], group) if by and group is not None else None,
        lines=() if until is None else _lines(fitted, made, group, until),
        random=_random(fitted),
        log_likelihood=fitted.log_likelihood,
        singular=fitted.singular,
        dropped=fitted.dropped,
    )


def _of(values: Words | Floats, here: NDArray[np.bool_]) -> Words | Floats:
    chosen: Words | Floats = np.asarray(values)[here]
    return chosen


def _rests_on(name: str, columns: Sequence[Column], everybody: int) -> int:
    """The people an effect rests on: of a yes and a no, the fewer."""
    values = next((column.values for column in columns if column.name == name), None)
    if values is None or not np.isin(values, (0, 1)).all():
        return everybody
    yes = int(values.sum())
    return min(yes, everybody - yes)


def _effect(fitted: Fit, place: int, clients: int) -> Effect:
    from scipy.special import stdtr, stdtrit

    estimate, se = float(fitted.estimates[place]), math.sqrt(fitted.covariance[place, place])
    df, t = float(fitted.df[place]), estimate / se
    half = float(stdtrit(df, 0.975)) * se
    return Effect(
        clients=clients,
        estimate=estimate,
        se=se,
        df=df,
        t=t,
        p=2 * float(stdtr(df, -abs(t))),
        ci95=(estimate - half, estimate + half),
    )


def _differences(fitted: Fit, column: str, group: NDArray[np.str_]) -> GroupDifferences:
    levels, sizes = np.unique(group, return_counts=True)
    places = {key: place for place, key in enumerate(zip(fitted.columns, fitted.on_slope, strict=True))}

    def difference(level: str, size: int, *, on_slope: bool) -> Effect | None:
        place = places.get((f"{column}: {level}", on_slope))
        return None if place is None else _effect(fitted, place, min(size, int(sizes[0])))

    return GroupDifferences(
        column=column,
        reference=str(levels[0]),
        clients=int(sizes[0]),
        levels=tuple(
            GroupDifference(
                level=str(level),
                clients=int(size),
                start_difference=difference(level, int(size), on_slope=False),
                per_100_days_difference=difference(level, int(size), on_slope=True),
            )
            for level, size in zip(levels[1:], sizes[1:], strict=True)
        ),
    )


def _lines(fitted: Fit, made: Design, group: NDArray[np.str_] | None, until: float) -> tuple[MeanLine, ...]:
    of = np.full(len(made.pattern), EVERYONE) if group is None else group
    return tuple(
        MeanLine(level=str(level), points=mean_line(fitted, made, of == level, until=until)) for level in np.unique(of)
    )


def _random(fitted: Fit) -> RandomParts:
    (start, both), (_, slope) = fitted.d * fitted.variance
    varies = fitted.slopes and start > 0 and slope > 0
    return RandomParts(
        sd_intercept=math.sqrt(start),
        sd_per_100_days=math.sqrt(slope) if fitted.slopes else None,
        correlation=float(both / math.sqrt(start * slope)) if varies else None,
        sd_residual=math.sqrt(fitted.variance),
    )
