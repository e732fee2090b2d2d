"""Model fields whose values are unreadable in the database: AES-256-GCM, bound to their table, row and column.

A stored value is `r<number>.<base64 of nonce and ciphertext>`; an empty value stays empty. It is opened when somebody
first asks the record for it. Nothing can be looked up by such a column, and trying to is an error rather than an empty
answer. A text that stands in no row of ours begins with `k` and is bound to its place alone.
"""

import base64
import json
import os
from datetime import date
from functools import cache, cached_property
from typing import Any, NoReturn

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import FieldError, ValidationError
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from alongside.core.keys import Keys

NONCE_BYTES = 12


class Unreadable(Exception):
    """A stored value does not open with the keys at hand, or stands where it was not written."""


class Sealed(str):
    """A value as it is stored; `opened` of its field reads it, given the key of its row."""

    __slots__ = ()


def seal(text: str, *, place: str, row: str = "") -> str:
    """Encrypt text for one place, or for one row there; it opens nowhere else."""
    keys: Keys = settings.ALONGSIDE_KEY_RING.newest()
    nonce = os.urandom(NONCE_BYTES)
    sealed = nonce + _cipher(keys.fields[keys.current]).encrypt(nonce, text.encode(), _bound(place, row))
    return f"{_kind(row)}{keys.current}.{base64.b64encode(sealed).decode()}"


def unseal(stored: str, *, place: str, row: str = "") -> str:
    """Decrypt what `seal` made for the same place and row.

    Raises
    ------
    Unreadable : another key, another place or row, or a damaged value
    """
    try:
        number, packed = _parts(stored, _kind(row))
        sealed = base64.b64decode(packed, validate=True)
        cipher = _cipher(settings.ALONGSIDE_KEY_RING.root(number))
        return cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], _bound(place, row)).decode()
    except (ValueError, KeyError, InvalidTag) as error:
        raise Unreadable(f"A value in {place} does not open with these keys.") from error


def number_of(stored: str) -> int:
    """The number of the key that a stored value was written with."""
    return _parts(stored, stored[:1])[0]


def _parts(stored: str, kind: str) -> tuple[int, str]:
    number, _dot, packed = stored.partition(".")
    if not number.startswith(kind):
        raise ValueError(kind)
    return int(number[1:]), packed


def _kind(row: str) -> str:
    return "r" if row else "k"


def _bound(place: str, row: str) -> bytes:
    return f"{place}\0{row}".encode() if row else place.encode()


@cache
def _cipher(root: bytes) -> AESGCM:
    return AESGCM(Keys(secret_key="", fields={1: root}).derived("fields"))


class _OpenedWhenAsked(DeferredAttribute):
    """Opens a record's value when it is first read, and remembers it."""

    field: "EncryptedText"

    def __get__(self, instance: models.Model | None, cls: type[models.Model] | None = None) -> Any:
        value = super().__get__(instance, cls)
        if instance is not None and isinstance(value, Sealed):
            value = instance.__dict__[self.field.attname] = self.field.opened(instance.pk, value)
        return value

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class EncryptedText(models.TextField):  # type: ignore[type-arg]
    """Text that the database cannot read."""

    descriptor_class = _OpenedWhenAsked

    @cached_property
    def place(self) -> str:
        """What a value is bound to, besides its row."""
        return f"{self.model._meta.label_lower}.{self.column}"

    def pack(self, value: Any) -> str:
        """Write a value as the text to encrypt; "" means nothing."""
        return str(value)

    def unpack(self, text: str) -> Any:
        """Read a value back from its text."""
        return text

    def sealed(self, row: str, value: Any) -> Sealed:
        """What to store of a value in the row of this key."""
        text = "" if value is None else self.pack(value)
        return Sealed(seal(text, place=self.place, row=row) if text else "")

    def opened(self, row: str, stored: str) -> Any:
        """Read what is stored in the row of this key."""
        return self.unpack(unseal(stored, place=self.place, row=row) if stored else "")

    def pre_save(self, model_instance: models.Model, add: bool) -> Sealed:  # noqa: ARG002, FBT001 - Django's own form
        """Encrypt on the way in, for this record."""
        return self.sealed(str(model_instance.pk), getattr(model_instance, self.attname))

    def get_prep_value(self, value: Any) -> str:
        """Let through what was encrypted for its row; what was not, nobody could open again."""
        if isinstance(value, Sealed) or value is None or not self.pack(value):
            return str(value or "")
        raise FieldError(f"{self.place} is encrypted for each record; set it on the record and save that.")

    def from_db_value(self, value: str | None, *_: object) -> Any:
        """Leave it closed until it is asked for."""
        return Sealed(value) if value else self.unpack("")

    def get_lookup(self, lookup_name: str) -> NoReturn:
        """Refuse every look-up: the same words never give the same column value."""
        raise FieldError(f"{self.place} is encrypted; it cannot be used to look up or filter ({lookup_name}).")


def encrypted(model: type[models.Model], name: str) -> EncryptedText:
    """An encrypted field of a model, for opening what was read without its record."""
    field = model._meta.get_field(name)
    if not isinstance(field, EncryptedText):
        raise FieldError(f"{model._meta.label}.{name} is not encrypted.")
    return field


def if_it_opens(record: models.Model, name: str, otherwise: Any = "") -> Any:
    """A record's value for a list, which one damaged value must not close."""
    try:
        return getattr(record, name)
    except Unreadable:
        return otherwise


class EncryptedDate(EncryptedText):
    """A date that the database cannot read, or None."""

    def get_default(self) -> None:
        """Nobody has said it yet."""

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


class EncryptedBytes(EncryptedText):
    """A file or a picture that the database cannot read; up to about a megabyte, since a row is read whole."""

    _pyi_private_set_type: bytes  # type: ignore[assignment]  # text everywhere else
    _pyi_private_get_type: bytes  # type: ignore[assignment]

    def get_default(self) -> bytes:
        """Nothing yet."""
        return b""

    def pack(self, value: Any) -> str:
        """Write it as text."""
        return base64.b64encode(value.encode() if isinstance(value, str) else bytes(value)).decode()

    def unpack(self, text: str) -> bytes:
        """Read it back."""
        return base64.b64decode(text)

    def to_python(self, value: Any) -> bytes:
        """Leave bytes as they are."""
        return value.encode() if isinstance(value, str) else bytes(value or b"")
