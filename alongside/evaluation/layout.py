"""Which column is what: one row for each score (long), or one row for each form (wide)."""

from dataclasses import dataclass

from alongside.evaluation.options import Options
from alongside.evaluation.problems import BadInput, WrongUse, quoted
from alongside.evaluation.source import Source
from alongside.evaluation.table import Table
from alongside.instruments.schema import Instrument

MOST_MEASURES = 60


@dataclass(frozen=True, kw_only=True)
class Layout:
    """Places of the columns in a table.

    `time` is the heading of the column that says when, "day" or "date". A long table has `measure` and
    `score`; a wide one has `items`, each measure's name with its place. `attributes` are all other headings.
    """

    client: int
    time: str
    moment: int
    measure: int | None
    score: int | None
    items: dict[str, int]
    attributes: dict[str, int]


def read_layout(table: Table, source: Source, options: Options, instrument: Instrument | None) -> Layout:
    """Work out the layout of a table from its headings and the options.

    Raises
    ------
    BadInput : a column is missing, or there are two where one is wanted
    WrongUse : an option names an item that has no column
    """
    client = _needed(table, source, "client", "it says whom a form belongs to")
    time = _time(table, source)
    wide = bool(options.items) or (instrument is not None and table.find("score") is None)
    items = _items(table, source, options, instrument) if wide else {}
    measure = None if wide else _needed(table, source, "measure", WIDE_HINT)
    score = None if wide else _needed(table, source, "score", WIDE_HINT)
    moment = _needed(table, source, time, "")
    used = {client, moment, measure, score, *items.values()}
    attributes = {name: place for place, name in enumerate(table.columns) if name and place not in used}
    return Layout(
        client=client,
        time=time,
        moment=moment,
        measure=measure,
        score=score,
        items=items,
        attributes=attributes,
    )


WIDE_HINT = "a table with one row for each form needs --instrument or --items instead"


def _needed(table: Table, source: Source, heading: str, hint: str) -> int:
    place = table.find(heading)
    if place is None:
        found = ", ".join(quoted(name) for name in table.columns[:12] if name)
        raise BadInput(
            f"{source.name}, row 1: there is no column {quoted(heading)} ({hint}); name one so. Found: {found}."
        )
    return place


def _time(table: Table, source: Source) -> str:
    found = [heading for heading in ("day", "date") if table.find(heading) is not None]
    if len(found) == 2:
        raise BadInput(f"{source.name}, row 1: there is both a “day” and a “date” column; keep one of them.")
    if not found:
        _needed(table, source, "date", "or “day”, the number of days; it says when the form was filled in")
    return found[0]


def _items(table: Table, source: Source, options: Options, instrument: Instrument | None) -> dict[str, int]:
    if options.items:
        return _named_items(table, source, options.items)
    found: dict[str, int] = {}
    for place, heading in enumerate(table.columns):
        item = instrument.item_for(heading) if instrument and heading else None
        if item is None:
            continue
        if item.key in found:
            raise BadInput(
                f"{source.name}, row 1: two columns hold question {item.number} ({item.topic}); keep one of them."
            )
        found[item.key] = place
    if not found and instrument:
        wanted = ", ".join(item.key for item in instrument.items)
        raise BadInput(f"{source.name}, row 1: no column holds a question of {instrument.key}; name them {wanted}.")
    return found


def _named_items(table: Table, source: Source, names: tuple[str, ...]) -> dict[str, int]:
    taken = {table.find(heading) for heading in ("client", "day", "date")}
    items: dict[str, int] = {}
    for name in names:
        place = table.find(name)
        if place is None:
            raise WrongUse(f"--items names {quoted(name)}, but {source.name} has no column of that name.")
        if place in taken:
            raise WrongUse(f"--items names {quoted(name)} twice, or it is the client, day or date; name scores only.")
        taken.add(place)
        items[name] = place
    if len(items) > MOST_MEASURES:
        raise WrongUse(
            f"--items names {len(items)} columns, more than {MOST_MEASURES}; make a report for some of them."
        )
    return items
