"""What people give to show who they are, besides a password: codes and passkeys. A refusal is in the audit."""

import time
from typing import Any

from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.core.exceptions import ValidationError

from alongside.access.adapters import INCORRECT_PASSKEY
from alongside.access.signing import note_refused

LONGEST_NAME = 50
STEP = "last_step"  # of an authenticator app: the half minute whose code was taken last
BROKEN = (AttributeError, KeyError, TypeError, ValueError)


class _OnlyForwards(forms.Form):
    """A code of a half minute that has gone by is not taken, wherever the server's clock is set."""

    authenticator: Authenticator

    def clean_code(self) -> str:
        """Take a code once."""
        code: str = super().clean_code()  # type: ignore[misc]
        one = self.authenticator
        if one.type != Authenticator.Type.TOTP:
            return code
        step = int(time.time()) // app_settings.TOTP_PERIOD
        if step < one.data.get(STEP, 0):
            raise get_adapter().validation_error("incorrect_code")
        one.data[STEP] = step
        one.save(update_fields=["data"])
        return code


class GiveCode(_OnlyForwards, AuthenticateForm):  # type: ignore[misc]
    """On the way in."""


class GiveCodeAgain(_OnlyForwards, ReauthenticateForm):  # type: ignore[misc]
    """Before what is grave."""


class _Refusing(forms.Form):
    """Whatever is wrong with a passkey, the answer is the same."""

    user: Any

    def clean_credential(self) -> Authenticator:
        """Read what the browser sent, which may be anything."""
        try:
            return super().clean_credential()  # type: ignore[misc]
        except BROKEN as error:
            raise ValidationError(INCORRECT_PASSKEY) from error

    def add_error(self, field: Any, error: Any) -> None:
        """Note that it was refused; only how often one may try is said in words of its own."""
        if field == "credential":
            note_refused("passkey-refused", self.user)
            error = error if error.code == "too_many_login_attempts" else ValidationError(INCORRECT_PASSKEY)
        super().add_error(field, error)


class GivePasskey(_Refusing, AuthenticateWebAuthnForm):  # type: ignore[misc]
    """After the password."""


class GivePasskeyAgain(_Refusing, ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """Before what is grave."""


class SignInWithPasskey(_Refusing, LoginWebAuthnForm):  # type: ignore[misc]
    """Without a password."""


def _name() -> forms.CharField:
    return forms.CharField(
        label="Name of this passkey",
        help_text="Such as “Work laptop”, so that you know later which one it is.",
        max_length=LONGEST_NAME,
        error_messages={
            "required": "Enter a name, such as “Work laptop”",
            "max_length": f"Use {LONGEST_NAME} letters or fewer",
        },
    )


class AddPasskey(AddWebAuthnForm):  # type: ignore[misc]
    """One that the device itself asks a finger, a face or a PIN for, so that it is enough alone."""

    name = _name()
    passwordless = None

    def clean_name(self) -> str:
        """Keep it so that the database cannot read it."""
        return str(get_adapter().encrypt(self.cleaned_data["name"]))

    def clean(self) -> dict[str, Any]:
        """Refuse a key that asked for nothing."""
        self.cleaned_data["passwordless"] = True
        try:
            return dict(super().clean())
        except BROKEN as error:
            raise ValidationError(INCORRECT_PASSKEY) from error


class NamePasskey(EditWebAuthnForm):  # type: ignore[misc]
    """Another name."""

    name = _name()

    def __init__(self, *args: Any, instance: Authenticator, **kwargs: Any) -> None:
        kwargs["initial"] = {"name": get_adapter().decrypt(instance.wrap().name)}
        super().__init__(*args, instance=instance, **kwargs)

    def clean_name(self) -> str:
        """Keep it so that the database cannot read it."""
        return str(get_adapter().encrypt(self.cleaned_data["name"]))
