"""Things a worker is asked to do."""

from django.db import models
from django.db.models import Q

from alongside.access.models import User
from alongside.core.encryption import EncryptedText, if_it_opens
from alongside.core.models import Keyed


class Tasks(models.QuerySet["Task"]):
    """Query words."""

    def open(self) -> "Tasks":
        """Not done yet."""
        return self.filter(done_at=None)

    def for_user(self, user: User, *, late_since: object = None) -> "Tasks":
        """Asked of this person; with `late_since`, also those they cover for that were due before it."""
        theirs = Q(worker=user)
        return self.filter(theirs | Q(cover=user, due_at__lt=late_since) if late_since else theirs)


class Task(Keyed):
    """One thing, asked of one worker, with somebody who covers when it is late.

    Ordered by when it is due and by nothing else. `subject_key` is the record it is about, `link` its page.
    """

    class Kind(models.TextChoices):
        """What is asked."""

        CHECK_IN = "check in", "Check in with somebody"
        COMPLAINT = "complaint", "Read a complaint about data"
        PAPER = "paper", "Look at a page of paper"

    kind = models.CharField(max_length=20, choices=Kind)
    title = EncryptedText()
    subject_key = models.CharField(max_length=32)
    link = models.CharField(max_length=200)
    worker = models.ForeignKey(User, on_delete=models.PROTECT, related_name="tasks")
    cover = models.ForeignKey(User, on_delete=models.PROTECT, related_name="covers", null=True, blank=True)
    due_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    objects = Tasks.as_manager()

    class Meta:
        ordering = ("due_at", "made_at")
        constraints = (
            models.UniqueConstraint(
                fields=("kind", "subject_key", "worker"), condition=Q(done_at=None), name="todo_one_open_for_a_worker"
            ),
            models.CheckConstraint(
                condition=Q(done_at=None, done_by=None) | Q(done_at__isnull=False, done_by__isnull=False),
                name="todo_done_has_a_time_and_a_person",
            ),
        )
        indexes = (models.Index(fields=("worker", "done_at", "due_at"), name="todo_by_worker"),)

    class Privacy:
        identifying = ("title",)
        operational = (
            "key", "made_at", "kind", "subject_key", "link", "worker", "cover", "due_at", "done_at", "done_by",
        )  # fmt: skip

    @property
    def says(self) -> str:
        """What is asked, for a list that one damaged title must not close."""
        return str(if_it_opens(self, "title", "What is asked here cannot be opened"))
