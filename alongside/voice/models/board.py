"""Boards, who sits at them, what is written on them, and the log of what happened on each."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from alongside.core.encryption import EncryptedText
from alongside.core.models import Keyed, Nameless
from alongside.moderation.models import Decision
from alongside.voice.models.script import Group, Phase
from alongside.voice.models.theme import Theme
from alongside.voice.models.workshop import Workshop

LONGEST_NOTE = 500


class Boards(models.QuerySet["Board"]):
    """Query words."""

    def for_seat(self, seat: "Seat") -> "Boards":
        """Where this seat is, and what its whole group shares."""
        of_all = Q(kind__in=Board.OF_ALL)
        if seat.board_id is None:
            return self.filter(of_all, workshop=seat.workshop_id, group=None)
        here = Group.objects.filter(boards=seat.board_id)
        return self.filter(workshop=seat.workshop_id).filter(Q(pk=seat.board_id) | (of_all & Q(group__in=here)))


class Board(Keyed):
    """A place to write: a pair's own, or one that a whole group shares.

    `merged_into` is the board that a pair's people went to with all that they had written.
    """

    class Kind(models.TextChoices):
        """What it is for."""

        BREAKOUT = "breakout", "Breakout"
        WALL = "wall", "Wall"
        VOTE = "vote", "Vote"
        DISCUSSION = "discussion", "Discussion"
        REFLECTION = "reflection", "Reflections"
        KEY_ISSUES = "key_issues", "Key issues"
        WHOLE_GROUP = "whole_group", "Whole group"
        CLOSING = "closing", "Closing thoughts"

    OF_ALL = (Kind.WALL, Kind.VOTE, Kind.REFLECTION, Kind.KEY_ISSUES, Kind.WHOLE_GROUP, Kind.CLOSING)

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="boards")
    group = models.ForeignKey(Group, on_delete=models.CASCADE, null=True, blank=True, related_name="boards")
    phase = models.ForeignKey(Phase, on_delete=models.CASCADE, null=True, blank=True, related_name="boards")
    kind = models.CharField(max_length=20, choices=Kind)
    title = models.CharField(max_length=120)
    place = models.PositiveSmallIntegerField(default=1)
    about = models.ForeignKey(Theme, on_delete=models.SET_NULL, null=True, blank=True, related_name="boards")
    merged_into = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="merged")

    objects = Boards.as_manager()

    class Meta:
        ordering = ("place", "title")

    class Privacy:
        public = ("kind", "title", "place", "about")
        operational = ("key", "made_at", "workshop", "group", "phase", "merged_into")

    def __str__(self) -> str:
        return self.title


class Seat(Nameless):
    """A place at a workshop: a random key that a browser holds. No person, no address and no time stands with it."""

    class Use(models.TextChoices):
        """What may be done with the words that are written from it."""

        ANALYSIS = "analysis", "Read and counted to find themes"
        VERBATIM = "verbatim", "Printed word for word"
        PARAPHRASE = "paraphrase", "Told in other words"
        ARCHIVE = "archive", "Kept for later"

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="seats")
    board = models.ForeignKey(Board, on_delete=models.SET_NULL, null=True, blank=True, related_name="seats")
    consents = models.JSONField(default=dict, blank=True)

    objects: ClassVar[models.Manager["Seat"]] = models.Manager()

    class Privacy:
        operational = ("key", "workshop", "board", "consents")


class Notes(models.QuerySet["Note"]):
    """Query words."""

    def for_participants(self) -> "Notes":
        """Those that everybody at the board may read."""
        return self.filter(state=Note.State.SHOWN, withdrawn=False)


class Note(Nameless):
    """What was written, and on which board. `seat` lets its writer change it until the phase ends; then it is empty.

    `uses` is what its writer agreed to, kept here since the seat is forgotten. `place` is its place on its board.
    `decision` says by which clause it was kept back last, `offered` whether support was offered to whoever wrote it,
    which is forgotten with the seat.
    """

    class State(models.TextChoices):
        """Who sees it."""

        SHOWN = "shown", "Shown"
        HELD = "held", "Waiting for a facilitator"
        SET_ASIDE = "set_aside", "Set aside"

    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="notes")
    seat = models.CharField(max_length=32, blank=True, default="")
    text = EncryptedText(max_length=LONGEST_NOTE)
    state = models.CharField(max_length=10, choices=State, default=State.SHOWN)
    entered_for = models.BooleanField(default=False)
    uses = models.JSONField(default=list, blank=True)
    place = models.PositiveIntegerField()
    theme = models.ForeignKey(Theme, on_delete=models.SET_NULL, null=True, blank=True, related_name="notes")
    withdrawn = models.BooleanField(default=False)
    decision = models.ForeignKey(Decision, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    offered = models.BooleanField(default=False)

    objects = Notes.as_manager()

    class Meta:
        ordering = ("board__place", "place")
        indexes = (
            models.Index(fields=("seat",), condition=~Q(seat=""), name="voice_notes_of_a_seat"),
            models.Index(fields=("board", "place"), name="voice_notes_by_place"),
        )

    class Privacy:
        sensitive = ("text",)
        public = ("board", "place", "theme", "entered_for")
        operational = ("key", "seat", "state", "uses", "withdrawn", "decision", "offered")


class BoardEvent(Nameless):
    """That something happened on a board: which record it is about, and not what the record says.

    What people are sent is read from the record at that moment, so that no word is kept twice and none that was held
    meanwhile is sent.
    """

    class Audience(models.TextChoices):
        """Whom it concerns."""

        ALL = "all", "Everybody at the board"
        FACILITATOR = "facilitator", "Facilitators"

    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="events")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=30)
    payload = models.JSONField(default=dict, blank=True)
    audience = models.CharField(max_length=20, choices=Audience, default=Audience.ALL)

    objects: ClassVar[models.Manager["BoardEvent"]] = models.Manager()

    class Meta:
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=("board", "number"), name="voice_each_number_once"),)

    class Privacy:
        operational = ("key", "board", "number", "kind", "payload", "audience")
