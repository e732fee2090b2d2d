"""What follows when somebody signs in, fails to, or changes how they do: which sessions count, and the audit's rows."""

from allauth.account.authentication import get_authentication_records
from allauth.account.signals import authentication_step_completed, password_changed
from allauth.account.signals import user_logged_in as let_in
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authentication_failed, authenticator_added, authenticator_removed, authenticator_reset
from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth import user_logged_in, user_login_failed
from django.http import HttpRequest

from alongside.access import browsers, fresh, kept
from alongside.access.middleware import SECOND_FACTOR
from alongside.access.models import Session, User
from alongside.audit import actions as audit

NOBODY = "nobody"
WHAT = {
    Authenticator.Type.TOTP: "authenticator",
    Authenticator.Type.WEBAUTHN: "passkey",
    Authenticator.Type.RECOVERY_CODES: "recovery-codes",
}


def listen() -> None:
    """Hear what Django and allauth say of every sign-in."""
    user_logged_in.connect(_began)
    let_in.connect(_signed_in)
    user_login_failed.connect(_refused)
    authentication_failed.connect(_code_refused)
    authentication_step_completed.connect(_shown_again)
    password_changed.connect(_password_changed)
    authenticator_added.connect(_added)
    authenticator_reset.connect(_added)
    authenticator_removed.connect(_removed)


def _began(*, request: HttpRequest, user: User, **_: object) -> None:
    """A session counts as safe if a code was given on the way into it; what was kept from the last one waits in it."""
    given = get_authentication_records(request, user)
    request.session[SECOND_FACTOR] = any(one["method"] == "mfa" for one in given)
    fresh.note(request)
    if request.method:
        browsers.bind(request)
    kept.note_what_waits(request, user)


def _signed_in(*, user: User, **_: object) -> None:
    _note("signed-in", user, by=user.pk)


def _refused(*, credentials: dict[str, str], **_: object) -> None:
    """Whoever tried is nobody we know; the row names the account by its key, or by nothing if there is none."""
    email = credentials.get("email", "")
    _note("sign-in-refused", User.objects.filter(email__iexact=email).first(), by=NOBODY)


def _code_refused(*, user: User, **_: object) -> None:
    _note("code-refused", user, by=NOBODY)


def _shown_again(*, request: HttpRequest, user: User, **said: object) -> None:
    """Asked once more who they are, they showed it: what is grave is open to them for some minutes."""
    if said.get("reauthenticated"):
        fresh.note(request)
        _note("shown-again", user, by=user.pk)


def _password_changed(*, request: HttpRequest, user: User, **_: object) -> None:
    _note("password-changed", user, by=user.pk)
    _end_other_sessions(request, user)


def _added(*, request: HttpRequest, user: User, authenticator: Authenticator, **_: object) -> None:
    """The session that sets up the first one counts from then on; any other began on a password alone, and ends."""
    _note(f"{WHAT[authenticator.type]}-added", user, by=user.pk)
    if authenticator.type != Authenticator.Type.RECOVERY_CODES and not request.session.get(SECOND_FACTOR):
        request.session[SECOND_FACTOR] = True
        _end_other_sessions(request, user)


def _removed(*, request: HttpRequest, user: User, authenticator: Authenticator, **_: object) -> None:
    """What was signed in with it ends elsewhere. Without any, this session counts no more until there is one again."""
    _note(f"{WHAT[authenticator.type]}-removed", user, by=user.pk)
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        request.session[SECOND_FACTOR] = is_mfa_enabled(user)
        _end_other_sessions(request, user)


def note_refused(did: str, user: User | None) -> None:
    """Somebody gave what does not open this account, or any."""
    _note(did, user, by=NOBODY)


def _note(did: str, user: User | None, *, by: str) -> None:
    audit.record(by=by, did=f"user.{did}", subject=f"user:{user.pk if user else NOBODY}")


def _end_other_sessions(request: HttpRequest, user: User) -> None:
    Session.objects.filter(user=user).exclude(pk=request.session.session_key).delete()
