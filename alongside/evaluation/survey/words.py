"""A survey as it is printed: a table for each question, then what the numbers cannot say."""

import io
import shutil

from rich.console import Console
from rich.text import Text

from alongside.evaluation.problems import printable
from alongside.evaluation.reliability_words import NARROWEST, WIDEST, plain_table
from alongside.evaluation.survey.results import Question, Survey
from alongside.evaluation.survey.saying import by_group, gap, hidden_words, shown_interval, title, who
from alongside.outcomes.proportions import Proportion
from alongside.outcomes.words import NOT_SHOWN, capital, count, percent, percents, persons

HEADINGS = ("People", "Share", "95% interval")


def printed(found: Survey) -> str:
    """Return what to print, as wide as the terminal is, within reason."""
    out = io.StringIO()
    width = min(max(shutil.get_terminal_size().columns, NARROWEST), WIDEST)
    console = Console(file=out, width=width, markup=False, emoji=False, highlight=False)
    hidden = hidden_words(found)
    console.print(f"{found.file.name}: {persons(found.people, hidden)}, {_questions(found)}\n")
    for name, question in found.questions.items():
        _print_question(console, name, question, found.by, hidden)
    for column in found.left_out:
        console.print(f"Left out: “{printable(column.question)}”. {column.reason}\n")
    for caveat in found.caveats:
        console.print(f"{caveat.title}. {caveat.text}")
    console.print(f"\n{found.publication.heading}.{f' {found.publication.rule}' if found.publication.rule else ''}")
    return "".join(f"{line.rstrip()}\n" for line in out.getvalue().splitlines())


def _questions(found: Survey) -> str:
    return "1 question" if len(found.questions) == 1 else f"{len(found.questions)} questions"


def _print_question(console: Console, name: str, question: Question, by: str | None, hidden: str) -> None:
    console.print(printable(title(name, question)))
    console.print(" ".join(said for said in (who(question, hidden), question.note) if said))
    if question.answers:
        everyone = plain_table("Answer", *HEADINGS)
        for answer, found in question.answers.items():
            everyone.add_row(Text(printable(answer)), *_cells(found))
        console.print("", everyone, sep="\n")
    if question.by:
        groups = plain_table(f"By {printable(by or '')}", *HEADINGS)
        for answer, levels in by_group(question):
            groups.add_row(Text(capital(printable(answer))))
            for level, found in levels.items():
                groups.add_row(Text(f"  {printable(level)}"), *_cells(found))
            if apart := gap(levels):
                groups.add_row(Text(f"  {apart[0]}"), "", *apart[1:])
        console.print("", groups, sep="\n")
    console.print()


def _cells(found: Proportion) -> tuple[str, str, str]:
    ends = shown_interval(found)
    share = NOT_SHOWN if found.share is None else percent(found.share)
    return count(found.count, NOT_SHOWN), share, percents(ends) if ends else ""
