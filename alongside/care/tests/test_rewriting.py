"""Writing everything anew with a new key, on whichever database."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import connection, transaction

from alongside.access.models import User
from alongside.care.models import Client
from alongside.care.queries import people
from alongside.core import rotation
from alongside.core.keys import Keys, Ring


@pytest.fixture
def new_key(client_of_alice: Client) -> Iterator[None]:
    """From now on another key writes, and both read; as a running site that has read its key file again."""
    ring = settings.ALONGSIDE_KEY_RING
    more = {**ring.newest().fields, 2: b"2" * 32}
    settings.ALONGSIDE_KEY_RING = Ring(Keys(secret_key="", fields=more), ring._file)
    yield
    settings.ALONGSIDE_KEY_RING = ring


@pytest.mark.usefixtures("new_key")
def test_each_value_and_the_index_is_written_anew_once(client_of_alice: Client, alice: User) -> None:
    waiting = rotation.under_older_keys(2)
    assert waiting["care_client"] == 8  # seven things known of Rowan, and the index
    told: list[int] = []
    written, closed = rotation.rewrite(told.append)
    assert (written, sum(told), closed) == (sum(waiting.values()), written, [])
    assert rotation.under_older_keys(2) == {}
    assert rotation.rewrite(told.append) == (0, [])
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, found_by FROM care_client")
        name, found_by = cursor.fetchone()
    assert (name[:3], found_by[:2]) == ("r2.", "2 ")
    again = Client.objects.get()
    assert (again.name, again.needs, again.born) == ("Rowan Ellery", ["Text, don’t ring"], client_of_alice.born)
    assert people.found(alice, "ellery") == [client_of_alice.pk]


@pytest.mark.usefixtures("new_key")
def test_what_somebody_writes_while_it_runs_is_not_written_over(client_of_alice: Client) -> None:
    table = next(one for one in rotation.tables() if one.model is Client)
    (batch,) = rotation._batches(table, 2)
    client_of_alice.name = "Rowan Vale"
    client_of_alice.save()  # after the batch was read, and before it is written
    rotation._store(rotation._changes(table, batch, 2)[0])
    again = Client.objects.get()
    assert again.name == "Rowan Vale"
    assert again.found_by == Client._meta.get_field("found_by").written(["rowan", "vale"])
    assert rotation.under_older_keys(2).keys() & {"care_client"} == set()


@pytest.mark.usefixtures("new_key")
def test_nobody_writes_while_old_keys_are_counted_for_the_last_time() -> None:
    with transaction.atomic():
        rotation.hold_still()
        assert rotation.under_older_keys(1) == {}
