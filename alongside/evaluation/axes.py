"""How far the axes of the report's figures go."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from alongside.outcomes.scales import Scale

type Values = Sequence[float] | NDArray[np.float64]

FAR = 10.0


def axis(values: Values, scale: Scale) -> tuple[float, float]:
    """Return the whole scale where it is known, else round numbers around what is drawn.

    >>> axis([3, 17, 12], Scale(key="bdi", label="BDI")), axis([3, 7], Scale(key="calm", label="Calm", low=0, high=10))
    ((0.0, 20.0), (0, 10))
    """
    if scale.low is not None and scale.high is not None:
        return scale.low, scale.high
    return rounded(values)


def near(values: Values) -> NDArray[np.float64]:
    """Return the values without those far outside the middle half.

    >>> near([1, 2, 3, 4, 1e9]).tolist()
    [1.0, 2.0, 3.0, 4.0]
    """
    all_ = np.asarray(values, dtype=np.float64)
    low, high = np.percentile(all_, [25, 75])
    reach = FAR * (high - low)
    return all_[(all_ >= low - reach) & (all_ <= high + reach)] if reach else all_


def rounded(values: Values) -> tuple[float, float]:
    """Return round numbers around values, the second above the first.

    >>> rounded([3, 17, 12]), rounded([4, 4])
    ((0.0, 20.0), (3.5, 4.5))
    """
    low, high = float(np.min(values)), float(np.max(values))
    step = 10.0 ** math.floor(math.log10(high - low or abs(high) or 1.0)) / 2
    bottom, top = step * math.floor(low / step), step * math.ceil(high / step)
    return (bottom, top) if bottom < top else (bottom - step, top + step)
