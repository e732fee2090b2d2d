"""Bringing paper in, how far reading it is, and what to do about a page that could not be read."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from alongside.access import kept
from alongside.access.doors import needs
from alongside.access.permissions import Permission
from alongside.audit import actions as audit
from alongside.core.middleware import NOTHING_OF_THE_DEVICE
from alongside.measures.actions.forms import Closed
from alongside.measures.actions.paper import arriving, looking, waiting
from alongside.measures.doors import me
from alongside.measures.forms.paper import BringInForm, WhoseForm
from alongside.measures.models import Batch, Page, PaperForm
from alongside.measures.paper import beside, reader
from alongside.measures.presenters.paper import (
    batch_shown,
    how_well_said,
    lacking_shown,
    marks_shown,
    page_shown,
    pages_called,
)
from alongside.measures.queries import paper as queries
from alongside.measures.queries import paper_unnamed, paper_waiting

SHOWN = 30
CAMERA = NOTHING_OF_THE_DEVICE.replace("camera=()", "camera=(self)")
TWICE = "The same file was chosen more than once, or waits to be read already. It is read once."
NOT_YOURS = "No form with these letters was printed for somebody you work with. Look at the letters again."


@needs(Permission.TAKE_FORMS)
def papers(request: HttpRequest) -> HttpResponse:
    """Bring files in; below, those that came in lately and what is still to be looked at."""
    form = BringInForm(request.POST, request.FILES) if request.method == "POST" else BringInForm()
    if request.method == "POST" and beside.can_read() and form.is_valid():
        brought = arriving.bring_in(files=form.cleaned_data["scans"], by=me(request))
        if len({one.pk for one in brought}) < len(form.cleaned_data["scans"]):
            messages.info(request, TWICE)
        return redirect("measures:paper-file", brought[0].pk) if len(brought) == 1 else redirect("measures:paper")
    page = {
        "form": form,
        "can_read": beside.can_read(),
        "most": settings.FILES_TAKEN_AT[request.path] // 1_000_000,
        "files": [batch_shown(one) for one in queries.with_counts(queries.batches(me(request)))[:SHOWN]],
        "to_look": queries.to_look_at(me(request)).count(),
        "to_decide": [page_shown(one, seen=True) for one in paper_waiting.to_decide(me(request))[:SHOWN]],
        "how_well": how_well_said(queries.how_well()),
        "came_back": paper_unnamed.came_back(me(request)),
        "lacking": [lacking_shown(one) for one in paper_waiting.lacking(me(request))[:SHOWN]],
    }
    return render(request, "measures/paper/papers.jinja", page)


@needs(Permission.TAKE_FORMS)
def file(request: HttpRequest, key: str) -> HttpResponse:
    """One file: how far it is, and what became of each page."""
    found = queries.batch(me(request), key)
    if found is None:
        raise Http404
    if request.method == "POST":
        arriving.set_aside_what_is_no_form(batch=found, by=me(request))
        messages.success(request, "Every page on which no form was found is thrown away.")
        return redirect("measures:paper-file", found.pk)
    if found.standing == Batch.Standing.WAITING:
        reader.wake()  # whatever server runs the site
    pages = queries.pages_of(found)
    seen = queries.which_may_be_seen(me(request), pages)
    audit.record(by=me(request).pk, did="paper.viewed", subject=f"batch:{found.pk}")
    page = {
        "file": batch_shown(found, pages),
        "pages": [page_shown(one, seen=one.pk in seen) for one in pages],
        "doubtful": queries.to_look_at(me(request)).exists(),
        "no_forms": sum(arriving.is_no_form(one) for one in pages),
    }
    return render(request, "measures/paper/file.jinja", page)


@needs(Permission.TAKE_FORMS)
def page(request: HttpRequest, key: str) -> HttpResponse:
    """One page: its picture, what became of it, and what a person may do."""
    found = _page(request, key)
    said = None if request.method == "POST" else kept.take(request)
    whose = WhoseForm(said if said and said.get("letters") else None)
    if request.method == "POST":
        if request.POST.get("do") != "whose":
            return _decide(request, found)
        whose = WhoseForm(request.POST)
        if whose.is_valid():
            form = queries.form_for(me(request), whose.cleaned_data["letters"])
            if form is not None:
                arriving.say_whose(page=found, form=form, by=me(request))
                messages.success(request, "The page is read again by these letters.")
                theirs = found.batch.brought_by_id == me(request).pk
                return redirect("measures:paper-file", found.batch_id) if theirs else redirect("measures:paper")
            whose.add_error("letters", NOT_YOURS)
    _looked(request, found)
    lost = paper_waiting.lost_pages(found.form) if _may_wait(found) and found.form else ()
    shown = {
        "page": page_shown(found, seen=True), "found": found, "form": whose, "marks": marks_shown(found),
        "lost": pages_called(lost) if lost else "", "record": _record(found),
    }  # fmt: skip
    return render(request, "measures/paper/page.jinja", shown)


def _decide(request: HttpRequest, found: Page) -> HttpResponse:
    try:
        match request.POST.get("do"):
            case "aside":
                arriving.set_aside(page=found, by=me(request))
                messages.success(request, "The page is thrown away.")
            case "choose":
                looking.choose(page=found, by=me(request))
                messages.success(request, "This page counts. The other is thrown away.")
            case "same":
                waiting.say_same(form=_form(found), by=me(request))
                messages.success(request, "Nothing is taken from this form. What is in the record stays.")
            case "another":
                waiting.say_another(form=_form(found), by=me(request))
                messages.success(request, "It goes into the record as a form of its own.")
            case "short":
                waiting.keep_short(form=_form(found), by=me(request))
                messages.success(request, "The page is waited for no longer. What it asks stays without an answer.")
    except Closed:
        messages.info(request, "What was on this form is in the record already. Put it right there.")
    return redirect("measures:paper-page", found.pk)


@needs(Permission.TAKE_FORMS)
@require_safe
def picture(request: HttpRequest, key: str) -> HttpResponse:
    """The picture of a page."""
    found = _page(request, key)
    if not found.picture:
        raise Http404
    _looked(request, found)
    return HttpResponse(found.picture, content_type="image/jpeg")


@needs(Permission.TAKE_FORMS)
@require_safe
def camera(request: HttpRequest) -> HttpResponse:
    """Take pictures of forms with this phone. Of all pages, only this one may use a camera."""
    answer = render(request, "measures/paper/camera.jinja", {"can_read": beside.can_read()})
    answer["Permissions-Policy"] = CAMERA
    return answer


def _page(request: HttpRequest, key: str) -> Page:
    whole = queries.visible_pages(me(request)).select_related("form__questionnaire__response")
    found = whole.filter(pk=key).first()
    if found is None:
        raise Http404
    return found


def _form(found: Page) -> PaperForm:
    if found.form is None:
        raise Closed
    return found.form


def _may_wait(found: Page) -> bool:
    """Whether its form may wait for another page."""
    form = found.form
    there = found.outcome in {Page.Outcome.OK, Page.Outcome.UNREADABLE} and found.aside_at is None
    return there and form is not None and form.landed_at is None and form.may_be_id is None and not form.is_short


def _record(found: Page) -> str:
    """What stands in the record of the form of a page, by its key; nothing where its answers are not there."""
    asked = found.form.questionnaire if found.form else None
    return asked.response.pk if asked else ""


def _looked(request: HttpRequest, found: Page) -> None:
    audit.record(by=me(request).pk, did="paper.viewed", subject=f"page:{found.pk}")
