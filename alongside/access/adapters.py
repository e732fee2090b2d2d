"""How sign-in is adapted: nobody signs themselves up, and the authenticator's secrets are encrypted."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest

from alongside.core.encryption import seal, unseal

INCORRECT_CODE = "Enter the code that your authenticator shows now. Each works once, for half a minute."


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

    def pre_authenticate(self, request: HttpRequest, **credentials: str) -> None:
        """Count tries for one email from one place, before those from everywhere.

        So nobody can keep somebody else out by giving wrong passwords for their email from another place.
        """
        key = f"{ratelimit.get_ip(request)} {credentials.get('email', '').lower()}"
        here = ratelimit.consume(request, app="allauth.account", action="login_failed_here", key=key)
        if not here:
            raise self.validation_error("too_many_login_attempts")
        super().pre_authenticate(request, **credentials)
        self._login_failed_rl_usage.usage += here.usage  # given back when the password was right


class SealedSecrets(DefaultMFAAdapter):  # type: ignore[misc]
    """The library would store the authenticator's secrets as they are."""

    error_messages = DefaultMFAAdapter.error_messages | {"incorrect_code": INCORRECT_CODE}

    def encrypt(self, text: str) -> str:
        """On the way into the database."""
        return seal(text, place="mfa.authenticator.data")

    def decrypt(self, encrypted_text: str) -> str:
        """On the way out."""
        return unseal(encrypted_text, place="mfa.authenticator.data")
