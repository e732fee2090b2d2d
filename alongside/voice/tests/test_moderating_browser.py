"""In real browsers: a facilitator keeps a note back, its writer alone reads why, and one seat sees a quiet offer."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from alongside.core.tests.running import script, serving
from alongside.voice.tests.test_live_served import SEATED

SEEN_AS = "Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0"
SIGNED_IN = f"""
from django.conf import settings
from django.test import Client
from alongside.access.middleware import SECOND_FACTOR
settings.ALLOWED_HOSTS = ["*"]
browser = Client(HTTP_USER_AGENT={SEEN_AS!r})
browser.force_login(User.objects.get())
session = browser.session
session[SECOND_FACTOR] = True
session.save()
browser.get("/help")
other = seats.take(workshop=workshop, uses=[])
print(json.dumps({{name: one.value for name, one in browser.cookies.items()}}))
print(json.dumps(cookies.signed(other.pk)))
"""


@pytest.fixture
def served(home: Path) -> Iterator[tuple[str, str, list[str], dict[str, str]]]:
    """Its address, a board, two seats’ cookies, and those of somebody who leads."""
    seated, staff, other = map(json.loads, script(home, SEATED + SIGNED_IN).splitlines())
    with serving(home) as (_process, port):
        yield f"http://localhost:{port}", seated[0], [seated[1].partition("=")[2], other], staff


def opened(browser: Browser, address: str, cookies: dict[str, str], path: str) -> tuple[Page, list[str]]:
    context = browser.new_context(user_agent=SEEN_AS)
    context.add_cookies(
        [{"name": name, "value": value, "domain": "localhost", "path": "/"} for name, value in cookies.items()]
    )
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(address + path)
    return page, wrong


def test_a_note_is_kept_back_and_support_is_offered_and_one_seat_alone_sees_it(
    served: tuple[str, str, list[str], dict[str, str]], browser: Browser, axe: str
) -> None:
    address, board, seats, staff = served
    leads, first = opened(browser, address, staff, f"/workshops/boards/{board}/")
    mine, second = opened(browser, address, {"seat": seats[0]}, f"/w/boards/{board}/")
    theirs, third = opened(browser, address, {"seat": seats[1]}, f"/w/boards/{board}/")
    mine.get_by_label("Your note").fill("Somebody like Wren Hill")
    mine.get_by_role("button", name="Add a note").click()
    expect(theirs.locator(".note")).to_have_count(1)
    card = leads.locator(".note")
    card.locator(".back summary").click()
    card.get_by_role("button", name="Set aside").click()
    expect(card.locator("[data-error]")).to_contain_text("Choose why first")
    card.get_by_label("Why").select_option(index=4)
    card.get_by_label("A word for whoever wrote it").fill("Could you say it without the name?")
    card.get_by_role("button", name="Hold").click()
    expect(theirs.locator(".note")).to_have_count(0)
    expect(mine.locator(".note [data-why]")).to_contain_text("Could you say it without the name?")
    expect(mine.locator("#said")).to_contain_text("This note waits")
    clean(mine, axe)
    clean(leads, axe)
    card.get_by_role("button", name="Show").click()
    expect(mine.locator(".note [data-why]")).to_have_count(0)
    expect(theirs.locator(".note")).to_have_count(1)
    card.get_by_role("button", name="Offer support").click()
    expect(leads.locator("#said")).to_contain_text("nobody is told whether they do")
    mine.reload()
    theirs.reload()
    expect(mine.get_by_role("heading", name="Only you can see this")).to_be_visible()
    expect(theirs.get_by_role("heading", name="Only you can see this")).to_be_hidden()
    clean(mine, axe)
    assert [*first, *second, *third] == []


def clean(page: Page, axe: str) -> None:
    page.evaluate(axe)
    found: Any = page.evaluate("axe.run().then((done) => done.violations.map((one) => one.id))")
    assert found == []
