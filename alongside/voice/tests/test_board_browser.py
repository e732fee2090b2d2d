"""A board in a real browser: what one writes stands on the other’s screen, and what waits is sent once."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from alongside.core.tests.running import script, serving
from alongside.voice.tests.test_live_served import SEATED

COUNT = "from alongside.voice.models import Note\nprint(Note.objects.count())"


@pytest.fixture
def served(home: Path) -> Iterator[tuple[Path, str, str, str]]:
    """A home, its address, a board and the seat’s cookie."""
    board, cookie = json.loads(script(home, SEATED))
    with serving(home) as (_process, port):
        yield home, f"http://localhost:{port}", board, cookie.partition("=")[2]


def opened(browser: Browser, address: str, board: str, seat: str) -> tuple[BrowserContext, Page, list[str]]:
    context = browser.new_context()
    context.add_cookies([{"name": "seat", "value": seat, "domain": "localhost", "path": "/w/"}])
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.goto(f"{address}/w/boards/{board}/")
    return context, page, wrong


def test_a_note_comes_by_itself_and_one_that_waited_is_sent_once(
    served: tuple[Path, str, str, str], browser: Browser, axe: str
) -> None:
    home, address, board, seat = served
    mine, page, wrong = opened(browser, address, board, seat)
    theirs, other, also = opened(browser, address, board, seat)
    page.get_by_label("Your note").fill("A kettle <b>and</b> a chair")
    page.get_by_role("button", name="Add a note").click()
    expect(other.locator(".note")).to_have_count(1)
    expect(other.locator(".note .text")).to_have_text("A kettle <b>and</b> a chair")
    expect(page.locator("#said")).to_have_text("Your note is on the board.")
    expect(page.locator(".note").get_by_role("link", name="Change")).to_be_visible()
    page.evaluate(axe)
    found = page.evaluate("axe.run().then((done) => done.violations.map((one) => one.id))")
    assert (found, wrong, also) == ([], [], [])
    mine.set_offline(True)
    page.get_by_label("Your note").fill("Somebody who stays")
    page.get_by_role("button", name="Add a note").click()
    expect(page.locator("#waiting")).to_contain_text("1 note is waiting to be sent.")
    expect(page.locator(".note--waiting")).to_have_count(1)
    mine.set_offline(False)
    expect(other.locator(".note")).to_have_count(2, timeout=15_000)
    expect(page.locator(".note--waiting")).to_have_count(0)
    expect(page.locator("#waiting")).to_have_text("")
    page.reload()
    expect(page.locator(".note")).to_have_count(2)
    page.locator(".note").first.get_by_role("button", name="Take back").click()
    expect(other.locator(".note")).to_have_count(1)
    assert script(home, COUNT).strip() == "2", "one is taken back, and none stands there twice"
    for context in (mine, theirs):
        context.close()
