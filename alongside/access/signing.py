"""What follows when somebody signs in, fails to, or changes how they do: which sessions count, and the audit's rows."""

from allauth.account.authentication import get_authentication_records
from allauth.account.signals import password_changed
from allauth.account.signals import user_logged_in as let_in
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authentication_failed, authenticator_added, authenticator_removed, authenticator_reset
from django.contrib.auth import SESSION_KEY, user_logged_in, user_login_failed
from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest

from alongside.access import kept
from alongside.access.middleware import SECOND_FACTOR
from alongside.access.models import User
from alongside.audit import actions as audit
from alongside.core import clock

NOBODY = "nobody"
WHAT = {Authenticator.Type.TOTP: "authenticator", Authenticator.Type.RECOVERY_CODES: "recovery-codes"}


def listen() -> None:
    """Hear what Django and allauth say of every sign-in."""
    user_logged_in.connect(_began)
    let_in.connect(_signed_in)
    user_login_failed.connect(_refused)
    authentication_failed.connect(_code_refused)
    password_changed.connect(_password_changed)
    authenticator_added.connect(_added)
    authenticator_reset.connect(_added)
    authenticator_removed.connect(_removed)


def _began(*, request: HttpRequest, user: User, **_: object) -> None:
    """A session counts as safe if a code was given on the way into it; what was kept from the last one waits in it."""
    given = get_authentication_records(request, user)
    request.session[SECOND_FACTOR] = any(one["method"] == "mfa" for one in given)
    kept.note_what_waits(request, user)


def _signed_in(*, user: User, **_: object) -> None:
    _note("signed-in", user, by=user.pk)


def _refused(*, credentials: dict[str, str], **_: object) -> None:
    """Whoever tried is nobody we know; the row names the account by its key, or by nothing if there is none."""
    email = credentials.get("email", "")
    _note("sign-in-refused", User.objects.filter(email__iexact=email).first(), by=NOBODY)


def _code_refused(*, user: User, **_: object) -> None:
    _note("code-refused", user, by=NOBODY)


def _password_changed(*, user: User, **_: object) -> None:
    _note("password-changed", user, by=user.pk)


def _added(*, request: HttpRequest, user: User, authenticator: Authenticator, **_: object) -> None:
    """This session set it up, so it counts; any other began on a password alone, and ends."""
    _note(f"{WHAT[authenticator.type]}-added", user, by=user.pk)
    if authenticator.type == Authenticator.Type.TOTP:
        request.session[SECOND_FACTOR] = True
        _end_other_sessions(request, user)


def _removed(*, request: HttpRequest, user: User, authenticator: Authenticator, **_: object) -> None:
    """Without an authenticator no session counts, this one included, until there is one again."""
    _note(f"{WHAT[authenticator.type]}-removed", user, by=user.pk)
    if authenticator.type == Authenticator.Type.TOTP:
        request.session[SECOND_FACTOR] = False
        _end_other_sessions(request, user)


def _note(did: str, user: User | None, *, by: str) -> None:
    audit.record(by=by, did=f"user.{did}", subject=f"user:{user.pk if user else NOBODY}")


def _end_other_sessions(request: HttpRequest, user: User) -> None:
    with transaction.atomic():
        for session in Session.objects.filter(expire_date__gt=clock.now()).exclude(pk=request.session.session_key):
            if session.get_decoded().get(SESSION_KEY) == user.pk:
                session.delete()
