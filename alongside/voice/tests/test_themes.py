"""Gathering: notes go into themes by a form, and everybody’s wall is told of it."""

from collections.abc import Callable

import pytest
from django.test import Client as Browser
from django.urls import reverse

from alongside.access.models import User
from alongside.audit.models import DayNote, Entry
from alongside.core.models import new_key
from alongside.voice.actions import moderating, notes, phases, themes
from alongside.voice.models import Board, BoardEvent, Group, Note, Phase, Seat, Theme
from alongside.voice.queries.moderating import clauses

pytestmark = pytest.mark.django_db


@pytest.fixture
def gather(phase: Phase, lead: User) -> Phase:
    part = Phase.objects.create(session=phase.session, place=2, kind=Phase.Kind.GATHER)
    return phases.begin(phase=part, by=lead)


@pytest.fixture
def wall(gather: Phase) -> Board:
    return gather.boards.get()


@pytest.fixture
def note(board: Board, seat: Seat, gather: Phase) -> Note:
    return notes.add(board=board, seat=seat, text="A lamp at the door", key=new_key())


@pytest.fixture
def light(group: Group, lead: User) -> Theme:
    return themes.add(group=group, title="Light", by=lead)


def moved(browser: Browser, page: str, note: Note, **said: str):
    return browser.post(reverse(page, args=[note.pk]), said, headers={"accept": "application/json"})


def test_whoever_leads_moves_a_note_with_and_without_a_script(
    wall: Board, note: Note, light: Theme, lead: User, signed_in: Callable[[User], Browser]
) -> None:
    browser = signed_in(lead)
    assert browser.post(reverse("voice:move-note", args=[note.pk]), {"theme": light.pk}).url == reverse(
        "voice:board", args=[wall.pk]
    )
    note.refresh_from_db()
    assert note.theme == light
    assert moved(browser, "voice:move-note", note, theme="").json() == {"theme": None, "title": ""}
    answer = moved(browser, "voice:move-note", note, theme="new", title="The way in").json()
    note.refresh_from_db()
    assert answer == {"theme": note.theme_id, "title": "The way in"}
    kinds = BoardEvent.objects.filter(board=wall).order_by("number").values_list("kind", flat=True)
    assert list(kinds)[-4:] == ["note", "note", "theme", "note"]
    assert Entry.objects.filter(did="note.moved").count() == 3
    page = browser.get(reverse("voice:board", args=[wall.pk])).content.decode()
    assert page.count("The way in") > 1


def test_what_cannot_be_done_is_said(
    wall: Board, note: Note, light: Theme, lead: User, signed_in: Callable[[User], Browser]
) -> None:
    browser = signed_in(lead)
    assert "name first" in moved(browser, "voice:move-note", note, theme="new", title=" ").json()["error"]
    assert moved(browser, "voice:move-note", note, theme=new_key()).status_code == 409
    themes.merge(theme=light, into=themes.add(group=light.group, title="Safety", by=lead), by=lead)
    assert "not here any more" in moved(browser, "voice:move-note", note, theme=light.pk).json()["error"]


def test_those_who_take_part_gather_only_where_the_part_says_so(
    wall: Board, gather: Phase, note: Note, light: Theme, seat: Seat, browser_at: Callable[[Seat], Browser]
) -> None:
    browser, written = browser_at(seat), Entry.objects.count()
    assert "data-move" not in browser.get(reverse("w:board", args=[wall.pk])).content.decode()
    assert moved(browser, "w:move", note, theme=light.pk).status_code == 409
    browser.post(reverse("w:add-theme", args=[wall.pk]), {"title": "Chairs"})
    assert Theme.objects.count() == 1
    Phase.objects.filter(pk=gather.pk).update(gathered_by_all=True)
    assert "data-move" in browser.get(reverse("w:board", args=[wall.pk])).content.decode()
    assert moved(browser, "w:move", note, theme=light.pk).json()["title"] == "Light"
    browser.post(reverse("w:add-theme", args=[wall.pk]), {"title": "Chairs"})
    assert Theme.objects.count() == 2
    assert Entry.objects.count() == written
    assert set(DayNote.objects.filter(board=wall.pk).values_list("kind", flat=True)) == {"note.moved", "theme.added"}


def test_a_theme_is_renamed_split_and_merged_on_its_page(
    wall: Board, board: Board, seat: Seat, note: Note, light: Theme, lead: User, signed_in: Callable[[User], Browser]
) -> None:
    second = notes.add(board=board, seat=seat, text="A bell", key=new_key())
    for one in (note, second):
        themes.move(note=one, theme=light, by=lead)
    browser, page = signed_in(lead), reverse("voice:theme", args=[light.pk])
    browser.post(page, {"do": "rename", "title": "The door"})
    answer = browser.post(page, {"do": "split", "split-title": "Sound", "split-notes": [note.pk, second.pk]})
    assert "leave at least one" in answer.content.decode()
    browser.post(page, {"do": "split", "split-title": "Sound", "split-notes": [second.pk]})
    sound = Theme.objects.get(title="Sound")
    second.refresh_from_db()
    assert second.theme == sound
    browser.post(page, {"do": "merge", "into": sound.pk})
    light.refresh_from_db()
    assert (light.title, light.merged_into) == ("The door", sound)
    assert set(Note.objects.values_list("theme", flat=True)) == {sound.pk}
    assert browser.get(page).status_code == 404
    last = BoardEvent.objects.filter(board=wall, kind="theme").order_by("-number")[0]
    assert last.payload == {"theme": light.pk}


def test_a_theme_without_notes_stays(
    wall: Board, light: Theme, seat: Seat, browser_at: Callable[[Seat], Browser]
) -> None:
    assert "Light" in browser_at(seat).get(reverse("w:board", args=[wall.pk])).content.decode()


def test_themes_of_others_are_no_page(light: Theme, bob: User, signed_in: Callable[[User], Browser]) -> None:
    bob.role = "facilitator"
    bob.save()
    assert signed_in(bob).get(reverse("voice:theme", args=[light.pk])).status_code == 404


def test_notes_that_are_hidden_or_held_are_moved_by_nobody_who_takes_part(
    wall: Board, gather: Phase, note: Note, light: Theme, seat: Seat, lead: User, browser_at: Callable[[Seat], Browser]
) -> None:
    Phase.objects.filter(pk=gather.pk).update(gathered_by_all=True)
    moderating.hold(note=note, clause=clauses()[0], by=lead)
    assert moved(browser_at(seat), "w:move", note, theme=light.pk).status_code == 404
