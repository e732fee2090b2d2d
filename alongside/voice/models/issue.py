"""Key issues, what is recommended, and what was done: "you said, we did"."""

from typing import ClassVar

from django.db import models

from alongside.access.models import User
from alongside.core.models import Keyed, Nameless
from alongside.voice.models.board import Board
from alongside.voice.models.script import Group
from alongside.voice.models.theme import Theme


class KeyIssue(Nameless):
    """A title, a tension, questions, and the principles. `board` is where the whole group writes under it.

    One that is `held` waits until a facilitator has read it.
    """

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="key_issues")
    title = models.CharField(max_length=200)
    tension = models.TextField(max_length=1000, blank=True)
    questions = models.JSONField(default=list, blank=True)
    principles = models.TextField(max_length=1000, blank=True)
    place = models.PositiveSmallIntegerField(default=1)
    selected = models.BooleanField(default=False)
    held = models.BooleanField(default=False)
    theme = models.ForeignKey(Theme, on_delete=models.SET_NULL, null=True, blank=True, related_name="key_issues")
    board = models.ForeignKey(Board, on_delete=models.SET_NULL, null=True, blank=True, related_name="key_issues")

    objects: ClassVar[models.Manager["KeyIssue"]] = models.Manager()

    class Meta:
        ordering = ("place", "title")

    class Privacy:
        public = ("title", "tension", "questions", "principles", "place", "selected", "theme", "board")
        operational = ("key", "group", "held")

    def __str__(self) -> str:
        return self.title


class Recommendation(Keyed):
    """What follows from a key issue."""

    key_issue = models.ForeignKey(KeyIssue, on_delete=models.CASCADE, related_name="recommendations")
    text = models.TextField(max_length=1000)
    place = models.PositiveSmallIntegerField(default=1)

    objects: ClassVar[models.Manager["Recommendation"]] = models.Manager()

    class Meta:
        ordering = ("place", "made_at")

    class Privacy:
        public = ("key_issue", "text", "place")
        operational = ("key", "made_at")


class Action(Keyed):
    """What somebody here does about a recommendation, by when, and how far it is."""

    class Status(models.TextChoices):
        """How far it is."""

        PLANNED = "planned", "Planned"
        UNDER_WAY = "under_way", "Under way"
        DONE = "done", "Done"
        NOT_DONE = "not_done", "We will not do this"

    recommendation = models.ForeignKey(Recommendation, on_delete=models.CASCADE, related_name="actions")
    what = models.TextField(max_length=1000)
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.PLANNED)
    why = models.TextField(max_length=1000, blank=True)

    objects: ClassVar[models.Manager["Action"]] = models.Manager()

    class Meta:
        ordering = ("due_on", "made_at")

    class Privacy:
        public = ("recommendation", "what", "due_on", "status", "why")
        operational = ("key", "made_at", "owner")
