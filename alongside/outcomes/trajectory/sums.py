"""Six sums for each client: all that an exact mixed model needs to know of their scores.

For one client and measure: how many scores, the sums of time, of its square, of score, of time × score, and of
the score's square. They add up: a new form adds to six numbers, and two sites can pool theirs. Three differences of
their products stand beside them, made before a digit can be lost.
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
BLOCK = 8192  # clients at a time, so that what is worked on stays in the processor's cache


@dataclass(frozen=True, kw_only=True)
class ClientSums:
    """Sums over the scores of each client; each has shape (clients,). Scores are counted from `centre`."""

    table: Floats
    """One row for each sum, in the order in which they follow here, of shape (9, clients)."""
    centre: float
    """The score that counts as 0 here, in points; close to the middle, so that no digit is lost."""

    def __len__(self) -> int:
        return int(self.table.shape[1])

    def of(self, clients: NDArray[np.int64] | NDArray[np.bool_]) -> "ClientSums":
        """Return the sums of some clients, by number or by yes and no."""
        places = np.flatnonzero(clients) if clients.dtype == np.bool_ else clients
        return ClientSums(table=np.take(self.table, places, axis=1), centre=self.centre)

    def _row(self, place: int) -> Floats:
        row: Floats = self.table[place]
        return row

    @property
    def n(self) -> Floats:
        """How many scores."""
        return self._row(0)

    @property
    def time(self) -> Floats:
        """Sum of time since their first form, in hundreds of days."""
        return self._row(1)

    @property
    def time2(self) -> Floats:
        """Sum of time squared."""
        return self._row(2)

    @property
    def spread(self) -> Floats:
        """n × time2 - time², 0 if all of a client's scores are of one day."""
        return self._row(3)

    @property
    def score(self) -> Floats:
        """Sum of scores, in points from `centre`."""
        return self._row(4)

    @property
    def time_score(self) -> Floats:
        """Sum of time × score."""
        return self._row(5)

    @property
    def across(self) -> Floats:
        """n × time_score - time × score; over `spread` it is the slope of a client's own straight line."""
        return self._row(6)

    @property
    def along(self) -> Floats:
        """time × time_score - time2 × score; over `spread` it is the start of that line, its sign turned."""
        return self._row(7)

    @property
    def score2(self) -> Floats:
        """Sum of scores squared."""
        return self._row(8)


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
    middle = np.divide(t, n, out=np.zeros_like(t), where=n > 0)
    off = time - middle[who]
    spread, across, score = n * total(off**2), n * total(off * points), total(points)
    table = [n, t, tt, spread, score, total(time * points), across, middle * across - score * spread / n.clip(min=1)]
    return ClientSums(table=np.array([*table, total(points * points)]), centre=centre)


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
    units = np.array([1, DAYS, DAYS**2, DAYS**2, unit, DAYS * unit, DAYS * unit, DAYS**2 * unit, unit**2])
    table = np.empty((9, len(n)))
    for begin in range(0, len(n), BLOCK):
        part = slice(begin, begin + BLOCK)
        forms, days, days2 = n[part], day[part], day2[part]
        off = score[part] - forms * middle
        days_off = day_score[part] - days * middle
        made = (
            *(forms, days, days2, forms * days2 - days * days, off, days_off),
            *(forms * days_off - days * off, days * days_off - days2 * off),
            score2[part] - middle * (score[part] + off),
        )
        np.divide(made, units[:, None], out=table[:, part])
    return ClientSums(table=table, centre=middle / unit)
