"""How long records are kept, what holds them longer, and proof that they are gone."""

from django.db import models
from django.db.models import Q

from alongside.access.models import User
from alongside.core.encryption import EncryptedDate, EncryptedText
from alongside.core.models import Keyed


class KeepingTime(Keyed):
    """A class of records: from when, how many years, and what happens then. The organisation sets the years."""

    class Trigger(models.TextChoices):
        """From when the years are counted."""

        ENDED = "support ended", "Support ended"
        LAST_SEEN = "last contact", "The last contact"
        BY_HAND = "by hand", "Decided by hand"

    class Action(models.TextChoices):
        """What happens then."""

        ERASE = "erase", "A lead looks, and erases it"
        REVIEW = "review", "A lead looks, and decides"

    name = models.CharField(max_length=80, unique=True)
    trigger = models.CharField(max_length=20, choices=Trigger)
    years = models.PositiveSmallIntegerField()
    child_until = models.PositiveSmallIntegerField(null=True, blank=True)
    at_17_until = models.PositiveSmallIntegerField(null=True, blank=True)
    years_after_death = models.PositiveSmallIntegerField(null=True, blank=True)
    action = models.CharField(max_length=20, choices=Action)
    why = models.CharField(max_length=300)
    usual = models.BooleanField(default=False)

    class Meta:
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint(fields=("usual",), condition=Q(usual=True), name="rights_one_usual_time"),
        )

    class Privacy:
        operational = (
            "key", "made_at", "name", "trigger", "years", "child_until", "at_17_until", "years_after_death", "action",
            "why", "usual",
        )  # fmt: skip

    def __str__(self) -> str:
        return self.name


class Kept(Keyed):
    """What else keeping one person's record goes by: another class than the usual one, and the day they died."""

    person_key = models.CharField(max_length=32, unique=True)
    time = models.ForeignKey(KeepingTime, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    died_on = EncryptedDate(blank=True)

    class Privacy:
        identifying = ("died_on",)
        operational = ("key", "made_at", "person_key", "time")


class Hold(Keyed):
    """A reason why a record may not be erased: a claim, an inquiry, the person's own wish."""

    person_key = models.CharField(max_length=32, db_index=True)
    why = EncryptedText()
    until_on = models.DateField(null=True, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    lifted_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("-made_at",)

    class Privacy:
        identifying = ("why",)
        operational = ("key", "made_at", "person_key", "until_on", "by", "lifted_on")


class Certificate(Keyed):
    """That a person's record was erased: when, by whom, why, and how many rows of what. Never whose.

    `marks` are keyed hashes by which the same record is known again if an old backup brings it back.
    """

    class Why(models.TextChoices):
        """What led to it."""

        TIME = "time was up", "The keeping time was over"
        ASKED = "they asked", "The person asked"
        AGAIN = "again", "An old backup had brought it back"

    reference = models.CharField(max_length=16, db_index=True)
    erased_at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    why = models.CharField(max_length=20, choices=Why)
    rows = models.JSONField(default=dict, blank=True)
    marks = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ("-erased_at",)

    class Privacy:
        operational = ("key", "made_at", "reference", "erased_at", "by", "why", "rows", "marks")
