"""A share of people, and how sure one can be of it."""

import math

Z95 = 1.959963984540054


def wilson(count: int, n: int) -> tuple[float, float] | None:
    """Return Wilson's 95% score interval of a proportion, without continuity correction.

    The interval is (p + z²/2n ± z √(p(1 - p)/n + z²/4n²)) / (1 + z²/n) with p = count / n and z = 1.96.
    It stays within 0 and 1 and is sensible for small n.

    Parameters
    ----------
    count : how many of them, 0 to n
    n : of how many

    Returns
    -------
    (low, high), each 0 to 1, or None when n is 0

    Raises
    ------
    ValueError : count is negative or above n

    References
    ----------
    Wilson (1927). doi:10.1080/01621459.1927.10502953

    Examples
    --------
    >>> low, high = wilson(5, 10)
    >>> round(low, 6), round(high, 6)
    (0.236593, 0.763407)
    """
    if not 0 <= count <= n:
        raise ValueError(f"{count} of {n} is not a share: count must lie between 0 and n")
    if n == 0:
        return None
    share = count / n
    squared = Z95**2
    middle = share + squared / (2 * n)
    half = Z95 * math.sqrt(share * (1 - share) / n + squared / (4 * n * n))
    scale = 1 + squared / n
    low = 0.0 if count == 0 else (middle - half) / scale
    high = 1.0 if count == n else (middle + half) / scale
    return low, high
