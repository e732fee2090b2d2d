"""Questions of a form: a mark on a line, one choice, a number, several choices, or words."""

import math
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationInfo, field_validator, model_validator

type Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
type SnakeCase = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$")]
type Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*([-_][a-z0-9]+)*$")]
type Positive = Annotated[float, Field(gt=0)]
type Occasion = Literal["fortnight", "session"]


class Part(BaseModel):
    """Anything in a definition: fixed once read, with no unknown keys and no infinite numbers."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class Asked(Part):
    """What every kind of question has.

    `topic` is a short label, shown where there is no wording. `source_wording` keeps the original where `wording`
    corrects it. `loinc` is its code for exchange with other systems.
    """

    number: Annotated[int, Field(ge=1)]
    key: SnakeCase
    topic: Text
    wording: Text | None = None
    source_wording: Text | None = None
    occasion: Occasion | None = None
    loinc: Text | None = None

    @property
    def title(self) -> str:
        """Say the question: its wording, or its number and topic where the wording is not ours to give.

        Examples
        --------
        >>> Words(kind="text", number=3, key="q3", topic="Moods").title
        'Question 3 (Moods)'
        >>> Words(kind="text", number=3, key="q3", topic="Question 3").title
        'Question 3'
        """
        plain = f"Question {self.number}"
        return self.wording or (plain if self.topic == plain else f"{plain} ({self.topic})")


class Words(Asked):
    """A question answered in words: it is kept, shown, and never scored."""

    kind: Literal["text"]


class Choices(Asked):
    """A question that takes any number of the choices: it is kept, shown, and never scored."""

    kind: Literal["choices"]
    options: tuple[Text, ...] = ()


class Item(Asked):
    """A question answered with a mark that is a number from `low` to `high`.

    `line` is a mark on a line, `choice` one of a row of choices, `number` a typed number. `finding_name` is a noun
    phrase that fits inside a sentence. `options` are the words of the choices, from `low` upwards. `points` are what
    the marks from `low` upwards count for, where that is not the mark itself. `also` are marks that have letters,
    and the number each stands for. `occasion` is what it asks about, on a form given before and after a session.
    """

    kind: Literal["line", "choice", "number"]
    finding_name: Text
    low: float
    high: float
    step: Positive
    low_words: Text
    high_words: Text
    lower_is_better: bool | None = None
    options: tuple[Text, ...] = ()
    points: tuple[float, ...] = ()
    also: dict[str, float] = {}

    @field_validator("high")
    @classmethod
    def _ends_in_order(cls, high: float, info: ValidationInfo) -> float:
        return ends_in_order(info.data.get("low"), high)

    @field_validator("step")
    @classmethod
    def _step_fits(cls, step: float, info: ValidationInfo) -> float:
        low, high = info.data.get("low"), info.data.get("high")
        if low is not None and high is not None and step > high - low:
            raise ValueError(f"must fit between low ({low}) and high ({high}); make it smaller")
        return step

    @field_validator("options", "points")
    @classmethod
    def _one_for_each_mark(cls, given: tuple[object, ...], info: ValidationInfo) -> tuple[object, ...]:
        low, high = info.data.get("low"), info.data.get("high")
        if given and low is not None and high is not None and len(given) != high - low + 1:
            raise ValueError(f"there are {len(given)} for the marks {low:g} to {high:g}; give one for each mark")
        return given

    @field_validator("also")
    @classmethod
    def _also_in_range(cls, also: dict[str, float], info: ValidationInfo) -> dict[str, float]:
        low, high = info.data.get("low", -math.inf), info.data.get("high", math.inf)
        for mark, number in also.items():
            if not low <= number <= high:
                raise ValueError(f"{mark} stands for {number:g}, which is not from {low:g} to {high:g}; correct it")
        return also

    @property
    def worth(self) -> tuple[float, float]:
        """Give the fewest and the most points that an answer can count for.

        Examples
        --------
        >>> from alongside.instruments import loader
        >>> loader.load("phq9").items[0].worth, loader.load("aq_adult").items[0].worth
        ((0.0, 3.0), (0.0, 1.0))
        """
        return (min(self.points), max(self.points)) if self.points else (self.low, self.high)


type Question = Annotated[Item | Choices | Words, Field(discriminator="kind")]


class EveryItem(Part):
    """What all questions share, said once; a question that says otherwise keeps its own.

    `count` makes that many questions, for a form whose wording is not in the file.
    """

    count: Annotated[int, Field(ge=1, le=200)] | None = None
    kind: Literal["line", "choice", "number", "choices", "text"] | None = None
    low: float | None = None
    high: float | None = None
    step: Positive | None = None
    low_words: Text | None = None
    high_words: Text | None = None
    lower_is_better: bool | None = None
    occasion: Occasion | None = None
    options: tuple[Text, ...] = ()
    points: tuple[float, ...] = ()

    @model_validator(mode="after")
    def _ends_in_order(self) -> Self:
        if self.high is not None:
            ends_in_order(self.low, self.high)
        return self


def ends_in_order(low: float | None, high: float) -> float:
    """Refuse a range that is upside down.

    Parameters
    ----------
    low, high
        The lowest and highest mark, in the question's own points; `low` is None where it was refused already.

    Returns
    -------
    float
        `high`.

    Raises
    ------
    ValueError
        If `low` is not below `high`.

    Examples
    --------
    >>> ends_in_order(0.0, 3.0)
    3.0
    """
    if low is not None and not low < high:
        raise ValueError(f"must be above low ({low}); swap or correct them")
    return high
