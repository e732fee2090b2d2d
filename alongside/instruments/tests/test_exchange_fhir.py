"""Answers as FHIR: the models of fhir.resources take all of it, and what goes out comes back."""

import io
import json
from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest
from fhir.resources.R4B.bundle import Bundle
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.instruments import loader
from alongside.instruments.exchange import Answered, Refused, read, write
from alongside.instruments.exchange.answered import Unfit, fitted
from alongside.instruments.exchange.bundles import bundle
from alongside.instruments.exchange.codes import LOINC, ORDINAL, SNOMED
from alongside.instruments.exchange.observations import observations
from alongside.instruments.exchange.questionnaires import asked, questionnaire, questions_of
from alongside.instruments.exchange.responses import questionnaire_response
from alongside.instruments.scoring import Scorer
from alongside.instruments.tests.exchanged import KEYS, responses, several, whole

# safety.md, section 7: as HL7's US Core examples and LOINC's panels have them.
PHQ9 = "44250-9 44255-8 44259-0 44254-1 44251-7 44258-2 44252-5 44253-3 44260-8 69722-7"
GAD7 = "69725-0 68509-9 69733-4 69734-2 69735-9 69689-8 69736-7"
PANELS = {"44249-1", "69737-5"}


def written(form: Any, given: list[Answered]) -> bytes:
    out = io.BytesIO()
    write(form, given, out, "fhir")
    return out.getvalue()


def read_back(form: Any, resource: object) -> list[Answered]:
    return read(form, json.dumps(resource).encode(), "fhir", name="answers")


def said(resource: object, form: str = "gad7") -> str:
    with pytest.raises(Refused) as refused:
        read_back(loader.load(form), resource)
    return "\n".join(refused.value.sentences)


@pytest.fixture
def response() -> dict[str, Any]:
    form = loader.load("gad7")
    return questionnaire_response(form, whole(form))


# ---- out and back ----


@pytest.mark.parametrize("key", KEYS)
@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_every_measure_comes_back_as_it_went(key: str, data: st.DataObject) -> None:
    form = loader.load(key)
    went = data.draw(responses(form, most=2))
    content = written(form, went)
    Bundle.model_validate_json(content)
    assert read(form, content, "fhir") == went


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_words_and_several_choices_come_back_as_they_went(data: st.DataObject) -> None:
    form = several()
    went = data.draw(responses(form))
    assert read(form, written(form, went), "fhir") == went


@pytest.mark.parametrize("form", [*map(loader.load, KEYS), several()], ids=lambda form: form.key)
def test_every_questionnaire_comes_back_to_its_questions(form: Any) -> None:
    made = questionnaire(form)
    assert questions_of(json.loads(json.dumps(made))) == asked(form)
    assert [one.title for one in asked(form)] == [question.title for question in form.questions]
    assert (made["version"], made["title"], made["status"]) == (form.version, form.name, "active")
    assert form.licence.terms in made["copyright"]


def test_a_list_or_a_single_response_is_read_too(response: dict[str, Any]) -> None:
    form = loader.load("gad7")
    assert read_back(form, response) == read_back(form, [response]) == [whole(form)]


def test_headings_that_group_questions_are_looked_through(response: dict[str, Any]) -> None:
    grouped = {**response, "item": [{"linkId": "panel", "item": response["item"]}]}
    assert read_back(loader.load("gad7"), grouped) == [whole(loader.load("gad7"))]


def test_a_day_alone_and_an_id_are_enough(response: dict[str, Any]) -> None:
    plain = {**response, "authored": "2026-11-02", "id": "R7"}
    del plain["identifier"]
    one = read_back(loader.load("gad7"), plain)[0]
    assert (one.key, one.on.isoformat()) == ("R7", "2026-11-02T00:00:00+00:00")


# ---- what stands in it ----


@pytest.mark.parametrize(("key", "panel", "codes"), [("phq9", "44249-1", PHQ9), ("gad7", "69737-5", GAD7)])
def test_questions_have_loincs_codes_in_loincs_order(key: str, panel: str, codes: str) -> None:
    made = questionnaire(loader.load(key))
    asks = [item for item in made["item"] if item["type"] != "display"]
    assert made["code"] == [{"system": LOINC, "code": panel}]
    assert [item["code"][0]["code"] for item in asks] == codes.split()
    for item in asks[:7]:
        options = [option["valueCoding"] for option in item["answerOption"]]
        assert [one["code"] for one in options] == ["LA6568-5", "LA6569-3", "LA6570-1", "LA6571-9"]
        assert [(one["extension"][0]["url"], one["extension"][0]["valueDecimal"]) for one in options] == [
            (ORDINAL, mark) for mark in range(4)
        ]


def test_answers_that_loinc_has_no_code_for_have_ours() -> None:
    difficulty = questionnaire(loader.load("phq9"))["item"][-1]
    assert {option["valueCoding"]["system"] for option in difficulty["answerOption"]} == {
        "urn:x-alongside:answers:phq9"
    }


@pytest.mark.parametrize(
    ("key", "loinc", "snomed"),
    [("phq9", "44261-6", "720433000"), ("gad7", "70274-6", "445455005"), ("core10", None, "718583008")],
)
def test_a_total_has_its_own_code(key: str, loinc: str | None, snomed: str) -> None:
    form = loader.load(key)
    made = observations(form, whole(form))[0]
    codes = {coding["system"]: coding["code"] for coding in made["code"]["coding"]}
    assert (codes.get(LOINC), codes[SNOMED]) == (loinc, snomed)
    assert made["category"][0]["coding"][0]["code"] == "survey"
    assert made["valueQuantity"]["code"] == "{score}"


@pytest.mark.parametrize("key", KEYS)
def test_no_score_ever_carries_the_code_of_a_panel(key: str) -> None:
    form = loader.load(key)
    for made in observations(form, whole(form)):
        assert {coding["code"] for coding in made["code"]["coding"]}.isdisjoint(PANELS | {form.loinc})


@pytest.mark.parametrize("key", [key for key in KEYS if not loader.load(key).never_scored])
@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_every_score_is_that_of_the_scorer_or_a_reason(key: str, data: st.DataObject) -> None:
    form = loader.load(key)
    one = data.draw(responses(form, most=1))[0]
    made = observations(form, one)
    scores = Scorer(form).score(dict(one.answers))
    assert [resource["identifier"][0]["value"] for resource in made] == [f"{one.key}/{name}" for name in scores]
    for resource, score in zip(made, scores.values(), strict=True):
        if score.value is None:
            assert resource["dataAbsentReason"]["text"] == f"Not scored: {score.why}."
            assert not [name for name in resource if name.startswith("value")]
        else:
            assert resource["valueQuantity"]["value"] == score.value
            assert ("note" in resource) == bool(score.band or score.why)
        assert resource["status"] == ("amended" if one.amended else "final")
        assert resource["derivedFrom"][0]["identifier"]["value"] == one.key


@pytest.mark.parametrize("key", ["goals", "five_aspects", "seraf", "ssf4"])
def test_what_is_never_scored_goes_out_with_no_observation(key: str) -> None:
    form = loader.load(key)
    kinds = [entry["resource"]["resourceType"] for entry in bundle(form, [whole(form)])["entry"]]
    assert kinds == ["Questionnaire", "QuestionnaireResponse"]


def test_a_band_stands_with_its_source() -> None:
    form = loader.load("phq9")
    note = observations(form, whole(form))[0]["note"]
    assert note == [{"text": "Band: severe. Kroenke, Spitzer and Williams 2001."}]


def test_a_score_points_at_the_response_beside_it() -> None:
    form = loader.load("gad7")
    entries = bundle(form, [whole(form)])["entry"]
    assert entries[2]["resource"]["derivedFrom"][0]["reference"] == entries[1]["fullUrl"]
    assert len({entry["fullUrl"] for entry in entries}) == len(entries)


def test_declined_and_not_answered_are_kept_apart() -> None:
    form = loader.load("gad7")
    one = replace(whole(form), answers={"nervous": 1.0}, declined=frozenset({"control"}))
    items = questionnaire_response(form, one)["item"]
    assert [(item["linkId"], "answer" in item) for item in items] == [("nervous", True), ("control", False)]
    assert items[1]["extension"][0]["valueCode"] == "asked-declined"


def test_whoever_it_is_about_is_a_code_and_nothing_else(response: dict[str, Any]) -> None:
    assert response["subject"] == {"type": "Patient", "identifier": {"value": "C-12"}}
    assert not {"author", "source", "encounter"} & set(response)


@pytest.mark.parametrize("key", KEYS)
def test_wording_goes_out_only_where_the_definition_has_it(key: str) -> None:
    form = loader.load(key)
    texts = [item["text"] for item in questionnaire(form)["item"] if item["type"] != "display"]
    if form.licence.status == "numbers only":
        assert all(text.startswith("Question ") for text in texts)


# ---- what is wrong ----


def changed(resource: dict[str, Any], **parts: object) -> dict[str, Any]:
    return {**deepcopy(resource), **parts}


def first_answer(response: dict[str, Any], **answer: object) -> dict[str, Any]:
    made = deepcopy(response)
    made["item"][0]["answer"] = [answer]
    return made


def test_what_is_wrong_is_said_with_its_place(response: dict[str, Any]) -> None:
    url = "urn:x-alongside:questionnaire:gad7"
    wrong: list[tuple[object, str]] = [
        (
            changed(response, questionnaire="urn:x-alongside:questionnaire:phq9|1"),
            f"it answers “urn:x-alongside:questionnaire:phq9”, but GAD-7 is {url}; read it by its own definition.",
        ),
        (
            changed(response, questionnaire=f"{url}|2"),
            "it was answered by version “2”, but this is version 1; read it by its own version.",
        ),
        (
            changed(response, item=[{"linkId": "mood", "answer": [{"valueInteger": 1}]}]),
            "linkId “mood” is no question of GAD-7; correct or remove it.",
        ),
        (
            changed(response, item=response["item"][:1] * 2),
            "linkId “nervous” is there twice; remove one of them.",
        ),
        (
            first_answer(response, valueCoding={"system": LOINC, "code": "LA6572-7"}),
            "question 1 has no answer “LA6572-7”; correct it.",
        ),
        (
            first_answer(response, valueInteger=4),
            "question 1 goes from 0 to 3, but the answer is “4”; correct it.",
        ),
        (
            first_answer(response, valueString="often"),
            "question 1 takes a number, but the answer is “often”; correct it.",
        ),
        (
            first_answer(response, valueBoolean=True),
            "question 1 takes a number, but the answer is “True”; correct it.",
        ),
        (
            changed(response, item=[{"linkId": "nervous", "answer": [{"valueInteger": 1}, {"valueInteger": 2}]}]),
            "question 1 has 2 answers; keep one of them.",
        ),
        (
            changed(response, status="in-progress"),
            "its status is “in-progress”; only completed and amended responses are read.",
        ),
        (changed(response, subject={"reference": "Patient/1"}), "the person has no code; give it one."),
        (changed(response, identifier=None), "the response has no code; give it one."),
        (
            changed(response, authored="2026-11"),
            "the date “2026-11” is neither a day such as 2026-11-22 "
            "nor a time with its zone such as 2026-11-22T10:15:00+00:00; correct it.",
        ),
        (changed(response, mood=1), "mood is not as FHIR R4B has it (extra inputs are not permitted); correct it."),
        (changed(response, item="none"), "item is not as FHIR R4B has it (input should be a valid list); correct it."),
    ]
    for resource, sentence in wrong:
        assert said(resource) == f"answers, entry 1: {sentence}"


def test_a_response_that_is_there_twice_is_refused(response: dict[str, Any]) -> None:
    assert said([response, changed(response)]) == (
        "answers, entry 2: the response of entry 1 is here again; remove one."
    )


def test_a_score_that_says_something_else_is_refused() -> None:
    form = loader.load("gad7")
    made = bundle(form, [whole(form)])
    made["entry"][2]["resource"]["valueQuantity"]["value"] = 20
    assert said(made) == (
        "answers, entry 3: score total of response R1: it says 20, but the answers give 21; correct one of them."
    )


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"response,person", "answers is not JSON; give FHIR as JSON."),
        (b"\xff", "answers is not JSON; give FHIR as JSON."),
        (b'{"a": NaN}', "answers is not JSON; give FHIR as JSON."),
        (b"[" * 200_000, "answers is not JSON; give FHIR as JSON."),
        (b"7", "answers holds no FHIR responses; give a Bundle, a QuestionnaireResponse, or a list of those."),
        (
            b'{"resourceType": "Patient"}',
            "answers holds no FHIR responses; give a Bundle, a QuestionnaireResponse, or a list of those.",
        ),
        (b'[{"row": 1}]', "answers, entry 1: it is no FHIR resource; correct or remove it."),
        (
            b'{"resourceType": "Bundle", "entry": [7]}',
            "answers, entry 1: it is no FHIR resource; correct or remove it.",
        ),
    ],
)
def test_what_is_no_fhir_is_refused(content: bytes, sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        read(loader.load("gad7"), content, "fhir", name="answers")
    assert refused.value.sentences == (sentence,)


def test_items_inside_items_without_end_are_refused(response: dict[str, Any]) -> None:
    deep = b'{"linkId":"a","item":[' * 900 + b"]}" * 900
    start = json.dumps(changed(response, item=[])).encode()
    content = start.replace(b'"item": []', b'"item": [' + deep + b"]")
    with pytest.raises(Refused, match=r"^The file"):
        read(loader.load("gad7"), content, "fhir")


def places(part: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    inside = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    return [path, *(place for name, one in inside for place in places(one, (*path, name)))]


JUNK = st.sampled_from(
    [None, 7, -1.5, "", "x", "urn:x-alongside:score:gad7", True, [], {}, [None], [7], [{}], {"a": 1}]
)


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_whatever_is_put_in_its_place_is_read_or_refused(data: st.DataObject) -> None:
    form = loader.load("gad7")
    one = replace(whole(form), answers={"nervous": 1.0, "worry": 2.0}, declined=frozenset({"control"}))
    made = json.loads(json.dumps(bundle(form, [one, whole(form, key="R2")])["entry"][1:]))
    for _ in range(data.draw(st.integers(1, 2))):
        path = data.draw(st.sampled_from(places(made)[1:]))
        part: Any = made
        for name in path[:-1]:
            part = part[name]
        part[path[-1]] = deepcopy(data.draw(JUNK))
    found, sentences = read_or_refused(form, {"resourceType": "Bundle", "type": "collection", "entry": made})
    assert [fitted(form, one) for one in found] == found
    assert all(sentence.startswith("answers") for sentence in sentences)


def read_or_refused(form: Any, resource: object) -> tuple[list[Answered], tuple[str, ...]]:
    try:
        return read_back(form, resource), ()
    except Refused as refused:
        return [], refused.sentences


def test_what_is_no_questionnaire_gives_no_questions() -> None:
    with pytest.raises(Unfit, match="it is no Questionnaire"):
        questions_of({"resourceType": "Bundle", "type": "collection"})
