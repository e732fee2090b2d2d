"""A client's measures over time: each by itself, A to Z, for talking over with them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from alongside.core.words import counted
from alongside.instruments.schema import Instrument
from alongside.measures.presenters import trend_rows as table
from alongside.measures.presenters.panel import on
from alongside.measures.presenters.trend_charts import Chart, chart
from alongside.measures.presenters.trend_sentences import Mark, how_it_moved, number
from alongside.measures.queries.measured import Sent, Taken
from alongside.measures.scored import Scale, scales, scores
from alongside.outcomes.words import capital

NO_LINE = "This form is not repeated to see change, so no line is drawn."
VERSIONS = "Scores of different versions are never compared, so each version stands by itself."

type Event = tuple[date, str]


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One score: its sentence, its chart, and who published what stands in it."""

    id: str
    scale: Scale
    sentence: str
    chart: Chart
    sources: list[str]


@dataclass(frozen=True, kw_only=True)
class Section:
    """One version of a measure: charts of its scores, or a table only; and what was written on it."""

    id: str
    form: Instrument
    told: str
    notes: list[str]
    cells: list[Cell]
    columns: list[str]
    rows: list[table.Row]
    written: list[table.Written]


@dataclass(frozen=True, kw_only=True)
class Page:
    """Everything on the page; events are numbered alike in every chart."""

    sections: list[Section]
    happened: list[tuple[int, Event]]
    replaced: bool

    @property
    def drawn(self) -> bool:
        """Whether there is any chart."""
        return any(section.cells for section in self.sections)


@dataclass(frozen=True, kw_only=True)
class Line:
    """One number over time."""

    scale: Scale
    marks: list[Mark]


def page(taken: Sequence[Taken], events: Sequence[Event], today: date) -> Page:
    """Everything that came back, and what happened in the days that the charts show."""
    lines = [_lines(one) for one in taken]
    days = [(line.marks[0].on, line.marks[-1].on) for some in lines for line in some]
    within = [event for event in sorted(events) if any(first <= event[0] <= last for first, last in days)]
    numbered = list(enumerate(within, start=1))
    keys = [one.form.key for one in taken]
    sections = []
    for place, (one, some) in enumerate(zip(taken, lines, strict=True)):
        earlier = keys[:place].count(one.form.key)
        name = f"{one.form.key}-{earlier + 1}" if earlier else one.form.key
        several = keys.count(one.form.key) > 1
        sections.append(_section(name, one, some, numbered, several=several, today=today))
    replaced = any(len(_drawn(one.sent)) < len(one.sent) for one, some in zip(taken, lines, strict=True) if some)
    return Page(sections=sections, happened=numbered, replaced=replaced)


def span(sent: Sequence[Sent], today: date) -> str:
    """How many forms, from when to when."""
    first, last = sent[0].sent_on, sent[-1].sent_on
    days = f"{on(first, today)} to {on(last, today)}" if first != last else on(last, today)
    return f"{counted(len(sent), 'form')}, {days}"


def _section(
    name: str, one: Taken, lines: Sequence[Line], numbered: Sequence[tuple[int, Event]], *, several: bool, today: date
) -> Section:
    form = one.form
    marked = [(place, event[0]) for place, event in numbered]
    cells = [
        Cell(
            id=f"{name}-{line.scale.key}",
            scale=line.scale,
            sentence=how_it_moved(line.marks, line.scale.reliable, today),
            chart=chart(line.scale, line.marks, marked, today),
            sources=_sources(line.scale),
        )
        for line in lines
    ]
    alone = table.marked(form, one.sent) if form.never_scored else []
    columns = [item.topic for item in alone] if form.never_scored else [scale.name for scale in scales(form)]
    rows = table.of_marks(alone, one.sent) if form.never_scored else _rows(one)
    return Section(
        id=name,
        form=form,
        told=f"{capital(form.reference_period)}. Answered by {form.informant}. {span(one.sent, today)}.",
        notes=[*_notes(form), *([f"This is version {form.version}. {VERSIONS}"] if several else [])],
        cells=cells,
        columns=columns,
        rows=rows if columns else [],
        written=table.written(form, one.sent) if form.never_scored else [],
    )


def _rows(one: Taken) -> list[table.Row]:
    return table.of_scores(scales(one.form), one.sent, scores(one.form, [sent.answers for sent in one.sent]))


def _lines(taken: Taken) -> list[Line]:
    """The numbers that are drawn over time: none of a form that is not repeated, or whose scores are withheld."""
    form, sent = taken.form, _drawn(taken.sent)
    if not form.over_time or form.not_scored:
        return []
    if not form.never_scored:
        made = scores(form, [one.answers for one in sent])
        return [
            Line(
                scale=scale,
                marks=[
                    Mark(on=one.sent_on, value=score[scale.key].value, items=score[scale.key].items)
                    for one, score in zip(sent, made, strict=True)
                ],
            )
            for scale in scales(form)
        ]
    alone = {item.key for item in table.marked(form, sent)}
    return [
        Line(scale=scale, marks=[Mark(on=one.sent_on, value=one.answer(scale.key).value) for one in sent])
        for scale in scales(form)
        if scale.key in alone
    ]


def _drawn(sent: Sequence[Sent]) -> list[Sent]:
    """The forms that stand in the charts: one taken before a session gives way to the one after it."""
    replaced = {one.before for one in sent if one.before}
    return [one for one in sent if one.questionnaire not in replaced]


def _notes(form: Instrument) -> list[str]:
    if form.never_scored:
        return [form.never_scored]
    if form.not_scored:
        return [f"Not scored: {form.not_scored}."]
    if form.over_time:
        return []
    cuts = [
        f"A published cut-off is {number(cut.at)}: {cut.means} ({cut.source}); it is no diagnosis."
        for score in form.scores
        for cut in score.cut_offs
    ]
    return [NO_LINE, *cuts]


def _sources(scale: Scale) -> list[str]:
    bands = [f"Bands: {scale.bands_source}."] if scale.bands else []
    reliable = [f"Unsteadiness: {scale.reliable.source}."] if scale.reliable else []
    return bands + reliable
