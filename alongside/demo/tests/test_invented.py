"""What is invented: the same for the same day, whole, plausible, and never readable in the file."""

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from alongside.core.tests.running import script, serving
from alongside.demo.tests.conftest import fill

FIGURES = """
import hashlib, json
from collections import Counter
from datetime import date
from alongside.access.models import Relationship, User
from alongside.audit.chain import first_break
from alongside.care.models import Client, Contact, Episode, Event, Goal, GoalRating, Referral
from alongside.information.models import Helpline, Offer
from alongside.measures.models import Correction, Questionnaire, Response
from alongside.reporting.models import Grant
from alongside.rights.models import Complaint, Consent, Request
from alongside.todo.models import Task

CARE = (Client, Contact, Episode, Event, Goal, GoalRating, Referral)
ALL = (*CARE, Complaint, Consent, Correction, Questionnaire, Request, Response, Relationship, Task)
for model in ALL:
    for row in model.objects.all():
        row.clean_fields()
for response in Response.objects.select_related("questionnaire"):
    response.clean()
said = sorted(
    json.dumps([r.questionnaire.client.code, r.questionnaire.client.called, str(r.sent_at), r.answers], sort_keys=True)
    for r in Response.objects.select_related("questionnaire__client")
)
amara = User.objects.get(name="Amara Osei")
today = Contact.objects.filter(episode__practitioner=amara, starts_at__date=date(2026, 11, 23)).order_by("starts_at")
open_episodes = Episode.objects.open()
seen = set(Relationship.objects.open().filter(kind="caseload").values_list("user", "subject_key"))
print(json.dumps({
    "rows": {model.__name__: model.objects.count() for model in ALL},
    "roles": Counter(User.objects.values_list("role", flat=True)),
    "passwords": sum(user.has_usable_password() for user in User.objects.all()),
    "said": hashlib.sha256("".join(said).encode()).hexdigest(),
    "today": [[c.episode.client.called, c.starts_at.strftime("%H:%M"), c.outcome] for c in today],
    "caseload": Episode.objects.open().worked_by(amara).count(),
    "open": sorted(task.title for task in Task.objects.open()),
    "endings": Counter(Episode.objects.exclude(ending="").values_list("ending", flat=True)),
    "outcomes": Counter(Contact.objects.values_list("outcome", flat=True)),
    "occasions": Counter(Questionnaire.objects.values_list("occasion", flat=True)),
    "again": Referral.objects.exclude(previous=None).count(),
    "nameless": sum(not client.name for client in Client.objects.all()),
    "grants": Grant.objects.count(),
    "offers": Offer.objects.count(),
    "helplines": Helpline.objects.filter(live=True).count(),
    "first": str(min(Episode.objects.values_list("started_on", flat=True))),
    "last": str(max(Referral.objects.values_list("received_on", flat=True))),
    "unseen": [e.pk for e in open_episodes if (e.practitioner_id, e.client_id) not in seen],
    "late": Response.objects.filter(sent_at__gt="2026-11-24").count(),
    "broken": first_break(),
}))
"""
WORDS = """
import json
from alongside.core.encryption import EncryptedText
from alongside.instruments import loader
from alongside.measures.answers import How
from django.apps import apps
from django.db import models
who, said, public, published = [], [], [], []
STAFF = {"information", "access", "addressbook", "rights"}
WORKSHOPS = {"voice", "moderation"}  # titles of themes and what became of them are published, as their records say
IDENTITY = {"name", "known_as", "address", "email", "someone_close"}
for model in apps.get_models():
    room, rows = model._meta.app_label, list(model._default_manager.all())
    for field in model._meta.concrete_fields:
        values = [getattr(row, field.attname) for row in rows]
        public += [str(word) for choice in field.flatchoices for word in choice]
        if isinstance(field, EncryptedText):
            texts = [" ".join(value) if isinstance(value, list) else str(value) for value in values]
            (who if field.name in IDENTITY else said).extend(texts)
        elif room == "reporting" or (room in WORKSHOPS and field.name in getattr(model.Privacy, "public", ())):
            published += [bytes(v).decode("utf-8", "replace") if isinstance(v, bytes) else str(v) for v in values]
        elif isinstance(field, models.CharField | models.TextField):
            if room in STAFF or model._meta.label == "care.Service":
                public += [str(value) for value in values]
public += [item.key.replace("_", " ") for key in loader.keys() for item in loader.load(key).questions]
public += [str(how) for how in How]
print(json.dumps([who, said, public, published]))
"""
WORD = re.compile(r"[^\W\d_]{5,}")
SEALED = re.compile(rb"[A-Za-z0-9+/=]{24,}")  # anything this long without a space is no word


@pytest.fixture(scope="module")
def figures(prepared: Path) -> dict[str, Any]:
    return dict(json.loads(script(prepared, FIGURES, demo="1")))


def test_the_same_day_gives_the_same_figures(figures: dict[str, Any], tmp_path: Path) -> None:
    again = json.loads(script(fill(tmp_path / "again"), FIGURES, demo="1"))
    assert again == figures


def test_it_is_an_organisation_in_full_swing(figures: dict[str, Any]) -> None:
    assert figures["rows"]["Client"] == 300
    assert figures["roles"] == {"practitioner": 6, "lead": 2, "funder reader": 3, "evaluator": 1, "administrator": 1}
    assert set(figures["endings"]) == {"planned", "unplanned", "moved on"}
    assert set(figures["outcomes"]) == {"planned", "came", "cancelled", "did not come"}
    assert figures["occasions"]["before"] == figures["occasions"]["after"] >= 20
    assert figures["rows"]["Response"] > 1000
    assert figures["rows"]["Correction"] == 2
    assert (figures["again"] >= 5, figures["nameless"] >= 10) == (True, True)
    assert (figures["grants"], figures["offers"], figures["helplines"] > 4) == (5, 6, True)
    assert figures["first"].startswith("2024")
    assert figures["last"] <= "2026-11-23"


def test_amara_has_a_day_ahead_of_her(figures: dict[str, Any]) -> None:
    assert figures["today"] == [
        ["Dev Pillai", "10:00", "planned"],
        ["Rowan", "11:30", "planned"],
        ["Leah Stanmore", "13:00", "planned"],
        ["M.", "14:30", "planned"],
        ["Niamh Doyle-Fenn", "16:30", "planned"],
    ]
    assert figures["caseload"] == 13
    assert len(figures["open"]) == 3
    assert "Please check in with Tomasz" in figures["open"]


def test_jo_has_something_to_answer_about_data(figures: dict[str, Any]) -> None:
    assert {one: figures["rows"][one] for one in ("Complaint", "Consent", "Request")} == {
        "Complaint": 1, "Consent": 9, "Request": 2,
    }  # fmt: skip
    assert "Please read a complaint about data" in figures["open"]


def test_it_is_kept_like_real_records(figures: dict[str, Any]) -> None:
    assert figures["unseen"] == []
    assert figures["late"] == 0
    assert figures["broken"] is None
    assert figures["passwords"] == 0


def words(texts: list[str]) -> set[str]:
    return {word for text in texts for word in WORD.findall(text)}


def raw(home: Path) -> Iterator[bytes]:
    for file in home.glob("alongside.sqlite3*"):
        yield SEALED.sub(b" ", file.read_bytes())


def test_no_name_address_or_word_of_a_client_is_in_the_file(prepared: Path) -> None:
    who, said, public, published = (words(texts) for texts in json.loads(script(prepared, WORDS, demo="1")))
    with closing(sqlite3.connect(prepared / "alongside.sqlite3")) as database:
        schema = words([sql for (sql,) in database.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")])
    theirs = (who - public - schema) | (said - public - schema - published)
    assert {"Ellery", "Stanmore", "Quarry", "Tuesday", "choir", "allotment"} <= theirs
    with serving(prepared, "demo"):  # so that the write-ahead log is there too
        held = list(raw(prepared))
    assert len(held) >= 3
    for content in held:
        assert theirs & words([content.decode("utf-8", errors="replace")]) == set()


def test_the_search_would_find_a_word_that_leaked(prepared: Path) -> None:
    assert any(b"Wren Street" in content for content in raw(prepared))
