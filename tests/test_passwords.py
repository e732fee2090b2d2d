"""Passwords are kept as Argon2id; those that others use, or that are made of our own words, are refused."""

from collections.abc import Callable

import pytest
from argon2 import extract_parameters
from argon2.low_level import Type
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client as Browser
from django.test import override_settings
from django.urls import reverse

from alongside.access.models import User
from alongside.information.models import AboutUs

pytestmark = pytest.mark.django_db

LEAST_MEMORY = 46 * 1024  # in KiB, as the standard asks


def why_not(password: str, user: User | None = None) -> list[str]:
    try:
        validate_password(password, user)
    except ValidationError as error:
        return [one.code for one in error.error_list]
    return []


@override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.Argon2PasswordHasher"])
def test_a_password_is_kept_as_argon2id_with_enough_memory() -> None:
    kept = make_password("seven green umbrellas")
    said = extract_parameters(kept.removeprefix("argon2"))
    assert said.type is Type.ID
    assert said.memory_cost >= LEAST_MEMORY
    assert said.time_cost >= 1


@pytest.mark.parametrize(("length", "why"), [(13, ["password_too_short"]), (14, []), (15, []), (64, []), (128, [])])
def test_fourteen_letters_are_enough_and_a_hundred_and_more_are_welcome(length: int, why: list[str]) -> None:
    words = "vier muizen dansen rustig over het oude plein terwijl een kat toekijkt en lacht om hun vreemde passen "
    assert why_not((words * 2)[:length]) == why


@pytest.mark.parametrize(
    "password", ["seven green umbrellas", "SEVENGREENUMBRELLAS", "73014729506183", "ёжик в тумане гуляет"]
)
def test_nothing_is_asked_of_the_kinds_of_letters(password: str) -> None:
    assert why_not(password) == []


@pytest.mark.parametrize(
    "password",
    [
        "passwordpassword", "PasswordPassword", "qwertyuiopasdfghjkl", "12345678901234567890", "1qaz2wsx3edc4rfv",
        "iloveyouforever", "iloveyouforever2026!", "aaaaaaaaaaaaaa", "abababababababab",
    ],
)  # fmt: skip
def test_what_others_have_used_is_refused_without_asking_anybody(password: str) -> None:
    assert "password_too_common" in why_not(password)


@pytest.mark.parametrize(
    "password",
    ["WrenStreet-2026!!", "wren street welcome", "alongside-alongside", "Welcome2Alongside!", "alice-adeyemi-99"],
)
def test_our_own_words_and_the_person_s_are_refused(password: str, alice: User) -> None:
    AboutUs.objects.create(name="Wren Street")
    assert "password_of_our_words" in why_not(password, alice)


def test_a_word_of_ours_within_a_long_password_is_no_harm(alice: User) -> None:
    assert why_not("alongside seven green umbrellas", alice) == []


@pytest.mark.parametrize(
    ("new", "says"),
    [
        ("too short", "Enter at least 14 letters, numbers or signs"),
        ("password1234567", "Others have used this one"),
        ("alice.adeyemi alice", "not made of your name"),
    ],
)
def test_changing_ones_password_says_what_to_do(
    new: str, says: str, alice: User, password: str, signed_in: Callable[[User], Browser]
) -> None:
    said = {"oldpassword": password, "password1": new, "password2": new}
    page = signed_in(alice).post(reverse("account_change_password"), said).content.decode()
    assert says in page
    assert "This password" not in page
