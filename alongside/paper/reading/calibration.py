"""From how well a mark fits to how sure its reading is: counted on generated pages, and kept as a small table.

Made with `python benchmarks/paper.py --calibrate`, on seeds that are used for nothing else.
"""

type Table = tuple[tuple[float, float], ...]

# the least fit of a bin, and the share of its readings that stand within 1 mm of the truth: 4, 63, 422 and 1,190 of
# them, all right; one wrong and one right are added, so that a bin of few is never said to be certain
LINES: Table = ((0.0, 0.5), (0.6, 0.833), (0.7, 0.985), (0.8, 0.998), (0.9, 0.999))
BOXES: Table = ((0.0, 0.5), (0.8, 0.978))  # of 134 readings, before words in boxes were noticed as well as they are now
ACCEPTED = 0.9  # a reading less sure than this is shown to a person
DOUBTED = 0.5  # the most that is said of a reading with a doubt


def sure(fit: float, table: Table) -> float:
    """Give how sure a reading is.

    Parameters
    ----------
    fit
        How well it fits, from 0 to 1.
    table
        Bins: the least fit, and the share that was right.

    Returns
    -------
    float
        The share of readings that fitted so well and were right, from 0 to 1.

    Examples
    --------
    >>> sure(0.7, ((0.0, 0.5), (0.6, 0.99)))
    0.99
    """
    return next(right for least, right in reversed(table) if fit >= least)
