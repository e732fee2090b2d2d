"""A survey as a report: its words and tables become the parts that `press` sets. No number is computed here."""

import json
from datetime import UTC, datetime
from pathlib import Path

from alongside.evaluation.opening import Tell
from alongside.evaluation.output import check_folder, put_in_place
from alongside.evaluation.survey import results
from alongside.evaluation.survey.results import FORMAT, Question, Survey, as_json
from alongside.evaluation.survey.saying import by_group, gap, hidden_words, shown_interval, title, who
from alongside.outcomes.proportions import Proportion
from alongside.outcomes.words import NOT_SHOWN, capital, count, percent, percents, persons
from alongside.press import html, pdf
from alongside.press.document import (
    Caveat,
    Cell,
    Column,
    Group,
    Interval,
    Kept,
    KeyNumbers,
    Number,
    Report,
    Row,
    Table,
    Words,
)
from alongside.press.tables import Value, csv_text

OURS = {"report.html", "report.pdf", "results.json", "tables"}
NUMBERS = (
    Column(title="Share (95% interval)"),
    Column(title="Share", ends=("none", "all")),
    Column(title="People", numeric=True),
)
COLUMNS = (
    *("question", "attribute", "level", "answered", "left_open", "answer", "count", "share"),
    *("ci95_low", "ci95_high", "exact95_low", "exact95_high"),
)


def check_survey_folder(folder: Path) -> None:
    """Refuse a folder that holds anything but an earlier report on a survey; see `check_folder`."""
    check_folder(folder, ours=OURS, is_ours=_is_survey)


def write_report(found: Survey, folder: Path, *, now: datetime, tell: Tell) -> Path:
    """Write a survey's folder in place of an earlier one, and return the path of its page.

    Raises
    ------
    MachineLacks : the disk is full or the place is not ours to write in
    """
    document = report(found, now)
    page = html.page(document)
    tell("Writing the PDF")
    files = {
        "report.html": page.encode(),
        "report.pdf": pdf.document(document, timestamp=now.astimezone(UTC).replace(microsecond=0)),
        "results.json": as_json(found).encode(),
        "tables/answers.csv": csv_text(COLUMNS, _rows(found)).encode(),
    }
    return put_in_place(files, folder, "--out") / "report.html"


def report(found: Survey, now: datetime) -> Report:
    """Return the report on a survey, in reading order; `now` is printed at its foot."""
    hidden = hidden_words(found)
    blocks: list[KeyNumbers | Table] = [_people(found)]
    for name, question in found.questions.items():
        blocks.append(_everyone(name, question, hidden))
        if question.by:
            blocks.append(_by_group(name, question, found.by or ""))
    several = f"What {persons(found.people, hidden)} answered to {len(found.questions)} questions"
    return Report(
        title=several if len(found.questions) > 1 else title(*next(iter(found.questions.items()))),
        lede="Each share is of the people who answered that question, and not of everyone.",
        masthead="Alongside",
        subject=f"Survey: {found.file.name}",
        banner=found.publication.heading,
        blocks=tuple(blocks),
        caveats=tuple(Caveat(title=one.title, text=one.text) for one in found.caveats),
        made=tuple(_made(found, now)),
    )


def _people(found: Survey) -> KeyNumbers:
    numbers = (
        (count(found.people, NOT_SHOWN), "person" if found.people == 1 else "people in the file"),
        (count(len(found.questions), ""), "question" if len(found.questions) == 1 else "questions"),
    )
    left_out = "".join(f" Left out: “{one.question}”. {one.reason}" for one in found.left_out)
    return KeyNumbers(
        title="People and questions", numbers=numbers, note=f"{found.publication.rule or ''}{left_out}".strip()
    )


def _everyone(name: str, question: Question, hidden: str) -> Table:
    rows = tuple(_row(Words(text=answer), found) for answer, found in question.answers.items())
    return Table(
        title=title(name, question),
        lede=who(question, hidden),
        columns=(Column(title="Answer"), *NUMBERS),
        groups=(Group(title="", rows=rows),) if rows else (),
        notes=(question.note,) if question.note else (),
    )


def _by_group(name: str, question: Question, by: str) -> Table:
    groups = []
    for answer, levels in by_group(question):
        rows = [_row(Words(text=level), found, of=True) for level, found in levels.items()]
        if apart := gap(levels):
            whose, points, ends = apart
            rows.append(
                Row(cells=(Words(text=whose), Number(strong=points, soft=f" ({ends})"), Words(text=""), Words(text="")))
            )
        groups.append(Group(title=capital(answer), rows=tuple(rows)))
    return Table(title=f"By {by}: {name}", columns=(Column(title=capital(by)), *NUMBERS), groups=tuple(groups))


def _row(name: Words, found: Proportion, *, of: bool = False) -> Row:
    if found.count is None or found.share is None:
        return Row(cells=(name, Words(text=NOT_SHOWN), Words(text=""), Kept(text=NOT_SHOWN)))
    ends = shown_interval(found)
    drawn: Cell = Words(text="")
    if ends:
        drawn = Interval(low=ends[0], point=found.share, high=ends[1], start=0, stop=1)
    return Row(
        cells=(
            name,
            Number(strong=percent(found.share), soft=f" ({percents(ends)})" if ends else ""),
            drawn,
            Number(strong=f"{found.count:,}", soft=f" of {count(found.n, NOT_SHOWN)}" if of else ""),
        )
    )


def _made(found: Survey, now: datetime) -> list[str]:
    made = [
        f"Made on {now.day} {now:%B %Y} by Alongside {found.alongside} from {found.file.name}. Each row is one person. "
        "Intervals are Wilson’s, at 95%; results.json has the exact ones as well.",
    ]
    if found.file.sha256:
        made.append(f"The file’s SHA-256 fingerprint is {found.file.sha256}.")
    return [*made, "Beside this page: report.pdf, results.json and the folder tables."]


def _rows(found: Survey) -> list[tuple[Value, ...]]:
    rows: list[tuple[Value, ...]] = []
    for name, question in found.questions.items():
        whom: list[tuple[str | None, str | None, Question | results.Group]] = [(None, None, question)]
        whom += [(found.by, group.level, group) for group in question.by]
        for attribute, level, one in whom:
            said = (name, attribute, level, one.n, one.left_open)
            rows += [(*said, answer, each.count, each.share, *_ends(each)) for answer, each in one.answers.items()]
    return rows


def _ends(found: Proportion) -> tuple[float | None, ...]:
    return *(found.ci95 or (None, None)), *(found.exact95 or (None, None))


def _is_survey(folder: Path) -> bool:
    try:
        inside = json.loads((folder / "results.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(inside, dict) and inside.get("format") == FORMAT
