"""How far a group would move with no help at all, because it started away from the usual mean."""

import math
from dataclasses import dataclass

from numpy.typing import ArrayLike

from alongside.outcomes.descriptive import finite
from alongside.outcomes.disclosure import AverageOfN, Count, Reason, Setting
from alongside.outcomes.reliable_change import check_reliability


@dataclass(frozen=True, kw_only=True)
class RegressionToTheMean:
    """How far a group would move with no help at all, because it started away from the usual mean."""

    n: Count
    """People whose change is looked at."""
    mean_first: AverageOfN
    """Mean of their first forms, in points."""
    population_mean: Setting
    """Mean of the people they come from, in points."""
    reliability: Setting
    """The measure's reliability, 0 to 1."""
    expected_change: AverageOfN
    """The change to expect from that alone, in points."""
    source: str
    """Who published that mean and the reliability."""
    why: Reason = None
    """Why a number here is null."""


def regression_to_the_mean(
    first: ArrayLike, *, population_mean: float, reliability: float, source: str
) -> RegressionToTheMean:
    """Estimate how far a group's mean would move by itself: (1 - r) × (population mean - mean of first forms).

    For a group picked because it is beyond a cut-off, and normal scores, this is Barnett's
    (1 - r) σ φ(z) / (1 - Φ(z)) with z the cut-off in standard deviations from the population's mean.

    Parameters
    ----------
    first : array of shape (n,), in points, first forms of the people whose change is looked at
    population_mean : in points
    reliability : r, at least 0 and below 1
    source : who published both

    References
    ----------
    Barnett, van der Pols and Dobson (2005). doi:10.1093/ije/dyh299

    Examples
    --------
    >>> found = regression_to_the_mean([8, 9, 7], population_mean=3, reliability=0.8, source="a survey")
    >>> round(found.expected_change, 2)
    -1.0
    """
    check_reliability(reliability, source)
    if not math.isfinite(population_mean):
        raise ValueError("the population's mean must be a finite number")
    scores = finite(first)
    mean = float(scores.mean()) if len(scores) else None
    return RegressionToTheMean(
        n=len(scores),
        mean_first=mean,
        population_mean=population_mean,
        reliability=reliability,
        expected_change=None if mean is None else (1 - reliability) * (population_mean - mean),
        source=source,
        why="Nobody answered." if mean is None else None,
    )
