"""The client answers, alone or with a worker beside them: one question a page, a check, and sending."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from alongside.access import kept
from alongside.instruments.items import Question
from alongside.measures import actions
from alongside.measures.answers import Answer
from alongside.measures.doors import Answering, answering, sent_from
from alongside.measures.forms import AnswerForm, answer_form
from alongside.measures.models import Response
from alongside.measures.queries.paper_waiting import like_what_is_typed
from alongside.measures.refusals import refuse


@answering
def question(request: HttpRequest, asked: Answering, number: int) -> HttpResponse:
    """One question; every Continue keeps the answer at once."""
    item = next((item for item in asked.items if item.number == number), None)
    if item is None:
        raise Http404
    if asked.sent:
        return refuse(request, asked, number)
    if request.method == "POST":
        return _answered(request, asked, item)
    said = kept.take(request)
    form = answer_form(item, said, kept=asked.answer(item))
    was = said.get("was", "") if said is not None else asked.answer(item).stamp
    return _question(request, asked, item, form, was=was, given_back=said is not None)


def _answered(request: HttpRequest, asked: Answering, item: Question) -> HttpResponse:
    form = answer_form(item, request.POST, kept=asked.answer(item))
    if not form.is_valid():
        return _question(request, asked, item, form, was=request.POST.get("was", ""))
    given: Answer = form.cleaned_data["answer"]
    try:
        actions.answer(
            questionnaire=asked.questionnaire,
            item=item.key,
            given=given,
            was=form.cleaned_data["was"] or "",
            by=asked.by,
        )
    except actions.Closed:
        return refuse(request, asked.now(), item.number)
    except actions.ChangedMeanwhile as meanwhile:
        return _question(request, asked, item, form, was=meanwhile.now.stamp, meanwhile=meanwhile.now)
    return _next(request, asked, item)


def _next(request: HttpRequest, asked: Answering, item: Question) -> HttpResponse:
    key = asked.questionnaire.pk
    if request.POST.get("then") == "later":
        return redirect("measures:later", key)
    if request.POST.get("off"):
        return redirect(request.get_full_path())
    if "change" in request.GET or item == asked.items[-1]:
        return redirect("measures:check", key)
    return redirect("measures:question", key, item.number + 1)


def _question(
    request: HttpRequest,
    asked: Answering,
    item: Question,
    form: AnswerForm,
    *,
    was: str,
    meanwhile: Answer | None = None,
    given_back: bool = False,
) -> HttpResponse:
    asked.looked()
    before = [other for other in asked.items if other.number == item.number - 1]
    page = {
        "asked": asked,
        "item": item,
        "form": form,
        "was": was,
        "meanwhile": meanwhile,
        "given_back": given_back,
        "changing": "change" in request.GET,
        "support": bool(before) and asked.asks_to_check_in(*before),
        "support_at_once": item.key in asked.form.check_in,
        "support_now": asked.asks_to_check_in(item),
    }
    return render(request, "measures/question.jinja", page)


@answering
def check(request: HttpRequest, asked: Answering) -> HttpResponse:
    """Every answer once more, before it is sent."""
    if asked.sent:
        return redirect("measures:thanks", asked.questionnaire.pk)
    asked.looked()
    typed = asked.response.given == Response.Given.ON_PAPER and not asked.handed_over
    like = like_what_is_typed(asked.questionnaire) if typed else None
    page = {"asked": asked, "support": asked.asks_to_check_in(), "like": like}
    return render(request, "measures/check.jinja", page)


@answering
def send(request: HttpRequest, asked: Answering) -> HttpResponse:
    """Send the answers; pressed twice, they are sent once."""
    if request.method != "POST":
        return redirect("measures:check", asked.questionnaire.pk)
    try:
        actions.send(questionnaire=asked.questionnaire, by=asked.by)
    except actions.Closed:
        return redirect("measures:start", asked.questionnaire.pk)
    sent_from(request, asked)
    return redirect("measures:thanks", asked.questionnaire.pk)


@answering
def thanks(request: HttpRequest, asked: Answering) -> HttpResponse:
    """What happens next."""
    if not asked.sent:
        return redirect("measures:check", asked.questionnaire.pk)
    asked.looked()
    return render(request, "measures/thanks.jinja", {"asked": asked, "support": asked.asks_to_check_in()})


@answering
def copy(request: HttpRequest, asked: Answering) -> HttpResponse:
    """The person's own answers, to print or keep."""
    if not asked.sent:
        return redirect("measures:check", asked.questionnaire.pk)
    asked.looked()
    return render(request, "measures/copy.jinja", {"asked": asked})


@answering
def later(request: HttpRequest, asked: Answering) -> HttpResponse:
    """The answers so far are kept; how to come back to them."""
    if asked.sent:
        return redirect("measures:thanks", asked.questionnaire.pk)
    asked.looked()
    return render(request, "measures/later.jinja", {"asked": asked, "support": asked.asks_to_check_in()})


@answering
def delete(request: HttpRequest, asked: Answering) -> HttpResponse:
    """Take the form back before it is sent."""
    if asked.sent:
        return refuse(request, asked)
    if request.method == "POST":
        try:
            actions.take_back(questionnaire=asked.questionnaire, by=asked.by)
        except actions.Closed:
            return refuse(request, asked.now())
        return redirect("measures:start", asked.questionnaire.pk)
    asked.looked()
    return render(request, "measures/delete.jinja", {"asked": asked, "support": asked.asks_to_check_in()})
