"""A vote: choices that can be changed while it is open, and of which only totals are left."""

from collections.abc import Callable

import pytest
from django.db import connection

from alongside.access.models import User
from alongside.audit.models import DayNote, Entry
from alongside.voice import refusals
from alongside.voice.actions import phases, themes, votes
from alongside.voice.models import Board, BoardEvent, Group, Phase, Seat, Theme, Total
from alongside.voice.queries import votes as queries
from alongside.voice.refusals import Refused
from alongside.voice.votes import boxes, file

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(group: Group, phase: Phase, lead: User) -> list[Theme]:
    return [themes.add(group=group, title=title, by=lead) for title in ("The door", "The chairs", "The stairs")]


@pytest.fixture
def vote(phase: Phase, three: list[Theme], lead: User) -> Phase:
    asked = Phase.objects.create(session=phase.session, place=3, kind=Phase.Kind.VOTE, budget=2)
    return phases.begin(phase=asked, by=lead)


@pytest.fixture
def voting(vote: Phase) -> Board:
    return vote.boards.get()


@pytest.fixture
def five(sit: Callable[[Board], Seat], pairs: list[Board]) -> list[Seat]:
    return [sit(pairs[number % 2]) for number in range(5)]


def left() -> list[str]:
    """The boxes that are there, by name."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'alongside_votes'")
            return [name for (name,) in cursor.fetchall()]
    return sorted({path.name.partition(".")[0] for path in file.folder().glob("*")})


def test_choices_are_counted_and_gone(
    voting: Board, vote: Phase, three: list[Theme], five: list[Seat], lead: User,
    django_capture_on_commit_callbacks: Callable[..., object],
) -> None:  # fmt: skip
    door, chairs, stairs = three
    for seat in five:
        votes.cast(board=voting, seat=seat, choices=[door.pk, chairs.pk])
    votes.cast(board=voting, seat=five[0], choices=[chairs.pk])
    votes.cast(board=voting, seat=five[1], choices=[])
    assert queries.chosen(Phase.objects.get(pk=vote.pk), five[0]) == {chairs.pk}
    box = Phase.objects.get(pk=vote.pk).box
    assert left() == [box]
    with django_capture_on_commit_callbacks(execute=connection.vendor == "sqlite"):  # where a file is unlinked
        phases.end(phase=vote, by=lead)
    assert {total.theme_id: total.votes for total in Total.objects.all()} == {door.pk: 3, chairs.pk: 4, stairs.pk: 0}
    vote.refresh_from_db()
    assert (vote.voters, vote.box) == (4, "")
    assert left() == []


def test_over_the_budget_nothing_changes(voting: Board, vote: Phase, three: list[Theme], seat: Seat) -> None:
    votes.cast(board=voting, seat=seat, choices=[three[0].pk])
    with pytest.raises(Refused, match="more than 2 choices"):
        votes.cast(board=voting, seat=seat, choices=[theme.pk for theme in three])
    assert queries.chosen(Phase.objects.get(pk=vote.pk), seat) == {three[0].pk}


def test_what_is_no_choice_is_refused(voting: Board, seat: Seat) -> None:
    with pytest.raises(Refused, match="can’t be chosen any more"):
        votes.cast(board=voting, seat=seat, choices=["0" * 32])


def test_the_log_the_audit_and_the_frames_hold_no_choice(
    voting: Board, vote: Phase, three: list[Theme], five: list[Seat], lead: User
) -> None:
    written = Entry.objects.count()
    for seat in five:
        votes.cast(board=voting, seat=seat, choices=[three[0].pk])
    assert Entry.objects.count() == written
    assert DayNote.objects.filter(kind="vote.given").count() == 1
    said = BoardEvent.objects.filter(board=voting, kind="voters").order_by("number")
    assert [event.payload for event in said] == [{"voters": count} for count in (1, 2, 3, 4, 5)]
    assert queries.totals(Phase.objects.get(pk=vote.pk)) == {}
    phases.end(phase=vote, by=lead)
    tally = BoardEvent.objects.get(board=voting, kind="tally").payload
    assert tally == {"voters": 5, "votes": {three[0].pk: 5, three[1].pk: 0, three[2].pk: 0}}


def test_opened_again_it_begins_anew(voting: Board, vote: Phase, three: list[Theme], seat: Seat, lead: User) -> None:
    votes.cast(board=voting, seat=seat, choices=[three[0].pk])
    phases.end(phase=vote, by=lead)
    with pytest.raises(Refused) as refused:
        votes.cast(board=voting, seat=seat, choices=[three[1].pk])
    assert refused.value.sentence == refusals.VOTE_OVER
    again = phases.begin(phase=vote, by=lead)
    assert (again.rounds, again.voters, Total.objects.count()) == (2, None, 0)
    assert queries.chosen(again, seat) == set()
    phases.end(phase=vote, by=lead)
    assert {total.votes for total in Total.objects.all()} == {0}


def test_a_choice_of_a_theme_that_was_merged_counts_for_the_other_once(
    voting: Board, vote: Phase, three: list[Theme], seat: Seat, lead: User
) -> None:
    door, chairs, stairs = three
    votes.cast(board=voting, seat=seat, choices=[door.pk, chairs.pk])
    themes.merge(theme=chairs, into=door, by=lead)
    phases.end(phase=vote, by=lead)
    assert {total.theme_id: total.votes for total in Total.objects.all()} == {door.pk: 1, stairs.pk: 0}


def test_what_a_failing_machine_left_is_swept_away_and_an_open_vote_stays(
    voting: Board, vote: Phase, three: list[Theme], seat: Seat, lead: User
) -> None:
    votes.cast(board=voting, seat=seat, choices=[three[0].pk])
    lost = boxes.new()
    boxes.box(lost).put("a", [three[0].pk])
    votes.sweep()
    assert left() == [Phase.objects.get(pk=vote.pk).box]
    assert queries.chosen(Phase.objects.get(pk=vote.pk), seat) == {three[0].pk}


@pytest.mark.skipif(connection.vendor == "postgresql", reason="files are SQLite’s")
def test_a_box_that_does_not_open_when_the_site_starts_gives_way_to_a_new_one(
    voting: Board, vote: Phase, three: list[Theme], seat: Seat, lead: User
) -> None:
    votes.cast(board=voting, seat=seat, choices=[three[0].pk])
    held = file.File(Phase.objects.get(pk=vote.pk).box)
    held.path.write_bytes(held.path.read_bytes()[:5000] + bytes(3000))
    votes.sweep()
    assert not held.path.exists()
    votes.cast(board=voting, seat=seat, choices=[three[1].pk])
    phases.end(phase=vote, by=lead)
    assert {total.theme_id: total.votes for total in Total.objects.all()}[three[1].pk] == 1


@pytest.mark.skipif(connection.vendor == "postgresql", reason="files are SQLite’s")
def test_a_box_is_overwritten_before_it_is_unlinked(monkeypatch: pytest.MonkeyPatch) -> None:
    box = file.File(boxes.new())
    for number in range(3):
        box.put(f"{number}", ["chosen"])
    seen = []
    monkeypatch.setattr("pathlib.Path.unlink", lambda path, **_: seen.append(set(path.read_bytes())))
    box.destroy()
    assert seen == [{0}, {0}]
    monkeypatch.undo()
    box.destroy()
    assert not box.path.exists()
