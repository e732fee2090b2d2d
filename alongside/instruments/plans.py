"""Turns a definition into what the arithmetic needs: which questions make a score, by which rule, in which bands."""

from dataclasses import dataclass

from alongside.instruments.checks import members, named_item
from alongside.instruments.items import Item
from alongside.instruments.schema import Instrument
from alongside.instruments.scores import Named, ScoreDefinition, may_be_missing


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How one score is made.

    Parameters
    ----------
    key
        Its name.
    columns
        The places of its questions among the form's items, from 0.
    parts
        The keys of the scores it is made of instead; empty where it is made of questions.
    mean
        Whether it is a mean rather than a sum.
    fill
        How many unanswered questions may be filled in; 0 where all are needed.
    optional
        Places of questions that may not apply to somebody.
    never_filled
        Places of questions that are never filled in.
    optional_note
        What is said beside a score made without those.
    band_from
        Where each band begins, rising, in the score's points.
    band_names
        The published names, as many.
    rule
        The rule in words.
    """

    key: str
    columns: tuple[int, ...]
    parts: tuple[str, ...] = ()
    mean: bool = False
    fill: int = 0
    optional: frozenset[int] = frozenset()
    never_filled: frozenset[int] = frozenset()
    optional_note: str = ""
    band_from: tuple[float, ...] = ()
    band_names: tuple[str, ...] = ()
    rule: str = "the answer itself"


def plans(form: Instrument) -> tuple[Plan, ...]:
    """Say how each score of a form is made.

    Parameters
    ----------
    form
        A definition. One without scores gives each of its questions a score of its own, named q and its number.

    Returns
    -------
    tuple of Plan
        In the order of the definition; none where nothing is ever scored.

    Examples
    --------
    >>> from alongside.instruments import loader
    >>> [plan.key for plan in plans(loader.load("service-evaluation"))][:2]
    ['q1', 'q2']
    >>> plans(loader.load("phq9"))[0].rule
    'sum of 9 questions, all answered'
    """
    places = {item.key: place for place, item in enumerate(form.items)}
    if form.never_scored:
        return ()
    if not form.scores:
        return tuple(Plan(key=f"q{item.number}", columns=(places[item.key],)) for item in form.items)
    return tuple(_plan(form, score, places) for score in form.scores)


def needed(form: Instrument) -> frozenset[str]:
    """List the questions that a file of answers must have a column for.

    Parameters
    ----------
    form
        A definition.

    Returns
    -------
    frozenset of str
        Their keys: those that a score needs. A question that no score counts, or that may not apply, may be left out.

    Examples
    --------
    >>> from alongside.instruments import loader
    >>> "difficulty" in needed(loader.load("phq9")), len(needed(loader.load("wsas")))
    (False, 4)
    """
    if not form.scores:
        return frozenset()
    items = form.items
    return frozenset(items[place].key for plan in plans(form) for place in plan.columns if place not in plan.optional)


def turned(form: Instrument) -> frozenset[str]:
    """List the questions that count from the other end.

    Parameters
    ----------
    form
        A definition.

    Returns
    -------
    frozenset of str
        Their keys.

    Examples
    --------
    >>> from alongside.instruments import loader
    >>> sorted(turned(loader.load("core10")))
    ['q2', 'q3']
    """
    return frozenset(item.key for item in _items(form, form.reversed))


def _items(form: Instrument, names: tuple[Named, ...]) -> list[Item]:
    return [item for named in names if (item := named_item(form, named))]


def _plan(form: Instrument, score: ScoreDefinition, places: dict[str, int]) -> Plan:
    missing = score.missing or form.missing
    columns = tuple(places[item.key] for item in members(form, score))
    fill = 0 if score.of_scores else may_be_missing(missing)
    needs = f"up to {fill} filled in with the mean of the others" if fill else "all answered"
    of = f"{len(score.of_scores)} scores" if score.of_scores else f"{len(columns)} questions"
    return Plan(
        key=score.key,
        columns=columns,
        parts=score.of_scores,
        mean=score.rule == "mean",
        fill=fill,
        optional=frozenset(places[item.key] for item in _items(form, score.optional)),
        never_filled=frozenset(places[item.key] for item in _items(form, score.never_prorated)),
        optional_note=score.optional_note or "",
        band_from=tuple(band.low for band in score.bands),
        band_names=tuple(band.name for band in score.bands),
        rule=f"{score.rule} of {of}, {needs}",
    )
