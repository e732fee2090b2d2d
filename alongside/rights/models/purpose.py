"""Why we hold what we hold: the register of purposes."""

from django.db import models

from alongside.access.models import User
from alongside.core.models import Keyed


class Purpose(Keyed):
    """One reason to hold data about people, and the law it stands on. The organisation confirms each one."""

    class Basis(models.TextChoices):
        """Article 6 of the UK GDPR."""

        CONSENT = "consent", "Consent (Article 6(1)(a))"
        CONTRACT = "contract", "A contract with the person (Article 6(1)(b))"
        LEGAL = "legal obligation", "A legal obligation (Article 6(1)(c))"
        VITAL = "vital interests", "Somebody’s life (Article 6(1)(d))"
        PUBLIC_TASK = "public task", "A public task (Article 6(1)(e))"
        LEGITIMATE = "legitimate interests", "Legitimate interests (Article 6(1)(f))"
        RECOGNISED = "recognised interests", "A recognised legitimate interest (Article 6(1)(ea))"

    class Condition(models.TextChoices):
        """Article 9 of the UK GDPR, where the data are about health or another special category."""

        NONE = "", "None is needed"
        EXPLICIT = "explicit consent", "Explicit consent (Article 9(2)(a))"
        NOT_FOR_PROFIT = "not-for-profit", "A not-for-profit body’s own people (Article 9(2)(d))"
        CLAIMS = "legal claims", "Legal claims (Article 9(2)(f))"
        SUBSTANTIAL = "substantial public interest", "Substantial public interest (Article 9(2)(g))"
        CARE = "health or social care", "Health or social care (Article 9(2)(h))"
        RESEARCH = "research", "Research and statistics (Article 9(2)(j))"

    code = models.SlugField(max_length=20, unique=True)
    name = models.CharField(max_length=100)
    basis = models.CharField(max_length=30, choices=Basis)
    condition = models.CharField(max_length=30, choices=Condition, blank=True)
    source = models.CharField(max_length=200)
    recipients = models.CharField(max_length=200)
    keeping = models.ForeignKey("rights.KeepingTime", on_delete=models.PROTECT, related_name="purposes")
    confirmed_on = models.DateField(null=True, blank=True)
    confirmed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    place = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("place",)

    class Privacy:
        operational = (
            "key", "made_at", "code", "name", "basis", "condition", "source", "recipients", "keeping", "confirmed_on",
            "confirmed_by", "place",
        )  # fmt: skip

    def __str__(self) -> str:
        return self.name
