"""Responses and their scores as one FHIR Bundle, and the responses back."""

import json
from collections.abc import Iterable
from typing import Any, NoReturn

from alongside.instruments.exchange.answered import Answered, Refused, Unfit, all_fitted, in_bounds, only_once
from alongside.instruments.exchange.codes import Resource, address
from alongside.instruments.exchange.observations import check_observation, observations
from alongside.instruments.exchange.questionnaires import questionnaire
from alongside.instruments.exchange.responses import answered_of, questionnaire_response
from alongside.instruments.schema import Instrument


def bundle(form: Instrument, responses: Iterable[Answered]) -> Resource:
    """Put a form, its responses and their scores together as FHIR.

    Parameters
    ----------
    form
        The definition.
    responses
        The responses.

    Returns
    -------
    dict
        A Bundle of the type collection, as JSON has it: the Questionnaire, then each response with its scores.

    Raises
    ------
    Refused
        If a response does not fit the form, or is there twice.

    Examples
    --------
    >>> from alongside.instruments import loader
    >>> [entry["resource"]["resourceType"] for entry in bundle(loader.load("gad7"), [])["entry"]]
    ['Questionnaire']
    """
    entries = [_entry(form, "questionnaire", questionnaire(form))]
    for one in all_fitted(form, responses):
        entries.append(_entry(form, one.key, questionnaire_response(form, one)))
        entries += [_entry(form, made["identifier"][0]["value"], made) for made in observations(form, one)]
    return {"resourceType": "Bundle", "type": "collection", "entry": entries}


def responses_of(form: Instrument, content: bytes, name: str) -> list[Answered]:
    """Read responses from FHIR.

    Parameters
    ----------
    form
        The definition.
    content
        JSON: a Bundle, one QuestionnaireResponse, or a list of them. Resources of other kinds are passed over; an
        Observation of ours is compared with the answers.
    name
        What to call the file in a sentence.

    Returns
    -------
    list of Answered
        In the file's order.

    Raises
    ------
    Refused
        If it is not FHIR, a response does not fit the form or is there twice, or a score says something else.

    Examples
    --------
    >>> from alongside.instruments import loader
    >>> responses_of(loader.load("gad7"), b"q1,q2", "answers.json")
    Traceback (most recent call last):
    ...
    alongside.instruments.exchange.answered.Refused: answers.json is not JSON; give FHIR as JSON.
    """
    resources = _resources(content, name)
    found: dict[str, Answered] = {}
    seen: dict[str, str] = {}
    faults = []
    for place, resource in enumerate(resources, 1):
        if resource["resourceType"] == "QuestionnaireResponse":
            try:
                one = answered_of(form, resource)
                only_once(one.key, seen, f"entry {place}")
                found[one.key] = one
            except Unfit as error:
                faults.append(f"{name}, entry {place}: {error}")
    faults += _of_scores(form, resources, found, name)
    if faults:
        raise Refused(in_bounds(faults))
    return list(found.values())


def _entry(form: Instrument, key: str, resource: Resource) -> Resource:
    return {"fullUrl": address(form, key), "resource": resource}


def _of_scores(form: Instrument, resources: list[Resource], found: dict[str, Answered], name: str) -> list[str]:
    faults = []
    for place, resource in enumerate(resources, 1):
        if resource["resourceType"] == "Observation":
            try:
                check_observation(form, resource, found)
            except Unfit as error:
                faults.append(f"{name}, entry {place}: {error}")
    return faults


def _resources(content: bytes, name: str) -> list[Resource]:
    try:
        read = json.loads(content.decode("utf-8-sig"), parse_constant=_no_number, object_pairs_hook=_without_nulls)
    except (ValueError, RecursionError) as error:
        raise Refused([f"{name} is not JSON; give FHIR as JSON."]) from error
    kind = read.get("resourceType") if isinstance(read, dict) else None
    entries = read.get("entry", []) if kind == "Bundle" else None
    found: list[Any]
    if isinstance(entries, list):
        found = [entry.get("resource") if isinstance(entry, dict) else None for entry in entries]
    elif isinstance(read, list):
        found = read
    elif kind == "QuestionnaireResponse":
        found = [read]
    else:
        raise Refused([f"{name} holds no FHIR responses; give a Bundle, a QuestionnaireResponse, or a list of those."])
    for place, resource in enumerate(found, 1):
        if not isinstance(resource, dict) or not isinstance(resource.get("resourceType"), str):
            raise Refused([f"{name}, entry {place}: it is no FHIR resource; correct or remove it."])
    return found


def _without_nulls(pairs: list[tuple[str, object]]) -> dict[str, object]:
    return {name: value for name, value in pairs if value is not None}


def _no_number(said: str) -> NoReturn:
    raise ValueError(said)
