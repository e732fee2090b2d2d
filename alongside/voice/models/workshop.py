"""A workshop, who leads it, and the assessment that it needs before it opens."""

import secrets
from typing import ClassVar

from django.db import models

from alongside.access.models import User
from alongside.core import clock
from alongside.core.encryption import EncryptedList, EncryptedText
from alongside.core.models import Keyed, Nameless

LETTERS = "bcdfghjkmnpqrstvwxz23456789"  # none that is taken for another, and no word by chance


def new_code() -> str:
    """A short code to read out or type in, such as `kx7d-m3wq`."""
    parts = ("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(2))
    return "-".join(parts)


class Assessment(Keyed):
    """What could go wrong for people in a workshop and what is done about it, signed by whoever answers for it."""

    what = models.TextField(max_length=5000)
    signed_by = EncryptedText()
    signed_on = models.DateField()
    review_on = models.DateField()

    objects: ClassVar[models.Manager["Assessment"]] = models.Manager()

    class Meta:
        ordering = ("-signed_on",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(review_on__gt=models.F("signed_on")), name="voice_reviewed_after_it_is_signed"
            ),
        )

    class Privacy:
        identifying = ("signed_by",)
        public = ("what",)
        operational = ("key", "made_at", "signed_on", "review_on")

    @property
    def in_date(self) -> bool:
        """Whether it holds today."""
        return self.signed_on <= clock.today() < self.review_on


class Workshops(models.QuerySet["Workshop"]):
    """Query words."""

    def visible_to(self, user: User) -> "Workshops":
        """Those that this person leads or helps to lead."""
        return self.filter(leads=user)

    def open(self) -> "Workshops":
        """Those that people may join now."""
        return self.filter(state=Workshop.State.OPEN)


class Workshop(Keyed):
    """An event at which people write notes together, without an account and without a name."""

    class State(models.TextChoices):
        """How far it is."""

        DRAFT = "draft", "Being planned"
        OPEN = "open", "Open"
        CLOSED = "closed", "Closed"

    slug = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=120)
    purpose = models.TextField(max_length=2000, blank=True)
    code = models.CharField(max_length=9, unique=True, default=new_code, editable=False)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    rehearsal = models.BooleanField(default=False)
    under_18 = models.BooleanField(default=False)
    safeguarding_lead = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    named_supporter = models.CharField(max_length=200, blank=True)
    leads = models.ManyToManyField(User, related_name="workshops")
    assessment = models.ForeignKey(
        Assessment, on_delete=models.PROTECT, null=True, blank=True, related_name="workshops"
    )
    lists_until = models.DateField(null=True, blank=True)
    said_is_public = models.BooleanField(default=False)

    objects = Workshops.as_manager()

    class Meta:
        ordering = ("title", "slug")

    class Privacy:
        public = ("slug", "title", "purpose", "named_supporter")
        operational = (
            "key", "made_at", "code", "state", "rehearsal", "under_18", "safeguarding_lead", "leads", "assessment",
            "lists_until", "said_is_public",
        )  # fmt: skip

    def __str__(self) -> str:
        return self.title


class Told(Nameless):
    """Who wants to hear what became of a workshop, and what people need so that they can take part.

    One list of each for a workshop, shuffled whenever somebody is added. Nothing joins a line of it to a seat.
    """

    workshop = models.OneToOneField(Workshop, on_delete=models.CASCADE, related_name="told")
    updates = EncryptedList(blank=True)
    needs = EncryptedList(blank=True)

    objects: ClassVar[models.Manager["Told"]] = models.Manager()

    class Privacy:
        identifying = ("updates",)
        sensitive = ("needs",)
        operational = ("key", "workshop")
