"""What every record has: a random key, and a list that says how private each field is."""

import secrets
from typing import ClassVar

from django.db import models

from alongside.core import clock
from alongside.core.encryption import EncryptedText


def new_key() -> str:
    """A random key of 128 bits, never in order of time."""
    return secrets.token_hex(16)


class Keyed(models.Model):
    """A record with a random key.

    Every model names each of its fields once in its nested `Privacy`: `identifying`, `sensitive`,
    `operational` or `public`. `key` and `made_at` are operational everywhere.
    """

    key = models.CharField(primary_key=True, max_length=32, default=new_key, editable=False)
    made_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        abstract = True


class Nameless(models.Model):
    """A record with a random key and nothing that says when it was made. `key` is operational everywhere.

    Records of this kind are kept in no order: see `core.shuffled`.
    """

    key = models.CharField(primary_key=True, max_length=32, default=new_key, editable=False)

    class Meta:
        abstract = True


class KeyProof(Keyed):
    """A word sealed when the records began: keys that do not open it are not the keys of these records."""

    word = EncryptedText()

    objects: ClassVar[models.Manager["KeyProof"]] = models.Manager()

    class Privacy:
        operational = ("key", "made_at", "word")
