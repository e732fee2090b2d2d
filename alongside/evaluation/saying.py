"""What the results say and what they cannot say, in sentences made from the numbers as they are shown."""

from collections.abc import Mapping
from dataclasses import replace

from alongside.evaluation.results import Caveat, Measure, Results, Said
from alongside.instruments.schema import Item
from alongside.outcomes import words
from alongside.outcomes.disclosure import PROFILES

MANY_MEASURES = 5
MOST_NAMED = 6


def with_words(results: Results, items: Mapping[str, Item], *, reliability: float | None) -> Results:
    """Return results with their findings and caveats, said from the numbers that will be shown.

    `items` holds the form's question for each measure that is one, `reliability` is the one that was stated.
    """
    hidden = hidden_words(results)
    findings = [
        Said(about=name, title=title(name, measure, items), sentence=words.change_sentence(measure.paired, hidden))
        for name, measure in results.measures.items()
    ]
    findings += [
        Said(about=outcome.key, title=outcome.title, sentence=words.improved_sentence(outcome.improved, hidden))
        for outcome in results.outcomes
    ]
    return replace(results, findings=tuple(findings), caveats=tuple(caveats(results, reliability)))


def hidden_words(results: Results) -> str:
    """Return the words that stand where a count is hidden."""
    profile = results.publication.profile
    return PROFILES[profile].hidden if profile else ""


def title(name: str, measure: Measure, items: Mapping[str, Item]) -> str:
    """Return what was found on one measure, as a title."""
    in_a_sentence = items[name].finding_name if name in items else f"the {name} score"
    return words.change_title(in_a_sentence, measure.paired)


def headline(results: Results, items: Mapping[str, Item]) -> str:
    """Return the report's title: what was found on the first outcome's indicators, or on the only measure."""
    leading = results.outcomes[0].indicators if results.outcomes else ()
    shown = [name for name in results.measures if name in items and items[name].key in leading]
    if not shown and len(results.measures) == 1:
        shown = list(results.measures)
    if shown:
        return words.joined([title(name, results.measures[name], items) for name in shown])
    moved = sum(words.clear(measure.paired) for measure in results.measures.values())
    return f"{moved} of {len(results.measures)} measures changed clearly between people’s first and last form"


def caveats(results: Results, reliability: float | None) -> list[Caveat]:
    """Return what the numbers cannot tell, each only where it applies."""
    return [
        Caveat(title=about, text=text)
        for about, text in (
            ("Whether we caused the change", NO_COMPARISON),
            ("What a hard week does to a first form", _hard_week(results, reliability)),
            ("How the others are doing", _others(results)),
            ("What any one person will do next", NO_PREDICTION),
            ("Self-harm and suicide", KEPT_APART if results.outcomes else ""),
            ("What many measures do", _many(results)),
            ("Which way is better", _unstated(results)),
            ("Rows set aside", _set_aside(results)),
        )
        if text
    ]


NO_COMPARISON = "There is no comparison group. Some people would have felt different after this time without us."
HARD_WEEK = (
    "People often come when things are at their worst. Scores after a worst week tend to move back on their own."
)
NO_PREDICTION = "These are averages and counts. Nothing here predicts anything about anyone."
KEPT_APART = (
    "They are not the same thing and are shown apart. One question can stand under two outcomes, "
    "so outcomes cannot be added up."
)


def _hard_week(results: Results, reliability: float | None) -> str:
    """Say how far a mean moves by itself: in general for a reliability, in points where there is a mean to go to."""
    if reliability is None:
        return HARD_WEEK
    said = (
        f"With a reliability of {reliability:g}, for each point that a group starts away from the mean of the people "
        f"it comes from, {1 - reliability:.2g} of a point of change may come from that alone."
    )
    return " ".join([HARD_WEEK, said, *filter(None, map(_by_itself, results.measures.values()))])


def _by_itself(measure: Measure) -> str:
    alone, seen = measure.regression_to_the_mean, measure.paired.mean_change
    if alone is None or alone.mean_first is None or alone.expected_change is None or seen is None:
        return ""
    return (
        f"On {measure.label}, people started at {words.points(alone.mean_first)}, and the mean stated for the people "
        f"they come from is {alone.population_mean:g}: {words.signed(alone.expected_change)} may come from that alone, "
        f"beside the {words.signed(seen)} seen."
    )


def _others(results: Results) -> str:
    once, none = results.people.answered_once, results.people.no_form
    said = [
        *([f"{words.persons(once, 'some')} answered once"] if once != 0 else []),
        *([f"{words.persons(none, 'some')} filled in no form"] if none != 0 else []),
    ]
    return f"{words.capital(' and '.join(said))}. They may be doing better or worse; we do not guess." if said else ""


def _many(results: Results) -> str:
    if len(results.measures) < MANY_MEASURES:
        return ""
    return (
        f"{len(results.measures)} were compared. Where nothing changes, about one interval in twenty still "
        "shows a change, by chance alone."
    )


def _unstated(results: Results) -> str:
    names = [name for name, measure in results.measures.items() if measure.better is None]
    if not names:
        return ""
    more = " and others" if len(names) > MOST_NAMED else ""
    return f"It was not stated for {', '.join(names[:MOST_NAMED])}{more}, so nothing there is called an improvement."


def _set_aside(results: Results) -> str:
    if results.file.rejected_rows == 0:
        return ""
    rows = words.count(results.file.rejected_rows, hidden_words(results))
    return f"Rows that could not be read: {rows}. They are in no figure here."
