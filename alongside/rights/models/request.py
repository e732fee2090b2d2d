"""Somebody asks for a copy of what we hold, or for it to be erased."""

from django.db import models
from django.db.models import Q

from alongside.access.models import User
from alongside.core.encryption import EncryptedText
from alongside.core.models import Keyed


class Request(Keyed):
    """One request of one person, and how far it is."""

    class Kind(models.TextChoices):
        """What they ask for."""

        COPY = "copy", "A copy of what we hold"
        ERASURE = "erasure", "To be erased"

    class Decision(models.TextChoices):
        """What was decided."""

        OPEN = "", "Not decided yet"
        GIVEN = "given", "Given"
        REFUSED = "refused", "Refused"

    person_key = models.CharField(max_length=32, db_index=True)
    kind = models.CharField(max_length=20, choices=Kind)
    received_on = models.DateField()
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    identity_on = models.DateField(null=True, blank=True)
    identity_how = EncryptedText(blank=True)
    longer_on = models.DateField(null=True, blank=True)
    longer_why = EncryptedText(blank=True)
    decision = models.CharField(max_length=20, choices=Decision, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    decided_why = EncryptedText(blank=True)

    class Meta:
        ordering = ("received_on", "made_at")
        constraints = (
            models.CheckConstraint(
                condition=Q(decision="", decided_on=None) | (~Q(decision="") & Q(decided_on__isnull=False)),
                name="rights_a_decision_has_a_day",
            ),
        )

    class Privacy:
        identifying = ("identity_how", "longer_why", "decided_why")
        sensitive = ("kind",)
        operational = (
            "key", "made_at", "person_key", "received_on", "opened_by", "identity_on", "longer_on", "decision",
            "decided_on", "decided_by",
        )  # fmt: skip


class Pause(Keyed):
    """Days that do not count, while we wait for the person."""

    class Why(models.TextChoices):
        """What we wait for."""

        IDENTITY = "identity", "We have asked who they are"
        CLEARER = "clearer", "We have asked what they are looking for"

    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="pauses")
    why = models.CharField(max_length=20, choices=Why)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("from_on",)
        constraints = (
            models.UniqueConstraint(fields=("request",), condition=Q(until_on=None), name="rights_one_pause_at_a_time"),
        )

    class Privacy:
        operational = ("key", "made_at", "request", "why", "from_on", "until_on")


class Opinion(Keyed):
    """What a health professional said about giving a copy, or that the person knows already what is in it."""

    class Finding(models.TextChoices):
        """What was found."""

        NO_HARM = "no serious harm", "Giving it is not likely to cause serious harm"
        KNOWN = "known already", "The person knows already what is in it"

    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="opinions")
    finding = models.CharField(max_length=20, choices=Finding)
    who = EncryptedText()
    role = EncryptedText()
    given_on = models.DateField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-given_on", "-made_at")

    class Privacy:
        identifying = ("who", "role")
        sensitive = ("finding",)
        operational = ("key", "made_at", "request", "given_on", "by")


class LeftOut(Keyed):
    """One thing that is left out of a copy, and why."""

    class Why(models.TextChoices):
        """The reason."""

        ANOTHER = "another person", "It is about somebody else"
        HARM = "serious harm", "A health professional said that it is likely to cause serious harm"
        LAW = "another law", "Another law keeps it back"

    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="left_out")
    model = models.CharField(max_length=60)
    record = models.CharField(max_length=32)
    field = models.CharField(max_length=40)
    why = models.CharField(max_length=20, choices=Why)
    reason = EncryptedText()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("request", "record", "field"), name="rights_left_out_once"),)

    class Privacy:
        identifying = ("reason",)
        operational = ("key", "made_at", "request", "model", "record", "field", "why", "by")
