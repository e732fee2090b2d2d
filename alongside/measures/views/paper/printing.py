"""Printing forms to be marked with a pen."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from alongside.access import kept
from alongside.access.doors import needs
from alongside.access.limits import at_most
from alongside.access.permissions import Permission
from alongside.audit import actions as audit
from alongside.measures.actions import NotOffered
from alongside.measures.actions.paper import printing
from alongside.measures.doors import me
from alongside.measures.forms.paper import PrintForm, PrintUnnamedForm
from alongside.measures.queries import forms as queries
from alongside.measures.queries import library
from alongside.measures.queries import paper as papers
from alongside.paper.form.asking import CannotPrint, asked

SWITCHED_OFF = "This form cannot be printed now. Choose another, or ask a service lead about its licence."


@at_most(60)
@needs(Permission.TAKE_FORMS)
def for_client(request: HttpRequest, client: str) -> HttpResponse:
    """Print a form for one client; what comes back on it lands with them."""
    person = queries.client(me(request), client)
    if person is None:
        raise Http404
    episodes = queries.supported_by(person)
    offered = [one for one in _printable() if any(one.offered_in(episode.service) for episode in episodes)]
    said = request.POST if request.method == "POST" else kept.take(request)
    form = PrintForm(said, episodes=episodes, offered=offered) if episodes and offered else None
    session = papers.session(person, request.GET.get("contact", ""))
    if form and session:
        form.for_session(session)
    if request.method == "POST" and form and form.is_valid():
        try:
            pdf = printing.for_client(
                episode=form.chosen(), known=form.known, occasion=form.when(),
                about_on=form.cleaned_data["about_on"], large=form.cleaned_data["large"], by=me(request),
            )  # fmt: skip
        except (NotOffered, CannotPrint) as error:
            form.add_error("measure", str(error) or SWITCHED_OFF)
        else:
            return _download(pdf, "form")
    audit.record(by=me(request).pk, did="client.viewed", subject=f"client:{person.pk}", details={"page": "print"})
    page = {
        "client": person, "episodes": episodes, "form": form, "session": session,
        "given_back": said and request.method == "GET",
    }  # fmt: skip
    return render(request, "measures/paper/print.jinja", page)


@at_most(30)
@needs(Permission.TAKE_FORMS)
def without_names(request: HttpRequest) -> HttpResponse:
    """Print forms for a drop-in: they lead to nobody, and count for the service alone."""
    services = list(papers.services(me(request)))
    offered = [one for one in _printable() if any(one.offered_in(service) for service in services)]
    said = request.POST if request.method == "POST" else kept.take(request)
    form = PrintUnnamedForm(said, services=services, offered=offered) if services and offered else None
    if request.method == "POST" and form and form.is_valid():
        try:
            pdf = printing.without_names(
                service=form.chosen(), known=form.known, copies=form.cleaned_data["copies"],
                about_on=form.cleaned_data["about_on"], large=form.cleaned_data["large"], by=me(request),
            )  # fmt: skip
        except (NotOffered, CannotPrint) as error:
            form.add_error("measure", str(error) or SWITCHED_OFF)
        else:
            return _download(pdf, "forms")
    page = {"form": form, "given_back": said and request.method == "GET"}
    return render(request, "measures/paper/print_unnamed.jinja", page)


def _printable() -> list[library.Known]:
    """The measures in use whose words may be printed and read back."""
    return [one for one in library.in_use() if not one.note_only and _can_be_printed(one)]


def _can_be_printed(known: library.Known) -> bool:
    try:
        asked(known.worded)
    except CannotPrint:
        return False
    return True


def _download(pdf: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return answer
