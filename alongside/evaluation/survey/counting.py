"""From a file to how many gave each answer: one row for each person, one column for each question."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb
import numpy as np
from numpy.typing import NDArray

import alongside
from alongside.evaluation import attributes
from alongside.evaluation.evaluate import publication
from alongside.evaluation.layout import Layout
from alongside.evaluation.opening import Tell
from alongside.evaluation.problems import BadInput, WrongUse, quoted
from alongside.evaluation.publish import shown_under
from alongside.evaluation.reading import fingerprint
from alongside.evaluation.reliability import NOT_ITEMS, refuse_repeats
from alongside.evaluation.source import Source, look_at
from alongside.evaluation.survey.publishing import published
from alongside.evaluation.survey.results import FORMAT, Gap, Group, LeftOut, Question, Survey, SurveyFile
from alongside.evaluation.survey.saying import with_caveats
from alongside.evaluation.table import Table, clean, engine, load, plain
from alongside.outcomes.disclosure import PROFILES
from alongside.outcomes.proportions import answers, difference, proportion

MOST_ANSWERS = 20
BETWEEN = ";"
LEFT_OPEN = ("", "NA")
TOO_MANY = f"More than {MOST_ANSWERS} different answers, so it may hold people’s own words; numbers can go into bands."
NOTHING = "every column is empty, says whom a row is about, or may hold people’s own words"
MOSTLY_UNIQUE = "Most answers were given by one person each, so it may hold people’s own words."

type Given = list[frozenset[str]]  # the answers of each person; none where it was left open


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What the person running `survey` said: questions by their heading (none for all), and what to compare by."""

    questions: tuple[str, ...] = ()
    by: str | None = None
    publish: str | None = None
    max_bytes: int = 500_000_000


def survey(path: Path, *, asked: Asked, tell: Tell) -> Survey:
    """Count the answers of a survey.

    Parameters
    ----------
    path : CSV, XLSX or Parquet
    asked : what the person running it said
    tell : called with a few words at each stage

    Raises
    ------
    BadInput : the file cannot be used as it is
    WrongUse : an option does not fit the file
    MachineLacks : the file is too large for the engine's memory
    """
    with engine(path) as con:
        return _survey(con, path, asked, tell)


def _survey(con: duckdb.DuckDBPyConnection, path: Path, asked: Asked, tell: Tell) -> Survey:
    tell("Reading the file")
    source = look_at(path, max_bytes=asked.max_bytes)
    table = load(con, source, "forms")
    if table.too_wide:
        raise BadInput(f"{source.name}, {table.too_wide[0]}.")
    refuse_repeats(con, table, source)
    groups = _groups(con, source, table, asked)
    (people,) = con.sql(f"SELECT count(*) FROM {table.name}").fetchall()[0]
    tell("Counting answers")
    counted: dict[str, Question] = {}
    left_out: list[LeftOut] = []
    for name, place in _columns(table, source, asked).items():
        given = _given(con, table, place)
        if not asked.questions and not any(given):
            continue
        reason = _own_words(given)
        if reason:
            left_out.append(LeftOut(question=name, reason=reason))
        else:
            counted[name] = _question(given, groups)
    if not counted:
        raise BadInput(f"{source.name} has no question that can be counted: {NOTHING}.")
    exact = Survey(
        format=FORMAT,
        alongside=alongside.__version__,
        publication=publication(asked.publish),
        file=SurveyFile(name=source.name, sha256=None if asked.publish else fingerprint(path)),
        people=people,
        by=asked.by,
        questions=counted,
        left_out=tuple(left_out),
        caveats=(),
    )
    return with_caveats(published(exact, PROFILES[asked.publish]) if asked.publish else exact)


def _columns(table: Table, source: Source, asked: Asked) -> dict[str, int]:
    """Return the columns that are questions, each with its place: those named, or all that can be."""
    strangers = [name for name in asked.questions if table.find(name) is None]
    if strangers:
        raise WrongUse(f"--questions names {quoted(strangers[0])}, but {source.name} has no column of that name.")
    places = [table.find(name) for name in asked.questions] or range(len(table.columns))
    no_questions = set() if asked.questions else {*NOT_ITEMS, plain(asked.by or "")}
    named = {table.columns[place]: place for place in places if place is not None}
    return {name: place for name, place in named.items() if plain(name) not in no_questions}


def _given(con: duckdb.DuckDBPyConnection, table: Table, place: int) -> Given:
    """Return what each person answered, row by row; capitals do not make another answer."""
    cells = con.sql(f"SELECT {clean(f'c{place}')} FROM {table.name} ORDER BY row").fetchall()
    written = [[part.strip() for part in cell.split(BETWEEN)] for (cell,) in cells]
    given = [[part for part in parts if part not in LEFT_OPEN] for parts in written]
    spellings: dict[str, Counter[str]] = {}
    for parts in given:
        for part in parts:
            spellings.setdefault(plain(part), Counter())[part] += 1
    usual = {same: min(found, key=lambda part: (-found[part], part)) for same, found in spellings.items()}
    return [frozenset(usual[plain(part)] for part in parts) for parts in given]


def _own_words(given: Given) -> str:
    """Return why a column is left out: it may hold what people wrote in their own words. Else nothing."""
    counts = Counter(answer for one in given for answer in one)
    if len(counts) > MOST_ANSWERS:
        return TOO_MANY
    answered = sum(map(bool, given))
    alone = sum(any(counts[answer] == 1 for answer in one) for one in given)
    return MOSTLY_UNIQUE if answered > 2 and 2 * alone > answered else ""


def _question(given: Given, groups: Mapping[str, NDArray[np.bool_]]) -> Question:
    n, everyone = sum(map(bool, given)), [answer for one in given for answer in one]
    found = answers(everyone, people=n)
    by = tuple(
        _group(level, [one for one, here in zip(given, members, strict=True) if here], list(found))
        for level, members in groups.items()
    )
    return Question(
        several=any(len(one) > 1 for one in given),
        n=n,
        left_open=len(given) - n,
        answers=found,
        by=by,
        gaps=_gaps(*by) if len(by) == 2 else {},
        why=None if n else "Nobody answered.",
    )


def _group(level: str, given: Given, order: list[str]) -> Group:
    n, counts = sum(map(bool, given)), Counter(answer for one in given for answer in one)
    return Group(
        level=level,
        n=n,
        left_open=len(given) - n,
        answers={answer: proportion(counts[answer], n) for answer in order},
        why=None if n else "Nobody answered.",
    )


def _gaps(one: Group, other: Group) -> dict[str, Gap]:
    compared = {answer: difference(found, other.answers[answer]) for answer, found in one.answers.items()}
    return {answer: Gap(difference=gap.difference, ci95=gap.ci95, why=gap.why) for answer, gap in compared.items()}


def _groups(con: duckdb.DuckDBPyConnection, source: Source, table: Table, asked: Asked) -> dict[str, NDArray[np.bool_]]:
    """Return for each value of the attribute asked for whether each person has it, row by row."""
    if asked.by is None:
        return {}
    # every row becomes a client of its own, so that its cells are looked up as those of clients are
    row, client = "CAST(row AS VARCHAR)", len(table.columns)
    con.execute(f"CREATE TABLE people AS SELECT *, {row} AS c{client} FROM {table.name}")
    con.execute(f"CREATE TABLE clients AS SELECT row AS client, {row} AS name FROM {table.name}")
    con.execute("CREATE TABLE bad (row BIGINT)")
    known = {name: place for place, name in enumerate(table.columns) if name}
    layout = Layout(client=client, time="", moment=client, measure=None, score=None, items={}, attributes=known)
    people = replace(table, name="people", kinds=())
    named = attributes.levels(con, asked.by, forms=(source, people, layout), listed=None)
    rows = con.sql("SELECT level FROM levels ORDER BY client").fetchall()
    said = np.array([named[level] for (level,) in rows], dtype=object)
    sizes = {level: int((said == level).sum()) for level in dict.fromkeys(named.values())}
    if asked.publish:
        names = shown_under(sizes, PROFILES[asked.publish])
        said = np.array([names[level] for level in said], dtype=object)
        sizes = dict.fromkeys(names.values(), 0)
    return {level: said == level for level in sizes}
