"""What the report was asked for, as the first lines of the R script that checks it."""

import math
from collections.abc import Mapping, Sequence

from alongside.evaluation.bundle.rows import Rows
from alongside.evaluation.evaluate import Evaluation
from alongside.evaluation.judging import measures_of
from alongside.evaluation.options import Options
from alongside.outcomes.rules import RULE_SETS

type Value = str | float | bool | Sequence["Value"] | Mapping[str, "Value"] | None


def asked(evaluation: Evaluation, rows: Rows, options: Options) -> str:
    """Return R that makes the list `asked`."""
    return f"asked <- {in_r(_asked(evaluation, rows, options))}"


def in_r(value: Value, indent: str = "") -> str:
    r"""Write a value as R: a mapping as a named list, a sequence as a list or, of plain values, as a vector.

    >>> in_r({"days": 100, "by": ["g"], "sure": True, "cutoff": None})
    'list(\n  days = 100,\n  by = c("g"),\n  sure = TRUE,\n  cutoff = NULL\n)'
    >>> in_r('a "é"')
    '"a \\u0022\\u00e9\\u0022"'
    """
    inner = f"{indent}  "
    match value:
        case None:
            return "NULL"
        case bool():
            return "TRUE" if value else "FALSE"
        case int() | float():
            return "NA" if math.isnan(value) else repr(int(value) if float(value).is_integer() else value)
        case str():
            return f'"{"".join(_letter(letter) for letter in value)}"'
        case Mapping():
            parts = [f"{name} = {in_r(part, inner)}" for name, part in value.items()]
        case _ if all(isinstance(part, str | int | float) for part in value):
            return f"c({', '.join(in_r(part) for part in value)})"
        case _:
            parts = [in_r(part, inner) for part in value]
    return f"list(\n{inner}{f',\n{inner}'.join(parts)}\n{indent})"


def _letter(letter: str) -> str:
    plain = " " <= letter <= "~" and letter not in '"\\'
    return letter if plain else f"\\u{ord(letter):04x}" if ord(letter) < 0x10000 else f"\\U{ord(letter):08x}"


def _asked(evaluation: Evaluation, rows: Rows, options: Options) -> Mapping[str, Value]:
    return {
        "model": options.model,
        "method": options.method,
        "reliability": options.reliability,
        "sd": options.sd,
        "cutoff": options.cutoff,
        "days": options.days,
        "window": options.window,
        "by": list(options.by),
        "covariates": [
            {
                "name": name,
                "column": column,
                "numbers": all(not isinstance(cell, str) for cell in rows.attributes[column]),
            }
            for name, column in rows.covariates.items()
        ],
        "everyone": evaluation.results.file.layout
        == "wide",  # whether somebody without an answer counts as one who could
        "measures": _measures(evaluation, options),
        "outcomes": _outcomes(evaluation),
        "recovery": _recovery(evaluation),
        "rules": _rules(evaluation, options),
        "satisfaction": [{"measure": one.measure, "at_least": one.at_least} for one in evaluation.results.satisfaction],
    }


def _measures(evaluation: Evaluation, options: Options) -> list[Value]:
    return [
        {
            "name": name,
            "better": scale.better,
            "low": scale.low,
            "high": scale.high,
            "improved_by": scale.improved_by,
            "population_mean": options.population_mean.get(name),
            "also": [one.by for one in evaluation.results.measures[name].also],
        }
        for name, scale in evaluation.scales.items()
    ]


def _rules(evaluation: Evaluation, options: Options) -> Mapping[str, Value] | None:
    if options.rules is None:
        return None
    rules = RULE_SETS[options.rules]
    depression, anxiety = measures_of(evaluation.scales, options.rules)
    return {
        "depression": depression,
        "anxiety": anxiety,
        "caseness": [rules.depression.caseness, rules.anxiety.caseness],
        "reliable": [rules.depression.reliable, rules.anxiety.reliable],
        "any_worsening": rules.any_worsening_is_deterioration,
    }


def _recovery(evaluation: Evaluation) -> list[Value]:
    found = evaluation.results.recovery
    return [
        {"name": name, "label": scale.label, "better": scale.better}
        for name, scale in evaluation.scales.items()
        if found and scale.label in found.questions
    ]


def _outcomes(evaluation: Evaluation) -> list[Value]:
    names = {item.key: name for name, item in evaluation.items.items()}
    found: list[Value] = []
    for outcome in evaluation.results.outcomes:
        scales = [evaluation.scales[names[key]] for key in outcome.indicators]
        ends = [(scale.low or 0) + (scale.high or 0) if scale.lower_is_better else math.nan for scale in scales]
        found.append(
            {
                "key": outcome.key,
                "measures": [names[key] for key in outcome.indicators],
                "lowest_and_highest": ends,
                "improved_by": outcome.improved.by,
            }
        )
    return found
