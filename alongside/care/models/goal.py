"""What somebody wants, in their words, and things that happened along the way."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q

from alongside.care.models.client import Client
from alongside.core.encryption import EncryptedText
from alongside.core.models import Keyed


class Goal(Keyed):
    """What a client wants, in their words. They rate it from 0 to 10 when they like."""

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="goals")
    words = EncryptedText()
    added_on = models.DateField()
    set_aside_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("added_on", "made_at")

    class Privacy:
        identifying = ("words",)
        operational = ("key", "made_at", "client", "added_on", "set_aside_on")


class GoalRating(Keyed):
    """How near a client says they are, from 0 to 10."""

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="ratings")
    rating = models.PositiveSmallIntegerField(validators=[MaxValueValidator(10)])
    rated_on = models.DateField()

    class Meta:
        ordering = ("rated_on",)
        constraints = (
            models.CheckConstraint(condition=Q(rating__lte=10), name="care_rating_from_0_to_10"),
            models.UniqueConstraint(fields=("goal", "rated_on"), name="care_one_rating_a_day"),
        )

    class Privacy:
        sensitive = ("rating", "rated_on")
        operational = ("key", "made_at", "goal")


class Event(Keyed):
    """Something that happened, marked on the charts: "Moved into own flat"."""

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="events")
    on = models.DateField()
    words = EncryptedText()

    class Meta:
        ordering = ("on",)

    class Privacy:
        identifying = ("words",)
        sensitive = ("on",)
        operational = ("key", "made_at", "client")
