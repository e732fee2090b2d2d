"""Outgoing mail: one letter, one person. A list of addresses in one letter tells each of them about the others."""

from collections.abc import Sequence
from email.utils import getaddresses
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.module_loading import import_string

ALONE = "alongside.core.mail.OneRecipient"
ADDRESSED = {"to", "cc", "bcc", "resent-to", "resent-cc", "resent-bcc"}


class TooManyRecipients(ValueError):
    """A letter was addressed to more than one person; nothing was sent."""


class OneRecipient(BaseEmailBackend):
    """Hands letters on to another backend; refuses all of them when one is addressed to more than one person."""

    def __init__(self, *, through: str, options: dict[str, Any] | None = None, alias: str | None = None) -> None:
        super().__init__(alias=alias)
        self.through: BaseEmailBackend = import_string(through)(alias=alias, **(options or {}))

    def open(self) -> bool | None:
        return self.through.open()

    def close(self) -> None:
        self.through.close()

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Look at every letter before any is sent."""
        letters = list(email_messages)
        if any(len(recipients(letter)) > 1 for letter in letters):
            raise TooManyRecipients("A letter goes to one person. Send one to each.")
        return int(self.through.send_messages(letters) or 0)


def recipients(letter: EmailMessage) -> set[str]:
    """Everybody whom a letter would reach or name, however they are written down."""
    headers = [str(value) for name, value in letter.extra_headers.items() if name.lower() in ADDRESSED]
    written = [*letter.to, *letter.cc, *letter.bcc, *headers]
    return {address.lower() for _, address in getaddresses([str(one) for one in written], strict=False) if address}


def every_mailer_writes_to_one(**_: Any) -> list[CheckMessage]:
    """Say so when letters could leave in another way."""
    return [
        Error(f"The mailer “{name}” may write to several people at once.", hint=f"Name {ALONE} in it.", id="core.E001")
        for name, mailer in settings.MAILERS.items()
        if mailer.get("BACKEND") != ALONE
    ]
