"""What the demo remembers of itself."""

from typing import ClassVar

from django.db import models

from alongside.core import clock
from alongside.core.models import Keyed


class Prepared(Keyed):
    """The invented data is all there; written last, together with it."""

    on = models.DateField()
    edition = models.CharField(max_length=64)

    objects: ClassVar[models.Manager["Prepared"]] = models.Manager()

    class Meta:
        app_label = "demo"  # said here, since this room is not always installed

    class Privacy:
        operational = ("key", "made_at", "on", "edition")


class UsedLink(Keyed):
    """A sign-in link that has been used, so that it works once."""

    link = models.CharField(max_length=32, unique=True)
    used_at = models.DateTimeField(default=clock.now)

    objects: ClassVar[models.Manager["UsedLink"]] = models.Manager()

    class Meta:
        app_label = "demo"  # said here, since this room is not always installed

    class Privacy:
        operational = ("key", "made_at", "link", "used_at")
