"""Finds the D at which the deviance is least, and how sure each fixed effect is.

Away from the edge, Fisher scoring with the expected information finds it in five or six steps. Where a variance is 0
or start and slope go hand in hand exactly, the least deviance lies on the edge of what a covariance can be; there
the factor L with D = L L' is searched instead, and the fit is called singular.
"""

import math
from dataclasses import dataclass, replace

import numpy as np

from alongside.outcomes.trajectory.design import Design
from alongside.outcomes.trajectory.likelihood import Likelihood, Point, in_entries
from alongside.outcomes.trajectory.sums import ClientSums, Floats

SINGULAR = 1e-4
"""A fit is singular if an entry on the diagonal of L is smaller, as lme4 says it."""
ENOUGH = 1e-14
STEPS, HALVINGS = 60, 25
NEAR = 1.0  # the deviance can fall by so little
MANY, EVERY = 32_768, 16
"""Clients that are worth a first guess from every sixteenth."""
ENTRIES = np.array([[[1, 0], [0, 0]], [[0, 0], [1, 0]], [[0, 0], [0, 1]]])
"""How L moves with each of its entries."""
STARTS = ((1.0, 0.0, 0.0), (0.1, 0.1, 0.0), (0.1, -0.1, 0.0), (0.1, 0.0, 1.0))


@dataclass(frozen=True, kw_only=True)
class Fit:
    """A mixed model at its best D. Time is in hundreds of days, scores in points."""

    columns: tuple[str, ...]
    on_slope: tuple[bool, ...]
    estimates: Floats
    covariance: Floats
    """Of the estimates."""
    df: Floats
    """Satterthwaite's degrees of freedom of each estimate."""
    moves: Floats
    """How the covariance moves, one standard error along each direction in which the variances are unsure."""
    d: Floats
    """Covariance of clients' starts and slopes over the residual variance, 2 × 2."""
    variance: float
    """Residual variance."""
    log_likelihood: float
    """Of all scores, or for REML of what the fixed effects leave."""
    singular: bool
    reml: bool
    slopes: bool
    dropped: tuple[str, ...]


def fit(sums: ClientSums, design: Design, *, slopes: bool, reml: bool) -> Fit:
    """Fit a random start, or a random start and slope, for each client.

    Parameters
    ----------
    sums, design : of the same clients
    slopes : whether clients differ in slope as well
    reml : restricted likelihood rather than plain

    Raises
    ------
    ValueError
        The model cannot be told from these scores; the sentence says why.

    Examples
    --------
    >>> from alongside.outcomes.trajectory.design import design
    >>> from alongside.outcomes.trajectory.sums import from_rows
    >>> sums = from_rows([0, 0, 0, 1, 1, 1, 2, 2], [0, 50, 100, 0, 50, 100, 0, 50], [8, 6, 5, 6, 5, 3, 9, 8])
    >>> fitted = fit(sums, design(sums), slopes=False, reml=True)
    >>> fitted.estimates.round(3).tolist(), round(fitted.variance, 3)
    ([7.706, -2.904], 0.111)
    """
    _refuse(sums, design, slopes=slopes)
    scale = math.sqrt(float(sums.time2.sum()) / float(sums.n.sum()))  # so that no step is too long or too short
    likelihood = Likelihood(sums, design, reml=reml, unit=scale)
    factor, point = _best(likelihood, _first_guess(likelihood, sums, design, slopes=slopes), slopes=slopes)
    unit = np.where(design.on_slope, 1 / scale, 1.0)
    estimates = point.beta * unit
    estimates[0] += sums.centre
    covariance = point.variance * point.inverse * np.outer(unit, unit)
    moves = _moves(likelihood, factor, point, slopes=slopes) * np.outer(unit, unit)
    kept = np.array([1.0, 1 / scale])
    on_edge = min(factor[0, 0], factor[1, 1] / scale if slopes else math.inf)
    return Fit(
        columns=design.columns,
        on_slope=tuple(design.on_slope.tolist()),
        estimates=estimates,
        covariance=covariance,
        df=degrees_of_freedom(covariance, moves, np.eye(len(unit))),
        moves=moves,
        d=factor @ factor.T * np.outer(kept, kept),
        variance=point.variance,
        log_likelihood=-(point.deviance + (2 * design.on_slope.sum() * math.log(scale) if reml else 0)) / 2,
        singular=bool(on_edge < SINGULAR),
        reml=reml,
        slopes=slopes,
        dropped=design.dropped,
    )


def _refuse(sums: ClientSums, design: Design, *, slopes: bool) -> None:
    scores, clients = int(sums.n.sum()), int((sums.n > 0).sum())
    each = 2 if slopes else 1
    if clients < 2:
        raise ValueError("Fewer than two clients have scores, so clients cannot be compared.")
    if "per_100_days" not in design.columns:
        raise ValueError("Every form is of the first day, so nothing can be said of change.")
    if not float(sums.score2.sum()) > 0:
        raise ValueError("Every score is the same, so there is no change to describe.")
    if scores <= each * clients:
        raise ValueError(
            f"{scores} scores of {clients} clients are too few for a start {'and a slope ' if slopes else ''}"
            "of each client’s own."
        )
    if scores <= len(design.columns) + each:
        raise ValueError("There are too few scores for so many effects.")


def _first_guess(likelihood: Likelihood, sums: ClientSums, design: Design, *, slopes: bool) -> Floats:
    """Return the D to begin at; of many clients, the best for every sixteenth."""
    guess = np.array([1.0, 0.0, 0.25 if slopes else 0.0])
    if len(sums) < MANY:
        return guess
    some = np.arange(0, len(sums), EVERY)
    few = replace(design, pattern=design.pattern[some])
    try:
        of_few = Likelihood(sums.of(some), few, reml=likelihood.reml, unit=likelihood.unit)
        best, _, found = _scored(of_few, guess, slopes=slopes)
    except ValueError:  # a rare group is not among them, or all their scores lie on lines
        return guess
    return best if found else guess


def _best(likelihood: Likelihood, guess: Floats, *, slopes: bool) -> tuple[Floats, Point]:
    """Return the factor L of the best D, and what it gives."""
    d, point, found = _scored(likelihood, guess, slopes=slopes)
    return (_factor(d), point) if found else _on_the_edge(likelihood, _factor(d), point, slopes=slopes)


def _scored(likelihood: Likelihood, guess: Floats, *, slopes: bool) -> tuple[Floats, Point, bool]:
    """Step downhill by the curvature that is to be expected, when near also by what the last step showed of it; and
    say whether the bottom was found."""
    d, point, free = guess, likelihood.at(guess), 3 if slopes else 1
    curvature = point.expected
    for _ in range(STEPS):
        slope, step = in_entries(point.slope), np.zeros(3)
        step[:free] = np.linalg.lstsq(curvature[:free, :free], -slope[:free], rcond=None)[0]
        fall = abs(float(slope @ step))
        if fall < ENOUGH * max(1.0, abs(point.deviance) * 1e-2):
            return d, point, True
        found = _downhill(likelihood, d, step, point)
        if found is None:
            break
        before, (d, point) = d, found
        curvature = point.expected
        if fall < NEAR:
            curvature = _as_seen(curvature, d - before, in_entries(point.slope) - slope)
    return d, point, False


def _as_seen(curvature: Floats, step: Floats, change: Floats) -> Floats:
    """Make a curvature agree with how the slope changed along a step, as Broyden, Fletcher, Goldfarb and Shanno do."""
    foreseen = curvature @ step
    if min(step @ change, step @ foreseen) <= 0:
        return curvature
    return curvature - np.outer(foreseen, foreseen) / (step @ foreseen) + np.outer(change, change) / (step @ change)


def _downhill(likelihood: Likelihood, d: Floats, step: Floats, point: Point) -> tuple[Floats, Point] | None:
    """Go along a step, by half of it, by a quarter, until the deviance falls; None if it does not, or at the edge."""
    for _ in range(HALVINGS):
        there = d + step
        if there[0] > 0 and (there[2] == 0 == d[2] or there[0] * there[2] - there[1] ** 2 > 0):
            found = likelihood.at(there)
            if found.deviance <= point.deviance + 1e-12 * abs(point.deviance):
                return there, found
        step = step / 2
    return None


def _on_the_edge(likelihood: Likelihood, factor: Floats, point: Point, *, slopes: bool) -> tuple[Floats, Point]:
    """Search the factor L itself, whose diagonal may be 0, from several places; keep the best."""
    from scipy.optimize import minimize

    free = [(0, 0), (1, 0), (1, 1)] if slopes else [(0, 0)]
    rows, columns = map(list, zip(*free, strict=True))
    base = likelihood.at(np.zeros(3)).deviance

    def deviance(entries: Floats) -> tuple[float, Floats]:
        here = np.zeros((2, 2))
        here[rows, columns] = entries
        found = _at(likelihood, here)
        return found.deviance - base, 2 * (found.slope @ here)[rows, columns]

    started = [factor[rows, columns], *(np.array(start)[: len(free)] for start in STARTS)]
    bounds = [(0, None) if row == column else (None, None) for row, column in free]
    best, where = point, factor
    for start in started:
        ended = minimize(
            deviance, start, jac=True, method="L-BFGS-B", bounds=bounds,
            options={"ftol": 1e-15, "gtol": 1e-9, "maxiter": 500},
        )  # fmt: skip
        here = np.zeros((2, 2))
        here[rows, columns] = ended.x
        found = _at(likelihood, here)
        if found.deviance < best.deviance:
            best, where = found, here
    return where, best


def degrees_of_freedom(covariance: Floats, moves: Floats, along: Floats) -> Floats:
    """Return Satterthwaite's df of sums of effects: 2 var² over the variance of var.

    References: Satterthwaite (1946), doi:10.2307/3002019; Kuznetsova et al. (2017), doi:10.18637/jss.v082.i13.

    Parameters
    ----------
    covariance, moves : of a fit, of shapes (effects, effects) and (directions, effects, effects)
    along : what each sum takes of each effect, of shape (sums, effects)
    """
    variance = np.einsum("se,ef,sf->s", along, covariance, along)
    moved = np.einsum("se,def,sf->sd", along, moves, along)
    return np.asarray(2 * variance**2 / (moved**2).sum(axis=1))


def _moves(likelihood: Likelihood, factor: Floats, point: Point, *, slopes: bool) -> Floats:
    """How the covariance of the effects moves, by the curvature of the deviance in L and the log of the residual sd."""
    entries = ENTRIES if slopes else ENTRIES[:1]
    of_d = np.array([_lower(entry @ factor.T + factor @ entry.T) for entry in entries])
    in_d, of_inverse = likelihood.curvature(_lower(factor @ factor.T), point)
    size, effects = len(entries) + 1, len(point.beta)
    curvature, of_covariance = np.zeros((size, size)), np.zeros((size, effects, effects))
    curvature[:-1, :-1] = of_d @ in_d @ of_d.T + 2 * np.einsum("iac,jbc,ab->ij", entries, entries, point.slope)
    curvature[-1, :-1] = curvature[:-1, -1] = 2 / point.variance * of_d @ in_entries(point.scores)
    curvature[-1, -1] = -2 * likelihood.df + 6 * point.rss / point.variance
    of_covariance[:-1] = point.variance * np.einsum("pi,ief->pef", of_d, of_inverse)
    of_covariance[-1] = 2 * point.variance * point.inverse
    sizes, directions = np.linalg.eigh((curvature + curvature.T) / 2)
    known = sizes > 1e-8
    one_se = directions[:, known] * np.sqrt(2 / sizes[known])
    return np.asarray(np.einsum("pd,pef->def", one_se, of_covariance))


def _at(likelihood: Likelihood, factor: Floats) -> Point:
    return likelihood.at(_lower(factor @ factor.T))


def _lower(matrix: Floats) -> Floats:
    return np.array([matrix[0, 0], matrix[1, 0], matrix[1, 1]])


def _factor(d: Floats) -> Floats:
    """The lower triangle L with D = L L'."""
    start = math.sqrt(max(d[0], 0.0))
    across = d[1] / start if start > 0 else 0.0
    return np.array([[start, 0.0], [across, math.sqrt(max(d[2] - across**2, 0.0))]])
