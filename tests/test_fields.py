"""Every field that holds words about somebody, and every role: who meets those words on any page of the site.

A word of its own is planted in each such field of every model, then every page is opened as every role. A field
that is new, or a model of which the records of `test_access` hold none, fails until it stands in the table.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.test import Client as Browser

from alongside.access.models import User
from alongside.care.actions import goals
from alongside.care.models import Client
from alongside.core import clock
from alongside.core.encryption import EncryptedDate, EncryptedList, EncryptedText
from alongside.instruments import loader
from alongside.measures.models import Correction, Response, Words
from tests.test_access import ROLES, ROWS, address, browser_of, records  # noqa: F401 - the fixture of that table

pytestmark = pytest.mark.django_db

BORN = date(1909, 11, 17)
NOT_OPENED = {"leave", "account_logout", "measures:hand-over"}  # pages that only end a session

# Who meets the words of a field somewhere. Alice works with the client, Bob and the lead are on her team.
TABLE = """
field                           who
access.Emergency.note           -
access.Emergency.why            lead
care.Client.address             alice bob lead
care.Client.born                alice bob lead
care.Client.email               alice bob lead
care.Client.known_as            alice bob lead
care.Client.name                alice bob lead
care.Client.needs               alice bob lead
care.Client.phone               alice bob lead
care.Client.postcode_area       alice bob lead
care.Client.pronouns            alice bob lead
care.Client.someone_close       alice bob lead
care.Contact.note               alice bob lead
care.Contact.place              alice bob lead
care.Event.words                alice bob lead
care.Goal.words                 alice bob lead
measures.Correction.became_words alice bob lead
measures.Correction.was_words   alice bob lead
measures.Correction.why         alice bob lead
measures.Mark.reason            alice bob lead
measures.Mark.strip             alice bob lead
measures.Page.picture           alice bob lead
measures.Part.content           -
measures.Words.words            alice bob lead
moderation.Decision.reason      lead
rights.Breach.done              lead
rights.Breach.ico_not_told_why  lead
rights.Breach.what              lead
rights.CompetenceNote.own_words alice bob lead
rights.CompetenceNote.why       alice bob lead
rights.Complaint.name           lead
rights.Complaint.outcome        lead
rights.Complaint.reach          lead
rights.Complaint.words          lead
rights.Hold.why                 lead
rights.LeftOut.reason           lead
rights.Opinion.role             lead
rights.Opinion.who              lead
rights.Request.decided_why      lead
rights.Request.identity_how     lead
rights.Request.longer_why       lead
todo.Task.title                 alice lead
voice.Assessment.signed_by      lead
voice.Note.text                 lead
voice.Told.needs                lead
voice.Told.updates              lead
"""
WHO = {row.split()[0]: set(row.split()[1:]) - {"-"} for row in TABLE.split("\n")[2:-1]}
NO_WORDS = {
    "access.User.password",  # a hash that no page knows
    "access.User.name", "access.User.email",  # colleagues know each other: docs/adr/0008
    "access.KeptForm.said",  # a whole form, given back to whoever typed it: tests/test_kept.py
    "access.Session.session_data", "measures.Correction.item", "measures.Words.item",
    "measures.Schedule.instrument", "reporting.Report.clients",  # keys, no words
    "voice.Document.content",  # the words of voice.Note as they were issued, kept as one sealed whole
    "rights.Kept.died_on",  # a date, of which the page says what follows from it
}  # fmt: skip


def in_words(field: models.Field) -> bool:
    """Whether somebody wrote it: text without a list to choose from, or a date that is encrypted."""
    written = isinstance(field, EncryptedText | models.CharField | models.TextField)
    return written and not field.choices and not field.is_relation and not field.primary_key


def held() -> dict[str, models.Field]:
    """Every such field that identifies somebody or tells about them."""
    found = {}
    for model in apps.get_models():
        private: Any = getattr(model, "Privacy", None)
        names = (*getattr(private, "identifying", ()), *getattr(private, "sensitive", ()))
        fields = [field for field in model._meta.local_fields if field.name in names and in_words(field)]
        found |= {f"{model._meta.label}.{field.name}": field for field in fields}
    return {name: field for name, field in found.items() if name not in NO_WORDS and not name.startswith("demo.")}


@pytest.fixture
def everything(records: dict[str, object], alice: User) -> dict[str, object]:  # noqa: F811
    """What the table of pages knows, and what only stands on a page."""
    client = Client.objects.get(pk=records["client"])
    goals.add_event(client=client, on=clock.today(), words="Moved", by=alice)
    response = Response.objects.get(pk=records["response"])
    first = loader.load("service-evaluation").items[0].key
    Words.objects.create(response=response, item=first, words="In words")
    Response.objects.filter(pk=response.pk).update(answers={first: {"words": True}})
    Correction.objects.create(
        response=response,
        item=first,
        was={"words": True},
        became={"words": True},
        was_words="Then",
        became_words="Now",
        why="Misread",
        by=alice,
    )
    return records


def plant() -> dict[str, str]:
    """Write a word of its own into every field; gives the words. They have letters that no token or key has."""
    words = {}
    for number, (name, field) in enumerate(sorted(held().items())):
        word = f"Ω{number:02d}Ψ"
        value: object = word
        if isinstance(field, EncryptedDate):
            value, word = BORN, f'"{BORN.year}"'  # as it stands in a form
        elif isinstance(field, EncryptedList):
            value = [word]
        for one in field.model._default_manager.all():
            setattr(one, field.name, value)
            one.save()
            words[name] = word
    return words


def test_every_field_is_in_the_table() -> None:
    assert sorted(held()) == sorted(WHO)


def test_who_meets_the_words_of_each_field(
    everything: dict[str, object],
    request: pytest.FixtureRequest,
    signed_in: Callable[[User], Browser],
) -> None:
    words = plant()
    assert sorted(set(WHO) - set(words)) == [], "the records hold none of these"
    met: dict[str, set[str]] = {name: set() for name in words}
    for role in ROLES:
        for page in ROWS.keys() - NOT_OPENED:
            answer = browser_of(role, request, signed_in).get(address(page, everything))
            said = b"".join(answer).decode(errors="replace")
            for name, word in words.items():
                if word in said:
                    met[name].add(role)
    assert met == WHO
