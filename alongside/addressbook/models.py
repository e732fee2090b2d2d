"""Organisations we work with."""

from django.db import models

from alongside.core.models import Keyed


class Organisation(Keyed):
    """A funder, or somebody who sends people to us. Never a person."""

    class Kind(models.TextChoices):
        """What it is to us."""

        FUNDER = "funder", "Funder"
        REFERRER = "referrer", "Sends people to us"

    name = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=20, choices=Kind)

    class Meta:
        ordering = ("name",)

    class Privacy:
        operational = ("key", "made_at", "name", "kind")

    def __str__(self) -> str:
        return self.name
