"""Finding by an encrypted word without opening every record: a blind index.

The column holds, for each word, which of 256 buckets its first three letters fall into under a key of their own.
Many beginnings share a bucket, so a bucket tells little, and whatever is found by it must be opened and compared.
"""

import hashlib
import hmac
from collections.abc import Iterable
from functools import cache
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

LETTERS = 3


class BlindIndex(models.TextField):  # type: ignore[type-arg]
    """Written anew whenever its record is; `of` names what gives the record's words. `<key number> <bucket> …`."""

    def __init__(self, *args: Any, of: str, **kwargs: Any) -> None:
        self.of = of
        super().__init__(*args, **{**kwargs, "blank": True, "editable": False, "default": ""})

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """For migrations."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, list(args), {**kwargs, "of": self.of}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:  # noqa: ARG002, FBT001 - Django's own form
        """The buckets of what the record says now."""
        written = self.written(getattr(model_instance, self.of))
        setattr(model_instance, self.attname, written)
        return written

    def written(self, words: Iterable[str]) -> str:
        """What to store for these words."""
        keys = settings.ALONGSIDE_KEY_RING.newest()
        buckets = {self._bucket(word, keys.fields[keys.current]) for word in words}
        return " ".join([str(keys.current), *sorted(buckets), ""])

    def having(self, word: str) -> Q | None:
        """The records that may have a word beginning like this; None if it is too short to tell."""
        if len(word) < LETTERS:
            return None
        found = Q()
        for number, root in settings.ALONGSIDE_KEY_RING.newest().fields.items():
            held = {f"{self.name}__startswith": f"{number} ", f"{self.name}__contains": f" {self._bucket(word, root)} "}
            found |= Q(**held)
        return found

    def _bucket(self, word: str, root: bytes) -> str:
        said = f"{self.model._meta.label_lower}.{self.column}\0{word[:LETTERS]}"
        return hmac.digest(_key(root), said.encode(), hashlib.sha256)[:1].hex()


@cache
def _key(root: bytes) -> bytes:
    from alongside.core.keys import Keys

    return Keys(secret_key="", fields={1: root}).derived("blind index")
