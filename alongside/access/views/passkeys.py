"""Passkeys: set one up, name it, remove it, come in with it. The library does it; these say where one goes next."""

from ipaddress import ip_address
from typing import Any

from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from allauth.mfa.webauthn import views
from allauth.mfa.webauthn.internal import flows
from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.utils.http import urlencode
from django.views import View

from alongside.access.adapters import INCORRECT_PASSKEY
from alongside.access.doors import note_denied


class _Add(views.AddWebAuthnView):  # type: ignore[misc]
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), **where(self.request)}


class _Own(View):
    """Of one of one's own passkeys; another's is not there."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return super().dispatch(request, *args, **kwargs)
        except Http404:
            note_denied(request)
            raise


class _Rename(_Own, views.EditWebAuthnView):  # type: ignore[misc]
    success_url = reverse_lazy("mfa_index")


class _Remove(_Own, views.RemoveWebAuthnView):  # type: ignore[misc]
    success_url = reverse_lazy("mfa_index")


class _SignIn(views.LoginWebAuthnView):  # type: ignore[misc]
    def form_valid(self, form: Form) -> HttpResponse:
        """On to the page that they wanted."""
        passkey = form.cleaned_data["credential"]
        login = Login(user=passkey.user, redirect_url=get_next_redirect_url(self.request))
        return flows.perform_passwordless_login(self.request, passkey, login)  # type: ignore[no-any-return]

    def form_invalid(self, form: Form) -> HttpResponse:
        """Say so where they can try another way; the page that they wanted is not lost."""
        return _back(self.request, "account_login")


class _ShowAgain(views.ReauthenticateWebAuthnView):  # type: ignore[misc]
    def form_invalid(self, form: Form) -> HttpResponse:
        """Say so where they can try another way."""
        return _back(self.request, "mfa_reauthenticate_webauthn")


def where(request: HttpRequest) -> dict[str, object]:
    """Whether this address can have passkeys, which a number in place of a name cannot, and what to open instead."""
    host, _colon, port = request.get_host().rpartition(":")
    try:
        here = ip_address((host or port).strip("[]"))
    except ValueError:
        return {"by_number": False}
    name = f"http://localhost:{port}{request.path}" if here.is_loopback and host else ""
    return {"by_number": True, "open_instead": name}


def _back(request: HttpRequest, page: str) -> HttpResponse:
    messages.error(request, INCORRECT_PASSKEY)
    wanted = get_next_redirect_url(request)
    return redirect(f"{reverse(page)}?{urlencode({'next': wanted})}" if wanted else reverse(page))


add, rename, remove, sign_in, show_again = (
    _Add.as_view(), _Rename.as_view(), _Remove.as_view(), _SignIn.as_view(), _ShowAgain.as_view(),
)  # fmt: skip
