"""The pages by which a lead looks after who works here."""

from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from alongside.access import actions, kept, queries
from alongside.access.doors import freshly_signed_in, needs
from alongside.access.forms import EMAIL_TAKEN, TEAM_TAKEN, AddForm, PersonForm, TeamForm
from alongside.access.links import lasts_until, links
from alongside.access.models import User
from alongside.access.permissions import Permission
from alongside.audit import actions as audit

SHOW_LINK = "show_link_of"


@needs(Permission.MANAGE_PEOPLE)
def people(request: HttpRequest) -> HttpResponse:
    """Who can sign in, and the teams."""
    everybody = list(queries.people())
    audit.record(by=_me(request).pk, did="people.listed", subject=f"user:{_me(request).pk}")
    context = {
        "people": [one for one in everybody if one.is_active],
        "ended": [one for one in everybody if not one.is_active],
        "teams": queries.teams(),
    }
    return render(request, "access/people.jinja", context)


@needs(Permission.MANAGE_PEOPLE)
@freshly_signed_in
def add(request: HttpRequest) -> HttpResponse:
    """Somebody new comes to work here."""
    said, again = _sent(request)
    form = AddForm(said)
    if request.method == "POST" and form.is_valid():
        try:
            added = actions.add_person(**form.cleaned_data, by=_me(request))
        except ValidationError:
            form.add_error("email", EMAIL_TAKEN)
        except actions.Refused as refused:
            form.add_error("role", str(refused))
        else:
            return _to_link(request, added)
    return render(request, "access/add.jinja", {"form": form, "kept": again})


@needs(Permission.MANAGE_PEOPLE)
def add_team(request: HttpRequest) -> HttpResponse:
    """A new team."""
    said, again = _sent(request)
    form = TeamForm(said)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_team(**form.cleaned_data, by=_me(request).pk)
        except ValidationError:
            form.add_error("name", TEAM_TAKEN)
        else:
            messages.success(request, "The team is added.")
            return redirect("access:people")
    return render(request, "access/add_team.jinja", {"form": form, "kept": again})


@needs(Permission.MANAGE_PEOPLE)
@freshly_signed_in
def change(request: HttpRequest, key: str) -> HttpResponse:
    """What somebody does here, and their teams."""
    person = _opened(request, key, page="change")
    if not person.is_active:
        return redirect("access:restore", person.pk)
    own = person.pk == _me(request).pk
    said, again = _sent(request)
    form = PersonForm(said, person=person, own=own)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_person(user=person, **form.cleaned_data, by=_me(request))
        except actions.Refused as refused:
            form.add_error("role", str(refused))
        else:
            messages.success(request, "Saved.")
            return redirect("access:people")
    return _answer(request, "access/change.jinja", person, form=form, kept=again, own=own)


@needs(Permission.MANAGE_PEOPLE)
def link(request: HttpRequest, key: str) -> HttpResponse:
    """Show somebody's link, once. It is made as it is shown, and kept nowhere."""
    person = _opened(request, key, page="link", others=True)
    address = ""
    if request.session.pop(SHOW_LINK, None) == person.pk and person.is_active and not person.has_usable_password():
        address = request.build_absolute_uri(reverse("access:begin", args=[person.pk, links.make_token(person)]))
        audit.record(by=_me(request).pk, did="user.link-given", subject=f"user:{person.pk}")
    return _answer(request, "access/link.jinja", person, address=address, until=lasts_until())


@needs(Permission.MANAGE_PEOPLE)
@freshly_signed_in
def new_link(request: HttpRequest, key: str) -> HttpResponse:
    """Somebody lost their password, their device or their link."""
    person = _opened(request, key, page="new link", others=True)
    if not person.is_active:
        return redirect("access:restore", person.pk)
    if request.method == "POST":
        actions.forget_sign_in(user=person, by=_me(request))
        return _to_link(request, person)
    return _answer(request, "access/new_link.jinja", person)


@needs(Permission.MANAGE_PEOPLE)
@freshly_signed_in
def end(request: HttpRequest, key: str) -> HttpResponse:
    """Somebody leaves."""
    person = _opened(request, key, page="end", others=True)
    if not person.is_active:
        return redirect("access:people")
    refused = ""
    if request.method == "POST":
        try:
            actions.end_account(user=person, by=_me(request))
        except actions.Refused as why:
            refused = str(why)
        else:
            messages.success(request, "The account has ended.")
            return redirect("access:people")
    return _answer(request, "access/end.jinja", person, refused=refused)


@needs(Permission.MANAGE_PEOPLE)
@freshly_signed_in
def restore(request: HttpRequest, key: str) -> HttpResponse:
    """Somebody comes back."""
    person = _opened(request, key, page="restore", others=True)
    if request.method == "POST":
        actions.bring_back(user=person, by=_me(request))
        return _to_link(request, person)
    if person.is_active:
        return redirect("access:change", person.pk)
    return _answer(request, "access/restore.jinja", person)


def _me(request: HttpRequest) -> User:
    return cast(User, request.user)


def _opened(request: HttpRequest, key: str, *, page: str, others: bool = False) -> User:
    """Somebody who works here, oneself only where that makes sense; a look is written in the audit."""
    everybody = queries.people()
    person = get_object_or_404(everybody.exclude(pk=_me(request).pk) if others else everybody, pk=key)
    if request.method != "POST":
        audit.record(by=_me(request).pk, did="user.viewed", subject=f"user:{person.pk}", details={"page": page})
    return person


def _sent(request: HttpRequest) -> tuple[QueryDict | None, bool]:
    """What was sent to this page: now, or when the session had ended, and whether we kept it."""
    if request.method == "POST":
        return request.POST, False
    said = kept.take(request)
    return said, said is not None


def _to_link(request: HttpRequest, person: User) -> HttpResponse:
    request.session[SHOW_LINK] = person.pk
    return redirect("access:link", person.pk)


def _answer(request: HttpRequest, template: str, person: User, **context: object) -> HttpResponse:
    return render(request, template, {"person": person, "works_with": queries.works_with(person), **context})
