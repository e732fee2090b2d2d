"""What is not a key is no page, and never reaches the database."""

import re

import pytest
from django.test import Client as Browser

from alongside.access.models import User
from alongside.core.addresses import Key
from alongside.core.models import new_key

RECORDS = ("clients/{}", "people/{}", "forms/{}/", "responses/{}/", "reports/{}", "todo/{}/finish", "begin/{}/x")


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", ["%00", "a%00", "x", "A" * 32, "a" * 33])
def test_what_is_not_a_key_is_no_page(wrong: str, alice: User, lead: User, signed_in) -> None:
    for browser in (signed_in(alice), signed_in(lead), Browser()):
        assert {browser.get("/" + record.format(wrong)).status_code for record in RECORDS} == {404}


def test_every_key_that_is_made_is_one() -> None:
    made = new_key()
    assert re.fullmatch(Key.regex, made)
