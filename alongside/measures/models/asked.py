"""Questionnaires asked of clients, their responses, and corrections."""

from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

from alongside.access.models import User
from alongside.care.models import Client, Episode
from alongside.core import clock
from alongside.core.encryption import EncryptedText
from alongside.core.models import Keyed
from alongside.measures.fortnights import DAYS
from alongside.measures.models.used import Wording

if TYPE_CHECKING:
    from alongside.measures.answers import Answer


class Questionnaire(Keyed):
    """A form asked of one client. `reader` is the worker who will read it.

    A service evaluation form taken before a session asks only about the fortnight; any form after one points back to
    the one before it. It is `open` until it is sent or taken back. `wording` is the organisation's own, where the
    measure has none that may be shipped.
    """

    class Occasion(models.TextChoices):
        """When it is taken."""

        FORTNIGHT = "fortnight", "The last fortnight and today"
        BEFORE = "before", "Before a session"
        AFTER = "after", "After a session"
        REVIEW = "review", "At a review"
        ONCE = "once", "On its own"

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="questionnaires")
    episode = models.ForeignKey(Episode, on_delete=models.CASCADE, related_name="questionnaires")
    instrument = models.CharField(max_length=60)
    version = models.CharField(max_length=20)
    wording = models.ForeignKey(Wording, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    occasion = models.CharField(max_length=20, choices=Occasion)
    before = models.OneToOneField("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="after")
    reader = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=clock.now)
    taken_back_at = models.DateTimeField(null=True, blank=True)
    open = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("episode", "instrument", "occasion"),
                condition=Q(open=True),
                name="measures_one_open_of_an_occasion",
            ),
            models.CheckConstraint(
                condition=Q(before=None) | Q(occasion="after"), name="measures_only_after_points_to_before"
            ),
        )
        indexes = (models.Index(fields=("client", "opened_at"), name="measures_by_client"),)

    class Privacy:
        sensitive = ("occasion",)
        operational = (
            "key", "made_at", "client", "episode", "instrument", "version", "wording", "before", "reader",
            "opened_by", "opened_at", "taken_back_at", "open",
        )  # fmt: skip

    @property
    def last_day(self) -> date:
        """The last day to go on with it: a form about a session on that session's day, another for a fortnight."""
        of_a_session = self.occasion in {self.Occasion.BEFORE, self.Occasion.AFTER}
        days = 0 if of_a_session else DAYS - 1
        return timezone.localtime(self.opened_at).date() + timedelta(days=days)

    @property
    def goes_on(self) -> bool:
        """Whether it is open and its last day has not passed."""
        return self.open and clock.today() <= self.last_day


class Responses(models.QuerySet["Response"]):
    """Query words."""

    def sent(self) -> "Responses":
        """Those that the client has sent."""
        return self.filter(sent_at__isnull=False)


class Response(Keyed):
    """The answers to one questionnaire, kept as they are given; sent once.

    `answers` maps an item's key to {"value": 6.4, "how": "line"}, {"chosen": ["Sleep"]} or {"declined": true}. An item
    that nobody has touched is not in it. One answered in words is {"words": true}; the words stand in `Words`.
    """

    class Given(models.TextChoices):
        """Who had the screen."""

        TOGETHER = "together", "Together with a worker"
        HANDED_OVER = "handed over", "By themselves, on a screen handed over"
        ON_PAPER = "on paper", "On paper, typed in by a worker"
        FROM_A_FILE = "from a file", "Elsewhere, brought in from a file"

    questionnaire = models.OneToOneField(Questionnaire, on_delete=models.CASCADE, related_name="response")
    answers = models.JSONField(default=dict, blank=True)
    given = models.CharField(max_length=20, choices=Given)
    sent_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)

    objects = Responses.as_manager()

    class Meta:
        indexes = (models.Index(fields=("sent_at",), name="measures_by_sent"),)

    class Privacy:
        sensitive = ("answers", "given", "sent_at")
        operational = ("key", "made_at", "questionnaire", "revision")

    def answer(self, item: str) -> "Answer":
        """What was said to one question."""
        from alongside.measures.answers import Answer

        return Answer.kept(self.answers.get(item), self._words.get(item, ""))

    @property
    def marked(self) -> set[str]:
        """The questions that have a mark."""
        return {key for key, stored in self.answers.items() if "value" in stored}

    @cached_property
    def _words(self) -> dict[str, str]:
        in_words = any("words" in stored for stored in self.answers.values())
        return {one.item: one.words for one in self.written.all()} if in_words else {}

    def clean(self) -> None:
        """Refuse an answer that the form does not ask for, or that is not one of its marks."""
        from alongside.measures.answers import Unfit, check

        try:
            check(self.answers, asked_of=self.questionnaire)
        except Unfit as error:
            raise ValidationError({"answers": str(error)}) from error


class Words(Keyed):
    """What was written in answer to one question."""

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="written")
    item = models.CharField(max_length=60)
    words = EncryptedText()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("response", "item"), name="measures_words_once_an_item"),)

    class Privacy:
        identifying = ("words",)
        sensitive = ("item",)
        operational = ("key", "made_at", "response")


class Correction(Keyed):
    """A wrong answer put right after it was sent: what it was, what it is, who changed it and why."""

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="corrections")
    item = models.CharField(max_length=60)
    was = models.JSONField(null=True, blank=True)
    became = models.JSONField(null=True, blank=True)
    was_words = EncryptedText(blank=True)
    became_words = EncryptedText(blank=True)
    why = EncryptedText()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("at",)

    class Privacy:
        identifying = ("why", "was_words", "became_words")
        sensitive = ("item", "was", "became")
        operational = ("key", "made_at", "response", "by", "at")
