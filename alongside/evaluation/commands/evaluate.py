"""The command `alongside evaluate`."""

from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

import typer

from alongside.evaluation.commands.ending import one_sentence, say_what_was_set_aside, write
from alongside.evaluation.options import Options
from alongside.evaluation.problems import WrongUse
from alongside.evaluation.spelling import (
    a_reliability,
    directions,
    finite,
    improved_by_of,
    names_in,
    population_mean_of,
    range_of,
    size_in_bytes,
)


class Publish(StrEnum):
    """The rules for small numbers."""

    strict = "strict"
    standard = "standard"


class Model(StrEnum):
    """What clients may differ in."""

    ri = "ri"
    ris = "ris"


class Method(StrEnum):
    """How the model is fitted."""

    ml = "ml"
    reml = "reml"


class SD(StrEnum):
    """Whose standard deviation sets the reliable change."""

    first = "first"
    pooled = "pooled"


class Rules(StrEnum):
    """Published sets of rules for PHQ-9 and GAD-7 together."""

    talking_therapies = "talking-therapies"
    any_worsening = "any-worsening"


MODELS: dict[Model, Literal["random_intercept", "random_intercept_slope"]] = {
    Model.ri: "random_intercept",
    Model.ris: "random_intercept_slope",
}


def evaluate(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="The file of scores: CSV, XLSX or Parquet.", show_default=False)
    ],
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="The folder for the report; made if needed.", show_default=False)
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print results.json and write no report.")] = False,
    bundle: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help="A folder for an evaluator: rows without names, and a script that checks the numbers in R.",
            show_default=False,
        ),
    ] = None,
    attributes: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="A second file with one row for each client.", show_default=False),
    ] = None,
    by: Annotated[
        list[str] | None,
        typer.Option(metavar="COLUMN", help="Compare by this attribute. May be given again.", show_default=False),
    ] = None,
    instrument: Annotated[
        str | None,
        typer.Option(
            metavar="KEY", help="The form whose questions the file holds: service-evaluation.", show_default=False
        ),
    ] = None,
    items: Annotated[
        str | None,
        typer.Option(metavar="A,B,…", help="The columns that hold scores, with commas between.", show_default=False),
    ] = None,
    range_: Annotated[
        list[str] | None,
        typer.Option(
            "--range",
            metavar="MEASURE=LOW:HIGH",
            help="A measure's lowest and highest score: bdi=0:63. May be given again.",
            show_default=False,
        ),
    ] = None,
    lower_is_better: Annotated[
        list[str] | None,
        typer.Option(
            metavar="MEASURE", help="A measure on which lower is better. May be given again.", show_default=False
        ),
    ] = None,
    higher_is_better: Annotated[
        list[str] | None,
        typer.Option(
            metavar="MEASURE", help="A measure on which higher is better. May be given again.", show_default=False
        ),
    ] = None,
    improved_by: Annotated[
        list[str] | None,
        typer.Option(
            metavar="MEASURE=POINTS",
            help="The change that counts as improved: bdi=5. May be given again.",
            show_default=False,
        ),
    ] = None,
    publish: Annotated[
        Publish | None,
        typer.Option(help="Leave out small numbers and anything about one person.", show_default=False),
    ] = None,
    earlier: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="FILE",
            help="The file of scores behind a report published before, so that the two do not tell about a few people. "
            "May be given again. Goes with --publish.",
            show_default=False,
        ),
    ] = None,
    model: Annotated[
        Model, typer.Option(help="Whether people differ in start alone (ri) or in slope as well (ris).")
    ] = Model.ris,
    method: Annotated[Method, typer.Option(help="Restricted or plain maximum likelihood.")] = Method.reml,
    covariates: Annotated[
        str | None,
        typer.Option(
            metavar="A,B,…", help="Attributes that may move where somebody starts, in the model.", show_default=False
        ),
    ] = None,
    reliability: Annotated[
        float | None,
        typer.Option(metavar="R", help="The measure’s reliability, to count reliable change.", show_default=False),
    ] = None,
    sd: Annotated[
        SD, typer.Option(help="Whose spread sets the reliable change: all first forms, or first and last pooled.")
    ] = SD.first,
    cutoff: Annotated[
        float | None,
        typer.Option(metavar="C", help="The score that marks where difficulty begins.", show_default=False),
    ] = None,
    recovered_by: Annotated[
        str | None,
        typer.Option(
            metavar="A,B,…",
            help="The measures that must all improve reliably for somebody to count as recovered.",
            show_default=False,
        ),
    ] = None,
    population_mean: Annotated[
        list[str] | None,
        typer.Option(
            metavar="MEASURE=MEAN",
            help="The mean of the people whom the clients come from: bdi=8. Goes with --reliability. "
            "May be given again.",
            show_default=False,
        ),
    ] = None,
    rules: Annotated[
        Rules | None,
        typer.Option(
            help="Count who improved and who recovered on PHQ-9 and GAD-7 together, by rules of the NHS.",
            show_default=False,
        ),
    ] = None,
    days: Annotated[float, typer.Option(min=1, help="Compare the first form with the one nearest to this day.")] = 100,
    window: Annotated[float, typer.Option(min=0, help="How many days from it that form may be.")] = 28,
    lenient: Annotated[bool, typer.Option("--lenient", help="Set rows with a problem aside and say which.")] = False,
    engine: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS",
            help="Add up in postgresql://… or spark://…, where FILE is a table. Only sums leave it. Goes with --json.",
            show_default=False,
        ),
    ] = None,
    max_size: Annotated[str, typer.Option(metavar="SIZE", help="The largest file to read: 500MB, 2GB.")] = "500MB",
) -> None:
    """Make a report from a file of scores: what changed, for how many, and how sure one can be."""
    with one_sentence():
        options = Options(
            instrument=instrument,
            items=names_in(items),
            by=tuple(dict.fromkeys(by or ())),
            ranges=dict(range_of(said) for said in range_ or ()),
            better=directions(lower_is_better or [], higher_is_better or []),
            improved_by=dict(improved_by_of(said) for said in improved_by or ()),
            model=MODELS[model],
            method=method.value,
            covariates=names_in(covariates),
            reliability=a_reliability(reliability),
            sd=sd.value,
            cutoff=finite(cutoff, "--cutoff"),
            recovered_by=names_in(recovered_by),
            population_mean=dict(population_mean_of(said) for said in population_mean or ()),
            rules=rules.value if rules else None,
            days=finite(days, "--days"),
            window=finite(window, "--window"),
            lenient=lenient,
            publish=publish.value if publish else None,
            earlier=tuple(earlier or ()),
            bundle=bundle is not None,
            max_bytes=size_in_bytes(max_size),
        )
        if engine is None:
            _run(file, out, bundle, attributes, options, as_json=as_json)
        else:
            _run_elsewhere(engine, str(file), options, only_json=as_json and not (out or bundle or attributes))


def _run(
    file: Path, out: Path | None, bundle: Path | None, attributes: Path | None, options: Options, *, as_json: bool
) -> None:
    if (out and as_json) or not (out or as_json or bundle):
        raise WrongUse("Say where the report goes with --out DIR, or ask for the numbers alone with --json.")
    if options.earlier and not options.publish:
        raise WrongUse("--earlier goes with --publish: only what leaves the organisation is read beside other reports.")
    if bundle and options.publish:
        raise WrongUse(
            "A bundle holds single people’s answers, so it is not for publication; make the published report and the "
            "bundle in two runs."
        )
    from alongside.evaluation.evaluate import evaluate as run
    from alongside.evaluation.progress import telling
    from alongside.evaluation.results import as_json as written

    with telling() as tell:
        if out:
            from alongside.evaluation import output

            output.check_folder(out)
        if bundle:
            from alongside.evaluation.bundle import files

            files.check_bundle_folder(bundle, out)
        evaluation = run(file, attributes_path=attributes, options=options, tell=tell)
        result = written(evaluation.results) if as_json else ""
        if out:
            result += f"{output.write(evaluation, out, now=datetime.now(UTC).astimezone(), tell=tell)}\n"
        if bundle:
            tell("Writing the bundle")
            readme = files.write_bundle(evaluation, options, bundle)
            result += "" if as_json else f"{readme}\n"
    say_what_was_set_aside(evaluation.results.file.rejected_rows, _where(options, out, as_json=as_json))
    write(result)


def _run_elsewhere(engine: str, table: str, options: Options, *, only_json: bool) -> None:
    if not only_json:
        raise WrongUse("--engine goes with --json, and with no second file: only sums are here, too few for a report.")
    from alongside.evaluation import elsewhere
    from alongside.evaluation.progress import telling

    with telling() as tell:
        found = elsewhere.evaluate(engine, table, options=options, tell=tell)
    write(elsewhere.as_json(found))


def _where(options: Options, out: Path | None, *, as_json: bool) -> str:
    if options.publish:
        return "run again without --publish to see which"
    if out:
        return f"see {out / 'rejected.csv'}"
    return "see file.rejected" if as_json else "run again with --out to see which"
