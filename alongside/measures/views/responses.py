"""A worker reads a form that was sent, and puts a wrong answer right."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from alongside.access import kept
from alongside.access.doors import may, needs
from alongside.access.permissions import Permission
from alongside.audit import actions as audit
from alongside.instruments.items import Question
from alongside.measures import actions
from alongside.measures.answers import instrument, questions
from alongside.measures.doors import me
from alongside.measures.forms import CorrectionForm
from alongside.measures.models import Response
from alongside.measures.presenters.response import answers_with_corrections, caption, said_before, scored
from alongside.measures.queries import forms as queries


@needs(Permission.SEE_CLIENTS)
def response(request: HttpRequest, key: str) -> HttpResponse:
    """What was answered, and what was put right since."""
    found = _sent(request, key)
    _looked(request, found)
    form = instrument(found.questionnaire)
    page = {
        "response": found,
        "client": found.questionnaire.client,
        "form": form,
        "caption": caption(form),
        "scored": scored(found, form),
        "reads": queries.turned_to(found.questionnaire),
        "answers": answers_with_corrections(found, queries.corrections(found)),
        "may_correct": may(request, Permission.CORRECT_FORMS),
    }
    return render(request, "measures/response.jinja", page)


@needs(Permission.CORRECT_FORMS)
def correct(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Put one answer right; the old one and the reason are kept."""
    found = _sent(request, key)
    item = next((item for item in questions(found.questionnaire) if item.number == number), None)
    if item is None:
        raise Http404
    now = found.answer(item.key)
    said = request.POST if request.method == "POST" else kept.take(request)
    form = CorrectionForm(item, said, kept=now, revision=found.revision)
    meanwhile: actions.ChangedMeanwhile | None = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.correct(
                response=found, item=item.key, became=form.cleaned_data["answer"], why=form.cleaned_data["why"],
                revision=form.cleaned_data["revision"], by=me(request),
            )  # fmt: skip
        except actions.ChangedMeanwhile as changed:
            meanwhile = changed
        else:
            return redirect("measures:response", found.pk)
    _looked(request, found)
    return _correct(request, found, item, form, meanwhile)


def _correct(
    request: HttpRequest,
    found: Response,
    item: Question,
    form: CorrectionForm,
    meanwhile: actions.ChangedMeanwhile | None,
) -> HttpResponse:
    page = {
        "response": found,
        "client": found.questionnaire.client,
        "item": item,
        "now": found.answer(item.key),
        "form": form,
        "revision": found.revision if meanwhile or not form.is_bound else form["revision"].value(),
        "meanwhile": [said_before(one) for one in meanwhile.since] if meanwhile else [],
    }
    return render(request, "measures/correct.jinja", page)


def _sent(request: HttpRequest, key: str) -> Response:
    found = queries.sent(me(request), key)
    if found is None:
        raise Http404
    return found


def _looked(request: HttpRequest, found: Response) -> None:
    details: dict[str, object] = {"response": found.pk}
    audit.record(
        by=me(request).pk, did="form.viewed", subject=f"client:{found.questionnaire.client_id}", details=details
    )
