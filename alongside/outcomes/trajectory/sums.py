"""Six sums for each client: all that an exact mixed model needs to know of their scores.

For one client and measure: how many scores, the sums of time, of its square, of score, of time × score, and of
the score's square. They add up: a new form adds to six numbers, and two sites can pool theirs.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from alongside.outcomes.descriptive import finite

type Floats = NDArray[np.float64]
type Whole = NDArray[np.int64] | NDArray[np.float64]
"""Whole numbers, as such or in doubles, which hold them exactly up to 2^53."""
type Integers = NDArray[np.int64]

DAYS = 100
"""Time is counted in hundreds of days."""


@dataclass(frozen=True, kw_only=True)
class ClientSums:
    """Sums over the scores of each client; arrays of shape (clients,). Scores are counted from `centre`."""

    n: Floats
    """How many scores."""
    time: Floats
    """Sum of time since their first form, in hundreds of days."""
    time2: Floats
    """Sum of time squared."""
    score: Floats
    """Sum of scores, in points from `centre`."""
    time_score: Floats
    """Sum of time × score."""
    score2: Floats
    """Sum of scores squared."""
    spread: Floats
    """n × time2 - time², 0 if all of a client's scores are of one day."""
    centre: float
    """The score that counts as 0 here, in points; close to the middle, so that no digit is lost."""

    def __len__(self) -> int:
        return len(self.n)

    def of(self, clients: NDArray[np.int64] | NDArray[np.bool_]) -> "ClientSums":
        """Return the sums of some clients, by number or by yes and no."""
        kept = {name: part[clients] for name, part in vars(self).items() if name != "centre"}
        return ClientSums(**kept, centre=self.centre)


def from_rows(client: ArrayLike, day: ArrayLike, score: ArrayLike) -> ClientSums:
    """Add up scores given one by one.

    Parameters
    ----------
    client : whole numbers from 0, of shape (scores,); every number up to the highest is a client
    day : days since the client's first form, same shape; may be negative or fractional
    score : points, same shape

    Raises
    ------
    ValueError : lengths differ, or a day or score is not a finite number

    Examples
    --------
    >>> sums = from_rows([0, 0, 1], [0, 100, 0], [8, 4, 6])
    >>> sums.n.tolist(), sums.time.tolist(), (sums.score + sums.n * sums.centre).tolist()
    ([2.0, 1.0], [1.0, 0.0], [12.0, 6.0])
    """
    who, time, points = np.asarray(client, dtype=np.int64), finite(day) / DAYS, finite(score)
    if not len(who) == len(time) == len(points):
        raise ValueError("client, day and score must be equally long")
    centre = float(points.mean()) if len(points) else 0.0
    points = points - centre

    def total(values: Floats) -> Floats:
        return np.bincount(who, weights=values).astype(np.float64)

    n, t, tt = np.bincount(who).astype(np.float64), total(time), total(time * time)
    middle = np.divide(t, n, out=np.zeros_like(t), where=n > 0)[who]
    return ClientSums(
        n=n,
        time=t,
        time2=tt,
        score=total(points),
        time_score=total(time * points),
        score2=total(points * points),
        spread=n * total((time - middle) ** 2),
        centre=centre,
    )


def from_integers(
    *,
    n: Whole,
    day: Whole,
    day2: Whole,
    score: Whole,
    day_score: Whole,
    score2: Whole,
    decimals: int,
) -> ClientSums:
    """Take sums that a database made from whole days and from scores × 10^decimals; nothing is rounded on the way.

    Parameters
    ----------
    n, day, day2, score, day_score, score2 : whole numbers of shape (clients,)
    decimals : how many decimals the measure's scores have; 1 means that 6.4 was added up as 64

    Examples
    --------
    >>> import numpy as np
    >>> one = lambda *numbers: np.array(numbers, dtype=np.int64)
    >>> sums = from_integers(n=one(2), day=one(100), day2=one(10_000), score=one(120), day_score=one(4_000),
    ...                      score2=one(8_000), decimals=1)
    >>> sums.centre, sums.score.tolist(), sums.spread.tolist()
    (6.0, [0.0], [1.0])
    """
    everything = int(n.sum())
    middle = round(int(score.sum()) / everything) if everything else 0
    unit = float(10**decimals)
    return ClientSums(
        n=n.astype(np.float64),
        time=day / DAYS,
        time2=day2 / DAYS**2,
        score=(score - n * middle) / unit,
        time_score=(day_score - day * middle) / (unit * DAYS),
        score2=(score2 - 2 * middle * score + n * middle * middle) / unit**2,
        spread=(n * day2 - day * day) / DAYS**2,
        centre=middle / unit,
    )
