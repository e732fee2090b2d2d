"""Complaints about data, and breaches."""

from django.db import models

from alongside.access.models import User
from alongside.core.encryption import EncryptedText
from alongside.core.models import Keyed


class Complaint(Keyed):
    """Somebody says that we handled their data wrongly. To be acknowledged within 30 days."""

    received_on = models.DateField()
    name = EncryptedText(blank=True)
    reach = EncryptedText(blank=True)
    words = EncryptedText()
    acknowledged_on = models.DateField(null=True, blank=True)
    acknowledged_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    outcome = EncryptedText(blank=True)

    class Meta:
        ordering = ("received_on", "made_at")

    class Privacy:
        identifying = ("name", "reach", "words", "outcome")
        operational = ("key", "made_at", "received_on", "acknowledged_on", "acknowledged_by", "answered_on")


class Breach(Keyed):
    """Data were lost, seen or changed by somebody who should not have. The 72 hours begin when we notice."""

    noticed_at = models.DateTimeField()
    what = EncryptedText()
    people = models.PositiveIntegerField(null=True, blank=True)
    done = EncryptedText(blank=True)
    ico_told_at = models.DateTimeField(null=True, blank=True)
    ico_not_told_why = EncryptedText(blank=True)
    commission_told_at = models.DateTimeField(null=True, blank=True)
    people_told_at = models.DateTimeField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-noticed_at",)

    class Privacy:
        identifying = ("what", "done", "ico_not_told_why")
        operational = (
            "key", "made_at", "noticed_at", "people", "ico_told_at", "commission_told_at", "people_told_at",
            "closed_on", "by",
        )  # fmt: skip
