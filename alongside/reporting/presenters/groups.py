"""Who was supported, by gender and by age, and how the first outcome went for each group."""

from collections.abc import Sequence

from alongside.evaluation.evaluate import Evaluation
from alongside.evaluation.results import Level, Measure
from alongside.outcomes.words import NOT_SHOWN, TOO_FEW, capital, count, interval, signed
from alongside.press.document import Cell, Column, Kept, Number, Row, Table, Words
from alongside.press.document import Group as Rows
from alongside.reporting.presenters.leading import leading_measures
from alongside.reporting.reach import AGE, Group

TITLES = {AGE: ("Who was supported, by age", "Age when support began, or when this time did")}
BY_GENDER = ("Who was supported, by how people described themselves", "How people described themselves")
SIDE_BY_SIDE = "The groups are set side by side, not tested against each other: a difference here may be chance."


def group_table(attribute: str, levels: Sequence[Group], evaluation: Evaluation) -> Table:
    """Return the table of one attribute: people supported, and the change on the first outcome's questions."""
    measures = list(leading_measures(evaluation).values())
    title, heading = TITLES.get(attribute, BY_GENDER)
    return Table(
        title=title,
        columns=(
            Column(title=heading),
            Column(title="People", numeric=True),
            *(
                column
                for measure in measures
                for column in (
                    Column(title=f"{measure.label}: answered twice", numeric=True),
                    Column(title=f"{measure.label}: change (95% interval)"),
                )
            ),
        ),
        groups=(Rows(title="", rows=tuple(_row(level, attribute, measures) for level in levels)),),
        notes=(SIDE_BY_SIDE,),
    )


def _row(level: Group, attribute: str, measures: Sequence[Measure]) -> Row:
    cells: list[Cell] = [Words(text=capital(level.level)), _count(level.clients)]
    for measure in measures:
        found = next((one for one in measure.by[attribute] if one.level == level.level), None)
        cells += _change(found)
    return Row(cells=tuple(cells))


def _change(found: Level | None) -> list[Cell]:
    """How many answered twice may be left out because of another group, so it need not be a few."""
    change = found.paired if found else None
    if change is None or change.n is None:
        return [Kept(text=NOT_SHOWN), Words(text=NOT_SHOWN)]
    if change.mean_change is None:
        return [_count(change.n), Words(text="nobody answered twice" if change.n == 0 else TOO_FEW)]
    soft = f" ({interval(change.ci95)})" if change.ci95 else ""
    return [_count(change.n), Number(strong=signed(change.mean_change), soft=soft)]


def _count(n: int | None) -> Cell:
    return Kept(text=NOT_SHOWN) if n is None else Number(strong=count(n, ""))
