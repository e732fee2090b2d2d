"""A request for a copy, or to be erased: its clock, its steps, and its answer."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from alongside.access.doors import freshly_signed_in, needs
from alongside.access.limits import at_most
from alongside.access.permissions import Permission
from alongside.core import clock
from alongside.core.sockets import Known
from alongside.rights import bundle, holdings
from alongside.rights.actions import requests as actions
from alongside.rights.forms import (
    DecideForm,
    GoOnForm,
    IdentityForm,
    LeaveOutForm,
    LongerForm,
    OpinionForm,
    PauseForm,
    RequestForm,
    StepForm,
)
from alongside.rights.models import Request
from alongside.rights.presenters import clocks
from alongside.rights.queries import requests as queries
from alongside.rights.views.opening import answered_for, form_page, looked, me, sent

DECIDED = "This request was decided meanwhile, so nothing was changed."
TOO_LATE = "More time can only be taken in the first month, and that is over. Answer now, and say why it is late."
STEPS: dict[str, tuple[str, type[StepForm], Callable[..., Any]]] = {
    "identity": ("Make sure who is asking", IdentityForm, actions.know),
    "longer": ("Take two more months", LongerForm, actions.take_longer),
    "pause": ("Stop the clock", PauseForm, actions.pause),
    "go-on": ("They have answered", GoOnForm, actions.go_on),
    "opinion": ("What a professional says", OpinionForm, actions.hear),
}


@needs(Permission.MANAGE_RIGHTS)
def new(request: HttpRequest) -> HttpResponse:
    """Take in a request."""
    said, again = sent(request)
    form = RequestForm(said, user=me(request))
    if request.method == "POST" and form.is_valid():
        asked = {name: form.cleaned_data[name] for name in ("key", "kind", "received_on")}
        made = actions.take_in(person=form.cleaned_data["code"].pk, **asked, by=me(request))
        return redirect("rights:request", made.pk)
    return form_page(
        request, form, heading="Somebody asks", press="Open the request", again=again, back=reverse("rights:home"),
        lead="They need not use any form or word. Asking a worker is enough, and the clock begins then.",
    )  # fmt: skip


@needs(Permission.MANAGE_RIGHTS)
@require_safe
def request_page(request: HttpRequest, key: str) -> HttpResponse:
    """One request: what is done, and what is still to do."""
    found, known = _opened(request, key)
    looked(request, "client.viewed", f"client:{known.pk}", page="request")
    today = clock.today()
    now = queries.clock_of(found, today=today)
    page = {
        "asked": found,
        "person": known,
        "time_left": clocks.time_left(now),
        "paused": now.paused,
        "may_be_taken": queries.may_be_taken(found, today=today),
        "opinions": queries.opinions(found),
        "left_out": queries.left_out(found).values(),
        "missing": queries.missing(found, today=today),
    }
    return render(request, "rights/request.jinja", page)


@needs(Permission.MANAGE_RIGHTS)
def step(request: HttpRequest, key: str, step: str) -> HttpResponse:
    """One step on the way."""
    found, known = _opened(request, key)
    if step not in STEPS or found.decision:
        raise Http404
    heading, form_class, act = STEPS[step]
    said, again = sent(request)
    form = form_class(said, asked=found)
    if request.method == "POST" and form.is_valid():
        try:
            act(request=found, **form.cleaned_data, by=me(request))
        except actions.TooLate:
            form.add_error(None, TOO_LATE)
        except actions.Decided:
            messages.info(request, DECIDED)
        if form.is_valid():
            return redirect("rights:request", found.pk)
    looked(request, "client.viewed", f"client:{known.pk}", page="request step")
    return form_page(request, form, heading=heading, back=reverse("rights:request", args=[found.pk]), again=again)


@needs(Permission.MANAGE_RIGHTS)
@require_safe
def items(request: HttpRequest, key: str) -> HttpResponse:
    """Everything that would be in the copy, so that what is about others can be left out."""
    found, known = _opened(request, key)
    looked(request, "client.viewed", f"client:{known.pk}", page="everything held")
    held = bundle.collect(known.pk, queries.left_out(found))
    return render(request, "rights/items.jinja", {"asked": found, "person": known, "bundle": held})


@needs(Permission.MANAGE_RIGHTS)
def leave_out(request: HttpRequest, key: str, kind: str, record: str, field: str) -> HttpResponse:
    """Leave one thing out, or put it in after all."""
    found, known = _opened(request, key)
    holding = holdings.kept_of(known.pk, kind=kind, record=record, field=field)
    if holding is None or found.decision:
        raise Http404
    if request.method == "POST" and "in" in request.POST:
        actions.put_in(request=found, record=record, field=field, by=me(request))
        return redirect("rights:items", found.pk)
    said, again = sent(request)
    form = LeaveOutForm(said)
    if request.method == "POST" and form.is_valid():
        actions.leave_out(
            request=found, model=holding.model, record=record, field=field, **form.cleaned_data, by=me(request)
        )
        return redirect("rights:items", found.pk)
    looked(request, "client.viewed", f"client:{known.pk}", page="leave out")
    back = reverse("rights:items", args=[found.pk])
    return form_page(request, form, heading="Leave this out of the copy", press="Leave it out", back=back, again=again)


@needs(Permission.MANAGE_RIGHTS)
@freshly_signed_in
def release(request: HttpRequest, key: str) -> HttpResponse:
    """Let the copy be given."""
    found, _known = _opened(request, key)
    if request.method == "POST" and found.kind == Request.Kind.COPY:
        try:
            actions.release(request=found, by=me(request))
        except actions.NotYet as missing:
            for what in missing.what:
                messages.error(request, what)
        except actions.Decided:
            messages.info(request, DECIDED)
        else:
            messages.success(request, "The copy can be taken from this page now.")
    return redirect("rights:request", found.pk)


@needs(Permission.MANAGE_RIGHTS)
def refuse(request: HttpRequest, key: str) -> HttpResponse:
    """Refuse a request, with the reason."""
    found, known = _opened(request, key)
    if found.decision:
        return redirect("rights:request", found.pk)
    said, again = sent(request)
    form = DecideForm(said)
    if request.method == "POST" and form.is_valid():
        try:
            actions.decide(request=found, decision=Request.Decision.REFUSED, **form.cleaned_data, by=me(request))
        except actions.Decided:
            messages.info(request, DECIDED)
        return redirect("rights:request", found.pk)
    looked(request, "client.viewed", f"client:{known.pk}", page="refuse a request")
    return form_page(
        request, form, heading="Refuse this request", press="Refuse it", again=again,
        back=reverse("rights:request", args=[found.pk]),
        lead="Tell them why, that they may complain to us and to the ICO, and that they may go to court.",
    )  # fmt: skip


@at_most(20)
@needs(Permission.MANAGE_RIGHTS)
@freshly_signed_in
def copy(request: HttpRequest, key: str) -> HttpResponse:
    """The copy itself: put together now, and kept nowhere."""
    found, known = _opened(request, key)
    if not queries.may_be_taken(found, today=clock.today()):
        raise Http404
    held = bundle.collect(known.pk, queries.left_out(found))
    content = bundle.zipped(held, person=known, made_on=clock.today(), request=request)
    looked(request, "client.exported", f"client:{known.pk}", asked=found.pk, sha256=bundle.fingerprint(content))
    answer = HttpResponse(content, content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="copy-{known.code}-{clock.today()}.zip"'
    return answer


def _opened(request: HttpRequest, key: str) -> tuple[Request, Known]:
    found = get_object_or_404(queries.visible_to(me(request)), pk=key)
    return found, answered_for(request, found.person_key)
