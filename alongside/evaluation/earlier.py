"""Keeps a report from being published beside earlier ones that nearly the same people are in."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from alongside.evaluation import attributes
from alongside.evaluation.layout import Layout
from alongside.evaluation.opening import open_forms
from alongside.evaluation.options import Options
from alongside.evaluation.problems import BadInput, quoted
from alongside.evaluation.publish import shown_under
from alongside.evaluation.source import Source
from alongside.evaluation.table import Table, clean, engine, plain
from alongside.instruments.schema import Item
from alongside.outcomes.differencing import Told, TooNear, too_near
from alongside.outcomes.disclosure import PROFILES, STANDARD
from alongside.outcomes.words import persons

EVERYBODY = ("", "")
ANSWERED, TWICE = " who answered {}", " who answered {} twice or more"

type Part = tuple[str, str]  # how it is said, and the measure it is about
type Levels = Mapping[str, Mapping[str, str]]  # each attribute's value of everybody
type Where = tuple[Source, Table, Layout]
type Listed = tuple[Source, Table, int] | None


@dataclass(frozen=True, kw_only=True)
class Counted:
    """Whom the report on a file counts: everybody, then whoever answered a measure, and whoever did so twice."""

    parts: Mapping[Part, Told]
    levels: Levels

    def within(self, column: str, levels: set[str]) -> "Counted":
        """Return those who have one of these values of an attribute."""
        here = {name for name, level in self.levels[column].items() if level in levels}
        parts = {part: {name: said for name, said in told.items() if name in here} for part, told in self.parts.items()}
        return replace(self, parts=parts)


def refuse_too_near(
    con: duckdb.DuckDBPyConnection,
    options: Options,
    measures: Sequence[str],
    items: Mapping[str, Item],
    *,
    forms: Where,
    listed: Listed,
) -> None:
    """Refuse to publish a report that would say something about a few people beside an earlier one.

    Everybody is compared, and each group that is shown as a report of its own would be.

    Parameters
    ----------
    con : engine with `answers` and `clients`
    options : what the person running it said: the files of scores behind earlier reports, and what to compare by
    measures, items : each measure in order, and the form's question for each that is one
    forms, listed : the file of scores, and the list of people if there is one

    Raises
    ------
    BadInput : it is too near to an earlier report; or an earlier file cannot be used as it is
    WrongUse : an option does not fit an earlier file
    """
    levels = {column: _levels(con, column, forms, listed) for column in options.by}
    new = Counted(parts=_parts(con, forms, _keys(measures, items)), levels=levels)
    earlier = {str(path): _read(path, options, levels) for path in options.earlier}
    _compare(new, earlier, options, forms[0])
    for column in options.by:
        shown = shown_under(Counter(levels[column].values()), PROFILES[options.publish or ""])
        for group in dict.fromkeys(shown.values()):
            raw = {level for level, name in shown.items() if name == group}
            here = new.within(column, raw)
            _compare(here, earlier, options, forms[0], group=group)
            alike = {path: one.within(column, raw) for path, one in earlier.items()}
            _compare(here, alike, options, forms[0], group=group)


def _compare(
    new: Counted, earlier: Mapping[str, Counted], options: Options, source: Source, *, group: str = ""
) -> None:
    for part, told in new.parts.items():
        others = {path: one.parts[part] for path, one in earlier.items() if part in one.parts}
        near = too_near(told, others, PROFILES[options.publish or ""], before=STANDARD)
        if near:
            raise BadInput(_sentence(near, source, part, group))


def _sentence(near: TooNear, source: Source, part: Part, group: str) -> str:
    said, measure = part
    group = f" in {quoted(group)}" if group else ""
    who = group + said.format(quoted(measure))
    beside = " and ".join(quoted(Path(path).name)[1:-1] for path in near.beside)
    whom = "that person" if near.people == 1 else "those few"
    return (
        f"{source.name} is too near to {beside}:{f' among people{who}' if who else ''} the reports would differ by "
        f"{persons(near.people, '')} only, and one less the other would tell about {whom}; wait until more have "
        f"answered{', leave --by out' if group else ''}, or publish this report in place of the earlier one."
    )


def _parts(con: duckdb.DuckDBPyConnection, forms: Where, keys: Sequence[str]) -> dict[Part, Told]:
    """Return everybody of a file, and each measure's people, with what they said: two that are alike said the same."""
    _, table, layout = forms
    names = con.sql(f"SELECT DISTINCT {clean(f'c{layout.client}')} FROM {table.name}").fetchall()
    everything: dict[str, list[tuple[str, int]]] = {name: [] for (name,) in names if name}
    parts: dict[Part, dict[str, object]] = {}
    rows = con.sql(
        """SELECT name, measure, hash(list((day::DOUBLE, score::DOUBLE) ORDER BY day)) AS said, count(*) > 1 AS twice,
           arg_min(score, day) AS first, arg_max(score, day) AS last
           FROM answers JOIN clients USING (client) GROUP BY name, measure"""
    ).fetchall()
    for name, measure, said, twice, first, last in rows:
        key = keys[measure]
        everything[name].append((key, said))
        parts.setdefault((ANSWERED, key), {})[name] = said
        if twice:
            parts.setdefault((TWICE, key), {})[name] = (first, last)
    return {EVERYBODY: {name: tuple(sorted(said)) for name, said in everything.items()}, **parts}


def _levels(con: duckdb.DuckDBPyConnection, column: str, forms: Where, listed: Listed) -> dict[str, str]:
    named = attributes.levels(con, column, forms=forms, listed=listed)
    rows = con.sql("SELECT name, level FROM levels JOIN clients USING (client)").fetchall()
    return {name: named[level] for name, level in rows}


def _read(path: Path, options: Options, known: Levels) -> Counted:
    """Return whom an earlier report counts; their attributes as its file has them, else as they are known now."""
    with engine(path) as con:
        forms = open_forms(con, path, options, lambda _: None, is_earlier=True)
        own = {plain(name) for name in forms.layout.attributes}
        levels = {
            column: _levels(con, column, forms.where, None) if plain(column) in own else known[column]
            for column in options.by
        }
        return Counted(parts=_parts(con, forms.where, _keys(tuple(forms.scales), forms.items)), levels=levels)


def _keys(measures: Sequence[str], items: Mapping[str, Item]) -> list[str]:
    """Return what each measure goes by, however a file names it."""
    return [items[measure].key if measure in items else plain(measure) for measure in measures]
