"""What came of a vote: how many votes each theme or key issue had."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from alongside.core.models import Nameless
from alongside.voice.models.issue import KeyIssue
from alongside.voice.models.script import Phase
from alongside.voice.models.theme import Theme


class Total(Nameless):
    """How many votes a theme or a key issue had when the vote closed. How many people voted stands on the phase."""

    phase = models.ForeignKey(Phase, on_delete=models.CASCADE, related_name="totals")
    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, null=True, blank=True, related_name="totals")
    key_issue = models.ForeignKey(KeyIssue, on_delete=models.CASCADE, null=True, blank=True, related_name="totals")
    votes = models.PositiveIntegerField()

    objects: ClassVar[models.Manager["Total"]] = models.Manager()

    class Meta:
        ordering = ("-votes", "theme__place", "key_issue__place")
        constraints = (
            models.UniqueConstraint(fields=("phase", "theme"), name="voice_one_total_of_a_theme"),
            models.UniqueConstraint(fields=("phase", "key_issue"), name="voice_one_total_of_a_key_issue"),
            models.CheckConstraint(
                condition=Q(theme=None, key_issue__isnull=False) | Q(theme__isnull=False, key_issue=None),
                name="voice_a_total_of_one_thing",
            ),
        )

    class Privacy:
        public = ("phase", "theme", "key_issue", "votes")
        operational = ("key",)
