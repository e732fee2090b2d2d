"""The analysis plan: what was done, by which rule, made from the options and the results of one run."""

import platform
from importlib.metadata import version

from alongside.evaluation.bundle.numbers import reasons
from alongside.evaluation.bundle.rows import Rows
from alongside.evaluation.evaluate import Evaluation
from alongside.evaluation.judging import COMPLETED, measures_of
from alongside.evaluation.options import Options
from alongside.evaluation.results import Measure, Results

MODELS = {"random_intercept": "a start of their own", "random_intercept_slope": "a start and a slope of their own"}
METHODS = {"ml": "maximum likelihood (ML)", "reml": "restricted maximum likelihood (REML)"}
SPREADS = {
    "first": "the standard deviation of all first forms",
    "pooled": "the root mean square of the standard deviations of the first and of the last forms of people with both",
}
MOST_PLACES = 4
HEAD = """# Analysis plan

Written by Alongside from the options and the results of one run: it says what was done, not what had been decided
beforehand. Numbers are named as in `expected.csv`. Change is last minus first, in points.
"""
TESTS = (
    "Mean, median and standard deviation (n − 1) of the changes; paired t test with its 95% interval.",
    "Wilcoxon’s signed rank test without changes of 0: exact below 50 changes without ties or zeros, else the normal "
    "approximation with corrections for ties and continuity.",
    "Effect sizes: `d_z`, mean change over the standard deviation of the changes; `d_av`, over the mean of both "
    "standard deviations; `hedges_g`, `d_z` times Hedges’ exact factor. Pearson’s r with Fisher’s interval.",
)
MOVED = (
    "Somebody’s first form was not on day 0 of the file. In `rows.csv` every person’s days begin at 0, so that none of "
    "them leads to a date. Lines over time and fortnights rest on the day as it was given, so they cannot be worked "
    "out from these rows, and `check.R` leaves them out."
)
FORTNIGHTS = (
    "Fortnight n is days 14n − 7 to 14n + 6. Somebody with two scores in it counts once, with their mean.",
    "`missing`: people without an answer on the measure in it, though they have forms in or before it and in or after "
    "it. `ended`: people whose last form was before it.",
)
TIME_TO_CHANGE = (
    "Time to the first reliable improvement: Kaplan and Meier’s curve with log-log intervals. People without one are "
    "followed to their last form."
)

LOG_RANK = "The groups by {} are compared by a log-rank test (`time_to_change_by`)."
REGRESSION = (
    "`regression_to_the_mean`: (1 − reliability) × (mean of the people whom the clients come from − mean first score "
    "of those with two forms). Those means, stated for this report: {}."
)
OWN_PACE = (
    "`comparisons.own_pace`: a likelihood-ratio test of a start and a slope of each person’s own against a start "
    "alone, without groups; p is of the half-and-half mixture of chi-squares, since a variance cannot be below 0."
)
GROUPS = (
    "`comparisons.groups`: a likelihood-ratio test by ML of the model with groups against the one without; "
    "`groups_pace`: against one in which groups start apart and change alike."
)
OWN_LINES = (
    "`lines_of_people.csv`: each person’s own line, the best linear unbiased prediction. It is drawn towards the line "
    "of people like them the less their forms say."
)


def plan(evaluation: Evaluation, rows: Rows, options: Options) -> str:
    """Return `analysis-plan.md`."""
    results = evaluation.results
    sections = {
        "The data": _data(evaluation, rows),
        "First form against last": _first_to_last(evaluation),
        f"First form against the one nearest to day {options.days:g}": _nearest(results, options),
        "Reliable change": _reliable(results, options),
        "Rules of the NHS": _rules(results, options),
        "By fortnight": FORTNIGHTS,
        "Lines over time": _lines(results, rows, options),
        "Groups": _groups(options),
        "The form’s outcomes and its questions about the service": _of_the_form(results),
        "Forms that are not there": _missing(results),
        "What was not done": _not_done(results, options),
        "What could not be worked out": _why_not(results),
        "Made with": [_versions()],
    }
    written = [
        f"## {title}\n\n{''.join(f'- {line}\n' for line in lines)}" for title, lines in sections.items() if lines
    ]
    return "\n".join([HEAD, *written])


def _data(evaluation: Evaluation, rows: Rows) -> list[str]:
    people, file, form = evaluation.results.people, evaluation.results.file, evaluation.instrument
    dates = file.time == "date"
    return [
        f"The form: {form.name}, version {form.version}." if form else "No form known to Alongside was named.",
        f"People: {people.clients}. With forms on two days or more: {people.answered_twice}; on one day: "
        f"{people.answered_once}; with no form that can be used: {people.no_form}.",
        f"Forms (one for each person and day with an answer): {people.forms}. Scores: {file.scores}. Questions left "
        f"without an answer: {file.unanswered}.",
        f"Rows set aside because they could not be read, in no number here: {file.rejected_rows}.",
        "Dates were turned into days since each person’s first form."
        if dates
        else "Days were used as the file gave them.",
        *([MOVED] if rows.moved else []),
        f"The fingerprint (SHA-256) of the file the rows come from: {file.sha256}.",
    ]


def _first_to_last(evaluation: Evaluation) -> list[str]:
    wide = evaluation.results.file.layout == "wide"
    everyone = "everybody in `people.csv`" if wide else "everybody with an answer on the measure"
    return [
        "On each measure, for people who answered it on two days or more.",
        *TESTS,
        f"In `share_of_everyone`, everyone is {everyone}. People without a second form count as not improved.",
        *(_improved(name, found, evaluation) for name, found in evaluation.results.measures.items()),
        "A share has Wilson’s 95% interval, without continuity correction. `exact95` is Clopper and Pearson’s.",
    ]


def _improved(name: str, found: Measure, evaluation: Evaluation) -> str:
    both = f"{name}: answered twice or more by {found.paired.n} of {found.clients}."
    if found.improved.rule is None:
        return f"{both} Nothing is called improved: {found.improved.why}"
    also = " and ".join(f"{one.by:g}" for one in found.also)
    more = f" Also counted by {also}." if also else ""
    return f"{both} Improved: {found.improved.rule} ({evaluation.scales[name].improved_by_source}).{more}"


def _nearest(results: Results, options: Options) -> list[str]:
    without = "; ".join(f"{name} {found.nearest.without}" for name, found in results.measures.items())
    return [
        f"The form nearest to {options.days:g} days after the first one, at most {options.window:g} days away; of two "
        "as near, the earlier. Compared with the first as the last form is.",
        f"People without such a form: {without}.",
    ]


def _reliable(results: Results, options: Options) -> list[str]:
    if options.reliability is None:
        return ["No reliability was stated, so no change is called reliable."]
    lines = [
        f"Reliability {options.reliability:g}, stated for this report. A change counts from 1.96 × SD × √2 × "
        f"√(1 − reliability), where SD is {SPREADS[options.sd]}."
    ]
    for name, found in results.measures.items():
        counted = found.reliable_change
        if counted is None:
            lines.append(f"{name}: not counted, since it was not said which way is better.")
        else:
            lines.append(f"{name}: {counted.why or f'{counted.threshold:.6g} points or more ({counted.rule}).'}")
    if options.cutoff is not None:
        lines.append(
            f"Recovered: at {options.cutoff:g} or on the side of difficulty at first, reliably improved, and on its "
            "other side at last; out of those who began there. `improved` includes them."
        )
    if results.recovery:
        lines.append(
            f"Recovered by day {options.days:g} (`recovery`): {results.recovery.rule}, from the first form to the one "
            "nearest to that day. `bounds`: the share if none, and if all, of those without such a form had recovered."
        )
    return [
        *lines,
        TIME_TO_CHANGE,
        *([LOG_RANK.format(", ".join(options.by))] if options.by else []),
        *_regression(results),
    ]


def _regression(results: Results) -> list[str]:
    alone = {name: found.regression_to_the_mean for name, found in results.measures.items()}
    means = "; ".join(f"{name} {one.population_mean:g}" for name, one in alone.items() if one)
    return [REGRESSION.format(means)] if means else []


def _rules(results: Results, options: Options) -> list[str]:
    if results.rules is None or options.rules is None:
        return []
    rules = results.rules.rules
    depression, anxiety = measures_of(results.measures, options.rules)
    return [
        f"{rules.name}, {rules.version} ({rules.source}): {rules.depression.measure} is {depression}, "
        f"{rules.anxiety.measure} is {anxiety}.",
        COMPLETED,
        "`recovered` and `reliably_recovered` are out of those who completed less `not_at_caseness`; the others out of "
        "all who completed.",
    ]


def _lines(results: Results, rows: Rows, options: Options) -> list[str]:
    by = f", where the groups of {options.by[0]} may start apart and change apart" if options.by else ""
    known = f"; {', '.join(options.covariates)} may move the start" if options.covariates else ""
    effects = " + ".join([" * ".join(["t100", *options.by[:1]]), *options.covariates])
    own = "1" if options.model == "random_intercept" else "t100"
    return [
        f"A linear mixed model of all scores over time in hundreds of days{by}{known}. Each person has "
        f"{MODELS[options.model]}. Fitted by {METHODS[options.method]}.",
        f"In lme4’s words: `score ~ {effects} + ({own} | client)`.",
        *(["`everybody` is the same model with everybody in one group."] if options.by else []),
        OWN_PACE,
        *([GROUPS] if options.by else []),
        *([OWN_LINES] if rows.lines else []),
        *(
            f"The covariate {name} stands in the column “{column}”."
            for name, column in rows.covariates.items()
            if name != column
        ),
        *(_line(name, found) for name, found in results.measures.items()),
    ]


def _line(name: str, found: Measure) -> str:
    line = found.trajectory
    if not line.fixed:
        return f"{name}: no model. {line.why}"
    singular = " The fit is singular: the model asks more than the scores hold." if line.singular else ""
    dropped = f" Left out, since the others already say it: {', '.join(line.dropped)}." if line.dropped else ""
    return f"{name}: people {line.n_clients}, scores {line.n_scores}. Intervals: {line.ci_method}.{singular}{dropped}"


def _groups(options: Options) -> list[str]:
    if not options.by:
        return []
    return [
        f"Compared by {', '.join(options.by)}: first form against last, and how many improved, within each group.",
        "`differences`: the share improved of each group less that of the first, with Newcombe’s 95% interval (method "
        "10).",
        "Whether the groups were formed by chance is not known to the program. If they were not, a difference between "
        "them may come from who is in them.",
    ]


def _of_the_form(results: Results) -> list[str]:
    outcomes = [f"{one.title}: the mean of {', '.join(one.indicators)}." for one in results.outcomes]
    if outcomes:
        outcomes.append(
            "An outcome is worked out on forms that answer all of its questions, each turned so that higher is better; "
            "everyone is everybody in `people.csv`."
        )
    return [*outcomes, *(f"{one.label}: marked {one.at_least:g} or above, at last." for one in results.satisfaction)]


def _missing(results: Results) -> list[str]:
    without = "; ".join(f"{name} {found.left.left.n}" for name, found in results.measures.items())
    lines = [
        "Nothing is filled in: a question left open has no score, and no score is carried from one day to another.",
        f"People with a first form and no second: {without}.",
        "`left` compares their first forms with those of the others by Welch’s t test.",
        "`tipping_point`: how much worse than that of the others their mean change must have been for the 95% interval "
        "of the mean change to reach 0, their share being taken as known.",
    ]
    if any(found.trajectory.fixed for found in results.measures.values()):
        lines.append(
            "A line over time uses every score, those of people with one form too. It is fair if whether a form is "
            "missing depends on nothing but what was seen."
        )
    return lines


def _not_done(results: Results, options: Options) -> list[str]:
    without = [name for name, found in results.measures.items() if not found.regression_to_the_mean]
    lines = [f"No allowance was made for regression to the mean on {', '.join(without)}."] if without else []
    if len(results.measures) > 1:
        lines.append(f"No p value or interval is corrected for there being {len(results.measures)} measures.")
    if not options.by:
        lines.append("No groups were compared. Change alone does not show what caused it.")
    return lines


def _why_not(results: Results) -> list[str]:
    """Return each reason once, with the first of the places where it holds."""
    places: dict[str, list[str]] = {}
    for at, why in reasons(results):
        places.setdefault(why, []).append(f"`{at}`")
    return [
        f"{why} At {', '.join(at[:MOST_PLACES])}"
        f"{f' and {len(at) - MOST_PLACES} more places' if len(at) > MOST_PLACES else ''}."
        for why, at in places.items()
    ]


def _versions() -> str:
    parts = ", ".join(f"{name} {version(name)}" for name in ("alongside", "duckdb", "numpy", "scipy"))
    return f"{parts}, Python {platform.python_version()}."
