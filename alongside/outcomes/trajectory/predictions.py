"""Each client's own line, drawn towards everybody's the less their forms say. Never published."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from alongside.outcomes.trajectory.design import Design, Words, covariates, design, groups
from alongside.outcomes.trajectory.fitting import Fit, fit
from alongside.outcomes.trajectory.sums import ClientSums, Floats


@dataclass(frozen=True)
class Predictions:
    """How each client differs from the line of their group; arrays of shape (clients,)."""

    start: Floats
    """How much higher they start, in points."""
    per_100_days: Floats
    """How much more they rise in 100 days, in points; 0 where clients share one slope."""
    start_error: Floats
    """Standard error of `start`, given the variances."""
    per_100_days_error: Floats
    """Standard error of `per_100_days`."""


@dataclass(frozen=True)
class OwnLines:
    """Each client's own line; arrays of shape (clients,)."""

    start: Floats
    """Its score on day 0, in points."""
    start_error: Floats
    """Standard error of how far that is from the start of people like them, given the variances."""
    per_100_days: Floats
    """Its change, in points per 100 days."""
    per_100_days_error: Floats | None
    """Standard error of how far that is from the change of people like them; None where clients share one slope."""


def predictions(sums: ClientSums, design: Design, fitted: Fit) -> Predictions:
    """Return the best linear unbiased prediction of each client's departure, as lme4's `ranef`.

    Parameters
    ----------
    sums, design, fitted : the clients, what the model was told of them, and the model

    References
    ----------
    Henderson (1975). doi:10.2307/2529430

    Examples
    --------
    >>> from alongside.outcomes.trajectory.design import design
    >>> from alongside.outcomes.trajectory.fitting import fit
    >>> from alongside.outcomes.trajectory.sums import from_rows
    >>> sums = from_rows([0, 0, 0, 1, 1, 1, 2, 2], [0, 50, 100, 0, 50, 100, 0, 50], [8, 6, 5, 6, 5, 3, 9, 8])
    >>> made = design(sums)
    >>> predictions(sums, made, fit(sums, made, slopes=False, reml=True)).start.round(2).tolist()
    [0.08, -1.56, 1.48]
    """
    (d11, d12), (_, d22) = fitted.d
    f = 1 + d11 * sums.n + 2 * d12 * sums.time + d22 * sums.time2 + (d11 * d22 - d12 * d12) * sums.spread
    w11, w12, w22 = (
        (sums.n + d22 * sums.spread) / f,
        (sums.time - d12 * sums.spread) / f,
        (sums.time2 + d11 * sums.spread) / f,
    )
    estimates = fitted.estimates - np.eye(len(fitted.estimates))[0] * sums.centre
    begins, rises = (design.patterns[design.pattern] @ estimates).T
    off = sums.score - sums.n * begins - sums.time * rises
    off_in_time = sums.time_score - sums.time * begins - sums.time2 * rises
    along1, along2 = d11 * off + d12 * off_in_time, d12 * off + d22 * off_in_time
    s1, s2 = off - w11 * along1 - w12 * along2, off_in_time - w12 * along1 - w22 * along2
    known1 = d11 * d11 * w11 + 2 * d11 * d12 * w12 + d12 * d12 * w22
    known2 = d12 * d12 * w11 + 2 * d12 * d22 * w12 + d22 * d22 * w22
    return Predictions(
        start=d11 * s1 + d12 * s2,
        per_100_days=d12 * s1 + d22 * s2,
        start_error=np.sqrt(np.maximum(fitted.variance * (d11 - known1), 0)),
        per_100_days_error=np.sqrt(np.maximum(fitted.variance * (d22 - known2), 0)),
    )


def own_lines(
    sums: ClientSums,
    *,
    slopes: bool,
    reml: bool,
    by: tuple[str, Words] | None = None,
    known: Mapping[str, Words | Floats] | None = None,
) -> OwnLines | None:
    """Return each client's own line: that of people like them and their departure from it; None without a model.

    Parameters
    ----------
    sums : six sums for each client who answered
    slopes, reml, by, known : of the model that is shown, as for `comparing.comparisons`

    Examples
    --------
    >>> from alongside.outcomes.trajectory.sums import from_rows
    >>> sums = from_rows([0, 0, 0, 1, 1, 1, 2, 2], [0, 50, 100, 0, 50, 100, 0, 50], [8, 6, 5, 6, 5, 3, 9, 8])
    >>> found = own_lines(sums, slopes=False, reml=True)
    >>> found.start.round(2).tolist(), found.per_100_days.round(2).tolist()
    ([7.78, 6.14, 9.19], [-2.9, -2.9, -2.9])
    """
    made = design(sums, [*covariates(known or {}), *(groups(*by) if by else [])])
    try:
        fitted = fit(sums, made, slopes=slopes, reml=reml)
    except ValueError:
        return None
    apart = predictions(sums, made, fitted)
    begins, rises = (made.patterns[made.pattern] @ fitted.estimates).T
    return OwnLines(
        start=begins + apart.start,
        start_error=apart.start_error,
        per_100_days=rises + apart.per_100_days,
        per_100_days_error=apart.per_100_days_error if slopes else None,
    )
