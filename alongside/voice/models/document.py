"""A workshop's document as it was issued."""

from typing import ClassVar

from django.db import models

from alongside.access.models import User
from alongside.core.encryption import EncryptedText
from alongside.core.models import Keyed
from alongside.voice.models.workshop import Workshop


class Document(Keyed):
    """What was issued: its words never change. A correction is a new version, and so is it when words are taken back.

    `content` is all that it says, `notes` whose words are in it, and `left_out` which were kept out by whoever looked.
    """

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="documents")
    version = models.PositiveSmallIntegerField()
    issued_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    content = EncryptedText()
    notes = models.JSONField(default=list, blank=True)
    left_out = models.JSONField(default=list, blank=True)
    fingerprint = models.CharField(max_length=64)

    objects: ClassVar[models.Manager["Document"]] = models.Manager()

    class Meta:
        ordering = ("-version",)
        constraints = (models.UniqueConstraint(fields=("workshop", "version"), name="voice_one_document_of_a_version"),)

    class Privacy:
        sensitive = ("content",)
        operational = ("key", "made_at", "workshop", "version", "issued_by", "notes", "left_out", "fingerprint")

    def __str__(self) -> str:
        return f"Version {self.version}"
