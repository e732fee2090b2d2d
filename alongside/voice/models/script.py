"""The running script: groups, their sessions, and the phases of each session."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from alongside.core.models import Keyed
from alongside.voice.models.workshop import Workshop


class Group(Keyed):
    """People who work together; a workshop may have several, also on one theme."""

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="groups")
    name = models.CharField(max_length=80)
    place = models.PositiveSmallIntegerField(default=1)

    objects: ClassVar[models.Manager["Group"]] = models.Manager()

    class Meta:
        ordering = ("place", "name")

    class Privacy:
        public = ("name", "place")
        operational = ("key", "made_at", "workshop")

    def __str__(self) -> str:
        return self.name


class Session(Keyed):
    """One sitting of a group."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="sessions")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120, blank=True)
    starts_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager["Session"]] = models.Manager()

    class Meta:
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=("group", "number"), name="voice_each_session_once"),)

    class Privacy:
        public = ("number", "title", "starts_at")
        operational = ("key", "made_at", "group")


class Phase(Keyed):
    """One step of a session: what is asked, for how long, and who sees what.

    `box` names where the choices of a vote are while it is open; `rounds` says how often it was opened. `opened_at` is
    when somebody who leads pressed, and stands only while it is open.
    """

    class Kind(models.TextChoices):
        """What people do in it."""

        BREAKOUT = "breakout", "Write in pairs"
        GATHER = "gather", "Gather into themes"
        VOTE = "vote", "Choose"
        DISCUSS = "discuss", "Talk"
        REFLECT = "reflect", "Look back"
        KEY_ISSUES = "key_issues", "Name the key issues"
        SELECT = "select", "Choose what to talk about"
        WHOLE_GROUP = "whole_group", "Write together"
        CLOSING = "closing", "Closing thoughts"

    class State(models.TextChoices):
        """How far it is."""

        TO_COME = "to_come", "To come"
        OPEN = "open", "Open"
        CLOSED = "closed", "Over"
        SKIPPED = "skipped", "Left out"

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="phases")
    place = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20, choices=Kind)
    question = models.TextField(max_length=500, blank=True)
    content_note = models.TextField(max_length=500, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.TO_COME)
    hidden_until_reveal = models.BooleanField(default=False)
    revealed = models.BooleanField(default=False)
    held_first = models.BooleanField(default=False)
    gathered_by_all = models.BooleanField(default=False)
    budget = models.PositiveSmallIntegerField(default=2)
    voters = models.PositiveIntegerField(null=True, blank=True)
    box = models.CharField(max_length=32, blank=True, default="", editable=False)
    rounds = models.PositiveSmallIntegerField(default=0, editable=False)
    opened_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects: ClassVar[models.Manager["Phase"]] = models.Manager()

    class Meta:
        ordering = ("session__number", "place")
        constraints = (
            models.UniqueConstraint(fields=("session", "place"), name="voice_each_phase_has_its_place"),
            models.CheckConstraint(
                condition=Q(revealed=False) | Q(hidden_until_reveal=True), name="voice_only_what_was_hidden_is_revealed"
            ),
        )

    class Privacy:
        public = ("place", "kind", "question", "content_note", "minutes", "voters")
        operational = (
            "key", "made_at", "session", "state", "hidden_until_reveal", "revealed", "held_first", "gathered_by_all",
            "budget", "box", "rounds", "opened_at",
        )  # fmt: skip

    @property
    def votes(self) -> bool:
        """Whether people choose in it."""
        return self.kind in {self.Kind.VOTE, self.Kind.SELECT}

    @property
    def open(self) -> bool:
        """Whether people may write or vote in it now."""
        return self.state == self.State.OPEN

    @property
    def hides(self) -> bool:
        """Whether people see only what they wrote themselves."""
        return self.hidden_until_reveal and not self.revealed
