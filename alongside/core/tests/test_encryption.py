"""What people say is unreadable in the database, opens only where it was written, and cannot be searched."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import FieldError
from django.db import connection

from alongside.core import encryption
from alongside.core.encryption import Unreadable, seal, unseal
from alongside.core.keys import Keys

PLACE = "care.client.name"


@pytest.mark.parametrize("said", ["Rowan", "Zoë 🌱 O’Dowd", "x" * 5000, " "])
def test_what_is_sealed_opens_again_in_its_place(said: str) -> None:
    assert unseal(seal(said, place=PLACE), place=PLACE) == said


def test_the_same_words_never_look_the_same() -> None:
    assert seal("Rowan", place=PLACE) != seal("Rowan", place=PLACE)


def test_it_opens_nowhere_else() -> None:
    with pytest.raises(Unreadable, match=r"care\.client\.address"):
        unseal(seal("Rowan", place=PLACE), place="care.client.address")


@pytest.mark.parametrize("stored", ["", "k1.", "Rowan", "k1.AAAA", "k9.AAAA", "kx.AAAA", "k1.!"])
def test_anything_else_is_unreadable(stored: str) -> None:
    with pytest.raises(Unreadable):
        unseal(stored, place=PLACE)


def test_a_changed_letter_is_noticed() -> None:
    sealed = seal("Rowan", place=PLACE)
    other = "A" if sealed[20] != "A" else "B"
    with pytest.raises(Unreadable):
        unseal(sealed[:20] + other + sealed[21:], place=PLACE)


def test_an_older_key_still_reads_and_the_newest_writes(settings: object, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = {1: b"1" * 32}, {1: b"1" * 32, 2: b"2" * 32}
    for ring in (first, second):
        encryption._cipher.cache_clear()
        monkeypatch.setattr(settings, "ALONGSIDE_KEY_RING", Keys(secret_key="", fields=ring))
        if ring is first:
            old = seal("Rowan", place=PLACE)
    assert old.startswith("k1.")
    assert unseal(old, place=PLACE) == "Rowan"
    assert seal("Rowan", place=PLACE).startswith("k2.")
    encryption._cipher.cache_clear()


def test_the_database_holds_none_of_it(client_of_alice: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, address, phone, born, needs, email FROM care_client")
        name, address, phone, born, needs, email = cursor.fetchone()
    assert all(value.startswith("k1.") for value in (name, address, phone, born, needs))
    assert email == ""  # nothing stays nothing
    again = type(client_of_alice).objects.get()
    assert (again.name, again.born, again.needs) == ("Rowan Ellery", date(1999, 3, 2), ["Text, don’t ring"])


@pytest.mark.parametrize("look_up", ["name", "name__icontains", "born", "born__isnull", "needs__contains"])
def test_looking_up_by_it_is_refused_rather_than_empty(client_of_alice: Any, look_up: str) -> None:
    with pytest.raises(FieldError, match="is encrypted"):
        type(client_of_alice).objects.filter(**{look_up: "Rowan"}).exists()
