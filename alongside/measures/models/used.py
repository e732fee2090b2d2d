"""Which measures the organisation uses, in which version, with whose wording and by which leave."""

from django.db import models
from django.db.models import F, Q

from alongside.access.models import User
from alongside.care.models import Service
from alongside.core import clock
from alongside.core.models import Keyed


class Measure(Keyed):
    """One version of a measure, as this organisation uses it. At most one version of a measure is switched on.

    `definition` is the text of a file of the organisation's own, and never changes; a measure that comes with the
    software has none. It is offered in its `services`, or in every service where none is named. A version that was
    retired is not asked any more; what was answered on it stays and scores as it did.
    """

    instrument = models.CharField(max_length=60)
    version = models.CharField(max_length=20)
    definition = models.TextField(blank=True, editable=False)
    on = models.BooleanField(default=False)
    services = models.ManyToManyField(Service, blank=True, related_name="measures")
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("instrument", "made_at")
        constraints = (
            models.UniqueConstraint(fields=("instrument", "version"), name="measures_each_version_once"),
            models.UniqueConstraint(fields=("instrument",), condition=Q(on=True), name="measures_one_version_on"),
            models.CheckConstraint(
                condition=Q(on=False) | Q(retired_at=None), name="measures_retired_versions_are_off"
            ),
        )

    class Privacy:
        operational = ("key", "made_at", "instrument", "version", "definition", "on", "services", "retired_at")


class LicenceRecord(Keyed):
    """The leave that the organisation has for a measure: who gave it, what it allows, and where the paper is."""

    instrument = models.CharField(max_length=60)
    holder = models.CharField(max_length=200)
    allows = models.TextField(max_length=1000)
    kept_at = models.CharField(max_length=200)
    given_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-given_on", "-made_at")
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("given_on")),
                name="measures_licence_ends_after_it_is_given",
            ),
        )

    class Privacy:
        operational = (
            "key", "made_at", "instrument", "holder", "allows", "kept_at", "given_on", "ends_on", "recorded_by",
        )  # fmt: skip

    @property
    def holds(self) -> bool:
        """Whether it allows anything today."""
        return self.given_on <= clock.today() and (self.ends_on is None or clock.today() <= self.ends_on)


class Wording(Keyed):
    """The words of a measure that the organisation added, under a licence that it recorded.

    `items` gives each question's words by its key, `options` the words of its choices. It never changes: other words
    are a new wording, and the one before is retired, so that an old form reads as it was asked.
    """

    instrument = models.CharField(max_length=60)
    version = models.CharField(max_length=20)
    licence = models.ForeignKey(LicenceRecord, on_delete=models.PROTECT, related_name="wordings")
    stem = models.TextField(blank=True)
    items = models.JSONField()
    options = models.JSONField(default=dict, blank=True)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-made_at",)
        constraints = (
            models.UniqueConstraint(
                fields=("instrument", "version"), condition=Q(retired_at=None), name="measures_one_wording_of_a_version"
            ),
        )

    class Privacy:
        operational = (
            "key", "made_at", "instrument", "version", "licence", "stem", "items", "options", "added_by", "retired_at",
        )  # fmt: skip
