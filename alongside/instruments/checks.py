"""What has to fit between the parts of a definition: a score and its questions, a threshold and its range."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from alongside.instruments.items import Item
from alongside.instruments.scores import Named, ScoreDefinition, may_be_missing

if TYPE_CHECKING:
    from alongside.instruments.schema import Instrument

type Place = tuple[str | int, ...]
type Fault = tuple[Place, str]


def faults(form: "Instrument") -> Iterator[Fault]:
    """Find what does not fit together in a definition whose parts are each right.

    Parameters
    ----------
    form
        The definition.

    Yields
    ------
    tuple
        The place, as keys and positions from zero, and what is wrong there with what to do about it.

    Examples
    --------
    >>> from alongside.instruments import loader
    >>> list(faults(loader.load("phq9")))
    []
    """
    yield from _named(form, ("reversed",), form.reversed)
    yield from _whether_scored(form)
    seen: set[str] = set()
    for place, score in enumerate(form.scores):
        at: Place = ("scores", place)
        if score.key in seen:
            yield (*at, "key"), f"the key {score.key} is used twice; use it once"
        yield from _parts(form, score, at, seen)
        yield from _rules(form, score, at)
        seen.add(score.key)
    if not any(True for _ in _unknown(form)):
        yield from _thresholds(form)
    yield from _translations(form)


def members(form: "Instrument", score: ScoreDefinition) -> tuple[Item, ...]:
    """Give the questions of a score, those of the scores it is made of included.

    Parameters
    ----------
    form, score
        A definition and one of its scores.

    Returns
    -------
    tuple of Item
        In the order the score names them; all of the form's where it names none.

    Examples
    --------
    >>> from alongside.instruments import loader
    >>> form = loader.load("core10")
    >>> len(members(form, form.scores[0]))
    10
    """
    if score.of_scores:
        parts = [one for one in form.scores if one.key in score.of_scores]
        return tuple(item for part in parts for item in members(form, part))
    if not score.items:
        return form.items
    return tuple(item for named in score.items if (item := named_item(form, named)))


def named_item(form: "Instrument", named: Named) -> Item | None:
    """Find a question that a definition names by its number or its key.

    Parameters
    ----------
    form
        The definition.
    named
        A number, from 1, or a key.

    Returns
    -------
    Item or None
        None where no question answered with a number is called that.

    Examples
    --------
    >>> from alongside.instruments import loader
    >>> named_item(loader.load("phq9"), 9).key
    'thoughts'
    """
    return next((item for item in form.items if named in (item.number, item.key)), None)


def span(form: "Instrument", score: ScoreDefinition) -> tuple[float, float]:
    """Give the lowest and the highest value a score can have.

    Parameters
    ----------
    form, score
        A definition and one of its scores.

    Returns
    -------
    tuple of float
        In the points of the score.

    Examples
    --------
    >>> from alongside.instruments import loader
    >>> form = loader.load("phq9")
    >>> span(form, form.scores[0])
    (0.0, 27.0)
    """
    if score.of_scores:
        ends = [span(form, one) for one in form.scores if one.key in score.of_scores]
    else:
        ends = [item.worth for item in members(form, score)]
    shared = len(ends) if score.rule == "mean" else 1
    return sum(low for low, _ in ends) / shared, sum(high for _, high in ends) / shared


def _named(form: "Instrument", at: Place, names: tuple[Named, ...]) -> Iterator[Fault]:
    seen: set[str] = set()
    for named in names:
        item = named_item(form, named)
        if item is None:
            yield at, f"{named} is no question answered with a number; correct it or add the item"
        elif item.key in seen:
            yield at, f"{named} is named twice; name it once"
        else:
            seen.add(item.key)


def _whether_scored(form: "Instrument") -> Iterator[Fault]:
    if form.scores and form.never_scored:
        yield ("never_scored",), "there are scores as well; remove them or remove never_scored"
    if form.scores and not form.scoring_source:
        yield ("scores",), "they have no source; say in scoring_source where the key and the rule stand"
    if not form.items and not form.never_scored:
        yield ("items",), "none is answered with a number; say in never_scored why nothing is counted"
    if form.licence.status == "numbers only" and (form.stem or form.translations):
        what = "stem" if form.stem else "translations"
        yield (what,), "is wording but the licence is numbers only; remove it"


def _parts(form: "Instrument", score: ScoreDefinition, at: Place, before: set[str]) -> Iterator[Fault]:
    yield from _named(form, (*at, "items"), score.items)
    for key in score.of_scores:
        if key not in before:
            yield (*at, "of_scores"), f"{key} is not the key of a score above; correct it or put that score first"
    inside = {item.key for item in members(form, score)}
    for field in ("optional", "never_prorated"):
        names: tuple[Named, ...] = getattr(score, field)
        yield from _named(form, (*at, field), names)
        for named in names:
            item = named_item(form, named)
            if item and item.key not in inside:
                yield (*at, field), f"{named} is not one of this score’s questions; correct it"


def _rules(form: "Instrument", score: ScoreDefinition, at: Place) -> Iterator[Fault]:
    rule = score.missing or form.missing
    place: Place = (*at, "missing") if score.missing else ("missing",)
    if rule == "none":
        yield place, f"none leaves {score.key} without a rule; say all, or prorate max and a number"
    if score.of_scores and score.missing:
        yield place, "stands in the scores it is made of; remove it here"
    if may_be_missing(rule) and not score.of_scores and may_be_missing(rule) >= len(members(form, score)):
        yield place, f"{rule} would fill in all of {score.key}; make it smaller"
    if score.never_prorated and not may_be_missing(rule):
        yield (*at, "never_prorated"), "nothing is prorated; remove it, or say prorate max and a number in missing"


def _unknown(form: "Instrument") -> Iterator[Named]:
    for score in form.scores:
        yield from (named for named in score.items if named_item(form, named) is None)
        known = {one.key for one in form.scores}
        yield from (key for key in score.of_scores if key not in known or key == score.key)


def _thresholds(form: "Instrument") -> Iterator[Fault]:
    for place, score in enumerate(form.scores):
        low, high = span(form, score)
        published: list[tuple[Place, float]] = [
            (("bands", number, end), value)
            for number, band in enumerate(score.bands)
            for end, value in (("low", band.low), ("high", band.high))
        ]
        published += [(("cut_offs", number, "at"), cut.at) for number, cut in enumerate(score.cut_offs)]
        if score.caseness:
            published.append((("caseness", "at"), score.caseness.at))
        for where, value in published:
            if not low <= value <= high:
                yield ("scores", place, *where), f"{value:g} is outside {low:g} to {high:g}, where the score lies"
        if score.reliable_change and score.reliable_change.by > high - low:
            yield ("scores", place, "reliable_change"), f"by is more than the score can move ({high - low:g})"


def _translations(form: "Instrument") -> Iterator[Fault]:
    known = {question.key for question in form.questions}
    for language, translation in form.translations.items():
        for key in translation.items:
            if key not in known:
                yield (
                    ("translations", language, "items", key),
                    f"{key} is not the key of an item; correct it or add the item",
                )
