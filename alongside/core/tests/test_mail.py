"""One letter, one person, however it is addressed."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.core.mail import EmailMessage, mailers
from django.test import override_settings

from alongside.core.mail import ALONE, TooManyRecipients, every_mailer_writes_to_one

THROUGH = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture(autouse=True)
def site_mail() -> Iterator[None]:
    """The site's own mailer, over an outbox."""
    with override_settings(MAILERS={"default": {"BACKEND": ALONE, "OPTIONS": {"through": THROUGH}}}):
        yield


def letter(**addressed: Any) -> EmailMessage:
    return EmailMessage(subject="A message from us", body="Please sign in to read it.", **addressed)


@pytest.mark.parametrize(
    "addressed",
    [
        {"to": ["rowan@mail.example", "sam@mail.example"]},
        {"to": ["rowan@mail.example"], "cc": ["sam@mail.example"]},
        {"to": ["rowan@mail.example"], "bcc": ["sam@mail.example"]},
        {"bcc": ["rowan@mail.example", "sam@mail.example"]},
        {"to": ["rowan@mail.example, sam@mail.example"]},
        {"to": ["rowan@mail.example"], "headers": {"Cc": "sam@mail.example"}},
        {"to": ["rowan@mail.example"], "headers": {"BCC": "sam@mail.example"}},
    ],
    ids=["to", "cc", "bcc", "only bcc", "one text", "header", "header in capitals"],
)
def test_a_letter_to_two_people_is_refused_and_nobody_is_named(addressed: Any) -> None:
    with pytest.raises(TooManyRecipients) as refused:
        letter(**addressed).send()
    assert mail.outbox == []
    assert "example" not in str(refused.value)


def test_a_letter_to_one_person_goes() -> None:
    letter(to=["Rowan <rowan@mail.example>"]).send()
    letter(to=["rowan@mail.example"], headers={"To": "ROWAN@mail.example"}).send()
    assert [one.to for one in mail.outbox] == [["Rowan <rowan@mail.example>"], ["rowan@mail.example"]]


def test_one_letter_to_two_people_among_many_holds_all_of_them_back() -> None:
    one, two = letter(to=["rowan@mail.example"]), letter(to=["a@mail.example", "b@mail.example"])
    with pytest.raises(TooManyRecipients):
        mailers.default.send_messages([one, two])
    assert mail.outbox == []


def test_mass_mail_is_one_letter_each_or_none() -> None:
    each = [("Hello", "Come in.", "us@wrenstreet.example", [who]) for who in ("a@mail.example", "b@mail.example")]
    assert mail.send_mass_mail(each) == 2
    with pytest.raises(TooManyRecipients):
        mail.send_mass_mail([("Hello", "Come in.", "us@wrenstreet.example", ["a@mail.example", "b@mail.example"])])
    with pytest.raises(TooManyRecipients):
        mail.send_mail("Hello", "Come in.", "us@wrenstreet.example", ["a@mail.example", "b@mail.example"])


def test_a_mailer_that_goes_round_it_is_found() -> None:
    assert every_mailer_writes_to_one() == []
    with override_settings(MAILERS={**settings.MAILERS, "other": {"BACKEND": THROUGH}}):
        assert ["“other”" in found.msg for found in every_mailer_writes_to_one()] == [True]
