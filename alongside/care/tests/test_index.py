"""The blind index: kept with every write, told by no name, and only ever a hint of whom to open."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.db.models import Q
from django.db.models.signals import post_delete

from alongside.access.models import User
from alongside.care import names
from alongside.care.actions import clients
from alongside.care.models import Client, Episode
from alongside.care.queries import called, people
from alongside.core.encryption import EncryptedText
from alongside.core.sockets import sockets


def index() -> Any:
    return Client._meta.get_field("found_by")


def test_it_is_written_with_the_client_and_again_with_a_change_of_name(alice: User, client_of_alice: Client) -> None:
    client_of_alice.refresh_from_db()
    assert client_of_alice.found_by == index().written(["rowan", "ellery"])
    clients.change(client=client_of_alice, revision=client_of_alice.revision, name="Rowan Vale", by=alice)
    assert people.found(alice, "vale") == [client_of_alice.pk]
    assert people.found(alice, "ellery") == []


def test_it_holds_no_letter_of_a_name_and_another_key_gives_other_buckets(client_of_alice: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT found_by FROM care_client")
        (held,) = cursor.fetchone()
    number, *buckets = held.split()
    assert number == "1"
    assert len(buckets) == 2
    assert all(len(bucket) == 2 and int(bucket, 16) < 256 for bucket in buckets)
    assert index()._bucket("rowan", b"1" * 32) == index()._bucket("row", b"1" * 32)
    roots = {index()._bucket("rowan", bytes([n]) * 32) for n in range(20)}
    assert len(roots) > 10


def test_only_a_few_are_opened_to_find_one(alice: User, add_client: Callable[..., Client], monkeypatch: Any) -> None:
    for number in range(40):
        add_client(f"{chr(97 + number % 20)}{chr(97 + number // 2)}o Quill{number}")
    one = add_client("Zelda Abernathy")
    called._remembered.clear()
    opened = []
    real = EncryptedText.opened
    monkeypatch.setattr(EncryptedText, "opened", lambda *said: opened.append(said) or real(*said))
    assert people.found(alice, "abernathy") == [one.pk]
    assert len(opened) < 20


def test_whoever_answers_is_always_among_those_the_index_gives(alice: User, add_client: Callable[..., Client]) -> None:
    said = (
        "Rowan Ellery",
        "Łukasz Wójcik",
        "Anne-Marie O’Dowd",
        "Æthelred Ng",
        "Þóra Ödegård",
        "Li Wu",
        "🌻🌻🌻🌻 Kit",
    )
    for name in said:
        add_client(name)
    for client in Client.objects.filter(Q(code__startswith="WS")):
        words = names.words(f"{client.name} {client.known_as} {client.code}")
        for word in [*words, words[-1].lstrip("0")]:
            for length in range(1, len(word) + 1):
                assert client.pk in people.found(alice, word[:length]), (client.name, word[:length])


def test_a_name_changed_by_another_process_shows_at_once(alice: User, client_of_alice: Client, add_client: Any) -> None:
    other = add_client("Mia Stone")
    assert people.a_to_z(alice) == [other.pk, client_of_alice.pk]
    field = Client._meta.get_field("name")
    with connection.cursor() as cursor:  # as if somebody else had written it: this process is told nothing
        cursor.execute(
            "UPDATE care_client SET name = %s WHERE key = %s", [field.sealed(other.pk, "Zoe Stone"), other.pk]
        )
    assert people.a_to_z(alice) == [client_of_alice.pk, other.pk]


def test_what_is_remembered_reaches_nobody_who_may_not_see_it(
    alice: User, charlie: User, client_of_alice: Client
) -> None:
    assert people.a_to_z(alice) == people.found(alice, "r") == [client_of_alice.pk]
    assert people.a_to_z(charlie) == people.found(charlie, "r") == people.found(charlie, "rowan") == []


@pytest.mark.django_db
def test_a_search_that_may_not_use_the_index_for_another_key_still_finds(alice: User, client_of_alice: Client) -> None:
    from django.conf import settings

    from alongside.core.keys import Keys, Ring

    ring = settings.ALONGSIDE_KEY_RING
    more = Ring(Keys(secret_key="", fields={**ring.newest().fields, 2: b"2" * 32}), ring._file)
    try:
        settings.ALONGSIDE_KEY_RING = more
        assert people.found(alice, "ellery") == [client_of_alice.pk]
    finally:
        settings.ALONGSIDE_KEY_RING = ring


def test_a_site_that_has_started_opens_no_name_for_its_first_list_and_forgets_whom_it_erases(
    alice: User, episode: Episode, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = episode.client
    called._remembered.clear()
    for prepare in sockets.before_serving:
        prepare()
    monkeypatch.setattr(EncryptedText, "opened", None)
    assert people.a_to_z(alice) == people.found(alice, "el") == [client.pk]
    assert client.pk in called._remembered
    post_delete.send(Client, instance=client)
    assert client.pk not in called._remembered


def test_no_more_people_are_remembered_than_fit_and_the_rest_are_listed_all_the_same(
    alice: User, add_client: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    everybody = [add_client(f"Person {letter}").pk for letter in "abc"]
    called._remembered.clear()
    monkeypatch.setattr(called, "MOST", 2)
    assert people.found(alice, "person") == people.found(alice, "person") == everybody
    assert len(called._remembered) == 2
