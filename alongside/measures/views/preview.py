"""A measure as the client sees it: the very pages of answering, of which nothing is kept."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from alongside.access.doors import needs
from alongside.access.models import User
from alongside.access.permissions import Permission
from alongside.audit import actions as audit
from alongside.instruments.items import Question
from alongside.measures.answers import Answer
from alongside.measures.doors import Answering, me
from alongside.measures.forms import answer_form
from alongside.measures.models import Questionnaire, Response
from alongside.measures.queries import library as queries


@dataclass(frozen=True, kw_only=True)
class Preview(Answering):
    """A form that was never opened, for nobody; whoever looks at it is the worker who would read it."""

    asks: str

    def page(self, number: int | None = None) -> str:
        """The address of its first page, or of a question."""
        key = self.form.key
        there = (
            reverse("measures:preview-question", args=[key, number])
            if number
            else reverse("measures:preview", args=[key])
        )
        return f"{there}?{self.asks}" if self.asks else there

    def back_from(self, item: Question, *, changing: bool) -> str:
        """The page before this question."""
        earlier = [other.number for other in self.items if other.number < item.number]
        return self.page(max(earlier, default=None))

    def after(self, item: Question) -> Question | None:
        """The question that comes next."""
        later = self.items[self.items.index(item) + 1 :]
        return later[0] if later else None


@needs(Permission.MANAGE_MEASURES)
@require_safe
def start(request: HttpRequest, instrument: str) -> HttpResponse:
    """What a client is told before they begin."""
    asked = _previewed(request, instrument)
    page = {"asked": asked, "first": asked.items[0].number}
    return render(request, "measures/library/preview_start.jinja", page)


@needs(Permission.MANAGE_MEASURES)
def question(request: HttpRequest, instrument: str, number: int) -> HttpResponse:
    """One question; Continue leads on to the next, and what was answered is forgotten."""
    asked = _previewed(request, instrument)
    item = next((item for item in asked.items if item.number == number), None)
    if item is None:
        raise Http404
    form = answer_form(item, request.POST if request.method == "POST" else None, kept=Answer())
    if request.method == "POST" and form.is_valid():
        return _next(request, asked, item)
    page = {
        "asked": asked,
        "item": item,
        "form": form,
        "was": "",
        "meanwhile": None,
        "support_at_once": item.key in asked.form.check_in,
    }
    return render(request, "measures/library/preview_question.jinja", page)


def _next(request: HttpRequest, asked: Preview, item: Question) -> HttpResponse:
    if request.POST.get("then") == "later":
        return redirect(asked.page())
    following = asked.after(item)
    if following:
        return redirect(asked.page(following.number))
    messages.info(request, "That was the last question. Next, the client checks their answers. Nothing was kept.")
    return redirect("measures:measure", asked.form.key)


def _previewed(request: HttpRequest, instrument: str) -> Preview:
    known = queries.one_measure(instrument)
    if known is None:
        raise Http404
    wanted = request.GET.get("version", known.form.version)
    if wanted not in {known.form.version, *(row.version for row in known.versions), *dict(known.others)}:
        raise Http404
    if request.method != "POST":
        about = f"measure:{known.form.key}"
        audit.record(by=me(request).pk, did="measure.viewed", subject=about, details={"page": "preview"})
    here = wanted == known.form.version
    asks = "" if here else urlencode({"version": wanted})
    form = _never_opened(known, wanted, by=me(request))
    return Preview(questionnaire=form, by=me(request).pk, handed_over=True, asks=asks)


def _never_opened(known: queries.Known, version: str, *, by: User) -> Questionnaire:
    form = Questionnaire(
        instrument=known.form.key,
        version=version,
        wording=known.wording if version == known.form.version else None,
        occasion=Questionnaire.Occasion.ONCE,
        reader=by,
        opened_by=by,
        open=True,
    )
    Response(questionnaire=form, given=Response.Given.HANDED_OVER)
    return form
