"""A form as a FHIR Questionnaire, and a Questionnaire's questions back."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from alongside.instruments.describing import called
from alongside.instruments.exchange.answered import Unfit
from alongside.instruments.exchange.codes import (
    CONTROL,
    LEAST,
    LOINC,
    MOST,
    ORDINAL,
    OURS,
    PLACES,
    Resource,
    answer_codings,
    codings,
    control,
    extended,
    url_of,
)
from alongside.instruments.exchange.valid import valid
from alongside.instruments.items import Asked, Choices, Item
from alongside.instruments.schema import Instrument


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a Questionnaire tells of one question.

    Parameters
    ----------
    key, number, title
        Its key, its number and what is asked.
    kind
        `line`, `choice`, `number`, `choices` or `text`.
    low, high
        The lowest and highest mark; None where it is not answered with a number.
    decimals
        How many decimals a mark may have.
    options
        What may be chosen: the mark, or the place from 1, and its words, which are empty where they are not ours.
    loinc
        Its code.
    """

    key: str
    number: int
    title: str
    kind: str
    low: float | None = None
    high: float | None = None
    decimals: int = 0
    options: tuple[tuple[str, str], ...] = ()
    loinc: str | None = None


def questionnaire(form: Instrument) -> Resource:
    """Write a form as FHIR.

    Parameters
    ----------
    form
        The definition.

    Returns
    -------
    dict
        A Questionnaire, as JSON has it. Wording stands in it only where the definition holds wording.

    Examples
    --------
    >>> from alongside.instruments import loader
    >>> made = questionnaire(loader.load("phq9"))
    >>> made["code"][0]["code"], made["item"][1]["linkId"], made["item"][1]["answerOption"][3]["valueCoding"]["code"]
    ('44249-1', 'interest', 'LA6571-9')
    """
    coded = codings(form.loinc, form.snomed)
    told = {
        "description": f"What it must not be used for: {form.not_for}" if form.not_for else None,
        "purpose": form.purpose,
        "copyright": copyright_of(form),
        "code": coded,
    }
    return valid(
        {
            "resourceType": "Questionnaire",
            "url": url_of(form),
            "version": form.version,
            "name": called(form).capitalize(),
            "title": form.name,
            "status": "active",
            "subjectType": ["Patient"],
            **{name: value for name, value in told.items() if value},
            "item": [*_stem(form), *(_item(form, question) for question in form.questions)],
        }
    )


def asked(form: Instrument) -> tuple[Question, ...]:
    """List the questions of a definition, as a Questionnaire tells them.

    Parameters
    ----------
    form
        The definition.

    Returns
    -------
    tuple of Question
        In its order.

    Examples
    --------
    >>> from alongside.instruments import loader
    >>> asked(loader.load("service_evaluation"))[0].decimals
    1
    """
    return tuple(_question(form, question) for question in form.questions)


def questions_of(resource: Resource) -> tuple[Question, ...]:
    """Read the questions of a Questionnaire that `questionnaire` wrote.

    Parameters
    ----------
    resource
        A Questionnaire, as JSON has it.

    Returns
    -------
    tuple of Question
        In its order.

    Raises
    ------
    Unfit
        If it is no Questionnaire.

    Examples
    --------
    >>> from alongside.instruments import loader
    >>> form = loader.load("bdi2")
    >>> questions_of(questionnaire(form)) == asked(form)
    True
    """
    if resource.get("resourceType") != "Questionnaire":
        raise Unfit("it is no Questionnaire; give one.")
    items = valid(resource).get("item", [])
    return tuple(_read(item) for item in items if item["type"] not in {"display", "group"})


def copyright_of(form: Instrument) -> str:
    """Say on what terms a form is used.

    Parameters
    ----------
    form
        The definition.

    Returns
    -------
    str
        Sentences.

    Examples
    --------
    >>> from alongside.instruments import loader
    >>> copyright_of(loader.load("wsas")).endswith("Its wording is not in this file.")
    True
    """
    licence = form.licence
    said = [f"Held by {licence.holder}. {licence.terms}. Source, as of {licence.date}: {licence.source}."]
    if licence.needs:
        said.append(f"Not to be used without {licence.needs}.")
    if licence.status == "numbers only":
        said.append("Its wording is not in this file.")
    if _is_coded(form):
        said.append("Codes of LOINC and SNOMED CT stand here; both have licences of their own.")
    return " ".join(said)


def _is_coded(form: Instrument) -> bool:
    parts = (form, *form.scores, *form.questions)
    return any(getattr(part, name, None) for part in parts for name in ("loinc", "snomed"))


def _stem(form: Instrument) -> Iterator[Resource]:
    if form.stem:
        yield {"linkId": "form-stem", "type": "display", "text": form.stem}


def _item(form: Instrument, question: Asked) -> Resource:
    made: Resource = {"linkId": question.key, "prefix": str(question.number), "text": question.title}
    if question.loinc:
        made["code"] = codings(question.loinc, None)
    listed = answer_codings(form, question)
    if listed:
        made["type"] = "choice"
        made["answerOption"] = [{"valueCoding": _with_ordinal(coding, question, mark)} for mark, coding in listed]
    if isinstance(question, Choices):
        made |= {"type": "choice" if listed else "string", "repeats": True}
    elif isinstance(question, Item) and not listed:
        made |= _range(question)
    made.setdefault("type", "text")
    return made


def _with_ordinal(coding: Resource, question: Asked, mark: str | float) -> Resource:
    if not isinstance(question, Item):
        return coding
    number = question.also[mark] if isinstance(mark, str) else mark
    return {"extension": [{"url": ORDINAL, "valueDecimal": number}], **coding}


def _range(item: Item) -> Resource:
    decimals = _decimals(item)
    kind = "decimal" if decimals or item.kind == "line" else "integer"
    value, cast = (f"value{kind.capitalize()}", int if kind == "integer" else float)
    made: Resource = {
        "type": kind,
        "extension": [{"url": LEAST, value: cast(item.low)}, {"url": MOST, value: cast(item.high)}],
    }
    if decimals:
        made["extension"].append({"url": PLACES, "valueInteger": decimals})
    if item.kind == "line":
        made["extension"].append(control("slider"))
    ends = (("lower", item.low, item.low_words), ("upper", item.high, item.high_words))
    made["item"] = [
        {"linkId": f"{item.key}-{end}", "type": "display", "text": words, "extension": [control(end)]}
        for end, mark, words in ends
        if words not in {f"{mark:g}", str(mark)}
    ]
    return {name: value for name, value in made.items() if value}


def _decimals(item: Item) -> int:
    smallest = min(int(Decimal(str(part)).normalize().as_tuple().exponent) for part in (item.low, item.step))
    return max(0, -smallest)


def _question(form: Instrument, question: Asked) -> Question:
    listed = answer_codings(form, question)
    item = question if isinstance(question, Item) else None
    return Question(
        key=question.key,
        number=question.number,
        title=question.title,
        kind=item.kind if item else "choices" if isinstance(question, Choices) else "text",
        low=item.low if item else None,
        high=item.high if item else None,
        decimals=_decimals(item) if item else 0,
        options=tuple(
            (f"{mark:g}" if isinstance(mark, float) else mark if item else coding["code"], coding.get("display", ""))
            for mark, coding in listed
        ),
        loinc=question.loinc,
    )


def _read(item: Resource) -> Question:
    marks = [float(mark) for coding in _codings(item) if (mark := extended(coding, ORDINAL)) is not None]
    ends = (extended(item, LEAST), extended(item, MOST)) if not marks else (min(marks), max(marks))
    low, high = (None if end is None else float(end) for end in ends)
    return Question(
        key=item["linkId"],
        number=int(item.get("prefix", 0)),
        title=item.get("text", ""),
        kind=_kind(item),
        low=low,
        high=high,
        decimals=_places(item, marks),
        options=tuple((_mark(coding), coding.get("display", "")) for coding in _codings(item)),
        loinc=next((one["code"] for one in item.get("code", []) if one.get("system") == LOINC), None),
    )


def _codings(item: Resource) -> list[Resource]:
    return [option["valueCoding"] for option in item.get("answerOption", []) if "valueCoding" in option]


def _mark(coding: Resource) -> str:
    if coding.get("system", "").startswith(OURS):
        return str(coding["code"])
    return f"{float(extended(coding, ORDINAL)):g}"


def _places(item: Resource, marks: list[float]) -> int:
    said: Any = extended(item, PLACES)
    decimals = (int(Decimal(str(mark)).normalize().as_tuple().exponent) for mark in marks)
    return max([int(said or 0), *(-one for one in decimals)])


def _kind(item: Resource) -> str:
    if item.get("repeats"):
        return "choices"
    if item["type"] in {"integer", "decimal"}:
        return "line" if extended(item, CONTROL) else "number"
    return "choice" if item["type"] == "choice" else "text"
