"""The report's lines over time by group: the model's mean line of each, beside one another."""

from collections.abc import Sequence

from alongside.evaluation.axes import axis
from alongside.evaluation.evaluate import Evaluation
from alongside.evaluation.finding import leading
from alongside.evaluation.line_figures import IN_FULL, mean, straight
from alongside.evaluation.overview import SIDE_BY_SIDE
from alongside.evaluation.results import Measure
from alongside.outcomes.disclosure import AVERAGE_BASE
from alongside.outcomes.scales import Scale
from alongside.outcomes.trajectory.mean_line import MeanLine
from alongside.outcomes.words import capital, persons, points
from alongside.press.document import (
    Block,
    Column,
    Figure,
    Finding,
    Group,
    Line,
    Multiples,
    Row,
    Small,
    Table,
    Tick,
    Words,
)

MOST_LINES = 3
HOW = (
    "A straight line for each group through its people’s forms. Shaded: its 95% interval. All go as far as the line of "
    "everybody, also that of a group of which few were seen so long."
)


def group_lines(evaluation: Evaluation) -> list[Block]:
    """Return the lines by group, for each of the measures that matter most: up to three together, more apart.

    Only groups of ten people or more are drawn.
    """
    blocks: list[Block] = []
    for name, measure in _compared(evaluation).items():
        lines, scale = _lines(measure), evaluation.scales[name]
        if len(lines) <= MOST_LINES:
            blocks.append(_together(measure, lines, scale))
        else:
            blocks.append(_apart(measure, lines, scale))
    return blocks


def group_lines_in_full(evaluation: Evaluation) -> list[Table]:
    """Return the tables of the lines that are drawn apart."""
    return [_table(one) for one in _compared(evaluation).values() if len(_lines(one)) > MOST_LINES]


def _compared(evaluation: Evaluation) -> dict[str, Measure]:
    measures = evaluation.results.measures
    chosen = {name: measures[name] for name in leading(evaluation.results, evaluation.items)}
    return {name: one for name, one in chosen.items() if len(_lines(one)) > 1}


def _lines(measure: Measure) -> list[MeanLine]:
    few = {level for level, clients in _people(measure).items() if clients is not None and clients < AVERAGE_BASE}
    lines = measure.trajectory.lines if measure.trajectory.by else ()
    return [line for line in lines if line.level not in few]


def _people(measure: Measure) -> dict[str, int | None]:
    """Return how many people of each group are in the model."""
    by = measure.trajectory.by
    return {by.reference: by.clients} | {one.level: one.clients for one in by.levels} if by else {}


def _together(measure: Measure, lines: Sequence[MeanLine], scale: Scale) -> Finding:
    said = " ".join(_said(line, measure) for line in lines)
    return Finding(
        title=_title(measure),
        lede=HOW,
        figure=_figure(measure, lines, scale, f"{measure.label} by {_attribute(measure)}. {said}"),
        sentences=(said, *_left_out(measure, lines), SIDE_BY_SIDE),
        table=_table(measure),
    )


def _apart(measure: Measure, lines: Sequence[MeanLine], scale: Scale) -> Multiples:
    lede = " ".join([HOW, *_left_out(measure, lines), SIDE_BY_SIDE, IN_FULL])
    small = tuple(
        Small(
            title=capital(line.level),
            text=_said(line, measure),
            figure=_figure(measure, [line], scale, f"{measure.label}. {_said(line, measure)}", name="Mean"),
        )
        for line in lines
    )
    return Multiples(title=_title(measure), lede=lede, figures=small)


def _attribute(measure: Measure) -> str:
    return measure.trajectory.by.column if measure.trajectory.by else ""


def _title(measure: Measure) -> str:
    return f"{measure.label} over time, by {_attribute(measure)}"


def _said(line: MeanLine, measure: Measure) -> str:
    first, last = line.points[0], line.points[-1]
    clients = _people(measure)[line.level]
    who = f" ({persons(clients, '')})" if clients is not None else ""
    return (
        f"{capital(line.level)}{who}: from {points(first.mean or 0)} on day {first.day:g} to {points(last.mean or 0)} "
        f"on day {last.day:g}."
    )


def _left_out(measure: Measure, lines: Sequence[MeanLine]) -> list[str]:
    gone = [level for level in _people(measure) if level not in {line.level for line in lines}]
    return [f"Not drawn, with fewer than {AVERAGE_BASE} people: {', '.join(gone)}."] if gone else []


def _figure(measure: Measure, lines: Sequence[MeanLine], scale: Scale, alt: str, *, name: str = "") -> Figure:
    ends = [
        end for one in _lines(measure) for at in one.points for end in (at.mean, *(at.ci95 or ())) if end is not None
    ]
    bottom, top = axis(ends, scale)
    return Figure(
        lines=tuple(Line(name=name or capital(line.level), points=straight(line.points)) for line in lines),
        ticks=tuple(Tick(x=at.day or 0, label=f"Day {at.day:g}") for at in lines[0].points),
        bottom=bottom,
        top=top,
        bottom_words=scale.low_words,
        top_words=scale.high_words,
        alt=alt,
        drawn="line",
    )


def _table(measure: Measure) -> Table:
    lines = _lines(measure)
    return Table(
        title=_title(measure),
        columns=(
            Column(title="Day"),
            *(Column(title=f"{capital(line.level)} (95% interval)", numeric=True) for line in lines),
        ),
        groups=(
            Group(
                title="",
                rows=tuple(
                    Row(cells=(Words(text=f"{day[0].day:g}"), *map(mean, day)))
                    for day in zip(*(line.points for line in lines), strict=True)
                ),
            ),
        ),
    )
