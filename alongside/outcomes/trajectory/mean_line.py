"""The mean line of a model over days, with its interval, as far as ten people or more answered."""

from dataclasses import dataclass
from typing import Annotated

import numpy as np
from numpy.typing import ArrayLike, NDArray

from alongside.outcomes.disclosure import AVERAGE_BASE, AverageKind, DetailCount, Setting
from alongside.outcomes.trajectory.design import Design
from alongside.outcomes.trajectory.fitting import Fit, degrees_of_freedom
from alongside.outcomes.trajectory.sums import DAYS

AverageOfClients = Annotated[float | None, AverageKind("clients")]
IntervalOfClients = Annotated[tuple[float, float] | None, AverageKind("clients")]

EVERYONE = "everyone"
FORTNIGHT, LAST_FORTNIGHT = 14, 26


@dataclass(frozen=True, kw_only=True)
class MeanAt:
    """A mean line on one day."""

    day: Setting
    """The day."""
    clients: DetailCount
    """People in the model whose line it is."""
    mean: AverageOfClients
    """Their mean on that day, in points, as the model sees it."""
    ci95: IntervalOfClients
    """Its 95% interval."""


@dataclass(frozen=True, kw_only=True)
class MeanLine:
    """The mean line of a group, or of everyone."""

    level: str
    """The group: `everyone`, or the attribute's value."""
    points: tuple[MeanAt, ...]
    """Day 0, every fortnight after it, and the last day: as far as ten people or more of all answered, to day 357."""


def mean_line(fitted: Fit, design: Design, among: NDArray[np.bool_], *, until: float) -> tuple[MeanAt, ...]:
    """Return the mean line of some people, each with what the model is told of them: `predict` in R, averaged.

    Parameters
    ----------
    fitted, design : the model, and what it was told of the same clients
    among : whose line it is, of shape (clients,)
    until : the last day, above 0; there is a point on day 0, every 14 days, and on the last

    Returns
    -------
    Points with Student's t interval on Satterthwaite's degrees of freedom; none for nobody.

    References
    ----------
    Kuznetsova, Brockhoff and Christensen (2017). doi:10.18637/jss.v082.i13

    Examples
    --------
    >>> from alongside.outcomes.trajectory.design import design
    >>> from alongside.outcomes.trajectory.fitting import fit
    >>> from alongside.outcomes.trajectory.sums import from_rows
    >>> sums = from_rows([0, 0, 0, 1, 1, 1, 2, 2], [0, 50, 100, 0, 50, 100, 0, 50], [8, 6, 5, 6, 5, 3, 9, 8])
    >>> made = design(sums)
    >>> line = mean_line(fit(sums, made, slopes=False, reml=True), made, sums.n > 0, until=21)
    >>> [(point.day, round(point.mean, 2)) for point in line]
    [(0.0, 7.71), (14.0, 7.3), (21.0, 7.1)]
    """
    from scipy.special import stdtrit

    clients = int(among.sum())
    if not clients:
        return ()
    alike = np.bincount(design.pattern[among], minlength=len(design.patterns)) / clients
    start, slope = np.einsum("p,pse->se", alike, design.patterns)
    days = np.append(np.arange(0.0, until, FORTNIGHT), until)
    along = start + days[:, None] / DAYS * slope
    mean = along @ fitted.estimates
    se = np.sqrt(np.einsum("de,ef,df->d", along, fitted.covariance, along))
    half = stdtrit(degrees_of_freedom(fitted.covariance, fitted.moves, along), 0.975) * se
    return tuple(
        MeanAt(day=day, clients=clients, mean=at, ci95=(at - off, at + off))
        for day, at, off in zip(days.tolist(), mean.tolist(), half.tolist(), strict=True)
    )


def last_day(client: ArrayLike, day: ArrayLike) -> float | None:
    """Return the first day of the last fortnight, up to number 26, in which ten people or more answered.

    Beyond it a line would go where few people are. None if there is no such fortnight after the first.

    Parameters
    ----------
    client, day : arrays of shape (forms,), in order of client and day

    Examples
    --------
    >>> people = np.repeat(np.arange(12), 3)
    >>> last_day(people, np.tile([0, 15, 30], 12)), last_day(people[:27], np.tile([0, 15, 30], 9))
    (21.0, None)
    """
    who, when = np.asarray(client), np.floor((np.asarray(day) + FORTNIGHT / 2) / FORTNIGHT)
    new = np.ones(len(who), dtype=np.bool_)
    new[1:] = (who[1:] != who[:-1]) | (when[1:] != when[:-1])
    here = when[new & (when >= 0) & (when <= LAST_FORTNIGHT)].astype(np.int64)
    enough = np.flatnonzero(np.bincount(here, minlength=1)[1:] >= AVERAGE_BASE)
    return FORTNIGHT * (float(enough[-1]) + 0.5) if len(enough) else None
