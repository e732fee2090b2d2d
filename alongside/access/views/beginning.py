"""Setting one's first password, with a link that a lead handed over."""

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from alongside.access import actions, queries
from alongside.access.forms import PasswordForm


def begin(request: HttpRequest, key: str, token: str) -> HttpResponse:
    """Ask for a password, set it, and lead to sign in. A link that is used up says whom to ask."""
    person = queries.holder(key, token)
    if person is None:
        return render(request, "access/used_up.jinja", status=404)
    form = PasswordForm(request.POST if request.method == "POST" else None, person=person)
    if request.method == "POST" and form.is_valid():
        if not actions.set_password(key=key, token=token, password=form.cleaned_data["password"]):
            return render(request, "access/used_up.jinja", status=404)
        logout(request)
        messages.success(request, "Your password is set. Sign in with it now, and have your phone to hand.")
        return redirect("account_login")
    return render(request, "access/begin.jinja", {"form": form, "person": person})
