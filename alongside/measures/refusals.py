"""What is said to somebody whose answer, or whose page, comes too late. A check-in that was promised is still asked."""

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from alongside.audit import actions as audit
from alongside.measures import actions
from alongside.measures.answers import Answer, says_so
from alongside.measures.forms import answer_form

if TYPE_CHECKING:
    from alongside.measures.doors import Answering


def refuse(request: HttpRequest, asked: "Answering", number: int | None = None) -> HttpResponse:
    """Say kindly why this screen cannot answer: the form was deleted, is on another screen, or was sent.

    `number` is the question that was being answered.
    """
    page = {"asked": asked, "support": _promised(request, asked, number)}
    if asked.questionnaire.taken_back_at is not None:
        return render(request, "measures/taken_back.jinja", page, status=410)
    if not asked.here and asked.handed_over:
        return render(request, "measures/not_here.jinja", page, status=404)
    if not asked.here:
        client = asked.questionnaire.client
        audit.record(by=asked.by, did="client.viewed", subject=f"client:{client.pk}")
        return render(request, "measures/elsewhere.jinja", {**page, "client": client}, status=409)
    if request.method != "POST":
        return redirect("measures:thanks", asked.questionnaire.pk)
    asked.looked()
    page["support"] = page["support"] or asked.asks_to_check_in()
    return render(request, "measures/thanks.jinja", {**page, "too_late": True})


def _promised(request: HttpRequest, asked: "Answering", number: int | None) -> bool:
    """Ask for the check-in, if the answer that is refused asks for one."""
    item = next((item for item in asked.items if item.number == number), None)
    if request.method != "POST" or item is None:
        return False
    form = answer_form(item, request.POST, kept=Answer())
    given: Answer = form.cleaned_data["answer"] if form.is_valid() else Answer()
    if not says_so(asked.form, item.key, given):
        return False
    actions.ask_to_check_in(questionnaire=asked.questionnaire, item=item.key, given=given, by=asked.by)
    return True
