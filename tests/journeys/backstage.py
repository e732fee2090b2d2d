"""Works in the site's own environment: gives people passwords, signs them in, lets time pass.

Run as `python -m tests.journeys.backstage`; each line it reads is [verb, words…], and each line it writes the answer.
"""

import json
import os
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")
django.setup()

from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value  # noqa: E402
from django.conf import settings  # noqa: E402
from django.core.cache import cache  # noqa: E402
from django.test import Client as Browser  # noqa: E402
from django.urls import reverse  # noqa: E402

from alongside.access.middleware import SECOND_FACTOR  # noqa: E402
from alongside.access.models import User  # noqa: E402
from alongside.access.roles import Role  # noqa: E402
from alongside.access.sessions import SessionStore  # noqa: E402
from alongside.care.actions import arrivals  # noqa: E402
from alongside.care.models import Client, Referral, Service  # noqa: E402
from alongside.care.queries import visible_to  # noqa: E402
from alongside.core import clock  # noqa: E402
from alongside.core.models import new_key  # noqa: E402

PASSWORD = "a kettle and two cups"  # noqa: S105 - invented, like the people
A_CODE_LASTS, LONG_ENOUGH = 30, 5  # seconds
FIRST, SECOND = (
    ("Ash", "Birch", "Coombe", "Dun", "Ell", "Farrow", "Gar"),
    ("ton", "ley", "well", "more", "side", "field"),
)
SURNAMES = (first + second for second in SECOND for first in FIRST)
secrets: dict[str, str] = {}


def give_passwords() -> str:
    """Give every practitioner the same password, and each an authenticator; before anybody is signed in."""
    for user in User.objects.filter(role=Role.PRACTITIONER):
        user.set_password(PASSWORD)
        user.save()
        secrets[user.name] = generate_totp_secret()
        TOTP.activate(user, secrets[user.name])
    return PASSWORD


def code(name: str) -> str:
    """What somebody's authenticator shows; the next one when this one is about to go.

    The site forgets which codes were used, so that nobody here waits half a minute to sign in again.
    """
    cache.clear()
    left = A_CODE_LASTS - time.time() % A_CODE_LASTS
    time.sleep(left if left < LONG_ENOUGH else 0)
    return format_hotp_value(hotp_value(secrets[name], int(time.time()) // A_CODE_LASTS))


def email(name: str) -> str:
    """What somebody signs in with."""
    return User.objects.get(name=name).email


def session(name: str) -> str:
    """A session of somebody who has signed in with password and code."""
    browser = Browser()
    browser.force_login(User.objects.get(name=name), backend=settings.AUTHENTICATION_BACKENDS[0])
    held = browser.session
    held[SECOND_FACTOR] = True
    held.save()
    return str(held.session_key)


def an_hour_passes(key: str) -> None:
    """Let an hour pass in a session without a page."""
    held = SessionStore(key)
    held["seen"] -= 60 * 60
    held.save()


def page_of(name: str) -> str:
    """The address of a client's page."""
    return next(_page(client) for client in Client.objects.all() if client.name == name)


def page_hidden_from(worker: str) -> str:
    """The address of the page of a client whom somebody may not see."""
    seen = visible_to(User.objects.get(name=worker)).values("pk")
    return _page(Client.objects.exclude(pk__in=seen).order_by("code")[0])


def code_hidden_from(worker: str) -> str:
    """The code of the same client."""
    return Client.objects.get(pk=page_hidden_from(worker).rstrip("/").rpartition("/")[2]).code


def new_client_of(worker: str) -> list[str]:
    """The name and the page of somebody whose counselling with this worker begins today."""
    who, today, name = User.objects.get(name=worker), clock.today(), f"Robin {next(SURNAMES)}"
    came = {"way": Referral.Way.SELF, "sent_by": None, "received_on": today, "started_on": today, "funder": None}
    service = Service.objects.get(name="Counselling")
    client = arrivals.welcome(name=name, service=service, practitioner=who, by=who, key=new_key(), **came)
    return [name, _page(client)]


def _page(client: Client) -> str:
    return reverse("care:client", args=[client.pk])


VERBS = {
    verb.__name__: verb
    for verb in (
        give_passwords,
        code,
        email,
        session,
        an_hour_passes,
        page_of,
        page_hidden_from,
        code_hidden_from,
        new_client_of,
    )
}

if __name__ == "__main__":
    for line in sys.stdin:
        asked, *words = json.loads(line)
        print(json.dumps(VERBS[asked](*words)), flush=True)  # noqa: T201 - the answer
