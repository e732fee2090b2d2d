"""No page of a record scrolls sideways, on a phone or on a desk, whatever anybody typed."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.contrib.staticfiles.finders import find
from django.db import connection
from django.test import Client as Browser
from django.urls import reverse

from alongside.access.models import User
from alongside.addressbook.actions import add_organisation
from alongside.addressbook.models import Organisation
from alongside.care.actions import clients, contacts, goals
from alongside.care.models import Client, Episode
from alongside.core import clock

LONG = "W" * 300
SHEET = re.compile(r'href="/static/([\w/]+\.css)')
OF_RECORD = ["client", "contacts", "change", "contact", "contact_change", "goal", "rate", "event", "episode", "end"]

pytestmark = pytest.mark.skipif(connection.vendor == "postgresql", reason="a page is as wide on SQLite")


@pytest.fixture
def addresses(client_of_alice: Client, episode: Episode, alice: User, at, meet) -> list[str]:
    """Pages that show words of 300 letters and a long list entry."""
    long_name = "Calderford and District Community Mental Health and Wellbeing Partnership"
    add_organisation(name=long_name, kind=Organisation.Kind.REFERRER, by="test")
    said = {"phone": LONG, "address": LONG, "someone_close": LONG, "needs": [LONG], "pronouns": LONG}
    clients.change(client=client_of_alice, revision=1, by=alice, **said)
    contact: contacts.Contact = meet(episode, at(0, 11), place=LONG, note=LONG, mode="phone", outcome="came")
    meet(episode, at(0, 10), place="Calderford Community Centre")
    meet(episode, at(0, 15), place=LONG)
    goal = goals.add(client=client_of_alice, words=LONG, added_on=clock.today(), by=alice)
    aside = goals.add(client=client_of_alice, words=LONG, added_on=clock.today(), by=alice)
    goals.set_aside(goal=aside, on=clock.today(), by=alice)
    goals.add_event(client=client_of_alice, on=clock.today(), words=LONG, by=alice)
    more = {"contact_change": [contact.pk], "rate": [goal.pk], "end": [episode.pk]}
    of_record = [reverse(f"care:{name}", args=[client_of_alice.pk, *more.get(name, [])]) for name in OF_RECORD]
    return [*of_record, *map(reverse, ("today", "care:clients", "care:add", "care:contact_pick"))]


def test_no_page_scrolls_sideways(addresses: list[str], signed_in, alice: User, tmp_path: Path) -> None:
    browser: Browser = signed_in(alice)
    saved = []
    for address in addresses:
        page = browser.get(address).content.decode()
        for sheet in SHEET.findall(page):
            page = page.replace(f"/static/{sheet}", Path(find(sheet)).as_uri())
        saved.append(tmp_path / f"{len(saved)}{address.replace('/', '-')}.html")
        saved[-1].write_text(page, "utf-8")
    command = [sys.executable, "-m", "alongside.care.tests.widths", *(file.as_uri() for file in saved)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("", "")
