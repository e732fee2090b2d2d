"""The page for loading a past workshop: blocks are proposed, a person puts them right, and nothing typed is lost."""

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client as Browser
from django.urls import reverse

from alongside.access.middleware import SECOND_FACTOR
from alongside.access.models import User
from alongside.core import clock
from alongside.voice.forms.loading import MOST_BOARDS
from alongside.voice.loading.reading import read
from alongside.voice.loading.tests.texts import PRINTED, TYPED
from alongside.voice.models import Note, Workshop
from alongside.voice.queries.loading import as_written

pytestmark = pytest.mark.django_db
PAGE = "/workshops/load"
FIELD = re.compile(
    r'<input[^>]*?name="(?P<name>[^"]+)"[^>]*?value="(?P<value>[^"]*)"|<textarea[^>]*?name="(?P<area>[^"]+)"[^>]*>(?P<text>.*?)</textarea>'
    r'|<select[^>]*?name="(?P<select>[^"]+)".*?<option value="(?P<chosen>[^"]*)"[^>]*? selected',
    re.DOTALL,
)  # fmt: skip


def fields(page: str) -> dict[str, str]:
    """What a browser would send back from a page as it stands."""
    found: dict[str, str] = {}
    for match in FIELD.finditer(page):
        name = match["name"] or match["area"] or match["select"]
        value = match["value"] or match["text"] or match["chosen"] or ""
        found[name] = unescape(value).removeprefix("\n").removeprefix("\r\n")
    return {name: value for name, value in found.items() if name != "csrfmiddlewaretoken"}


@pytest.fixture
def desk(signed_in: Callable[[User], Browser], lead: User) -> Browser:
    return signed_in(lead)


def look(desk: Browser, text: str = PRINTED, **said: str) -> dict[str, str]:
    first = fields(desk.get(PAGE).content.decode())
    page = desk.post(PAGE, {**first, "title": "Warm homes", "text": text, "agreed": "on", **said})
    assert page.status_code == 200
    return {name: value for name, value in fields(page.content.decode()).items() if name != "agreed"} | {"agreed": "on"}


def test_blocks_are_proposed_and_load_as_they_are(desk: Browser, lead: User) -> None:
    shown = look(desk)
    assert (shown["block-2-kind"], shown["block-2-heading"][:6], shown["block-0-line"]) == ("vote", "Voting", "10")
    assert not Workshop.objects.exists()
    done = desk.post(PAGE, shown)
    workshop = Workshop.objects.get()
    assert done.headers["Location"] == reverse("voice:document", args=[workshop.slug])
    assert (workshop.title, list(workshop.leads.all())) == ("Warm homes", [lead])
    assert as_written(workshop) == read(PRINTED).boards


def test_kinds_are_changed_and_blocks_are_joined_to_the_one_above(desk: Browser) -> None:
    shown = look(desk, TYPED)
    desk.post(PAGE, shown | {"block-0-kind": "words", "block-2-kind": "above", "block-3-kind": "discussion"})
    boards = as_written(Workshop.objects.get())
    assert boards[0].before == ("Plenary: getting started", "Why are we here?")
    assert boards[0].notes[-3:] == ("Breakout room B", "steps at the clinic", "no benches")
    assert boards[1].kind == "discussion"


def test_pressing_twice_loads_one(desk: Browser) -> None:
    shown = look(desk)
    assert [desk.post(PAGE, shown).status_code for _ in range(2)] == [302, 302]
    assert Workshop.objects.count() == 1


def test_without_leave_no_word_may_be_printed(desk: Browser) -> None:
    shown = look(desk)
    shown.pop("agreed")
    desk.post(PAGE, shown)
    assert all("verbatim" not in note.uses for note in Note.objects.all())


def test_a_mistake_keeps_what_was_typed(desk: Browser) -> None:
    shown = look(desk) | {"title": "", "block-1-heading": "long " * 30, "block-1-notes": "put right by hand"}
    page = desk.post(PAGE, shown).content.decode()
    assert "Enter what the workshop was called" in page
    assert fields(page)["block-1-notes"] == "put right by hand"
    assert 'href="#block-1-heading"' in page
    assert not Workshop.objects.exists()


def test_the_text_can_be_changed_and_comes_back_in_the_layout(desk: Browser) -> None:
    page = desk.post(PAGE, look(desk) | {"change": "1", "block-1-kind": "closing"}).content.decode()
    typed = fields(page)
    assert typed["title"] == "Warm homes"
    assert "== closing: Pair 2\n\nNobody asks the tenants" in typed["text"].replace("\r\n", "\n")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Enter the words of the workshop"),
        (" \n ", "There is no word in this text"),
        ("== brekout: A\n\ntea\n\n== vote: B", "Line 1: the heading names no kind"),
        ("\n\n".join(f"Pair {n}\n\ntea" for n in range(1, MOST_BOARDS + 2)), f"more than {MOST_BOARDS} boards"),
    ],
)
def test_a_text_that_cannot_be_read_is_shown_again_with_what_to_do(desk: Browser, text: str, said: str) -> None:
    page = desk.post(PAGE, {**fields(desk.get(PAGE).content.decode()), "title": "Warm homes", "text": text})
    assert said in unescape(page.content.decode())
    assert fields(page.content.decode())["title"] == "Warm homes"


def test_no_block_that_is_a_board_is_said(desk: Browser) -> None:
    shown = look(desk, "Pair 1\n\ntea") | {"block-0-kind": "words"}
    assert "Say for at least one block" in desk.post(PAGE, shown).content.decode()


def test_script_in_a_note_is_shown_as_words(desk: Browser) -> None:
    page = desk.post(
        PAGE,
        {**fields(desk.get(PAGE).content.decode()), "title": "A", "text": "Pair 1\n\n<script>alert(1)</script>"},
    )
    assert "<script>alert" not in page.content.decode()


def test_what_was_put_right_while_the_session_ended_is_kept(
    desk: Browser, lead: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = look(desk) | {"block-1-notes": "put right by hand"}
    later = clock.now() + timedelta(minutes=16)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert desk.post(PAGE, shown).status_code == 302
    desk.force_login(lead)
    session = desk.session
    session[SECOND_FACTOR] = True
    session.save()
    assert fields(desk.get(PAGE).content.decode())["block-1-notes"] == "put right by hand"
    assert not Workshop.objects.exists()
