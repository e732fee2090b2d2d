"""Model fields whose values are unreadable in the database: AES-256-GCM, bound to their table and column.

A stored value is `k<number>.<base64 of nonce and ciphertext>`; an empty value stays empty. Nothing can be
looked up or ordered by such a column, and asking for it is an error rather than an empty answer.
"""

import base64
import json
import os
from datetime import date
from functools import cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import FieldError, ValidationError
from django.db import models

NONCE_BYTES = 12


class Unreadable(Exception):
    """A stored value does not open with the keys at hand, or stands where it was not written."""


@cache
def _cipher(number: int) -> AESGCM:
    return AESGCM(settings.ALONGSIDE_KEY_RING.derived("fields", number))


def seal(text: str, *, place: str) -> str:
    """Encrypt text for one place; it opens nowhere else."""
    number = settings.ALONGSIDE_KEY_RING.current
    nonce = os.urandom(NONCE_BYTES)
    sealed = nonce + _cipher(number).encrypt(nonce, text.encode(), place.encode())
    return f"k{number}.{base64.b64encode(sealed).decode()}"


def unseal(stored: str, *, place: str) -> str:
    """Decrypt what `seal` made for the same place.

    Raises
    ------
    Unreadable : another key, another place, or a damaged value
    """
    number, _dot, packed = stored.removeprefix("k").partition(".")
    try:
        sealed = base64.b64decode(packed, validate=True)
        cipher = _cipher(int(number))
        return cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], place.encode()).decode()
    except (ValueError, KeyError, InvalidTag) as error:
        raise Unreadable(f"A value in {place} does not open with these keys.") from error


class EncryptedText(models.TextField):  # type: ignore[type-arg]
    """Text that the database cannot read."""

    def _place(self) -> str:
        return f"{self.model._meta.label_lower}.{self.column}"

    def pack(self, value: Any) -> str:
        """Write a value as the text to encrypt; "" means nothing."""
        return str(value)

    def unpack(self, text: str) -> Any:
        """Read a value back from its text."""
        return text

    def get_prep_value(self, value: Any) -> Any:
        """Encrypt on the way in."""
        text = "" if value is None else self.pack(value)
        return seal(text, place=self._place()) if text else ""

    def from_db_value(self, value: str | None, *_: object) -> Any:
        """Decrypt on the way out."""
        return self.unpack(unseal(value, place=self._place()) if value else "")

    def get_lookup(self, lookup_name: str) -> Any:
        """Refuse every look-up: the same words never give the same column value."""
        raise FieldError(f"{self._place()} is encrypted; it cannot be used to look up or filter ({lookup_name}).")


class EncryptedDate(EncryptedText):
    """A date that the database cannot read, or None."""

    def pack(self, value: Any) -> str:
        """Write it as 2026-03-14."""
        return value if isinstance(value, str) else value.isoformat()

    def unpack(self, text: str) -> date | None:
        """Read it back."""
        return date.fromisoformat(text) if text else None

    def to_python(self, value: Any) -> date | None:
        """Accept a date or its text."""
        if value in {None, ""} or isinstance(value, date):
            return value or None
        try:
            return date.fromisoformat(value)
        except ValueError as error:
            raise ValidationError("Enter a real date.") from error


class EncryptedList(EncryptedText):
    """A list of short texts that the database cannot read."""

    def pack(self, value: Any) -> str:
        """Write it as JSON."""
        return json.dumps(value, ensure_ascii=False) if value else ""

    def unpack(self, text: str) -> list[str]:
        """Read it back; nothing is an empty list."""
        return json.loads(text) if text else []

    def to_python(self, value: Any) -> list[str]:
        """Accept a list of texts."""
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise ValidationError("Give a list of texts.")
        return value
