"""How far measures agree with themselves, as it is printed: a table, then the plain sentences."""

import io
import shutil
from collections.abc import Iterator

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from alongside.evaluation.evaluate import NOT_FOR_PUBLICATION
from alongside.evaluation.problems import quoted
from alongside.evaluation.reliability import ItemsTogether, Levels, Numbers, Participants, Reliability
from alongside.outcomes.reliability.alpha import Alpha
from alongside.outcomes.reliability.intraclass import ICC_NAMES, Intraclass
from alongside.outcomes.reliability.retest import Retest
from alongside.outcomes.words import interval, persons, points, size

NARROWEST, WIDEST = 72, 110
NOTHING = "–"
LARGE = 1e6  # from here on a score is written as 4.08e+14, so that it fits its column
LEGEND = (
    "r: Pearson's correlation. rho: Spearman's. SEM: standard error of measurement. SDC: smallest detectable change; "
    "both in points. ICC1: any two occasions. ICC2: these two, a shift between them counts as disagreement. "
    "ICC3: a shift that is the same for everybody does not count. ICC1k, ICC2k, ICC3k: of the mean of both scores. "
    "Where people really changed between the two occasions, that change counts as error in all of these."
)


def printed(found: Reliability | ItemsTogether) -> str:
    """Return what to print, as wide as the terminal is, within reason."""
    out = io.StringIO()
    width = min(max(shutil.get_terminal_size().columns, NARROWEST), WIDEST)
    console = Console(file=out, width=width, markup=False, emoji=False, highlight=False)
    if isinstance(found, Reliability):
        _print_occasions(console, found)
    else:
        _print_items(console, found)
    console.print(f"{NOT_FOR_PUBLICATION}.")
    return "".join(f"{line.rstrip()}\n" for line in out.getvalue().splitlines())


def _print_occasions(console: Console, found: Reliability) -> None:
    console.print(f"{found.file.name}: the same people asked twice\n")
    named = [(_shown(found.labels[name]), measure) for name, measure in found.measures.items()]
    console.print(_correlations(named), "", _agreement(named), "", LEGEND, "", sep="\n")
    for name, measure in named:
        console.print(f"{name}: {' '.join(retest_sentences(measure))}\n")
    console.print(f"{' '.join(participants_sentences(found.participants))}\n")
    _print_set_aside(console, found.file.rejected_rows)


def _print_items(console: Console, found: ItemsTogether) -> None:
    console.print(f"{found.file.name}: the items of one scale\n")
    table = plain_table("Item", "Alpha without it")
    for name, value in (found.alpha.if_deleted or {}).items():
        table.add_row(Text(_shown(name)), _number(value))
    console.print(table, "", sep="\n")
    console.print(f"{' '.join(alpha_sentences(found.alpha))}\n")
    _print_set_aside(console, found.file.rejected_rows)


def _print_set_aside(console: Console, rows: int | None) -> None:
    if rows:
        which = "1 row was set aside" if rows == 1 else f"{rows:,} rows were set aside"
        console.print(f"{which}; --json says which and why.\n")


def _correlations(named: list[tuple[str, Retest]]) -> Table:
    table = plain_table("Measure", "People", "r", "95% interval", "p", "rho", "SEM", "SDC")
    for name, measure in named:
        r = measure.pearson
        table.add_row(
            Text(name),
            f"{measure.n:,}",
            _number(r.r),
            _interval(r.ci95),
            _p(r.p),
            _number(measure.spearman.rho),
            _number(measure.sem, decimals=2),
            _number(measure.sdc, decimals=2),
        )
    return table


def _agreement(named: list[tuple[str, Retest]]) -> Table:
    table = plain_table("Measure", "ICC1, ICC1k", "ICC2, ICC2k", "ICC3, ICC3k")
    for name, measure in named:
        of_one, of_both = ([_icc(measure.icc[icc]) for icc in names] for names in (ICC_NAMES[:3], ICC_NAMES[3:]))
        table.add_row(Text(name), *of_one)
        table.add_row("  mean of both", *of_both)
    return table


def plain_table(first: str, *others: str) -> Table:
    """Return an empty table with one column of names, and one to the right for each other heading."""
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, padding=(0, 1, 0, 0))
    table.add_column(first, overflow="fold", min_width=12)
    for heading in others:
        table.add_column(heading, justify="right", no_wrap=True)
    return table


def _p(p: float | None) -> str:
    if p is None:
        return NOTHING
    return "< 0.001" if p < 0.001 else f"{p:.3f}"


def _shown(name: str) -> str:
    return quoted(name)[1:-1]


def _number(value: float | None, *, decimals: int = 3) -> str:
    if value is None:
        return NOTHING
    return points(value, decimals=decimals) if abs(value) < LARGE else f"{value:.3g}"


def _interval(ends: tuple[float, float] | None, *, decimals: int = 3) -> str:
    return NOTHING if ends is None else " to ".join(points(end, decimals=decimals) for end in ends)


def _icc(icc: Intraclass) -> str:
    ends = None if icc.low is None or icc.high is None else (icc.low, icc.high)
    return _number(icc.value, decimals=2) + (f" ({_interval(ends, decimals=2)})" if ends else "")


def retest_sentences(measure: Retest) -> Iterator[str]:
    """Yield what two occasions say about one measure.

    Examples
    --------
    >>> from alongside.outcomes.reliability.retest import retest
    >>> print(*retest_sentences(retest([9, 6, 8, 7, 10, 6], [7, 5, 8, 9, 9, 5], left_out=1)), sep="\\n")
    6 people were asked twice.
    Their two scores go together with r = 0.690 (95% interval −0.277 to 0.963, p = 0.129).
    On average the second score was 0.5 points lower than the first (95% interval of the difference −1.9 to 0.9).
    About 95 in 100 people's second scores lie between −3.2 and +2.2 points from their first.
    One person's score must change by more than 2.7 points before it is more than error of measurement.
    1 person with one score is left out.
    """
    differences = measure.bland_altman
    if measure.n:
        yield f"{persons(measure.n, '')} {'was' if measure.n == 1 else 'were'} asked twice."
    r = measure.pearson
    if r.r is not None and r.ci95 and r.p is not None:
        p = f"p = {_p(r.p)}".replace("= <", "<")
        yield f"Their two scores go together with r = {_number(r.r)} (95% interval {_interval(r.ci95)}, {p})."
    if differences.bias is not None and differences.ci95:
        way = "lower" if differences.bias < 0 else "higher"
        said = f"On average the second score was {size(differences.bias)} {way} than the first"
        yield f"{said} (95% interval of the difference {interval(differences.ci95)})."
    if differences.loa:
        low, high = (_fine(limit, measure.sdc, sign=True) for limit in differences.loa)
        yield f"About 95 in 100 people's second scores lie between {low} and {high} points from their first."
    if measure.sdc is not None:
        least = f"One person's score must change by more than {_fine(measure.sdc, measure.sdc)} points"
        yield f"{least} before it is more than error of measurement."
    yield from _why(measure)
    if measure.left_out:
        yield _who(measure.left_out, "one score")
    if measure.unused:
        yield f"Only the first two occasions are compared; later scores not used: {measure.unused:,}."


def _fine(value: float, sdc: float | None, *, sign: bool = False) -> str:
    """Write points with one decimal, or with three on a scale on which less than one point is a large change."""
    text = _number(value, decimals=3 if sdc is not None and sdc < 1 else 1)
    return f"+{text}" if sign and value > 0 else text


def _why(measure: Retest) -> Iterator[str]:
    """Yield each reason why a number is missing once; for nobody or one person, one reason says it all."""
    reasons = [measure.why]
    if measure.n is not None and measure.n > 1:
        reasons += [measure.pearson.why, *(icc.why for icc in measure.icc.values())]
    yield from dict.fromkeys(reason for reason in reasons if reason)


def alpha_sentences(found: Alpha) -> Iterator[str]:
    """Yield what the items of a scale say.

    Examples
    --------
    >>> from alongside.outcomes.reliability.alpha import alpha
    >>> scores = [[1, 2, 1, 3], [2, 3, 3, 3], [4, 4, 5, 2], [5, 5, 4, 1]]
    >>> print(*alpha_sentences(alpha(scores, ["a", "b", "c", "d"])), sep="\\n")
    4 people answered all 4 items.
    Cronbach's alpha is 0.530 (95% interval −1.385 to 0.968).
    “d” falls as the others rise: if it is worded the other way round, turn its scores round and run this again.
    """
    yield f"{persons(found.n, '')} answered all {found.items} items."
    if found.left_out:
        yield _who(found.left_out, "an item unanswered")
    if found.alpha is not None:
        around = f" (95% interval {_interval(found.ci95)})" if found.ci95 else ""
        yield f"Cronbach's alpha is {_number(found.alpha)}{around}."
    for name in found.against:
        turn = "if it is worded the other way round, turn its scores round and run this again."
        yield f"{quoted(name)} falls as the others rise: {turn}"
    if found.why:
        yield found.why


def participants_sentences(people: Participants) -> Iterator[str]:
    """Yield who took part.

    Examples
    --------
    >>> from alongside.evaluation.reliability import Level
    >>> gender = Levels(levels=(Level(level="female", n=37), Level(level="male", n=6)))
    >>> age = Numbers(n=42, not_recorded=1, mean=24.31, sd=9.2, low=14, high=54)
    >>> print(*participants_sentences(Participants(n=43, left_out=2, attributes={"gender": gender, "age": age})))
    43 people took part. 2 people with scores on one occasion only are left out. gender: female 37, male 6. \
age: mean 24.3, SD 9.2, 14 to 54 (42 people; not recorded for 1).
    """
    yield f"{persons(people.n, '')} took part."
    if people.left_out:
        yield _who(people.left_out, "scores on one occasion only")
    for name, attribute in people.attributes.items():
        yield f"{_shown(name)}: {_attribute(attribute)}"


def _who(left_out: int, having: str) -> str:
    return f"{persons(left_out, '')} with {having} {'is' if left_out == 1 else 'are'} left out."


def _attribute(attribute: Levels | Numbers) -> str:
    if isinstance(attribute, Levels):
        return attribute.why or f"{', '.join(f'{_shown(level.level)} {level.n}' for level in attribute.levels)}."
    mean, sd = points(attribute.mean or 0.0), NOTHING if attribute.sd is None else points(attribute.sd)
    missing = f"; not recorded for {attribute.not_recorded}" if attribute.not_recorded else ""
    return f"mean {mean}, SD {sd}, {attribute.low:g} to {attribute.high:g} ({persons(attribute.n, '')}{missing})."
