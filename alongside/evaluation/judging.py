"""Who improved and who recovered on PHQ-9 and GAD-7 together, by a published set of rules that is named with it."""

from collections.abc import Collection

import duckdb
import numpy as np
from numpy.typing import NDArray

from alongside.evaluation.options import Options
from alongside.evaluation.overview import shown
from alongside.evaluation.problems import WrongUse, quoted
from alongside.evaluation.scores import Answers, first_and_last
from alongside.outcomes.proportions import Proportion, wilson
from alongside.outcomes.rules import RULE_SETS, Judged, Marks, judge
from alongside.outcomes.words import NOT_SHOWN, percent, percents
from alongside.press.document import Column, Group, Number, Row, Table, Words

MOST_NAMED = 12
COMPLETED = (
    "Everybody in the file, and in the list of people if there is one, is taken to have completed. Somebody with one "
    "form has no last score: they stay in the number that is divided by, and so count as not improved and not "
    "recovered."
)


def measures_of(measures: Collection[str], rules: str) -> tuple[str, str]:
    """Return the file's names for the two measures of a set of rules, however they are written.

    Raises
    ------
    WrongUse : one of them is not there, or is there twice
    """
    depression, anxiety = (
        _named(measures, marks, rules) for marks in (RULE_SETS[rules].depression, RULE_SETS[rules].anxiety)
    )
    return depression, anxiety


def judged(
    con: duckdb.DuckDBPyConnection, answers: Answers, measures: Collection[str], options: Options
) -> Judged | None:
    """Judge everybody by the rules that were asked for, from their first and last form; None if none were.

    Parameters
    ----------
    con, answers : engine with `clients`, and every answer
    measures : their names, by their numbers in `answers`
    options : what the person running it said

    Raises
    ------
    WrongUse : the file lacks one of the measures
    """
    if options.rules is None:
        return None
    known = np.asarray(con.sql("SELECT client FROM clients ORDER BY client").fetchnumpy()["client"])
    depression, anxiety = (
        _scores(answers, list(measures).index(name), known) for name in measures_of(measures, options.rules)
    )
    return judge(
        depression_first=depression[0],
        depression_last=depression[1],
        anxiety_first=anxiety[0],
        anxiety_last=anxiety[1],
        rules=RULE_SETS[options.rules],
    )


def rules_table(found: Judged) -> Table:
    """Return the report's table of one set of rules."""
    changed = (
        ("Reliable improvement", found.improved),
        ("No reliable change", found.unchanged),
        ("Reliable deterioration", found.deteriorated),
    )
    recovered = (("Recovery", found.recovered), ("Reliable recovery", found.reliably_recovered))
    without, away = (
        Row(cells=(Words(text=name), shown(count), shown(found.n), Words(text="")))
        for name, count in (
            ("Without a first or a last score", found.without_scores),
            ("Not in these two: below both cut-offs at first", found.not_at_caseness),
        )
    )
    return Table(
        title=f"PHQ-9 and GAD-7 by the rules of {found.rules.name} ({found.rules.version})",
        columns=(
            Column(title="First form to last"),
            *(Column(title=title, numeric=True) for title in ("People", "Of", "Share (95% interval)")),
        ),
        groups=(
            Group(title="Everybody who completed", rows=(*(_row(*one) for one in changed), without)),
            Group(
                title="Of them, those at or above a cut-off at first",
                rows=(*(_row(*one) for one in recovered), away),
            ),
        ),
        notes=(_rules(found), COMPLETED, f"The rules: {found.rules.source}."),
    )


def _rules(found: Judged) -> str:
    low, high = found.rules.depression, found.rules.anxiety
    mixed = "is deterioration" if found.rules.any_worsening_is_deterioration else "is no reliable change"
    return (
        f"Reliable is a change of {low.reliable:g} or more on {low.measure} or of {high.reliable:g} or more on "
        f"{high.measure}; better on one and worse on the other {mixed}. Recovery is from a first score of "
        f"{low.caseness:g} or more on {low.measure} or {high.caseness:g} or more on {high.measure} to last scores "
        "below both."
    )


def _row(name: str, found: Proportion) -> Row:
    ends = None if found.count is None or found.n is None else wilson(found.count, found.n)
    share = (
        Words(text=NOT_SHOWN)
        if found.share is None
        else Number(strong=percent(found.share), soft=f" ({percents(ends)})" if ends else "")
    )
    return Row(cells=(Words(text=name), shown(found.count), shown(found.n), share))


def _named(measures: Collection[str], marks: Marks, rules: str) -> str:
    found = [name for name in measures if _plain(name) == _plain(marks.measure)]
    if len(found) == 1:
        return found[0]
    if found:
        raise WrongUse(f"{quoted(found[0])} and {quoted(found[1])} are both {marks.measure}; use one name for it.")
    there = ", ".join(quoted(name) for name in list(measures)[:MOST_NAMED])
    names = f"{RULE_SETS[rules].depression.measure} and {RULE_SETS[rules].anxiety.measure}"
    raise WrongUse(
        f"--rules {rules} needs the measures {names}; the file has {there}. Capitals, spaces, hyphens and underscores "
        "in a name do not matter."
    )


def _plain(name: str) -> str:
    """Return a name without what may be written one way or another.

    >>> {_plain(name) for name in ("PHQ-9", "phq9", "phq_9", "Phq 9")}
    {'phq9'}
    """
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def _scores(answers: Answers, place: int, known: NDArray[np.int64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return everybody's first and last score on a measure, NaN where there is none."""
    found = first_and_last(answers.of(place))
    first, last = np.full(len(known), np.nan), np.full(len(known), np.nan)
    first[np.searchsorted(known, found.client)] = found.first
    last[np.searchsorted(known, found.client[found.twice])] = found.last[found.twice]
    return first, last
