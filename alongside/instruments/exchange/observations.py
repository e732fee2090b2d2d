"""The scores of a response as FHIR Observations. One that is not scored has its reason and never a number."""

from alongside.instruments.describing import called, scores_of
from alongside.instruments.exchange.answered import Answered, Unfit, fitted
from alongside.instruments.exchange.codes import OURS, UCUM, Resource, address, codings
from alongside.instruments.exchange.tables import disagreement
from alongside.instruments.exchange.tables import scores_of as made_of
from alongside.instruments.exchange.valid import valid
from alongside.instruments.schema import Instrument
from alongside.instruments.scoring import Score, Scorer

CATEGORY = "http://terminology.hl7.org/CodeSystem/observation-category"
REASONS = "http://terminology.hl7.org/CodeSystem/data-absent-reason"


def observations(form: Instrument, one: Answered) -> list[Resource]:
    """Write the scores of one response as FHIR.

    Parameters
    ----------
    form
        The definition.
    one
        A response to it.

    Returns
    -------
    list of dict
        An Observation for each score, as JSON has it; none where nothing is ever scored.

    Raises
    ------
    Unfit
        If the response does not fit the form.

    Examples
    --------
    >>> from datetime import UTC, datetime
    >>> from alongside.instruments import loader
    >>> form = loader.load("gad7")
    >>> given = Answered(
    ...     key="R1", person="C-12", on=datetime(2026, 11, 2, tzinfo=UTC), version="1",
    ...     answers={item.key: 1.0 for item in form.items},
    ... )
    >>> made = observations(form, given)[0]
    >>> made["valueQuantity"]["value"], [coding["code"] for coding in made["code"]["coding"]], made["note"][0]["text"]
    (7, ['70274-6', '445455005', 'total'], 'Band: mild. Spitzer and others 2006.')
    """
    if form.never_scored:
        return []
    names = {key: name for key, name, _ in scores_of(form)}
    one = fitted(form, one)
    made = made_of(Scorer(form), one)
    return [_observation(form, one, key, names[key], score) for key, score in made.items()]


def check_observation(form: Instrument, resource: Resource, responses: dict[str, Answered]) -> None:
    """Compare an Observation that came with responses with what their answers give.

    Parameters
    ----------
    form
        The definition.
    resource
        An Observation, as JSON has it. One that is about something else is left alone.
    responses
        The responses that came with it, by their keys.

    Raises
    ------
    Unfit
        If it says another score.

    Examples
    --------
    >>> from alongside.instruments import loader
    >>> check_observation(loader.load("gad7"), {"resourceType": "Observation", "status": "final", "code": {}}, {})
    """
    system = _system(form)
    codes = valid(resource).get("code", {}).get("coding", [])
    key = next((coding.get("code") for coding in codes if coding.get("system") == system), None)
    sources = (source.get("identifier", {}).get("value") for source in resource.get("derivedFrom", []))
    one = next((responses[name] for name in sources if name in responses), None)
    value = resource.get("valueQuantity", {}).get("value")
    if key is None or one is None or value is None or form.never_scored:
        return
    made = made_of(Scorer(form), one).get(key)
    if made and (wrong := disagreement(made, value)):
        raise Unfit(f"score {key} of response {one.key}: {wrong}; correct one of them.")


def _observation(form: Instrument, one: Answered, key: str, name: str, made: Score) -> Resource:
    defined = next((score for score in form.scores if score.key == key), None)
    coded = codings(defined.loinc, defined.snomed) if defined else []
    about = {
        "resourceType": "Observation",
        "identifier": [{"value": f"{one.key}/{key}"}],
        "status": "amended" if one.amended else "final",
        "category": [{"coding": [{"system": CATEGORY, "code": "survey"}]}],
        "code": {"coding": [*coded, {"system": _system(form), "code": key}], "text": f"{form.name}: {name}"},
        "subject": {"type": "Patient", "identifier": {"value": one.person}},
        "effectiveDateTime": one.on.isoformat(),
        "method": {"text": made.rule},
        "derivedFrom": [
            {
                "reference": address(form, one.key),
                "type": "QuestionnaireResponse",
                "identifier": {"value": one.key},
            }
        ],
    }
    if made.value is None:
        reason = {"coding": [{"system": REASONS, "code": "not-performed"}], "text": f"Not scored: {made.why}."}
        return valid({**about, "dataAbsentReason": reason})
    amount = {"value": made.value, "unit": "{score}", "system": UCUM, "code": "{score}"}
    notes = [f"{made.why[:1].upper()}{made.why[1:]}."] if made.why else []
    if made.band and defined:
        notes.append(f"Band: {made.band}. {defined.bands_source}.")
    told = {"note": [{"text": text} for text in notes]} if notes else {}
    return valid({**about, "valueQuantity": amount, **told})


def _system(form: Instrument) -> str:
    return f"{OURS}:score:{called(form)}"
