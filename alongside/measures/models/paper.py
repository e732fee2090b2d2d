"""Forms on paper: what was printed for whom, the files that came back, and what was read on each page."""

from django.db import models
from django.db.models import Q

from alongside.access.models import User
from alongside.care.models import Client, Episode, Service
from alongside.core.encryption import EncryptedBytes
from alongside.core.models import Keyed, Nameless
from alongside.measures.models.asked import Questionnaire
from alongside.measures.models.used import Wording


class Edition(Keyed):
    """A printed form of a measure with everything in its place; copies of it differ only in their ids.

    `layout` is what it is read back with, and is kept as long as pages of it may come in.
    """

    letters = models.CharField(max_length=7, unique=True)
    instrument = models.CharField(max_length=60)
    version = models.CharField(max_length=20)
    large = models.BooleanField(default=False)
    pages = models.PositiveSmallIntegerField(default=1)
    layout = models.TextField(editable=False)

    class Privacy:
        operational = ("key", "made_at", "letters", "instrument", "version", "large", "pages")
        public = ("layout",)


class PaperForm(Keyed):
    """One printed form by the id on its pages: for a client in one support, or without a name for a service.

    `about_on` is the day that it asks about, so that it lands there whenever it is read. `may_be` is what stands in the
    record already and may be this very form: until a person says so or that it `is_another`, it does not land. One that
    `is_short` lands without the pages of it that never came.
    """

    form_id = models.CharField(max_length=20, unique=True)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="forms")
    client = models.ForeignKey(Client, on_delete=models.CASCADE, null=True, blank=True, related_name="paper_forms")
    episode = models.ForeignKey(Episode, on_delete=models.CASCADE, null=True, blank=True, related_name="paper_forms")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, null=True, blank=True, related_name="paper_forms")
    wording = models.ForeignKey(Wording, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    occasion = models.CharField(max_length=20, choices=Questionnaire.Occasion)
    about_on = models.DateField()
    printed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    landed_at = models.DateTimeField(null=True, blank=True)
    questionnaire = models.OneToOneField(
        Questionnaire, on_delete=models.SET_NULL, null=True, blank=True, related_name="paper_form"
    )
    may_be = models.ForeignKey(Questionnaire, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    is_another = models.BooleanField(default=False)
    is_short = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(client=None, episode=None, service__isnull=False)
                | Q(client__isnull=False, episode__isnull=False, service=None),
                name="measures_paper_for_a_client_or_a_service",
            ),
        )

    class Privacy:
        sensitive = ("occasion", "about_on")
        operational = (
            "key", "made_at", "form_id", "edition", "client", "episode", "service", "wording", "printed_by",
            "landed_at", "questionnaire", "may_be", "is_another", "is_short",
        )  # fmt: skip


class Batch(Keyed):
    """A file that somebody brought in: of a scanner, or a picture. `why` says in one sentence what stopped it.

    What it was called is not kept, since that may be somebody's name.
    """

    class Standing(models.TextChoices):
        """How far it is."""

        WAITING = "waiting", "Waiting to be read"
        READ = "read", "Read"
        STOPPED = "stopped", "Could not be read"

    brought_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    standing = models.CharField(max_length=20, choices=Standing, default=Standing.WAITING)
    why = models.CharField(max_length=300, blank=True)
    expected = models.PositiveIntegerField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-made_at",)
        indexes = (models.Index(fields=("standing", "made_at"), name="measures_batches_waiting"),)

    class Privacy:
        operational = ("key", "made_at", "brought_by", "digest", "standing", "why", "expected", "read_at")


class Part(Keyed):
    """A part of a file that waits to be read; gone once it is."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField()
    content = EncryptedBytes()

    class Meta:
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=("batch", "number"), name="measures_each_part_once"),)

    class Privacy:
        identifying = ("content",)
        operational = ("key", "made_at", "batch", "number")


class Page(Keyed):
    """One page of a file: what it is, and its picture. `why` says it in one sentence.

    `tried_id` is what somebody says that its id is, until it was read by that.
    """

    class Outcome(models.TextChoices):
        """What became of reading it."""

        OK = "ok", "Read"
        NO_CODE = "no_code", "No code"
        UNKNOWN_ID = "unknown_id", "Not a form of ours"
        WRONG_VERSION = "wrong_version", "Another version"
        DUPLICATE = "duplicate", "Here already"
        CONFLICT = "conflict", "Does not agree"
        UNREADABLE = "unreadable", "Cannot be read"

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="pages")
    number = models.PositiveIntegerField()
    outcome = models.CharField(max_length=20, choices=Outcome)
    why = models.CharField(max_length=300, blank=True)
    form = models.ForeignKey(PaperForm, on_delete=models.CASCADE, null=True, blank=True, related_name="pages")
    form_page = models.PositiveSmallIntegerField(null=True, blank=True)
    tried_id = models.CharField(max_length=20, blank=True)
    picture = EncryptedBytes(blank=True)
    aside_at = models.DateTimeField(null=True, blank=True)
    aside_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("batch", "number"), name="measures_each_page_once"),
            models.UniqueConstraint(
                fields=("form", "form_page"),
                condition=Q(outcome="ok", aside_at=None),
                name="measures_one_page_of_a_form",
            ),
        )

    class Privacy:
        identifying = ("picture",)
        operational = (
            "key", "made_at", "batch", "number", "outcome", "why", "form", "form_page", "tried_id", "aside_at",
            "aside_by",
        )  # fmt: skip


class Mark(Keyed):
    """What was read of one question on a page, and what a person made of it.

    `was` is the reading, which nobody changes; `value` stands. One that is `checked` was read without a doubt, and is
    shown all the same, so that it is known how often such a reading is wrong.
    """

    class Status(models.TextChoices):
        """How it was read."""

        OK = "ok", "Read"
        REVIEW = "review", "To look at"
        MISSING = "missing", "Nothing marked"

    class Settled(models.TextChoices):
        """Who or what settled it."""

        READ = "read", "Read without a doubt"
        ACCEPTED = "accepted", "Accepted"
        MOVED = "moved", "Put right"
        MISSING = "missing", "Nothing is marked"
        UNREADABLE = "unreadable", "Cannot be told"

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="marks")
    place = models.PositiveSmallIntegerField()
    item = models.CharField(max_length=60)
    was = models.FloatField(null=True, blank=True)
    status = models.CharField(max_length=10, choices=Status)
    confidence = models.FloatField(default=0.0)
    reason = models.CharField(max_length=400, blank=True)
    strip = EncryptedBytes(blank=True)
    strip_at = models.FloatField(null=True, blank=True)
    checked = models.BooleanField(default=False)
    value = models.FloatField(null=True, blank=True)
    settled = models.CharField(max_length=12, choices=Settled, blank=True)
    second_look_from = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("place",)
        constraints = (models.UniqueConstraint(fields=("page", "item"), name="measures_each_mark_once"),)

    class Privacy:
        identifying = ("strip",)
        sensitive = ("was", "status", "confidence", "reason", "strip_at", "value", "settled")
        operational = ("key", "made_at", "page", "place", "item", "checked", "second_look_from")


class Look(Keyed):
    """Somebody looked at a mark: what they made of it, and when."""

    mark = models.ForeignKey(Mark, on_delete=models.CASCADE, related_name="looks")
    value = models.FloatField(null=True, blank=True)
    settled = models.CharField(max_length=12, choices=Mark.Settled)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("made_at",)

    class Privacy:
        sensitive = ("value", "settled")
        operational = ("key", "made_at", "mark", "by")


class ReadTwice(Keyed):
    """A mark read without a doubt was looked at by a person: how far off it was, in mm, and of nobody.

    `off_mm` is empty where one of the two saw a mark and the other none.
    """

    off_mm = models.FloatField(null=True, blank=True)
    agreed = models.BooleanField()

    class Privacy:
        operational = ("key", "made_at", "off_mm", "agreed")


class UnnamedResponse(Nameless):
    """The answers on a form without a name. It counts for its service, and leads to nobody."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="unnamed_responses")
    instrument = models.CharField(max_length=60)
    version = models.CharField(max_length=20)
    answers = models.JSONField(default=dict, blank=True)
    month = models.DateField()

    class Privacy:
        sensitive = ("answers", "month")
        operational = ("key", "service", "instrument", "version")
