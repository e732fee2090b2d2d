"""What people say is unreadable in the database, opens only where it was written, and cannot be searched."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import FieldError
from django.db import connection, transaction

from alongside.core.encryption import Unreadable, seal, unseal

PLACE = "care.client.name"


@pytest.mark.parametrize("said", ["Rowan", "Zoë 🌱 O’Dowd", "x" * 5000, " "])
def test_what_is_sealed_opens_again_in_its_place(said: str) -> None:
    assert unseal(seal(said, place=PLACE), place=PLACE) == said


def test_the_same_words_never_look_the_same() -> None:
    assert seal("Rowan", place=PLACE) != seal("Rowan", place=PLACE)


def test_it_opens_nowhere_else() -> None:
    with pytest.raises(Unreadable, match=r"care\.client\.address"):
        unseal(seal("Rowan", place=PLACE), place="care.client.address")


def test_it_opens_in_no_other_row_of_its_column() -> None:
    sealed = seal("Rowan", place=PLACE, row="a" * 32)
    assert unseal(sealed, place=PLACE, row="a" * 32) == "Rowan"
    for row in ("b" * 32, ""):
        with pytest.raises(Unreadable):
            unseal(sealed, place=PLACE, row=row)


def test_what_is_bound_to_no_row_opens_in_none() -> None:
    with pytest.raises(Unreadable):
        unseal(seal("Rowan", place=PLACE), place=PLACE, row="a" * 32)


@pytest.mark.parametrize("stored", ["", "k1.", "Rowan", "k1.AAAA", "k9.AAAA", "kx.AAAA", "k1.!"])
def test_anything_else_is_unreadable(stored: str) -> None:
    with pytest.raises(Unreadable):
        unseal(stored, place=PLACE)


def test_a_changed_letter_is_noticed() -> None:
    sealed = seal("Rowan", place=PLACE)
    other = "A" if sealed[20] != "A" else "B"
    with pytest.raises(Unreadable):
        unseal(sealed[:20] + other + sealed[21:], place=PLACE)


def test_the_database_holds_none_of_it(client_of_alice: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, address, phone, born, needs, email FROM care_client")
        name, address, phone, born, needs, email = cursor.fetchone()
    assert all(value.startswith("r1.") for value in (name, address, phone, born, needs))
    assert email == ""  # nothing stays nothing
    again = type(client_of_alice).objects.get()
    assert (again.name, again.born, again.needs) == ("Rowan Ellery", date(1999, 3, 2), ["Text, don’t ring"])


@pytest.mark.parametrize("look_up", ["name", "name__icontains", "born", "born__isnull", "needs__contains"])
def test_looking_up_by_it_is_refused_rather_than_empty(client_of_alice: Any, look_up: str) -> None:
    with pytest.raises(FieldError, match="is encrypted"):
        type(client_of_alice).objects.filter(**{look_up: "Rowan"}).exists()


def test_a_value_without_its_record_is_refused_rather_than_written_for_no_row(client_of_alice: Any) -> None:
    clients = type(client_of_alice).objects
    with pytest.raises(FieldError, match=r"care\.client\.name is encrypted"), transaction.atomic():
        clients.update(name="Rowan")
    client_of_alice.name = "Rowan Vale"
    with pytest.raises(FieldError, match="set it on the record"), transaction.atomic():
        clients.bulk_update([client_of_alice], ["name"])
    assert clients.get().name == "Rowan Ellery"
    clients.update(name="")
    assert clients.get().name == ""


def test_a_copy_under_another_key_must_be_written_itself(client_of_alice: Any) -> None:
    again = type(client_of_alice).objects.get()
    again.pk = "f" * 32
    with pytest.raises(Unreadable):
        again.name  # noqa: B018 - reading is what is tested


def test_many_records_written_at_once_are_each_bound_to_their_own_row(client_of_alice: Any) -> None:
    kind = type(client_of_alice)
    kind.objects.bulk_create([kind(code=f"WS-{number}", name=f"Person {number}") for number in (1001, 1002)])
    found = {one.code: one.name for one in kind.objects.exclude(pk=client_of_alice.pk)}
    assert found == {"WS-1001": "Person 1001", "WS-1002": "Person 1002"}
