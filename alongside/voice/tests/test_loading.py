"""A past workshop is loaded whole, tied together by its titles, and comes out again as it went in."""

import json

import pytest

from alongside.access.models import User
from alongside.audit.models import Entry
from alongside.voice.actions import loading
from alongside.voice.loading import exchange, layout
from alongside.voice.loading.boards import Past
from alongside.voice.loading.reading import read
from alongside.voice.loading.tests.texts import CROWDED, PRINTED, TYPED
from alongside.voice.models import Board, KeyIssue, Note, Phase, Session, Theme, Workshop
from alongside.voice.queries.loading import as_written, free_slug

pytestmark = pytest.mark.django_db


def load(text: str, lead: User, *, title: str = "Warm homes", agreed: bool = True) -> Workshop:
    return loading.load(boards=read(text).boards, title=title, leads=[lead], agreed=agreed, by=lead.pk)


@pytest.mark.parametrize("text", [PRINTED, TYPED, CROWDED])
def test_what_was_loaded_comes_out_as_it_went_in(text: str, lead: User) -> None:
    assert as_written(load(text, lead)) == read(text).boards


@pytest.mark.parametrize("text", [PRINTED, TYPED])
def test_text_and_json_that_were_exported_load_again_as_the_same(text: str, lead: User) -> None:
    boards = loading.export(workshop=load(text, lead), by="workshop")
    for written in (layout.write(boards), exchange.as_json("warm-homes", Past(boards=boards))):
        assert as_written(load(written, lead)) == boards


def test_loading_makes_a_closed_workshop_with_its_sessions_phases_and_issues(lead: User) -> None:
    workshop = load(PRINTED, lead)
    assert (workshop.state, list(workshop.leads.all())) == ("closed", [lead])
    assert list(Session.objects.values_list("number", flat=True)) == [1, 2]
    assert list(Phase.objects.order_by("session__number", "place").values_list("kind", flat=True)) == [
        "breakout", "vote", "discuss", "closing", "reflect", "key_issues", "whole_group", "closing",
    ]  # fmt: skip
    issues = KeyIssue.objects.order_by("place")
    assert [(issue.title, issue.selected) for issue in issues] == [("LETTERS/REPLIES", False), ("WARM ROOMS", True)]
    assert issues[1].tension == "There are rooms that stand empty. They are heated."
    assert issues[1].questions == ["HOW do we open them?"]
    assert issues[1].principles == "What are the PRINCIPLES?"
    assert issues[1].board == Board.objects.get(kind="whole_group")


def test_what_was_voted_on_is_tied_to_the_discussions_that_have_its_name(lead: User) -> None:
    load(PRINTED, lead)
    assert [theme.title for theme in Theme.objects.all()] == ["Rent and heating", "who reads letters?", "shame"]
    about = [(board.title, board.about and board.about.title) for board in Board.objects.filter(kind="discussion")]
    assert sorted(about, key=str) == [
        ("Letters", None), ("Rent and heating", "Rent and heating"), ("Rent and heating", "Rent and heating"),
    ]  # fmt: skip


def test_a_second_workshop_of_that_name_gets_a_number(lead: User) -> None:
    assert [load(CROWDED, lead).slug for _ in range(3)] == ["warm-homes", "warm-homes-2", "warm-homes-3"]
    assert free_slug("???") == "workshop"


def test_words_are_printed_only_where_people_agreed(lead: User) -> None:
    load(CROWDED, lead, agreed=False)
    assert {tuple(note.uses) for note in Note.objects.all()} == {("analysis", "archive")}


def test_loading_and_writing_out_are_kept_in_the_audit_without_a_word_of_it(lead: User) -> None:
    workshop = load(PRINTED, lead)
    loading.export(workshop=workshop, by="workshop")
    rows = list(Entry.objects.order_by("-number")[:2])
    assert [(row.did, row.subject) for row in rows] == [
        ("workshop.exported", f"workshop:{workshop.pk}"), ("workshop.loaded", f"workshop:{workshop.pk}"),
    ]  # fmt: skip
    assert "heating" not in json.dumps([row.details for row in rows])


def test_a_csv_table_holds_every_word_in_order(lead: User) -> None:
    rows = exchange.as_csv(as_written(load(TYPED, lead))).splitlines()
    assert rows[0] == "board,kind,title,note"
    assert rows[2] == "2,breakout,Breakout room A,buses stop at six"
    assert len(rows) == 11


@pytest.mark.parametrize(
    "text",
    [
        "{", '{"boards": 3}', '{"boards": [{"kind": "secret", "title": "A", "notes": []}]}',
        '{"boards": [{"kind": "vote", "title": " ", "notes": []}]}',
    ],
)  # fmt: skip
def test_json_that_is_no_workshop_is_refused(text: str) -> None:
    with pytest.raises(exchange.Unreadable):
        read(text)
