"""Themes: what notes have in common."""

from typing import ClassVar

from django.db import models

from alongside.core.models import Nameless
from alongside.voice.models.script import Group


class Theme(Nameless):
    """What notes have in common. One that was merged into another keeps its title and says into which."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="themes")
    title = models.CharField(max_length=120)
    place = models.PositiveSmallIntegerField(default=1)
    merged_into = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="merged")

    objects: ClassVar[models.Manager["Theme"]] = models.Manager()

    class Meta:
        ordering = ("place", "title")

    class Privacy:
        public = ("title", "place", "merged_into")
        operational = ("key", "group")

    def __str__(self) -> str:
        return self.title
