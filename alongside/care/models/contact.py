"""A meeting or a call."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from alongside.care.models.episode import Episode
from alongside.core.encryption import EncryptedText
from alongside.core.models import Keyed


class Contact(Keyed):
    """A meeting or call within an episode: planned, or what became of it."""

    class Mode(models.TextChoices):
        """How they met."""

        IN_PERSON = "in person", "In person"
        PHONE = "phone", "By phone"
        VIDEO = "video", "By video"
        MESSAGE = "message", "By message"

    class Outcome(models.TextChoices):
        """What became of it."""

        PLANNED = "planned", "Planned"
        CAME = "came", "Came"
        CANCELLED = "cancelled", "Cancelled"
        DID_NOT_COME = "did not come", "Did not come"

    episode = models.ForeignKey(Episode, on_delete=models.CASCADE, related_name="contacts")
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(default=50, validators=[MinValueValidator(1), MaxValueValidator(600)])
    mode = models.CharField(max_length=20, choices=Mode)
    outcome = models.CharField(max_length=20, choices=Outcome)
    place = EncryptedText(blank=True)
    note = EncryptedText(blank=True)

    class Meta:
        ordering = ("-starts_at",)
        constraints = (
            models.CheckConstraint(condition=Q(minutes__gte=1, minutes__lte=600), name="care_contact_length"),
        )
        indexes = (models.Index(fields=("episode", "starts_at"), name="care_contact_by_episode"),)

    class Privacy:
        identifying = ("place", "note")
        sensitive = ("starts_at", "mode", "outcome", "minutes")
        operational = ("key", "made_at", "episode")
