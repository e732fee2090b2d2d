"""What somebody agreed to: each purpose by itself, in words that are kept as they were."""

from django.db import models
from django.db.models import Q

from alongside.access.models import User
from alongside.core.encryption import EncryptedText
from alongside.core.models import Keyed


class About(models.TextChoices):
    """What somebody may agree to, one by one."""

    SUPPORT = "support", "Support"
    EVALUATION = "evaluation", "Counting what helps"
    RESEARCH = "research", "Research"
    CONTACT = "contact", "Staying in touch"
    STORY = "story", "Telling their story"


class Wording(Keyed):
    """What is asked, and what taking it back will do. A new wording is a new version; old ones stay."""

    about = models.CharField(max_length=20, choices=About)
    version = models.PositiveSmallIntegerField()
    asks = models.CharField(max_length=400)
    taking_back = models.CharField(max_length=400)

    class Meta:
        ordering = ("about", "-version")
        constraints = (models.UniqueConstraint(fields=("about", "version"), name="rights_one_of_a_version"),)

    class Privacy:
        public = ("about", "version", "asks", "taking_back")
        operational = ("key", "made_at")

    def __str__(self) -> str:
        return f"{self.asks} (wording {self.version})"


class Consents(models.QuerySet["Consent"]):
    """Query words."""

    def current(self) -> "Consents":
        """What people said last."""
        return self.filter(current=True)


class Consent(Keyed):
    """One answer to one wording. The next answer is another row, so that the history is kept."""

    class Answer(models.TextChoices):
        """What they said."""

        YES = "yes", "Yes"
        NO = "no", "No"
        TAKEN_BACK = "taken back", "Taken back"

    class How(models.TextChoices):
        """How they said it."""

        IN_PERSON = "in person", "In person"
        PHONE = "phone", "On the phone"
        WRITING = "writing", "In writing"

    person_key = models.CharField(max_length=32)
    wording = models.ForeignKey(Wording, on_delete=models.PROTECT, related_name="answers")
    about = models.CharField(max_length=20, choices=About)
    answer = models.CharField(max_length=20, choices=Answer)
    how = models.CharField(max_length=20, choices=How)
    said_on = models.DateField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    current = models.BooleanField(default=True)

    objects = Consents.as_manager()

    class Meta:
        ordering = ("-made_at",)
        constraints = (
            models.UniqueConstraint(
                fields=("person_key", "about"), condition=Q(current=True), name="rights_one_answer_holds"
            ),
        )
        indexes = (models.Index(fields=("about", "current", "answer"), name="rights_by_answer"),)

    class Privacy:
        sensitive = ("answer", "how", "said_on")
        operational = ("key", "made_at", "person_key", "wording", "about", "by", "current")


class CompetenceNote(Keyed):
    """That somebody under 16 understands what they agree to: who thought so, when and why. Age alone never says it."""

    person_key = models.CharField(max_length=32, db_index=True)
    noted_on = models.DateField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    safeguarding_lead = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    why = EncryptedText()
    own_words = EncryptedText(blank=True)
    may_tell_parents = models.BooleanField(default=False)

    class Meta:
        ordering = ("-made_at",)

    class Privacy:
        identifying = ("why", "own_words")
        sensitive = ("may_tell_parents",)
        operational = ("key", "made_at", "person_key", "noted_on", "by", "safeguarding_lead")
