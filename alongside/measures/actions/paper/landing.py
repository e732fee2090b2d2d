"""When nothing of a form is open any more, its answers land in the record: once, by its id."""

from collections.abc import Sequence

from alongside.access.models import User
from alongside.audit import actions as audit
from alongside.core import clock
from alongside.measures.actions.paper import asking
from alongside.measures.answers import Answer, How, questions
from alongside.measures.models import Mark, PaperForm, Questionnaire, Response, UnnamedResponse
from alongside.measures.queries import paper as queries
from alongside.measures.queries import paper_waiting as waiting

Occasion = Questionnaire.Occasion


@audit.recorded
def land_if_whole(*, form: PaperForm, by: str) -> bool:
    """Take a form into the record if every page of it is here and nothing on them is open; says whether it did.

    One that may be in the record already, since it was typed in, waits until a person says what it is.
    """
    held = PaperForm.objects.select_for_update(of=("self",)).select_related(*queries.WHOLE).get(pk=form.pk)
    if held.landed_at is not None or _may_be_there(held, by=by):
        return False
    marks = queries.marks_if_whole(held)
    if marks is None:
        return False
    return _for_service(held, marks, by=by) if held.client_id is None else _for_client(held, marks, by=by)


def _may_be_there(form: PaperForm, *, by: str) -> bool:
    if form.client_id is None or form.is_another:
        return False
    if form.may_be_id is None:
        form.may_be = waiting.like_it(form)
        if form.may_be is not None:
            form.save(update_fields=["may_be"])
            details: dict[str, object] = {"form": form.pk}
            audit.record(by=by, did="paper.may-be-there", subject=f"client:{form.client_id}", details=details)
    return form.may_be_id is not None


def _for_client(form: PaperForm, marks: Sequence[Mark], *, by: str) -> bool:
    asked = queries.questionnaire_of(form)
    answers = _answers(asked, marks)
    if answers is None:
        return False
    if asked.occasion == Occasion.AFTER:
        asked.before = queries.other_of_the_session(form, Occasion.BEFORE)
    asked.full_clean()
    asked.save(force_insert=True)
    if asked.occasion == Occasion.BEFORE:
        _point_back(form, asked, by=by)
    response = Response(questionnaire=asked, given=Response.Given.ON_PAPER, sent_at=asked.opened_at, answers=answers)
    response.full_clean()
    response.save(force_insert=True)
    _landed(form, asked, by=by)
    audit.record(
        by=by, did="form.read-from-paper", subject=f"client:{form.client_id}", details={"response": response.pk}
    )
    return True


def _for_service(form: PaperForm, marks: Sequence[Mark], *, by: str) -> bool:
    asked = queries.asked_of(form)
    answers = _answers(asked, marks)
    if answers is None or form.service is None:
        return False
    kept = UnnamedResponse(
        service=form.service, instrument=asked.instrument, version=asked.version, answers=answers,
        month=form.about_on.replace(day=1),
    )  # fmt: skip
    kept.full_clean()
    kept.save(force_insert=True)
    _landed(form, None, by=by)
    # the row names neither the answers nor the form: who reads the audit cannot join them
    audit.record(by=by, did="form.read-from-paper", subject=f"service:{form.service_id}")
    return True


def _answers(asked: Questionnaire, marks: Sequence[Mark]) -> dict[str, object] | None:
    """What a response keeps of these marks; None where its licence no longer lets them be taken in."""
    kinds = {one.key: one.kind for one in questions(asked)}
    if any(mark.item not in kinds for mark in marks):
        return None
    said = {}
    for mark in marks:
        if mark.value is not None:
            how = How.CHOICE if kinds[mark.item] == "choice" else How.NUMBER
            said[mark.item] = Answer(value=mark.value, how=how).to_keep()
    return {key: kept for key, kept in said.items() if kept is not None}


def _point_back(form: PaperForm, asked: Questionnaire, *, by: str) -> None:
    """The form after the session may have come in first."""
    after = queries.other_of_the_session(form, Occasion.AFTER)
    if after is not None:
        after.before = asked
        after.full_clean()
        after.save(update_fields=["before"])
        details: dict[str, object] = {"form": after.pk, "before": asked.pk}
        audit.record(by=by, did="form.joined-to-its-before", subject=f"client:{form.client_id}", details=details)


def _landed(form: PaperForm, asked: Questionnaire | None, *, by: str) -> None:
    form.landed_at, form.questionnaire = clock.now(), asked
    form.full_clean()
    form.save(update_fields=["landed_at", "questionnaire"])
    if form.client_id is not None:
        asking.no_longer(client=form.client_id, by=User.objects.get(pk=by))
