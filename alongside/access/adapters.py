"""How sign-in is adapted: nobody signs themselves up, and the authenticator's secrets are encrypted."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest

from alongside.core.encryption import seal, unseal


class StaffOnly(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by the organisation."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Closed."""
        return False


class SealedSecrets(DefaultMFAAdapter):  # type: ignore[misc]
    """The library would store the authenticator's secrets as they are."""

    def encrypt(self, text: str) -> str:
        """On the way into the database."""
        return seal(text, place="mfa.authenticator.data")

    def decrypt(self, encrypted_text: str) -> str:
        """On the way out."""
        return unseal(encrypted_text, place="mfa.authenticator.data")
