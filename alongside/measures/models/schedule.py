"""When a measure is asked of a client."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from alongside.access.models import User
from alongside.care.models import Client, Episode
from alongside.core.models import Keyed

REVIEW_WEEKS = 12
REVIEW_DAYS = 7 * REVIEW_WEEKS


class Schedule(Keyed):
    """A measure asked of a client in one episode: once, every fortnight, around each session, or at reviews.

    It goes on until it is stopped or the support ends. `every_days` is the time between two reviews.
    """

    class Rhythm(models.TextChoices):
        """How often."""

        ONCE = "once", "Once"
        FORTNIGHT = "fortnight", "Every fortnight"
        SESSION = "session", "Before and after each session"
        REVIEW = "review", "At reviews"

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="schedules")
    episode = models.ForeignKey(Episode, on_delete=models.CASCADE, related_name="schedules")
    instrument = models.CharField(max_length=60)
    rhythm = models.CharField(max_length=20, choices=Rhythm)
    first_on = models.DateField()
    every_days = models.PositiveSmallIntegerField(
        default=REVIEW_DAYS, validators=[MinValueValidator(7), MaxValueValidator(366)]
    )
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    stopped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("first_on", "made_at")
        constraints = (
            models.UniqueConstraint(
                fields=("episode", "instrument"),
                condition=Q(stopped_at=None),
                name="measures_one_schedule_of_a_measure",
            ),
            models.CheckConstraint(
                condition=Q(every_days__gte=7, every_days__lte=366), name="measures_reviews_a_week_to_a_year_apart"
            ),
        )
        indexes = (models.Index(fields=("client", "stopped_at"), name="measures_schedule_by_client"),)

    class Privacy:
        sensitive = ("instrument", "rhythm", "first_on", "every_days", "stopped_at")
        operational = ("key", "made_at", "client", "episode", "set_by")
