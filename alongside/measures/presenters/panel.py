"""How things have been: a client's forms over time, for talking over with them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import fmean

from alongside.core.words import counted
from alongside.instruments.schema import Instrument, Item
from alongside.measures.fortnights import missing
from alongside.measures.presenters.charts import Chart, Days, Happened, chart, happened
from alongside.measures.presenters.sentences import how_it_went
from alongside.measures.queries.forms import Form, Record
from alongside.outcomes.words import capital

GIVEN = {"together": "together", "handed over": "by themselves", "on paper": "on paper", "from a file": "from a file"}


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One question: its sentence and its chart."""

    item: Item
    sentence: str
    chart: Chart


@dataclass(frozen=True, kw_only=True)
class Group:
    """Questions that are read in the same direction."""

    title: str
    cells: list[Cell]


@dataclass(frozen=True, kw_only=True)
class Column:
    """A form in the table, or the day about which one was to be expected."""

    on: date
    form: Form | None

    @property
    def before(self) -> bool:
        """Whether it was taken before a session."""
        return self.form is not None and self.form.occasion == "before"


@dataclass(frozen=True, kw_only=True)
class Row:
    """One question in the table; an average only over the forms that are drawn."""

    item: Item
    answers: list[str]
    average: str


def drawn(forms: Sequence[Form]) -> list[Form]:
    """The forms that stand in the charts: one taken before a session gives way to the one after it."""
    replaced = {form.before for form in forms if form.before}
    return [form for form in forms if form.questionnaire not in replaced]


def groups(instrument: Instrument, forms: Sequence[Form], days: Days) -> list[Group]:
    """The questions in three groups, each said once which end is easier."""
    made: dict[str, list[Cell]] = {}
    for item in instrument.items:
        marks = [value for form in forms if (value := form.answer(item.key).value) is not None]
        cell = Cell(item=item, sentence=how_it_went(item, marks), chart=chart(item, forms, days))
        made.setdefault(_group(item), []).append(cell)
    return [Group(title=title, cells=cells) for title, cells in made.items()]


def columns(forms: Sequence[Form]) -> list[Column]:
    """Every form, with a place kept where one is missing."""
    made: list[Column] = []
    for form in forms:
        if made:
            made += [Column(on=day, form=None) for day in missing(made[-1].on, form.sent_on)]
        made.append(Column(on=form.sent_on, form=form))
    return made


def rows(instrument: Instrument, made: Sequence[Column], forms: Sequence[Form]) -> list[Row]:
    """The table's rows."""
    found = []
    for item in instrument.items:
        marks = [value for form in forms if (value := form.answer(item.key).value) is not None]
        average = f"{fmean(marks):.1f}" if marks else ""
        found.append(Row(item=item, answers=[_cell(item, column) for column in made], average=average))
    return found


def events(record: Record, events: Sequence[tuple[date, str]], forms: Sequence[Form]) -> tuple[Days, list[Happened]]:
    """The days that the charts span, and what happened in the times of support."""
    begin = min(course.started_on for course in record.courses)
    within = [(on, words) for on, words in events if begin <= on]
    days = Days([form.sent_on for form in forms] + [on for on, _ in within])
    return days, happened(within, days)


def came_back(record: Record, today: date) -> str:
    """How many forms came back, of how many.

    Times between one support and the next do not count.
    """
    came = [back for course in record.courses for back in course.came_back(today)]
    first, last = record.forms[0].sent_on, record.forms[-1].sent_on
    span = f"{on(first, today)} to {on(last, today)}" if first != last else on(last, today)
    return f"{sum(came)} of {counted(len(came), 'fortnightly form')}, {span}"


def since(record: Record, today: date) -> tuple[tuple[str, str], ...]:
    """The lines for "since last time"."""
    lines = []
    if record.forms:
        last = record.forms[-1]
        lines.append(("Form", f"Sent on {on(last.sent_on, today)}, {GIVEN[last.given]}"))
    else:
        lines.append(("Form", "None yet"))
    if record.begun_on:
        lines.append(("Form begun", f"On {on(record.begun_on, today)}, not sent yet"))
    if record.goes_on and record.goes_on.due_on:
        lines.append(("Form due", capital(due(record.goes_on.due_on, today))))
    return tuple(lines)


def due(day: date, today: date) -> str:
    """When the next form is due.

    >>> due(date(2026, 11, 20), date(2026, 11, 23)), due(date(2026, 11, 23), date(2026, 11, 23))
    ('since 20 November', 'today')
    >>> due(date(2027, 1, 4), date(2026, 11, 23))
    'on 4 January 2027'
    """
    if day == today:
        return "today"
    return f"{'since' if day < today else 'on'} {on(day, today)}"


def on(day: date, today: date) -> str:
    """A day, with its year unless it is this one."""
    year = "" if day.year == today.year else f" {day.year}"
    return f"{day.day} {day:%B}{year}"


def _group(item: Item) -> str:
    end = "lower" if item.lower_is_better else "higher"
    return (
        f"The last fortnight: {end} is easier"
        if item.occasion == "fortnight"
        else f"That day’s session: {end} is better"
    )


def _cell(item: Item, column: Column) -> str:
    if column.form is None:
        return "–"
    answer = column.form.answer(item.key)
    if column.before and item.occasion == "session":
        return "not asked"
    return "chose not to" if answer.declined else answer.words or "no mark"
