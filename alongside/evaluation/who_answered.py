"""Who answered twice, once or never, in each group of people."""

from collections.abc import Iterable, Mapping

import duckdb
import numpy as np
from numpy.typing import NDArray

from alongside.evaluation.overview import shown
from alongside.evaluation.results import Results
from alongside.outcomes.missing import Answered, answered_by
from alongside.outcomes.words import NOT_SHOWN, capital, percent
from alongside.press.document import Column, Group, Row, Table, Words

BY_FORMS = "A form counts here whichever of its questions was answered."


def people_by(
    con: duckdb.DuckDBPyConnection, levels: Mapping[str, Iterable[str]], groups: Mapping[str, NDArray[np.str_]]
) -> dict[str, dict[str, Answered]]:
    """Count for each attribute and group who has forms on two days or more, on one, or none.

    Parameters
    ----------
    con : engine with `clients` and `people`
    levels : for each attribute its groups, in the order in which they are shown
    groups : for each attribute a group at the place of each client's number
    """
    found = con.sql("SELECT client, coalesce(forms, 0) AS forms FROM clients LEFT JOIN people USING (client)")
    each = found.fetchnumpy()
    counted: dict[str, dict[str, Answered]] = {}
    for column, of in groups.items():
        by = answered_by(each["forms"], of[each["client"]])
        counted[column] = {level: by[level] for level in levels[column] if level in by}
    return counted


def who_answered(results: Results) -> list[Table]:
    """Return one table for each attribute asked for."""
    return [_table(column, groups) for column, groups in results.people_by.items() if groups]


def _table(column: str, groups: Mapping[str, Answered]) -> Table:
    rows = tuple(
        Row(
            cells=(
                Words(text=level),
                shown(found.n),
                shown(found.paired),
                Words(text=NOT_SHOWN if found.share_paired is None else percent(found.share_paired)),
                shown(found.first_only),
                shown(found.none),
            )
        )
        for level, found in groups.items()
    )
    return Table(
        title=f"Who answered, by {column}",
        columns=(
            Column(title=capital(column)),
            *(Column(title=title, numeric=True) for title in ("People", "Twice or more", "Share", "Once", "No form")),
        ),
        groups=(Group(title="", rows=rows),),
        notes=(BY_FORMS,),
    )
