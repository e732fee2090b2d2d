"""Prepares a home with many open forms, and counts afterwards; run as `python -m tests.killing prepare 1000`."""

import json
import os
import sys
from collections import Counter

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")
django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.core.management import call_command  # noqa: E402

from alongside.access import browsers  # noqa: E402
from alongside.access.middleware import SECOND_FACTOR  # noqa: E402
from alongside.access.models import User  # noqa: E402
from alongside.access.sessions import SessionStore  # noqa: E402
from alongside.audit import chain  # noqa: E402
from alongside.audit.models import Entry  # noqa: E402
from alongside.care.models import Episode  # noqa: E402
from alongside.measures.models import Questionnaire, Response  # noqa: E402
from benchmarks.people import fill  # noqa: E402

WORD = "w" * 43  # that the browser of the one who signs in here holds


def prepare(forms: int) -> dict[str, object]:
    """Make the forms, one for each client of a team, and sign somebody of that team in."""
    call_command("migrate", verbosity=0)
    fill(forms)
    episodes = list(Episode.objects.select_related("practitioner"))
    asked = [
        Questionnaire(
            client_id=episode.client_id, episode=episode, instrument="service-evaluation", version="1",
            occasion=Questionnaire.Occasion.FORTNIGHT, reader=episode.practitioner, opened_by=episode.practitioner,
            open=True,
        )
        for episode in episodes
    ]  # fmt: skip
    Questionnaire.objects.bulk_create(asked)
    Response.objects.bulk_create([Response(questionnaire=one, given="together") for one in asked])
    return {"forms": [one.pk for one in asked], "session": _signed_in(episodes[0].practitioner)}


def _signed_in(user: User) -> str:
    session = SessionStore()
    session.update(
        {
            SESSION_KEY: user.pk,
            BACKEND_SESSION_KEY: "allauth.account.auth_backends.AuthenticationBackend",
            HASH_SESSION_KEY: user.get_session_auth_hash(),
            SECOND_FACTOR: True,
            browsers.BOUND: browsers.digest(WORD, browsers.in_words("")),
        }
    )
    session.create()
    return f"{session.session_key}; browser={WORD}"


def count(keys: list[str]) -> dict[str, object]:
    """What is in the database of these forms."""
    found = {one.questionnaire_id: one for one in Response.objects.filter(questionnaire__in=keys)}
    responses = {one.pk for one in found.values()}
    did = Counter(
        (entry.did, entry.details["response"])
        for entry in Entry.objects.filter(did__in=["form.sent", "form.answered"])
        if entry.details["response"] in responses
    )
    return {
        "sent": sum(one.sent_at is not None for one in found.values()),
        "answers": {key: found[key].answers.get("self_harm_frequency") for key in keys},
        "twice": sum(times > 1 for times in did.values()),
        "rows": len(did),
        "break": chain.first_break(),
    }


if __name__ == "__main__":
    verb, said = sys.argv[1:]
    made = prepare(int(said)) if verb == "prepare" else count(json.load(sys.stdin))
    json.dump(made, sys.stdout)
