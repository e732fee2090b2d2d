"""How sign-in is adapted: nobody signs themselves up, and nothing that opens an account lies open in the database."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest

from alongside.access import browsers
from alongside.access.fresh import is_fresh
from alongside.access.models import User
from alongside.access.passwords import check
from alongside.core.encryption import seal, unseal

INCORRECT_PASSKEY = "That passkey did not open this account. Try again, or use your password and a code."
INCORRECT_CODE = "Enter the code that your authenticator shows now. Each works once, for half a minute."
AGAIN = {
    "reauthenticate": "Use your password",
    "mfa_reauthenticate:webauthn": "Use a passkey",
    "mfa_reauthenticate": "Use a code",
}


class StaffOnly(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by the organisation, and what goes wrong is said as what to do."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "Check your email and password. One of them is not what we have.",
        "enter_current_password": "Enter the password you have now.",
        "incorrect_password": "Enter the password you have now. That was another one.",
        "incorrect_code": INCORRECT_CODE,
        "too_many_login_attempts": "Wait five minutes, then try again. There were too many tries.",
        "rate_limited": "Wait a minute, then try again. That was too often.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Closed."""
        return False

    def clean_password(self, password: str, user: User | None = None) -> str:
        """Refuse what does not fit in the words of our own pages."""
        check(password, user)
        return password

    def pre_authenticate(self, request: HttpRequest, **credentials: str) -> None:
        """Count tries for one email from one place, before those from everywhere.

        In a browser that let this person in before, only the tries in that browser count. So nobody can keep somebody
        else out by giving wrong passwords for their email, from wherever and however often.
        """
        email = credentials.get("email", "").lower()
        known = browsers.has_let_in(request, User.objects.filter(email__iexact=email).first())
        if known:
            self._login_failed_rl_usage = self._tries(
                request, "login_failed_known", f"{browsers.word(request)} {email}"
            )
            return
        here = self._tries(request, "login_failed_here", f"{ratelimit.get_ip(request)} {email}")
        super().pre_authenticate(request, **credentials)
        self._login_failed_rl_usage.usage += here.usage  # given back when the password was right

    def _tries(self, request: HttpRequest, action: str, key: str) -> ratelimit.RateLimitUsage:
        usage = ratelimit.consume(request, app="allauth.account", action=action, key=key)
        if not usage:
            raise self.validation_error("too_many_login_attempts")
        return usage

    def is_reauthentication_required(self, *, app: str, **_: object) -> bool:
        """Unless they have shown it in the last minutes, signing in included."""
        return not is_fresh(context.request)

    def get_reauthentication_methods(self, user: User) -> list[dict[str, str]]:
        """The ways to show once more who one is, in our words and our order."""
        ways = {one["id"]: one for one in super().get_reauthentication_methods(user)}
        return [{**ways[which], "description": words} for which, words in AGAIN.items() if which in ways]


class SealedSecrets(DefaultMFAAdapter):  # type: ignore[misc]
    """The library would store the authenticator's secrets as they are."""

    error_messages = DefaultMFAAdapter.error_messages | {"incorrect_code": INCORRECT_CODE}

    def encrypt(self, text: str) -> str:
        """On the way into the database."""
        return seal(text, place="mfa.authenticator.data")

    def decrypt(self, encrypted_text: str) -> str:
        """On the way out."""
        return unseal(encrypted_text, place="mfa.authenticator.data")
