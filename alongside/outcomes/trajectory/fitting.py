"""Finds the D at which the deviance is least, and how sure each fixed effect is.

Away from the edge, Fisher scoring with the expected information finds it in five or six steps. Where a variance is 0
or start and slope go hand in hand exactly, the least deviance lies on the edge of what a covariance can be; there
the factor L with D = L L' is searched instead, and the fit is called singular.
"""

import math
from dataclasses import dataclass

import numpy as np

from alongside.outcomes.trajectory.design import Design
from alongside.outcomes.trajectory.likelihood import Likelihood, Point
from alongside.outcomes.trajectory.sums import ClientSums, Floats

SINGULAR = 1e-4
"""A fit is singular if an entry on the diagonal of L is smaller, as lme4 says it."""
ENOUGH = 1e-12
STEPS, HALVINGS = 60, 25
NUDGE = 1e-4
STARTS = ((1.0, 0.0, 0.0), (0.1, 0.1, 0.0), (0.1, 0.0, 1.0), (0.1, 0.0, 0.1))


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
    scale = math.sqrt(float(sums.time2.sum()) / float(sums.n.sum()))
    likelihood = Likelihood(_in_units_of(sums, scale), design, reml=reml)
    factor, point = _best(likelihood, slopes=slopes)
    unit = np.where(design.on_slope, 1 / scale, 1.0)
    estimates = point.beta * unit
    estimates[0] += sums.centre
    kept = np.array([1.0, 1 / scale])
    on_edge = min(factor[0, 0], factor[1, 1] / scale if slopes else math.inf)
    return Fit(
        columns=design.columns,
        on_slope=tuple(design.on_slope.tolist()),
        estimates=estimates,
        covariance=point.variance * point.inverse * np.outer(unit, unit),
        df=_degrees_of_freedom(likelihood, factor, point, slopes=slopes),
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


def _in_units_of(sums: ClientSums, scale: float) -> ClientSums:
    """Count time in a unit in which it is about 1, so that no step is too long or too short."""
    return ClientSums(
        n=sums.n,
        time=sums.time / scale,
        time2=sums.time2 / scale**2,
        score=sums.score,
        time_score=sums.time_score / scale,
        score2=sums.score2,
        spread=sums.spread / scale**2,
        centre=sums.centre,
    )


def _best(likelihood: Likelihood, *, slopes: bool) -> tuple[Floats, Point]:
    """Return the factor L of the best D, and what it gives."""
    free = 3 if slopes else 1
    d = np.array([1.0, 0.0, 0.25 if slopes else 0.0])
    point = likelihood.at(*d)
    for _ in range(STEPS):
        slope = _lower(point.slope(point.variance)) * np.array([1, 2, 1])
        step = np.zeros(3)
        step[:free] = np.linalg.lstsq(point.curvature[:free, :free], -slope[:free], rcond=None)[0]
        if abs(float(slope @ step)) < ENOUGH * max(1.0, abs(point.deviance) * 1e-4):
            return _factor(d), point
        found = _downhill(likelihood, d, step, point)
        if found is None:
            break
        d, point = found
    return _on_the_edge(likelihood, _factor(d), point, slopes=slopes)


def _downhill(likelihood: Likelihood, d: Floats, step: Floats, point: Point) -> tuple[Floats, Point] | None:
    """Go along a step, by half of it, by a quarter, until the deviance falls; None if it does not, or at the edge."""
    for _ in range(HALVINGS):
        there = d + step
        if there[0] > 0 and (there[2] == 0 == d[2] or there[0] * there[2] - there[1] ** 2 > 0):
            found = likelihood.at(*there)
            if found.deviance <= point.deviance + 1e-12 * abs(point.deviance):
                return there, found
        step = step / 2
    return None


def _on_the_edge(likelihood: Likelihood, factor: Floats, point: Point, *, slopes: bool) -> tuple[Floats, Point]:
    """Search the factor L itself, whose diagonal may be 0, from several places; keep the best."""
    from scipy.optimize import minimize

    free = [(0, 0), (1, 0), (1, 1)] if slopes else [(0, 0)]
    rows, columns = map(list, zip(*free, strict=True))
    base = likelihood.at(0, 0, 0).deviance

    def deviance(entries: Floats) -> tuple[float, Floats]:
        here = np.zeros((2, 2))
        here[rows, columns] = entries
        found = _at(likelihood, here)
        return found.deviance - base, 2 * (found.slope(found.variance) @ here)[rows, columns]

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


def _degrees_of_freedom(likelihood: Likelihood, factor: Floats, point: Point, *, slopes: bool) -> Floats:
    """Satterthwaite's df: 2 var² over the variance of var, by the curvature of the deviance in L and s.

    References: Satterthwaite (1946), doi:10.2307/3002019; Kuznetsova et al. (2017), doi:10.18637/jss.v082.i13.
    """
    free = [(0, 0), (1, 0), (1, 1)] if slopes else [(0, 0)]
    rows, columns = map(list, zip(*free, strict=True))
    sd = math.sqrt(point.variance)

    def gradient(found: Point, here: Floats) -> Floats:
        of_factor = 2 * (found.slope(point.variance) @ here)[rows, columns]
        return np.append(of_factor, 2 * likelihood.df / sd - 2 * found.rss / sd**3)

    size = len(free) + 1
    curvature, of_variance = np.zeros((size, size)), np.zeros((size, len(point.beta)))
    for place, entry in enumerate(free):
        nudge = NUDGE * max(1.0, abs(factor[entry]))
        ahead, behind = factor.copy(), factor.copy()
        ahead[entry] += nudge
        behind[entry] -= nudge
        after, before = _at(likelihood, ahead), _at(likelihood, behind)
        curvature[place] = (gradient(after, ahead) - gradient(before, behind)) / (2 * nudge)
        of_variance[place] = point.variance * (np.diag(after.inverse) - np.diag(before.inverse)) / (2 * nudge)
    curvature[-1, :-1] = curvature[:-1, -1]
    curvature[-1, -1] = -2 * likelihood.df / sd**2 + 6 * point.rss / sd**4
    of_variance[-1] = 2 * sd * np.diag(point.inverse)
    sizes, directions = np.linalg.eigh((curvature + curvature.T) / 2)
    known = sizes > 1e-8
    along = directions[:, known].T @ of_variance
    doubt = 2 * (along**2 / sizes[known, None]).sum(axis=0)
    return np.asarray(2 * (point.variance * np.diag(point.inverse)) ** 2 / doubt)


def _at(likelihood: Likelihood, factor: Floats) -> Point:
    d = factor @ factor.T
    return likelihood.at(float(d[0, 0]), float(d[0, 1]), float(d[1, 1]))


def _lower(matrix: Floats) -> Floats:
    return np.array([matrix[0, 0], matrix[0, 1], matrix[1, 1]])


def _factor(d: Floats) -> Floats:
    """The lower triangle L with D = L L'."""
    start = math.sqrt(max(d[0], 0.0))
    across = d[1] / start if start > 0 else 0.0
    return np.array([[start, 0.0], [across, math.sqrt(max(d[2] - across**2, 0.0))]])
