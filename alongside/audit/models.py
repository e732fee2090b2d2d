"""One row for every write and every look at a person's record."""

from django.db import models

from alongside.core import clock


class Entry(models.Model):
    """Who did what to which record, when and why. Never what was said: no names, no values."""

    number = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(default=clock.now)
    by = models.CharField(max_length=64)
    did = models.CharField(max_length=64)
    subject = models.CharField(max_length=80)
    details = models.JSONField(default=dict, blank=True)
    why = models.CharField(max_length=200, blank=True)
    before = models.CharField(max_length=64, unique=True)
    fingerprint = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ("number",)
        indexes = (models.Index(fields=("subject", "number"), name="audit_by_subject"),)

    class Privacy:
        operational = ("number", "at", "by", "did", "subject", "details", "why", "before", "fingerprint")
