"""A worker types in a form that was answered on paper: every question on one page, kept together or not at all."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from alongside.access import kept
from alongside.instruments.items import Question
from alongside.measures import actions
from alongside.measures.answers import Answer
from alongside.measures.doors import Answering, answering
from alongside.measures.forms import AnswerForm, answer_form
from alongside.measures.queries.paper_waiting import like_what_is_typed
from alongside.measures.refusals import refuse


@answering
def type_in(request: HttpRequest, asked: Answering) -> HttpResponse:
    """Only for a worker: a screen that was handed over asks one question a page."""
    if asked.handed_over:
        raise Http404
    if asked.sent:
        return refuse(request, asked)
    said = request.POST if request.method == "POST" else kept.take(request)
    typed = [
        (item, answer_form(item, said, kept=asked.answer(item), prefix=item.key), asked.answer(item).stamp)
        for item in asked.items
    ]
    if request.method == "POST" and all(form.is_valid() for _, form, _ in typed):
        try:
            actions.type_in(questionnaire=asked.questionnaire, answers=_given(typed), by=asked.by)
        except actions.Closed:
            return refuse(request, asked.now())
        except actions.ChangedMeanwhile:
            return _page(request, asked.now(), typed, meanwhile=True)
        return redirect("measures:check", asked.questionnaire.pk)
    return _page(request, asked, typed, given_back=said is not None and request.method == "GET")


def _given(typed: list[tuple[Question, AnswerForm, str]]) -> dict[str, tuple[Answer, str]]:
    return {item.key: (form.cleaned_data["answer"], form.cleaned_data["was"] or "") for item, form, _ in typed}


def _page(
    request: HttpRequest,
    asked: Answering,
    typed: list[tuple[Question, AnswerForm, str]],
    *,
    meanwhile: bool = False,
    given_back: bool = False,
) -> HttpResponse:
    asked.looked()
    page = {
        "asked": asked,
        "typed": typed,
        "wrong": [(item, form) for item, form, _ in typed if form.is_bound and not form.is_valid()],
        "meanwhile": meanwhile,
        "given_back": given_back,
        "like": like_what_is_typed(asked.questionnaire),
    }
    return render(request, "measures/type_in.jinja", page)
