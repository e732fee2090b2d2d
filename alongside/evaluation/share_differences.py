"""The report's tables of how groups' shares of people who improved differ."""

from collections.abc import Mapping

from alongside.evaluation.overview import improved_by
from alongside.evaluation.results import Results
from alongside.outcomes.proportions import Difference, Proportion
from alongside.outcomes.words import capital, count, percent, points
from alongside.press.document import Cell, Column, Group, Number, Row, Table, Words

BESIDE = (
    "A difference of shares is in points per hundred people. Where its interval holds 0, these people do not tell "
    "which group improves more often."
)


def share_differences(results: Results) -> list[Table]:
    """Return one table for each attribute: each group's share improved beside the first group's; none if published."""
    found: dict[str, dict[str, Mapping[str, Difference]]] = {}
    for measure in results.measures.values():
        for column, groups in measure.differences.items():
            if groups:
                found.setdefault(column, {})[measure.label] = groups
    firsts = {
        column: min(level.level for level in levels)
        for one in results.measures.values()
        for column, levels in one.by.items()
        if levels
    }
    return [_table(column, firsts[column], of, f"Improved{improved_by(results)}") for column, of in found.items()]


def _table(column: str, first: str, of: Mapping[str, Mapping[str, Difference]], improved: str) -> Table:
    return Table(
        title=f"Share of each {column} that improved, beside “{first}”",
        columns=(
            Column(title=capital(column)),
            Column(title=improved, numeric=True),
            Column(title=f"{improved}, “{first}”", numeric=True),
            Column(title="More or fewer in 100 (95% interval)"),
        ),
        groups=tuple(
            Group(
                title=label if len(of) > 1 else "",
                rows=tuple(_row(level, one) for level, one in groups.items()),
            )
            for label, groups in of.items()
        ),
        notes=(BESIDE,),
    )


def _row(level: str, found: Difference) -> Row:
    return Row(cells=(Words(text=level), _share(found.one), _share(found.other), _difference(found)))


def _share(found: Proportion) -> Cell:
    if found.share is None:
        return Words(text="nobody answered twice")
    return Number(strong=percent(found.share), soft=f" ({count(found.count, '')} of {count(found.n, '')})")


def _difference(found: Difference) -> Cell:
    if found.difference is None or found.ci95 is None:
        return Words(text="")
    low, high = (_in_100(end) for end in found.ci95)
    return Number(strong=_in_100(found.difference), soft=f" ({low} to {high})")


def _in_100(difference: float) -> str:
    """Write a difference of shares in points per hundred, with its sign.

    >>> _in_100(0.2), _in_100(-0.004), _in_100(-0.33)
    ('+20', '0', '−33')
    """
    text = points(100 * difference, decimals=0)
    return text if text == "0" or difference < 0 else f"+{text}"
