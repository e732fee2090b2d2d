"""One row for every write, every look at a person's record, every refusal and every sign-in."""

from django.db import models

from alongside.core import clock
from alongside.core.models import new_key


class Entry(models.Model):
    """Who did what to which record, when, from where and why. Never what was said: no names, no values.

    `where` is the network address that a page was asked for from.
    """

    number = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(default=clock.now)
    by = models.CharField(max_length=64)
    did = models.CharField(max_length=64)
    subject = models.CharField(max_length=80)
    where = models.CharField(max_length=45, blank=True, default="", db_default="")
    details = models.JSONField(default=dict, blank=True)
    why = models.CharField(max_length=200, blank=True)
    before = models.CharField(max_length=64, unique=True)
    fingerprint = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ("number",)
        indexes = (models.Index(fields=("subject", "number"), name="audit_by_subject"),)

    class Privacy:
        operational = ("number", "at", "by", "did", "subject", "where", "details", "why", "before", "fingerprint")


class DayNote(models.Model):
    """What happened on a board where nobody may be unmasked: that it did, and on which day.

    There is no seat, no person, no address and no time of day, and one row however often it happened.
    """

    key = models.CharField(primary_key=True, max_length=32, default=new_key, editable=False)
    board = models.CharField(max_length=32)
    kind = models.CharField(max_length=64)
    day = models.DateField(default=clock.today)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("board", "kind", "day"), name="audit_once_a_day"),)

    class Privacy:
        operational = ("key", "board", "kind", "day")
