"""A response as a FHIR QuestionnaireResponse, and back."""

from collections.abc import Iterator

from alongside.instruments.exchange.answered import Answered, Mark, Unfit, fitted, mark_of
from alongside.instruments.exchange.cells import moment
from alongside.instruments.exchange.codes import ABSENT, DECLINED, Resource, answer_codings, extended, url_of
from alongside.instruments.exchange.valid import valid
from alongside.instruments.items import Asked, Choices, Item
from alongside.instruments.marks import shown
from alongside.instruments.schema import Instrument

READ = {"completed": False, "amended": True}


def questionnaire_response(form: Instrument, one: Answered) -> Resource:
    """Write one response as FHIR.

    Parameters
    ----------
    form
        The definition.
    one
        A response to it.

    Returns
    -------
    dict
        A QuestionnaireResponse, as JSON has it. Whoever it is about stands in it as a code and nothing else.

    Raises
    ------
    Unfit
        If the response does not fit the form.

    Examples
    --------
    >>> from datetime import UTC, datetime
    >>> from alongside.instruments import loader
    >>> given = Answered(
    ...     key="R1", person="C-12", on=datetime(2026, 11, 2, tzinfo=UTC), version="1",
    ...     answers={"work": 3.0}, declined=frozenset({"home"}),
    ... )
    >>> made = questionnaire_response(loader.load("wsas"), given)
    >>> made["subject"], made["item"][0]["answer"]
    ({'type': 'Patient', 'identifier': {'value': 'C-12'}}, \
[{'valueCoding': {'system': 'urn:x-alongside:answers:wsas', 'code': '3'}}])
    >>> made["item"][1]["extension"][0]["valueCode"]
    'asked-declined'
    """
    one = fitted(form, one)
    return valid(
        {
            "resourceType": "QuestionnaireResponse",
            "identifier": {"value": one.key},
            "questionnaire": f"{url_of(form)}|{form.version}",
            "status": "amended" if one.amended else "completed",
            "subject": {"type": "Patient", "identifier": {"value": one.person}},
            "authored": one.on.isoformat(),
            "item": [item for question in form.questions if (item := _item(form, question, one))],
        }
    )


def answered_of(form: Instrument, resource: Resource) -> Answered:
    """Read one response.

    Parameters
    ----------
    form
        The definition.
    resource
        A QuestionnaireResponse, as JSON has it.

    Returns
    -------
    Answered
        The response.

    Raises
    ------
    Unfit
        If it is not FHIR, not finished, of another form or version, or an answer is none of the form's.

    Examples
    --------
    >>> from alongside.instruments import loader
    >>> form = loader.load("wsas")
    >>> answered_of(form, {"resourceType": "QuestionnaireResponse", "status": "in-progress"})
    Traceback (most recent call last):
    ...
    alongside.instruments.exchange.answered.Unfit: its status is “in-progress”; only completed and amended responses \
are read.
    """
    status = valid(resource).get("status")
    if status not in READ:
        raise Unfit(f"its status is “{shown(status)}”; only completed and amended responses are read.")
    version = _version(form, resource.get("questionnaire", ""))
    by_key = {question.key: question for question in form.questions}
    answers: dict[str, Mark] = {}
    declined: set[str] = set()
    seen: set[str] = set()
    for item in _flat(resource.get("item", [])):
        question = by_key.get(item.get("linkId", ""))
        if question is None:
            raise Unfit(
                f"linkId “{shown(item.get('linkId', ''))}” is no question of {form.name}; correct or remove it."
            )
        if question.key in seen:
            raise Unfit(f"linkId “{question.key}” is there twice; remove one of them.")
        seen.add(question.key)
        if _is_declined(item):
            declined.add(question.key)
        mark = mark_of(form, question, _given(form, question, item.get("answer", [])))
        if mark is not None:
            answers[question.key] = mark
    return fitted(
        form,
        Answered(
            key=_code(resource.get("identifier"), resource.get("id", "")),
            person=_code(resource.get("subject", {}).get("identifier"), ""),
            on=moment(str(resource.get("authored", ""))),
            version=version,
            answers=answers,
            declined=frozenset(declined),
            amended=READ[status],
        ),
    )


def _item(form: Instrument, question: Asked, one: Answered) -> Resource | None:
    if question.key in one.declined:
        return {"extension": [{"url": ABSENT, "valueCode": DECLINED}], "linkId": question.key}
    mark = one.answers.get(question.key)
    if mark is None:
        return None
    marks = mark if isinstance(mark, tuple) else (mark,)
    return {"linkId": question.key, "answer": [_answer(form, question, each) for each in marks]}


def _answer(form: Instrument, question: Asked, mark: str | float) -> Resource:
    for listed, coding in answer_codings(form, question):
        if listed == mark:
            return {"valueCoding": coding}
    if isinstance(mark, str):
        return {"valueString": mark}
    whole = isinstance(question, Item) and question.kind == "number" and mark == int(mark) and question.step == 1
    return {"valueInteger": int(mark)} if whole else {"valueDecimal": mark}


def _given(form: Instrument, question: Asked, answers: list[Resource]) -> object:
    """What an item's answers say, as `mark_of` takes it."""
    said = [value for answer in answers if (value := _value(form, question, answer)) is not None]
    if isinstance(question, Choices):
        return said or None
    if len(said) > 1:
        raise Unfit(f"question {question.number} has {len(said)} answers; keep one of them.")
    return said[0] if said else None


def _value(form: Instrument, question: Asked, answer: Resource) -> object:
    coding = answer.get("valueCoding")
    if coding is None:
        return next((value for name, value in answer.items() if name.startswith("value")), None)
    for mark, listed in answer_codings(form, question):
        if listed["code"] == coding.get("code") and coding.get("system", listed["system"]) == listed["system"]:
            return mark
    raise Unfit(f"question {question.number} has no answer “{shown(coding.get('code', ''))}”; correct it.")


def _is_declined(item: Resource) -> bool:
    places = (item, *item.get("answer", []))
    return any(extended(place, ABSENT) == DECLINED for place in places)


def _flat(items: list[Resource]) -> Iterator[Resource]:
    """Every item that is answered or declined, those inside others too; a heading that groups them is none."""
    for item in items:
        if "item" not in item or "answer" in item:
            yield item
        yield from _flat(item.get("item", []))
        for answer in item.get("answer", []):
            yield from _flat(answer.get("item", []))


def _version(form: Instrument, canonical: str) -> str:
    url, _, version = canonical.partition("|")
    if url != url_of(form):
        other = f"“{shown(url)}”" if url else "no questionnaire that is named"
        raise Unfit(f"it answers {other}, but {form.name} is {url_of(form)}; read it by its own definition.")
    return version or form.version


def _code(identifier: Resource | None, otherwise: str) -> str:
    return str((identifier or {}).get("value") or otherwise)
