"""Each question on its own: mean and median over time, and how many improved by other rules."""

from collections.abc import Mapping, Sequence

from alongside.evaluation.evaluate import Evaluation
from alongside.evaluation.finding import beyond, finding
from alongside.evaluation.saying import hidden_words
from alongside.outcomes.change import Improved
from alongside.outcomes.words import NOT_SHOWN, count, percent
from alongside.press.document import Cell, Column, Finding, Group, Kept, Multiples, Number, Row, Small, Table, Words
from alongside.reporting.presenters.leading import DAY_0
from alongside.reporting.reach import DAYS, Unreached

HOW_TO_READ = (
    "Mean (the line, with its 95% interval shaded) and median (dashed) of the forms in each fortnight. "
    f"{DAY_0} Later points rest on fewer people; the numbers stand below."
)
NOT_REACHED = (
    "Of them, not reached: when this time was over, that fortnight of theirs was still to come. They may have gone on."
)
A_CONVENTION = "How far counts as improved is a convention, so other distances stand beside it."


def each_question(evaluation: Evaluation) -> Multiples:
    """Return a small figure for each question."""
    items = evaluation.items
    figures = tuple(
        Small(title=found.title, text=f"“{items[name].wording or items[name].topic}”", figure=found.figure)
        for name, found in _findings(evaluation).items()
    )
    return Multiples(title="Each question, fortnight by fortnight", lede=HOW_TO_READ, figures=figures)


def over_time(evaluation: Evaluation, unreached: Sequence[Unreached]) -> list[Table]:
    """Return one table of all that the small figures draw; none where nobody answered anything."""
    measures, hidden = evaluation.results.measures, hidden_words(evaluation.results)
    missed = {str(DAYS * int(one.fortnight or 0)): one.clients for one in unreached}
    tables = {name: found.table for name, found in _findings(evaluation).items() if found.table}
    groups = tuple(
        Group(title=measures[name].label, rows=tuple(_with_missed(row, missed, hidden) for row in group.rows))
        for name, table in tables.items()
        for group in table.groups
    )
    return [
        Table(
            title="Each question over time",
            columns=(*first.columns, Column(title="Of them, not reached", numeric=True)),
            groups=groups,
            notes=(first.notes[0], NOT_REACHED, *beyond(measures.values())),
        )
        for first in list(tables.values())[:1]
    ]


def _with_missed(row: Row, missed: Mapping[str, int | None], hidden: str) -> Row:
    """Add to a row, which its first cell names by its day, how many could not answer in it yet."""
    day = row.cells[0]
    n = missed.get(day.text, 0) if isinstance(day, Words) else 0
    return Row(cells=(*row.cells, Kept(text=hidden) if n is None else Number(strong=count(n, hidden))))


def _findings(evaluation: Evaluation) -> dict[str, Finding]:
    results = evaluation.results
    return {
        name: finding(name, measure, evaluation.scales[name], results, evaluation.items)
        for name, measure in results.measures.items()
    }


def other_rules(evaluation: Evaluation) -> Table:
    """Return the table of how many improved by each distance, of those who answered twice."""
    measures = list(evaluation.results.measures.values())
    rules = [measures[0].improved, *measures[0].also]
    return Table(
        title="Improved, if it meant more",
        lede=A_CONVENTION,
        columns=(
            Column(title="Of those who answered twice"),
            *(Column(title=f"By {rule.by:g} or more", numeric=True) for rule in rules),
        ),
        groups=(
            Group(
                title="",
                rows=tuple(
                    Row(cells=(Words(text=one.label), *(_share(rule) for rule in (one.improved, *one.also))))
                    for one in measures
                ),
            ),
        ),
    )


def _share(found: Improved) -> Cell:
    if found.improved is None:
        return Kept(text=NOT_SHOWN)
    said = f" ({percent(found.share)})" if found.share is not None else ""
    return Number(strong=count(found.improved, ""), soft=f" of {count(found.n, NOT_SHOWN)}{said}")
