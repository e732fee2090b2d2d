"""Ways to get support."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from alongside.access.doors import needs
from alongside.access.permissions import Permission
from alongside.information import actions, queries
from alongside.information.forms import AddOfferForm, OfferForm
from alongside.information.views.opening import back, me, pressed, sent


@needs(Permission.MANAGE_PEOPLE)
def add(request: HttpRequest) -> HttpResponse:
    """Add one, at the end."""
    said, kept = sent(request)
    form = AddOfferForm(said)
    if request.method == "POST" and form.is_valid():
        actions.add_offer(by=me(request).pk, **form.cleaned_data)
        messages.success(request, "Added. The public sees it now.")
        return back("offers")
    page = {"form": form, "kept": kept, "heading": "Add a way to get support", "press": "Add"}
    return render(request, "information/form.jinja", page)


@needs(Permission.MANAGE_PEOPLE)
def change(request: HttpRequest, offer: str) -> HttpResponse:
    """Write one anew."""
    found = get_object_or_404(queries.offers(), pk=offer)
    said, kept = sent(request)
    form = OfferForm(said, record=found)
    if request.method == "POST" and form.is_valid():
        actions.change_offer(offer=found, by=me(request), **form.cleaned_data)
        messages.success(request, "Saved. The public sees it now.")
        return back("offers")
    page = {"form": form, "kept": kept, "heading": "Change a way to get support", "press": "Save", "offer": found}
    return render(request, "information/form.jinja", page)


@needs(Permission.MANAGE_PEOPLE)
def away(request: HttpRequest, offer: str) -> HttpResponse:
    """Ask, then take one away."""
    found = get_object_or_404(queries.offers(), pk=offer)
    if pressed(request):
        actions.take_away(offer=found, by=me(request))
        messages.success(request, "Taken away.")
        return back("offers")
    return render(request, "information/offer_away.jinja", {"offer": found})


@needs(Permission.MANAGE_PEOPLE)
def move(request: HttpRequest, offer: str) -> HttpResponse:
    """One place up or down."""
    found = get_object_or_404(queries.offers(), pk=offer)
    if pressed(request):
        actions.move(record=found, up=request.POST.get("to") == "up", by=me(request))
    return back("offers")
