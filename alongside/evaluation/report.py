"""Words and lays out the report: results become the parts that `press` sets. No number is computed here."""

from datetime import datetime

from alongside.evaluation import saying
from alongside.evaluation.evaluate import Evaluation
from alongside.evaluation.finding import finding
from alongside.evaluation.group_figures import group_figures
from alongside.evaluation.group_lines import group_lines, group_lines_in_full
from alongside.evaluation.improvement_times import improvement_times_by
from alongside.evaluation.judging import rules_table
from alongside.evaluation.line_figures import line_figures, lines_in_full
from alongside.evaluation.lines import beyond
from alongside.evaluation.overview import by_attribute, overview
from alongside.evaluation.people_figures import people_figures
from alongside.evaluation.results import Results
from alongside.evaluation.satisfaction import satisfaction_table
from alongside.evaluation.share_differences import share_differences
from alongside.evaluation.time_figures import time_figures
from alongside.evaluation.who_answered import who_answered
from alongside.instruments.schema import Instrument
from alongside.outcomes.words import NOT_SHOWN, count, percent, persons
from alongside.press.document import Block, Caveat, KeyNumbers, Part, Parts, Report, Table


def report(evaluation: Evaluation, now: datetime) -> Report:
    """Return the report of an evaluation, in reading order.

    Parameters
    ----------
    evaluation : results as they may be shown
    now : when it is made, printed at its foot
    """
    results, items = evaluation.results, evaluation.items
    blocks: list[Block] = [_people(results), answered(results), *who_answered(results)]
    blocks.append(overview(results, evaluation.instrument, items))
    blocks += [rules_table(results.rules)] if results.rules else []
    blocks += [
        finding(name, measure, evaluation.scales[name], results, items) for name, measure in results.measures.items()
    ]
    blocks += by_attribute(results)
    shares, times = share_differences(results), improvement_times_by(results)
    blocks += [table for table in shares if not _long(table)]
    blocks += group_figures(evaluation)
    blocks += line_figures(evaluation)
    blocks += group_lines(evaluation)
    blocks += beyond(results)
    blocks += [table for table in times if not _long(table)]
    blocks += time_figures(evaluation)
    blocks += people_figures(evaluation)
    blocks += satisfaction_tables(results)
    return Report(
        title=saying.headline(results, items),
        lede="These are averages, and we cannot say how much of this was our doing. "
        "This report says what people marked, how many did, and what we do not know.",
        masthead="Alongside",
        subject=f"Report on {results.file.name}",
        banner=results.publication.heading,
        gentle=GENTLE if results.outcomes else "",
        blocks=tuple(blocks),
        appendix=(
            *filter(_long, [*shares, *times]),
            *lines_in_full(evaluation),
            *group_lines_in_full(evaluation),
        ),
        caveats=tuple(Caveat(title=one.title, text=one.text) for one in results.caveats),
        made=tuple(_made(results, evaluation.instrument, now)),
    )


GENTLE = "This report talks about self-harm and suicidal thoughts. It does not describe how anyone hurts themselves."


LONG = 16


def _long(table: Table) -> bool:
    """Whether a table is so long that it is folded away: of many measures by many groups."""
    return sum(len(group.rows) for group in table.groups) > LONG


def _people(results: Results) -> KeyNumbers:
    hidden = saying.hidden_words(results)
    numbers = (
        (
            count(results.people.clients, NOT_SHOWN),
            "person" if results.people.clients == 1 else "people, each counted once",
        ),
        (count(results.people.forms, NOT_SHOWN), "forms they filled in"),
        (
            count(len(results.measures), hidden),
            "measure" if len(results.measures) == 1 else "measures on them",
        ),
    )
    note = _left_open(results, hidden)
    return KeyNumbers(title="People and forms", numbers=numbers, note=note)


def satisfaction_tables(results: Results) -> list[Table]:
    """Return one table for each question about the service itself."""
    hidden = saying.hidden_words(results)
    return [satisfaction_table(one, results.measures[one.measure], hidden) for one in results.satisfaction]


def _left_open(results: Results, hidden: str) -> str:
    file = results.file
    used = f"{file.scores:,} answers used, {file.unanswered:,} questions left open." if file.scores is not None else ""
    aside = f"Rows set aside: {count(file.rejected_rows, hidden)}." if file.rejected_rows != 0 else ""
    return " ".join(said for said in (used, aside, results.publication.rule) if said)


def answered(results: Results) -> Parts:
    """Return who answered twice, once and not at all, as one bar."""
    people = results.people
    all_ = people.clients or 0
    said = ("answered twice or more", "answered once", "no form")
    counts = (people.answered_twice, people.answered_once, people.no_form)
    shares = [(n or 0) / all_ if all_ else 0.0 for n in counts]
    parts = tuple(
        Part(
            share=share,
            number=count(n, NOT_SHOWN),
            text=text,
            percent=percent(people.share_twice) if text == said[0] and people.share_twice is not None else "",
            open=text == said[2],
        )
        for n, text, share in zip(counts, said, shares, strict=True)
        if n != 0
    )
    title = (
        "How many answered at least twice is not shown"
        if people.answered_twice is None or people.clients is None
        else f"{people.answered_twice:,} of {persons(people.clients, '')} answered at least twice"
    )
    return Parts(title=title, parts=parts, text=_who_is_seen(results))


def _who_is_seen(results: Results) -> str:
    twice = results.people.answered_twice
    if twice == 0:
        return "Change cannot be seen, because nobody answered twice."
    others = "Everybody else" if results.file.layout == "wide" else "Whoever answered a measure once"
    return (
        f"Change can only be seen in {'those who did' if twice is None else f'the {twice:,}'}. "
        f"{others} stays in every “of everyone” figure below, counted as not improved."
    )


def _made(results: Results, instrument: Instrument | None, now: datetime) -> list[str]:
    file = results.file
    read = f"Dates were read as {file.date_format}. " if file.date_format else ""
    made = [
        f"Made on {now.day} {now:%B %Y} by Alongside {results.alongside} from {file.name}. {read}"
        "Change is the last form minus the first. Fortnight n covers days 14n − 7 to 14n + 6.",
    ]
    if instrument:
        source = f"{instrument.name}: {instrument.licence.terms}. Improved: {instrument.improved_by_source}."
        made.append(source.replace("..", "."))
    if file.sha256:
        made.append(f"The file’s SHA-256 fingerprint is {file.sha256}.")
    made.append("Beside this page: report.pdf, results.json and the folder tables.")
    return made
