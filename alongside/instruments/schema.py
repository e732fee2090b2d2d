"""The shape of an instrument definition, and what makes one valid.

A definition is a TOML file that somebody who does not program can write. Whatever is misspelt, out of range
or claimed without a source is refused; `loader` turns each refusal into a sentence.
"""

import re
from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationInfo, field_validator

from alongside.outcomes.scales import Scale

type Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
type SnakeCase = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$")]
type KebabCase = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]
type Positive = Annotated[float, Field(gt=0)]


class Part(BaseModel):
    """Anything in a definition: fixed once read, with no unknown keys and no infinite numbers."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class Licence(Part):
    """Who holds the wording and on what terms it is used.

    `open`: anyone may reproduce it. `wording supplied`: it stands in the file, credited, on the terms given.
    `numbers only`: the file holds keys and ranges and no wording.
    """

    status: Literal["open", "wording supplied", "numbers only"]
    holder: Text
    terms: Text
    source: Text
    date: Text


class Item(Part):
    """One question: a mark on a line, scored from `low` to `high`.

    `topic` is a short label. `finding_name` is a noun phrase that fits inside a sentence. `source_wording`
    keeps the original where `wording` corrects it. `occasion` is what it asks about.
    """

    number: Annotated[int, Field(ge=1)]
    key: SnakeCase
    topic: Text
    finding_name: Text
    wording: Text | None = None
    source_wording: Text | None = None
    kind: Literal["line"]
    low: float
    high: float
    step: Positive
    low_words: Text
    high_words: Text
    lower_is_better: bool
    occasion: Literal["fortnight", "session"]

    @field_validator("high")
    @classmethod
    def _ends_in_order(cls, high: float, info: ValidationInfo) -> float:
        low = info.data.get("low")
        if low is not None and not low < high:
            raise ValueError(f"must be above low ({low}); swap or correct them")
        return high

    @field_validator("step")
    @classmethod
    def _step_fits(cls, step: float, info: ValidationInfo) -> float:
        low, high = info.data.get("low"), info.data.get("high")
        if low is not None and high is not None and step > high - low:
            raise ValueError(f"must fit between low ({low}) and high ({high}); make it smaller")
        return step


class Outcome(Part):
    """A purpose of the service and the items that indicate it; items may serve more than one outcome.

    `funder_title` is a funder's own name for it, to be quoted as theirs.
    """

    key: SnakeCase
    title: Text
    funder_title: Text | None = None
    indicators: tuple[str, ...]


class Instrument(Part):
    """A whole form.

    `improved_by` is how far an answer must move to count as improved, `improved_by_source` who says so, and
    `also_shown` other distances shown beside it. `service_items` are about the service, and stand beside the
    outcomes. `check_in` items open a neutral check-in with the person; they are never a label or a score.
    """

    key: KebabCase
    name: Text
    version: Text
    informant: Text
    reference_period: Text
    licence: Licence
    items: tuple[Item, ...]
    improved_by_source: Text | None = None
    improved_by: Positive | None = None
    also_shown: tuple[Positive, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    service_items: tuple[str, ...] = ()
    check_in: tuple[str, ...] = ()

    @field_validator("items")
    @classmethod
    def _items_differ(cls, items: tuple[Item, ...], info: ValidationInfo) -> tuple[Item, ...]:
        if not items:
            raise ValueError("there are none; add at least one")
        _refuse_repeats("key", (item.key for item in items))
        _refuse_repeats("number", (item.number for item in items))
        licence = info.data.get("licence")
        if licence is not None:
            _wording_agrees(licence, items)
        return items

    @field_validator("improved_by")
    @classmethod
    def _threshold_has_a_source(cls, improved_by: float | None, info: ValidationInfo) -> float | None:
        if improved_by is not None and info.data.get("improved_by_source", "refused already") is None:
            raise ValueError("has no source; say in improved_by_source who set it")
        return improved_by

    @field_validator("outcomes")
    @classmethod
    def _indicators_exist(cls, outcomes: tuple[Outcome, ...], info: ValidationInfo) -> tuple[Outcome, ...]:
        _refuse_repeats("key", (outcome.key for outcome in outcomes))
        for outcome in outcomes:
            if not outcome.indicators:
                raise ValueError(f"{outcome.key} has no indicators; name at least one item")
            _refuse_strangers(outcome.indicators, info)
        return outcomes

    @field_validator("service_items", "check_in")
    @classmethod
    def _named_items_exist(cls, names: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        _refuse_strangers(names, info)
        return names

    def item_for(self, name: str) -> Item | None:
        """Find the item that a column or measure name means.

        Parameters
        ----------
        name
            An item's key or its number, however it is written: `future`, `Future`, `9`, `Q9`, `item_9`,
            `Question 9`.

        Returns
        -------
        Item or None
            None when the name means no item of this form.

        Examples
        --------
        >>> from alongside.instruments import loader
        >>> form = loader.load("service-evaluation")
        >>> form.item_for("Question 9").key
        'future'
        >>> form.item_for("Self-harm frequency").number
        1
        >>> form.item_for("Q12") is None
        True
        """
        plain = re.sub(r"[\W_]+", "_", name.lower()).strip("_")
        numbered = re.fullmatch(r"(?:(?:q|item|question)_?)?(\d{1,4})", plain)
        number = int(numbered[1]) if numbered else None
        return next(
            (item for item in self.items if item.key == plain),
            next((item for item in self.items if item.number == number), None),
        )

    def scale(self, item: Item) -> Scale:
        """Give what the arithmetic needs to know about one item.

        Parameters
        ----------
        item
            An item of this instrument.

        Returns
        -------
        Scale
            Its range, direction and end words, with the instrument's rule for an improvement.

        Examples
        --------
        >>> from alongside.instruments import loader
        >>> form = loader.load("service-evaluation")
        >>> scale = form.scale(form.items[0])
        >>> scale.key, scale.better, scale.improved_by
        ('self_harm_frequency', 'lower', 1.0)
        """
        return Scale(
            key=item.key,
            label=item.topic,
            low=item.low,
            high=item.high,
            lower_is_better=item.lower_is_better,
            improved_by=self.improved_by,
            improved_by_source=self.improved_by_source or "",
            low_words=item.low_words,
            high_words=item.high_words,
            step=item.step,
        )


def _refuse_repeats(what: str, values: Iterable[str | int]) -> None:
    seen: set[str | int] = set()
    for value in values:
        if value in seen:
            raise ValueError(f"the {what} {value} is used twice; use it once")
        seen.add(value)


def _refuse_strangers(names: tuple[str, ...], info: ValidationInfo) -> None:
    _refuse_repeats("item", names)
    items: tuple[Item, ...] = info.data.get("items", ())
    known = {item.key for item in items}
    for name in names:
        if known and name not in known:
            raise ValueError(f"{name} is not the key of an item; correct it or add the item")


def _wording_agrees(licence: Licence, items: Iterable[Item]) -> None:
    numbers_only = licence.status == "numbers only"
    for item in items:
        if numbers_only and (item.wording or item.source_wording):
            raise ValueError(f"{item.key} has wording but the licence is numbers only; remove the wording")
        if not numbers_only and not item.wording:
            raise ValueError(f"{item.key} has no wording; add it or set the licence to numbers only")
