"""A client's answers in a file to take along, and forms that were answered elsewhere."""

import io

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from alongside.access import kept
from alongside.access.doors import freshly_signed_in, needs
from alongside.access.limits import at_most
from alongside.access.permissions import Permission
from alongside.audit import actions as audit
from alongside.care.models import Client
from alongside.care.views.opening import answer, opened
from alongside.core import clock
from alongside.core.words import counted
from alongside.instruments.exchange import Kind, Refused, write
from alongside.measures.actions import bringing_in
from alongside.measures.doors import me
from alongside.measures.forms.travelling import BringInForm, TakeOutForm
from alongside.measures.queries import library
from alongside.measures.queries import travelling as queries

TYPES: dict[Kind, tuple[str, str]] = {
    "csv": ("text/csv; charset=utf-8", "csv"),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    "fhir": ("application/fhir+json", "json"),
}


@at_most(30)
@needs(Permission.SEE_CLIENTS)
@freshly_signed_in
def take_out(request: HttpRequest, client: str) -> HttpResponse:
    """One client's answers to one measure, with their code and no name."""
    found = opened(request, client)
    responses = queries.of_client(me(request), found.pk)
    measures = queries.measures(responses)
    said = request.POST if request.method == "POST" else kept.take(request)
    form = TakeOutForm(said, measures=measures)
    if request.method == "POST" and form.is_valid():
        return _file(request, found, form)
    return answer(
        request, "measures/take_out.jinja", found, shows="take out", here="measures:over-time", form=form,
        measures=measures,
    )  # fmt: skip


def _file(request: HttpRequest, client: Client, form: TakeOutForm) -> HttpResponse:
    measure, version, kind = form.chosen
    definition = library.definition(measure, version)
    leaving = queries.leaving_of(
        queries.of_client(me(request), client.pk), instrument=measure, version=version,
        code=lambda _key: client.code, words=True,
    )  # fmt: skip
    out = io.BytesIO()
    write(definition, leaving, out, kind)
    audit.record(
        by=me(request).pk, did="form.taken-out", subject=f"client:{client.pk}", details={"measure": measure, "as": kind}
    )
    return packed(out.getvalue(), kind, f"{client.code}-{measure}-{clock.today()}")


def packed(content: bytes, kind: Kind, name: str) -> HttpResponse:
    """A file of answers to keep."""
    media, ending = TYPES[kind]
    file = HttpResponse(content, content_type=media)
    file["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return file


@at_most(30)
@needs(Permission.MANAGE_MEASURES)
def bring_in(request: HttpRequest, instrument: str) -> HttpResponse:
    """Forms of one measure that were answered elsewhere: the whole file, or nothing of it."""
    known = library.one_measure(instrument)
    if known is None:
        raise Http404
    said = request.POST if request.method == "POST" else kept.take(request)
    form = BringInForm(said, form=known.form)
    if request.method == "POST" and form.is_valid():
        try:
            number = bringing_in.bring_in(known=known, responses=form.responses, by=me(request))
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, f"{counted(number, 'form')} of {known.form.name} brought in.")
            return redirect("measures:measure", known.form.key)
    audit.record(by=me(request).pk, did="measure.viewed", subject=f"measure:{known.form.key}")
    return render(request, "measures/library/bring_in.jinja", {"known": known, "form": form})
