"""Grants, and the reports made for them."""

from django.db import models
from django.db.models import F, Q

from alongside.access.models import User
from alongside.addressbook.models import Organisation
from alongside.care.models import Service
from alongside.core.encryption import EncryptedList
from alongside.core.models import Keyed
from alongside.reporting.periods import so_far


class Grant(Keyed):
    """Money from a funder for some services over some time."""

    funder = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="grants")
    title = models.CharField(max_length=200)
    starts_on = models.DateField()
    ends_on = models.DateField()
    services = models.ManyToManyField(Service, related_name="grants")

    class Meta:
        ordering = ("title",)
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")), name="reporting_grant_ends_after_it_starts"
            ),
        )

    class Privacy:
        operational = ("key", "made_at", "funder", "title", "starts_on", "ends_on", "services")

    def __str__(self) -> str:
        return self.title


class Report(Keyed):
    """A report as it was made: its page, PDF, tables and numbers never change. A correction is a new version.

    One that is `too_near` another, which readers see, is for those who make reports alone.
    """

    grant = models.ForeignKey(Grant, on_delete=models.PROTECT, related_name="reports")
    starts_on = models.DateField()
    ends_on = models.DateField()
    counts_to = models.DateField()
    version = models.PositiveSmallIntegerField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    page = models.TextField()
    pdf = models.BinaryField()
    tables = models.BinaryField()
    results = models.JSONField()
    fingerprint = models.CharField(max_length=64)
    clients = EncryptedList(blank=True, default=list)
    too_near = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-made_at",)
        constraints = (
            models.UniqueConstraint(
                fields=("grant", "starts_on", "ends_on", "version"), name="reporting_one_of_a_version"
            ),
        )

    class Privacy:
        operational = (
            "key", "made_at", "grant", "starts_on", "ends_on", "counts_to", "version", "made_by", "page", "pdf",
            "tables", "results", "fingerprint", "too_near",
        )  # fmt: skip
        sensitive = ("clients",)

    @property
    def so_far(self) -> str:
        """Up to which day it counts, where its time was not over when it was made."""
        return "" if self.counts_to >= self.ends_on else so_far(self.counts_to)
