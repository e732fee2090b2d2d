"""Measures the page of a client's measures over time: milliseconds of the server, every middleware included.

One client with PHQ-9, GAD-7 and CORE-10, ten forms of each and then a hundred, in a home of its own. The page is asked
for through Django's handler as a server asks, by a worker who is signed in; the look is written in the audit each time.
"""

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

MEASURES = ("phq9", "gad7", "core10")
WARM, TIMES = 5, 50
ROOT = Path(__file__).parents[1]


def fill(forms: int) -> tuple[str, str]:
    """Make a client with this many forms of each measure; return their key and their worker's e-mail address."""
    from alongside.care.models import Episode
    from alongside.core import clock
    from alongside.instruments import loader
    from alongside.measures.models import Questionnaire, Response
    from benchmarks.people import fill as people

    people(75)
    episode = Episode.objects.open().select_related("practitioner")[0]
    chance, asked, sent = random.Random(1), [], []
    for measure in MEASURES:
        form = loader.load(measure)
        for place in range(forms):
            one = Questionnaire(
                client_id=episode.client_id, episode=episode, instrument=form.key, version=form.version,
                occasion="review", reader=episode.practitioner, opened_by=episode.practitioner,
            )  # fmt: skip
            answers = {
                item.key: {"value": float(chance.randint(int(item.low), int(item.high))), "how": "choice"}
                for item in form.items
            }
            at = clock.now() - timedelta(days=7 * (forms - place))
            asked.append(one)
            sent.append(Response(questionnaire=one, answers=answers, given="together", sent_at=at))
    Questionnaire.objects.bulk_create(asked)
    Response.objects.bulk_create(sent)
    return episode.client_id, episode.practitioner.email


def measure(forms: int) -> None:
    """Ask for the page many times in one process and print the times."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.test import Client as Browser

    call_command("migrate", verbosity=0)
    client, email = fill(forms)
    browser = Browser(HTTP_HOST="localhost")
    sign_in(browser, email)
    for view in ("charts", "table"):
        took, size = [], 0
        for _ in range(WARM + TIMES):
            began = time.perf_counter()
            answer = browser.get(f"/clients/{client}/measures", {"view": view})
            took.append((time.perf_counter() - began) * 1_000)
            size = len(answer.content)
            if answer.status_code != 200 or answer.content.count(b'<section class="one') != len(MEASURES):
                raise RuntimeError(f"the page answered {answer.status_code}")
        took = took[WARM:]
        print(
            f"{len(MEASURES)} measures, {forms} forms of each, {view}: median {statistics.median(took):.1f} ms, "
            f"worst of {TIMES} {max(took):.1f} ms, {size / 1_000:.0f} KB"
        )


def sign_in(browser: object, email: str) -> None:
    """Give the browser a session as the worker's own has it, the second factor included."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from alongside.access import browsers
    from alongside.access.middleware import SECOND_FACTOR
    from alongside.access.models import User
    from alongside.access.sessions import SessionStore

    user, session, secret = User.objects.get(email=email), SessionStore(), "w" * 43
    session.update(
        {
            SESSION_KEY: user.pk,
            BACKEND_SESSION_KEY: "allauth.account.auth_backends.AuthenticationBackend",
            HASH_SESSION_KEY: user.get_session_auth_hash(),
            SECOND_FACTOR: True,
            browsers.BOUND: browsers.digest(secret, browsers.in_words("")),
        }
    )
    session.create()
    browser.cookies.load({"session": session.session_key, "browser": secret})  # type: ignore[attr-defined]


def main() -> None:
    """Measure ten forms and a hundred, each in a process and a home of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("forms", type=int, nargs="*", default=[10, 100])
    parser.add_argument("--here", type=int, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.here:
        measure(chosen.here)
        return
    for forms in chosen.forms:
        with tempfile.TemporaryDirectory() as folder:
            environment = os.environ | {
                "ALONGSIDE_HOME": f"{folder}/home", "DJANGO_SETTINGS_MODULE": "alongside.config.settings",
                "PYTHONPATH": str(ROOT),
            }  # fmt: skip
            command = [sys.executable, __file__, "--here", str(forms)]
            subprocess.run(command, env=environment, cwd=ROOT, check=True)


if __name__ == "__main__":
    main()
