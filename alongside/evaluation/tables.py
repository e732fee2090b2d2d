"""The results as flat tables, for a spreadsheet or for R."""

from collections.abc import Iterable, Iterator, Sequence

from alongside.evaluation import people_lines
from alongside.evaluation.evaluate import Evaluation
from alongside.evaluation.results import Results
from alongside.outcomes.change import Improved, PairedChange
from alongside.outcomes.descriptive import Summary

type Value = str | int | float | None
type Sheet = tuple[Sequence[str], Iterable[Sequence[Value]]]

PAIRED = (
    "n",
    "mean_first",
    "mean_last",
    "mean_change",
    "ci95_low",
    "ci95_high",
    "sd_change",
    "median_change",
)
TESTS = ("t", "df", "p", "wilcoxon_v", "wilcoxon_p")
IMPROVED = ("improved_by", "improved", "answered_twice", "share", "everyone", "share_of_everyone")
CHANGES = ("client", "measure", "first_day", "first", "last_day", "last", "change")
SUMMARY = ("n", "mean", "sd", "median")


def tables(evaluation: Evaluation) -> dict[str, Sheet]:
    """Return the tables by file name: measures, over_time, by, outcomes, and those of people if not for publication."""
    results = evaluation.results
    sheets: dict[str, Sheet] = {"measures": _measures(results), "over_time": _over_time(results)}
    if any(measure.by for measure in results.measures.values()):
        sheets["by"] = _by(results)
    if results.outcomes:
        sheets["outcomes"] = _outcomes(results)
    if any(found.twice.any() for found in evaluation.ends.values()):
        sheets["changes"] = (CHANGES, _changes(evaluation))
    if evaluation.lines:
        lines = (row for one in evaluation.lines for row in one.rows(evaluation.names))
        sheets["lines_of_people"] = (people_lines.COLUMNS, lines)
    return sheets


def _changes(evaluation: Evaluation) -> Iterator[Sequence[Value]]:
    for measure, found in evaluation.ends.items():
        columns = (found.client, found.first_day, found.first, found.last_day, found.last)
        rows = zip(*(column[found.twice].tolist() for column in columns), strict=True)
        for client, first_day, first, last_day, last in rows:
            yield evaluation.names[client], measure, first_day, first, last_day, last, last - first


def _measures(results: Results) -> Sheet:
    columns = (
        *("measure", "label", "better", "clients", "forms", "unanswered"),
        *(f"first_{name}" for name in SUMMARY),
        *(f"last_{name}" for name in SUMMARY),
        *(f"paired_{name}" for name in (*PAIRED, *TESTS)),
        *IMPROVED,
    )
    rows = [
        (
            *(name, one.label, one.better, one.clients, one.forms, one.unanswered),
            *_summary(one.first),
            *_summary(one.last),
            *_paired(one.paired),
            *_improved(one.improved),
        )
        for name, one in results.measures.items()
    ]
    return columns, rows


def _over_time(results: Results) -> Sheet:
    columns = (
        "measure",
        "fortnight",
        "clients",
        "n",
        "mean",
        "ci95_low",
        "ci95_high",
        "median",
        "missing",
        "ended",
    )
    rows = [
        (name, at.fortnight, at.clients, at.n, at.mean, *_ends(at.ci95), at.median, at.missing, at.ended)
        for name, measure in results.measures.items()
        for at in measure.over_time
    ]
    return columns, rows


def _by(results: Results) -> Sheet:
    columns = (
        "measure",
        "attribute",
        "level",
        "clients",
        *(f"paired_{n}" for n in (*PAIRED, *TESTS)),
        *IMPROVED,
    )
    rows = [
        (name, attribute, level.level, level.clients, *_paired(level.paired), *_improved(level.improved))
        for name, measure in results.measures.items()
        for attribute, levels in measure.by.items()
        for level in levels
    ]
    return columns, rows


def _outcomes(results: Results) -> Sheet:
    columns = ("outcome", "title", "clients", *(f"paired_{name}" for name in (*PAIRED, *TESTS)), *IMPROVED)
    rows = [
        (one.key, one.title, one.clients, *_paired(one.paired), *_improved(one.improved)) for one in results.outcomes
    ]
    return columns, rows


def _summary(found: Summary) -> tuple[Value, ...]:
    return found.n, found.mean, found.sd, found.median


def _paired(change: PairedChange) -> tuple[Value, ...]:
    return (
        *(change.n, change.mean_first, change.mean_last, change.mean_change),
        *_ends(change.ci95),
        *(change.sd_change, change.median_change, change.t, change.df, change.p),
        *(change.wilcoxon.v, change.wilcoxon.p),
    )


def _improved(found: Improved) -> tuple[Value, ...]:
    return found.by, found.improved, found.n, found.share, found.everyone, found.share_of_everyone


def _ends(interval: tuple[float, float] | None) -> tuple[float | None, float | None]:
    return interval or (None, None)
