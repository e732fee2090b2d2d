"""What is known about a scale: its range, which way is better, and how far a score must move to count.

Everything but the key and the label may be left out. What is left out is not stated, and is never guessed.
"""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, kw_only=True)
class Scale:
    """One measured thing, such as one question of a form.

    Parameters
    ----------
    key
        Its name in data, for instance a column heading.
    label
        Its name for readers.
    low, high
        The lowest and the highest possible score; None leaves that end open.
    lower_is_better
        True when a fall is an improvement, False when a rise is, None when not stated.
    improved_by
        How far a score must move in the better direction to count as improved; None when not stated.
    improved_by_source
        Who says so, printed beside every count that uses it.
    low_words, high_words
        What the two ends are called on the form.
    step
        The smallest difference the scale records.

    Raises
    ------
    ValueError
        If `low` is not below `high`, or `improved_by` is not above zero.

    Examples
    --------
    >>> often = Scale(key="self_harm_frequency", label="How often", low=0, high=10, lower_is_better=True)
    >>> often.better
    'lower'
    >>> Scale(key="phq9", label="PHQ-9", low=27, high=0)
    Traceback (most recent call last):
    ...
    ValueError: phq9: the low end (27) must be below the high end (0). Swap or correct them.
    """

    key: str
    label: str
    low: float | None = None
    high: float | None = None
    lower_is_better: bool | None = None
    improved_by: float | None = None
    improved_by_source: str = ""
    low_words: str = ""
    high_words: str = ""
    step: float | None = None

    def __post_init__(self) -> None:
        if self.low is not None and self.high is not None and not self.low < self.high:
            raise ValueError(
                f"{self.key}: the low end ({self.low}) must be below the high end ({self.high}). Swap or correct them."
            )
        if self.improved_by is not None and not self.improved_by > 0:
            raise ValueError(
                f"{self.key}: improved_by ({self.improved_by}) must be above zero. "
                "Set the direction with lower_is_better."
            )

    @property
    def better(self) -> Literal["lower", "higher"] | None:
        """Say which way is better, or None when the scale does not state it.

        Examples
        --------
        >>> Scale(key="future", label="The future", lower_is_better=False).better
        'higher'
        >>> Scale(key="unknown", label="Unknown").better is None
        True
        """
        if self.lower_is_better is None:
            return None
        return "lower" if self.lower_is_better else "higher"
