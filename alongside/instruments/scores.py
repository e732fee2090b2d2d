"""Scores of a form: which questions make one, what is done when one is missing, and what has been published of it."""

import math
import re
from itertools import pairwise
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, ValidationInfo, field_validator, model_validator

from alongside.instruments.items import Part, Positive, SnakeCase, Text

RELIABLE = 1.96  # standard errors of the difference
ROUNDED_BY = 0.5  # published thresholds are rounded to whole points

type Named = Annotated[int, Field(ge=1)] | SnakeCase  # a question by its number or its key
type Missing = Annotated[str, StringConstraints(pattern=r"^(all|none|prorate max [1-9][0-9]?)$")]


class Band(Part):
    """A published name for a stretch of scores, both ends in it."""

    name: Annotated[Text, StringConstraints(to_lower=True)]
    low: float
    high: float

    @field_validator("high")
    @classmethod
    def _ends_in_order(cls, high: float, info: ValidationInfo) -> float:
        low = info.data.get("low")
        if low is not None and high < low:
            raise ValueError(f"must not be below low ({low:g}); swap or correct them")
        return high


class CutOff(Part):
    """A score from which on a source says something: `means` is what."""

    at: float
    means: Text
    source: Text


class Caseness(Part):
    """The score from which on a service counts somebody as at caseness; a count for reports, never a label."""

    at: float
    source: Text


class ReliableChange(Part):
    r"""How far a score must move to be more than the measure's own unsteadiness, as published.

    Where the standard deviation and the reliability :math:`r` are given, it is checked against
    :math:`1.96\,SD\,\sqrt{2(1-r)}` (Jacobson and Truax 1991, https://doi.org/10.1037/0022-006X.59.1.12).
    """

    by: Positive
    source: Text
    sd: Positive | None = None
    reliability: Annotated[float, Field(gt=0, lt=1)] | None = None

    @model_validator(mode="after")
    def _agrees_with_its_parts(self) -> Self:
        if (self.sd is None) != (self.reliability is None):
            raise ValueError("has one of sd and reliability; give both or neither")
        if self.sd is not None and self.reliability is not None:
            found = RELIABLE * self.sd * math.sqrt(2 * (1 - self.reliability))
            if abs(found - self.by) > ROUNDED_BY:
                raise ValueError(f"by is {self.by:g}, but sd and reliability give {found:.2f}; correct one of them")
        return self


class ScoreDefinition(Part):
    """One score.

    `items` are its questions, every one with a number if it names none; `of_scores` makes it the mean or sum of other
    scores instead. `missing` is the rule of this score where it is not the form's. `optional` questions may not apply
    to somebody: the score is then made without them, and `optional_note` says so beside it. `never_prorated`
    questions are never filled in. Bands, caseness, reliable change and cut-offs stand only with their source.
    """

    key: SnakeCase
    name: Text
    rule: Literal["sum", "mean"]
    items: tuple[Named, ...] = ()
    of_scores: tuple[SnakeCase, ...] = ()
    missing: Missing | None = None
    optional: tuple[Named, ...] = ()
    optional_note: Text | None = None
    never_prorated: tuple[Named, ...] = ()
    lower_is_better: bool | None = None
    bands_source: Text | None = None
    bands: tuple[Band, ...] = ()
    caseness: Caseness | None = None
    reliable_change: ReliableChange | None = None
    cut_offs: tuple[CutOff, ...] = ()
    loinc: Text | None = None
    snomed: Text | None = None

    @field_validator("bands")
    @classmethod
    def _bands_have_a_source_and_an_order(cls, bands: tuple[Band, ...], info: ValidationInfo) -> tuple[Band, ...]:
        if bands and info.data.get("bands_source", "refused already") is None:
            raise ValueError("they have no source; say in bands_source who published them")
        for below, above in pairwise(bands):
            if not 0 < above.low - below.high <= 1:
                raise ValueError(
                    f"{above.name} begins at {above.low:g} and {below.name} ends at {below.high:g}; "
                    "let each begin just above the one before"
                )
        return bands

    @model_validator(mode="after")
    def _made_of_one_thing(self) -> Self:
        if self.items and self.of_scores:
            raise ValueError("has items and of_scores; keep one of them")
        if self.optional and not self.optional_note:
            raise ValueError("has optional questions and no optional_note; say what a score without them is")
        return self


def may_be_missing(rule: str) -> int:
    """Say how many unanswered questions a rule fills in.

    Parameters
    ----------
    rule
        `all`, `none` or `prorate max n`.

    Returns
    -------
    int
        n, or 0 where nothing is filled in.

    Examples
    --------
    >>> may_be_missing("prorate max 2"), may_be_missing("all")
    (2, 0)
    """
    found = re.fullmatch(r"prorate max (\d+)", rule)
    return int(found[1]) if found else 0
