"""What people are called, for putting them in order and finding them: names are encrypted, so that is done here.

What was opened once is remembered by this process, beside the sealed text it came from, which is never the same twice.
So a name that was written anew is opened anew, whoever wrote it. Whom somebody may see is asked of the database first.
The site remembers everybody before it answers, so that the first list after a start is as quick as the next.
"""

from collections.abc import Iterator
from functools import reduce
from operator import and_
from typing import NamedTuple

from django.db.models import ExpressionWrapper, F, Q, QuerySet, TextField

from alongside.care import names
from alongside.care.models import Client
from alongside.core.encryption import Unreadable, encrypted

MOST = 100_000  # people who are remembered at once


class Called(NamedTuple):
    """The words somebody is found by, and where they stand, A to Z; those called the same stand by their code."""

    key: str
    said: str
    place: tuple[str, str]


type Stored = tuple[str, str, str]
_remembered: dict[str, tuple[Stored, Called]] = {}


def of(clients: QuerySet[Client]) -> Iterator[Called]:
    """What each of these is called, in one query."""
    as_stored = (ExpressionWrapper(F(name), output_field=TextField()) for name in ("name", "known_as"))
    for key, code, *sealed in clients.values_list("pk", "code", *as_stored):
        stored = (code, *sealed)
        held = _remembered.get(key)
        yield held[1] if held and held[0] == stored else _opened(key, stored)


def may_answer_to(wanted: list[str]) -> Q:
    """Those among whom everybody with words beginning like these is; the index cannot tell of a word of few letters."""
    index = Client._meta.get_field("found_by")
    told = [(index.having(word), word) for word in wanted]
    return reduce(and_, (Q(code__icontains=word) | held for held, word in told if held is not None), Q())


def remember_everybody() -> None:
    """Open what everybody is called, beforehand."""
    for _ in of(Client.objects.all()[:MOST]):
        pass


def forget(instance: Client, **_: object) -> None:
    """Somebody's record is gone."""
    _remembered.pop(instance.pk, None)


def _opened(key: str, stored: Stored) -> Called:
    code, *sealed = stored
    name, known_as = (_read(field, key, text) for field, text in zip(("name", "known_as"), sealed, strict=True))
    place = names.plain(names.listed(name=name, known_as=known_as, code=code)), code
    one = Called(key, names.said(name=name, known_as=known_as, code=code), place)
    if len(_remembered) < MOST or key in _remembered:
        _remembered[key] = stored, one
    return one


def _read(field: str, key: str, stored: str) -> str:
    """A name; nothing if it does not open, so that one damaged record does not close a list."""
    if not stored:
        return ""
    try:
        return str(encrypted(Client, field).opened(key, stored))
    except Unreadable:
        return ""
