"""The guideline by which words are looked after, its clauses, and what was decided by them."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q

from alongside.access.models import User
from alongside.core.encryption import EncryptedText
from alongside.core.models import Keyed, Nameless

LONGEST_WORDS, LONGEST_REASON = 600, 300


class Guidelines(models.QuerySet["Guideline"]):
    """Query words."""

    def published(self) -> "Guidelines":
        """Those that stand as they are from now on."""
        return self.filter(published_on__isnull=False)

    def in_force(self, on: date) -> "Guidelines":
        """Those in force by this day; the first is the one that holds."""
        return self.published().filter(in_force_from__lte=on)


class Guideline(Keyed):
    """One version of the guideline. It can be written until it is published; from then on a change is a new version."""

    version = models.PositiveSmallIntegerField(unique=True)
    title = models.CharField(max_length=120)
    introduction = models.TextField(max_length=LONGEST_WORDS, blank=True)
    in_force_from = models.DateField(null=True, blank=True)
    published_on = models.DateField(null=True, blank=True, editable=False)
    published_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )

    objects = Guidelines.as_manager()

    class Meta:
        ordering = ("-version",)
        constraints = (
            models.CheckConstraint(
                condition=Q(published_on=None) | Q(in_force_from__isnull=False), name="moderation_published_from_a_day"
            ),
        )

    class Privacy:
        public = ("version", "title", "introduction", "in_force_from")
        operational = ("key", "made_at", "published_on", "published_by")

    def __str__(self) -> str:
        return f"Version {self.version}"

    @property
    def published(self) -> bool:
        """Whether it stands as it is."""
        return self.published_on is not None


class Clause(Keyed):
    """One sentence of what is looked after, in plain words, and what happens then."""

    class Does(models.TextChoices):
        """What usually happens; a person decides each time."""

        SHOW = "show", "It is shown"
        HOLD = "hold", "It waits until somebody has read it again"
        OFFER = "offer", "It is shown, and we quietly offer support"
        SET_ASIDE = "set_aside", "It is kept, and not shown"

    guideline = models.ForeignKey(Guideline, on_delete=models.CASCADE, related_name="clauses")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    words = models.TextField(max_length=LONGEST_WORDS)
    does = models.CharField(max_length=10, choices=Does)

    objects: ClassVar[models.Manager["Clause"]] = models.Manager()

    class Meta:
        ordering = ("guideline__version", "number")
        constraints = (models.UniqueConstraint(fields=("guideline", "number"), name="moderation_each_clause_once"),)

    class Privacy:
        public = ("guideline", "number", "title", "words", "does")
        operational = ("key", "made_at")

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"


class Decision(Nameless):
    """What was decided on something that somebody wrote, by which clause, and on which day.

    It says no time of day: beside one, it could be told in which order people wrote. `reason` is for whoever wrote it.
    """

    class Did(models.TextChoices):
        """What was done."""

        SHOWN = "shown", "Shown"
        HELD = "held", "Held"
        SET_ASIDE = "set_aside", "Set aside"
        OFFERED = "offered", "Support offered"

    subject = models.CharField(max_length=60, db_index=True)
    did = models.CharField(max_length=10, choices=Did)
    clause = models.ForeignKey(Clause, on_delete=models.PROTECT, null=True, blank=True, related_name="decisions")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    reason = EncryptedText(max_length=LONGEST_REASON, blank=True)

    objects: ClassVar[models.Manager["Decision"]] = models.Manager()

    class Meta:
        ordering = ("-day", "key")
        constraints = (
            models.CheckConstraint(
                condition=Q(did__in=("shown", "offered")) | Q(clause__isnull=False),
                name="moderation_kept_back_by_a_clause",
            ),
        )

    class Privacy:
        sensitive = ("reason",)
        operational = ("key", "subject", "did", "clause", "by", "day")
