"""A worker types in what is on a page of a form that never came, or that cannot be read."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from alongside.access import kept
from alongside.access.doors import needs
from alongside.access.permissions import Permission
from alongside.audit import actions as audit
from alongside.instruments.items import Question
from alongside.measures.actions.forms import Closed
from alongside.measures.actions.paper import waiting
from alongside.measures.answers import Answer, questions
from alongside.measures.doors import me
from alongside.measures.forms import AnswerForm, answer_form
from alongside.measures.models import PaperForm
from alongside.measures.presenters.paper import pages_called
from alongside.measures.queries import paper as queries
from alongside.measures.queries import paper_waiting

HERE = "This form waits for no page any more."


@needs(Permission.TAKE_FORMS)
def rest(request: HttpRequest, key: str) -> HttpResponse:
    """What the lost pages of a form ask, on one page; kept together or not at all."""
    form = paper_waiting.waiting_form(me(request), key)
    if form is None:
        raise Http404
    lost = paper_waiting.lost_pages(form)
    asked = _asked(form, lost)
    if not asked:
        messages.info(request, HERE)
        return redirect("measures:paper")
    said = request.POST if request.method == "POST" else kept.take(request)
    typed = [(item, answer_form(item, said, kept=Answer(), prefix=item.key)) for item in asked]
    if request.method == "POST" and all(one.is_valid() for _, one in typed):
        return _keep(request, form, typed)
    audit.record(by=me(request).pk, did="paper.viewed", subject=f"form:{form.pk}")
    page = {
        "form": form, "lost": pages_called(lost), "typed": typed, "given_back": said and request.method == "GET",
        "wrong": [(item, one) for item, one in typed if one.is_bound and not one.is_valid()],
    }  # fmt: skip
    return render(request, "measures/paper/rest.jinja", page)


def _asked(form: PaperForm, lost: tuple[int, ...]) -> list[Question]:
    keys = {one.key or one.id for number in lost for one in paper_waiting.on_page(form, number)}
    return [one for one in questions(queries.asked_of(form)) if one.key in keys]


def _keep(request: HttpRequest, form: PaperForm, typed: list[tuple[Question, AnswerForm]]) -> HttpResponse:
    try:
        waiting.type_rest(
            form=form, answers={item.key: one.cleaned_data["answer"] for item, one in typed}, by=me(request)
        )
    except Closed:
        messages.info(request, HERE)
    else:
        messages.success(request, "What you typed is kept.")
    return redirect("measures:paper")
