"""The shape of an instrument definition, and what makes one valid.

A definition is a TOML file that somebody who does not program can write. Whatever is misspelt, out of range
or claimed without a source is refused; `loader` turns each refusal into a sentence.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Annotated, Any, Literal, Self

from pydantic import AliasChoices, Field, ValidationError, ValidationInfo, field_validator, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError

from alongside.instruments import checks
from alongside.instruments.items import (
    Asked,
    Choices,
    EveryItem,
    Item,
    Key,
    Part,
    Positive,
    Question,
    SnakeCase,
    Text,
    Words,
)
from alongside.instruments.scores import Missing, Named, ScoreDefinition
from alongside.instruments.spreading import spread
from alongside.outcomes.scales import Scale

__all__ = ["Choices", "Instrument", "Item", "Licence", "Outcome", "ScoreDefinition", "Words"]


type AnsweredBy = Literal["client", "client with a worker", "somebody close", "worker"]
BY_THEMSELVES = ("client", "somebody close")  # those to whom a screen may be handed over


class Licence(Part):
    """Who holds the wording and on what terms it is used.

    `open`: anyone may reproduce it. `wording supplied`: it stands in the file, credited, on the terms given.
    `numbers only`: the file holds keys and ranges and no wording. `needs` is a licence that has to be recorded before
    the form may be switched on.
    """

    status: Literal["open", "wording supplied", "numbers only"]
    holder: Text
    terms: Text
    source: Text
    date: Text
    needs: Text | None = None


class Ages(Part):
    """Whom a form is made for, in whole years, both ends in it; None leaves that end open."""

    youngest: Annotated[int, Field(ge=0, le=120)] | None = None
    oldest: Annotated[int, Field(ge=0, le=120)] | None = None

    @field_validator("oldest")
    @classmethod
    def _ends_in_order(cls, oldest: int | None, info: ValidationInfo) -> int | None:
        youngest = info.data.get("youngest")
        if oldest is not None and youngest is not None and oldest < youngest:
            raise ValueError(f"must not be below youngest ({youngest}); swap or correct them")
        return oldest


class Translation(Part):
    """The wording in another language: of each question by its key, and who translated it."""

    translator: Text
    source: Text
    stem: Text | None = None
    items: dict[SnakeCase, Text] = {}
    options: tuple[Text, ...] = ()


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

    `answered_by` is who may have the screen: by themselves, or only with a worker beside them. `stem` is what stands
    above its questions. `reversed` questions count from the other end. `scores` are what is made
    of the answers; without any, each question stands for itself, and with `never_scored` nothing is counted, for the
    reason it gives. `not_scored` withholds every score until a doubt is settled, and says which. `missing` says what
    is done about a question that is not answered. `over_time` is false for a form that is not repeated to see change.

    `improved_by` is how far an answer must move to count as improved, `improved_by_source` who says so, and
    `also_shown` other distances shown beside it. `service_items` are about the service, and stand beside the
    outcomes. `check_in` items open a neutral check-in with the person; they are never a label or a score. With
    `check_in_when_empty` so does leaving one of them empty.
    """

    key: Key
    name: Text
    version: Text
    informant: Text
    answered_by: AnsweredBy = "client"
    reference_period: Text
    purpose: Text | None = None
    not_for: Text | None = None
    sources: tuple[Text, ...] = ()
    ages: Ages = Ages()
    licence: Licence
    stem: Text | None = None
    every_item: EveryItem | None = None
    questions: Annotated[tuple[Question, ...], Field(validation_alias=AliasChoices("items", "questions"))]
    reversed: tuple[Named, ...] = ()
    several_marked: Literal["highest"] | None = None
    missing: Missing = "all"
    scoring_source: Text | None = None
    scores: tuple[ScoreDefinition, ...] = ()
    not_scored: Text | None = None
    never_scored: Text | None = None
    over_time: bool = True
    improved_by_source: Text | None = None
    improved_by: Positive | None = None
    also_shown: tuple[Positive, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    service_items: tuple[str, ...] = ()
    check_in: tuple[str, ...] = ()
    check_in_when_empty: bool = False
    translations: dict[Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Z]{2})?$")], Translation] = {}
    loinc: Text | None = None
    snomed: Text | None = None

    @model_validator(mode="before")
    @classmethod
    def _spread(cls, raw: Any) -> Any:  # noqa: ANN401 - whatever the file holds
        return spread(raw) if isinstance(raw, Mapping) else raw

    @field_validator("questions")
    @classmethod
    def _items_differ(cls, items: tuple[Asked, ...], info: ValidationInfo) -> tuple[Asked, ...]:
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

    @model_validator(mode="after")
    def _parts_fit(self) -> Self:
        found = [
            InitErrorDetails(type=PydanticCustomError("fault", "{said}", {"said": said}), loc=place, input=None)
            for place, said in checks.faults(self)
        ]
        if found:
            raise ValidationError.from_exception_data("Instrument", found)
        return self

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """List the questions that are answered with a number; those answered in words are in `questions` only."""
        return tuple(question for question in self.questions if isinstance(question, Item))

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
    items: tuple[Asked, ...] = info.data.get("questions", ())
    known = {item.key for item in items if isinstance(item, Item)}
    for name in names:
        if known and name not in known:
            raise ValueError(f"{name} is not the key of an item; correct it or add the item")


def _wording_agrees(licence: Licence, items: Iterable[Asked]) -> None:
    numbers_only = licence.status == "numbers only"
    for item in items:
        has_wording = bool(item.wording or item.source_wording)
        if numbers_only and (has_wording or (isinstance(item, Item | Choices) and item.options)):
            what = "wording" if has_wording else "options"
            raise ValueError(f"{item.key} has {what} but the licence is numbers only; remove the {what}")
        if not numbers_only and not item.wording:
            raise ValueError(f"{item.key} has no wording; add it or set the licence to numbers only")
