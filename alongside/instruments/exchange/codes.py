"""What FHIR calls things: systems of codes, extensions of HL7's own, and what a form's parts are named in them."""

import uuid
from typing import Any

from alongside.instruments.describing import called
from alongside.instruments.items import Asked, Choices, Item
from alongside.instruments.schema import Instrument

type Resource = dict[str, Any]

LOINC, SNOMED, UCUM = "http://loinc.org", "http://snomed.info/sct", "http://unitsofmeasure.org"
OURS = "urn:x-alongside"
HL7 = "http://hl7.org/fhir/StructureDefinition"
ABSENT = f"{HL7}/data-absent-reason"
ORDINAL = f"{HL7}/ordinalValue"
LEAST, MOST, PLACES = f"{HL7}/minValue", f"{HL7}/maxValue", f"{HL7}/maxDecimalPlaces"
CONTROL, CONTROLS = f"{HL7}/questionnaire-itemControl", "http://hl7.org/fhir/questionnaire-item-control"
DECLINED = "asked-declined"

# LOINC's answers to the questions of PHQ-9 and GAD-7; no other list of answers has been seen.
FREQUENCY = {
    "Not at all": "LA6568-5",
    "Several days": "LA6569-3",
    "More than half the days": "LA6570-1",
    "Nearly every day": "LA6571-9",
}


def url_of(form: Instrument) -> str:
    """Name a form for other programs.

    Parameters
    ----------
    form
        The definition.

    Returns
    -------
    str
        The same for every version.

    Examples
    --------
    >>> from alongside.instruments import loader
    >>> url_of(loader.load("service-evaluation"))
    'urn:x-alongside:questionnaire:service_evaluation'
    """
    return f"{OURS}:questionnaire:{called(form)}"


def address(form: Instrument, key: str) -> str:
    """Give a response's address inside a bundle.

    Parameters
    ----------
    form
        The definition.
    key
        The response's code.

    Returns
    -------
    str
        Always the same for the same response.

    Examples
    --------
    >>> from alongside.instruments import loader
    >>> address(loader.load("gad7"), "9f0c7c1e-52f4-4a38-9c43-6b8b1d8f2a11")
    'urn:uuid:9f0c7c1e-52f4-4a38-9c43-6b8b1d8f2a11'
    """
    try:
        if str(uuid.UUID(key)) == key:
            return f"urn:uuid:{key}"
    except ValueError:
        pass
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{url_of(form)}/{key}')}"


def codings(loinc: str | None, snomed: str | None) -> list[Resource]:
    """Say what something is in the vocabularies that have a word for it.

    Parameters
    ----------
    loinc, snomed
        Its codes, None where a definition has none.

    Returns
    -------
    list of dict
        One Coding for each.

    Examples
    --------
    >>> codings("44261-6", None)
    [{'system': 'http://loinc.org', 'code': '44261-6'}]
    """
    known = ((LOINC, loinc), (SNOMED, snomed))
    return [{"system": system, "code": code} for system, code in known if code]


def answer_codings(form: Instrument, question: Asked) -> list[tuple[str | float, Resource]]:
    """List what may be chosen at a question.

    Parameters
    ----------
    form
        The definition.
    question
        One of its questions.

    Returns
    -------
    list of tuple
        Each mark, or choice, and its Coding: LOINC's where it has one, otherwise the mark, or the place among the
        choices from 1. Empty where nothing is chosen from a list.

    Examples
    --------
    >>> from alongside.instruments import loader
    >>> gad = loader.load("gad7")
    >>> answer_codings(gad, gad.questions[0])[1]
    (1.0, {'system': 'http://loinc.org', 'code': 'LA6569-3', 'display': 'Several days'})
    """
    system = f"{OURS}:answers:{called(form)}"
    if isinstance(question, Choices):
        listed = enumerate(question.options, 1)
        return [(option, {"system": system, "code": str(place), "display": option}) for place, option in listed]
    if not isinstance(question, Item) or question.kind != "choice":
        return []
    if question.loinc and question.options == tuple(FREQUENCY):
        coded = zip(question.options, FREQUENCY.values(), strict=True)
        return [
            (question.low + place, {"system": LOINC, "code": code, "display": option})
            for place, (option, code) in enumerate(coded)
        ]
    found: list[tuple[str | float, Resource]] = []
    for place in range(round((question.high - question.low) / question.step) + 1):
        mark = round(question.low + place * question.step, 9)
        words = {"display": question.options[place]} if question.options else {}
        found.append((mark, {"system": system, "code": f"{mark:g}", **words}))
    return found + [(letter, {"system": system, "code": letter}) for letter in question.also]


def extended(resource: Resource, url: str) -> Any:  # noqa: ANN401 - whatever stands there
    """Give what an extension says.

    Parameters
    ----------
    resource
        A part of a resource, as JSON has it.
    url
        The extension's address.

    Returns
    -------
    object
        Its value; None where there is no such extension.

    Examples
    --------
    >>> extended({"extension": [{"url": PLACES, "valueInteger": 1}]}, PLACES)
    1
    """
    for extension in resource.get("extension", []):
        if extension.get("url") == url:
            return next((value for name, value in extension.items() if name.startswith("value")), None)
    return None


def control(code: str) -> Resource:
    """Say by which control a question is answered.

    Parameters
    ----------
    code
        One of HL7's names.

    Returns
    -------
    dict
        The extension.

    Examples
    --------
    >>> control("slider")["valueCodeableConcept"]["coding"][0]["code"]
    'slider'
    """
    return {"url": CONTROL, "valueCodeableConcept": {"coding": [{"system": CONTROLS, "code": code}]}}
