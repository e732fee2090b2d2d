"""A person who is supported."""

from datetime import date

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from alongside.care import names
from alongside.core.blind import BlindIndex
from alongside.core.encryption import EncryptedDate, EncryptedList, EncryptedText, if_it_opens
from alongside.core.models import Keyed


class Client(Keyed):
    """A person who is supported. Nothing on this record rates, labels or ranks them."""

    class Gender(models.TextChoices):
        """How they describe themselves; blank until somebody asks."""

        NOT_ASKED = "", "Not asked yet"
        WOMAN = "woman", "Woman"
        MAN = "man", "Man"
        NON_BINARY = "non-binary", "Non-binary"
        ANOTHER = "another", "Another way"
        NOT_SAID = "prefer not to say", "Prefers not to say"

    code = models.CharField(max_length=20, unique=True, validators=[RegexValidator(r"^[A-Z]{1,4}-\d{4,}$")])
    name = EncryptedText(blank=True)
    known_as = EncryptedText(blank=True)
    found_by = BlindIndex(of="words_of_names")
    pronouns = EncryptedText(blank=True)
    born = EncryptedDate(blank=True)
    gender = models.CharField(max_length=20, choices=Gender, blank=True)
    phone = EncryptedText(blank=True)
    email = EncryptedText(blank=True)
    address = EncryptedText(blank=True)
    postcode_area = models.CharField(max_length=4, blank=True)
    someone_close = EncryptedText(blank=True)
    needs = EncryptedList(blank=True, default=list)
    needs_checked_on = models.DateField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(gender__in=["", "woman", "man", "non-binary", "another", "prefer not to say"]),
                name="care_client_gender_is_known",
            ),
        )

    class Privacy:
        identifying = (
            "name", "known_as", "pronouns", "born", "phone", "email", "address", "someone_close", "needs",
        )  # fmt: skip
        sensitive = ("gender", "postcode_area")
        operational = ("key", "made_at", "code", "needs_checked_on", "revision", "found_by")

    def __str__(self) -> str:
        return self.code

    @property
    def called(self) -> str:
        """The name they go by; their code when they gave no name."""
        return self.known_as or self.name or self.code

    @property
    def listed_as(self) -> str:
        """How they stand in a list: by their code if their names do not open, so that the list does."""
        name, known_as = (if_it_opens(self, field) for field in ("name", "known_as"))
        return names.listed(name=name, known_as=known_as, code=self.code)

    @property
    def needs_listed(self) -> list[str]:
        """What they have asked for, in a list of clients."""
        found: list[str] = if_it_opens(self, "needs", ["Cannot be opened"])
        return found

    @property
    def words_of_names(self) -> list[str]:
        """What they are found by, besides their code."""
        return names.words(" ".join(if_it_opens(self, field) for field in ("name", "known_as")))

    @property
    def first_name(self) -> str:
        """What one would say to them."""
        return self.known_as or self.name.split(" ")[0] or self.code

    def age_on(self, day: date) -> int | None:
        """Their age in whole years, or None when we do not know when they were born."""
        born: date | None = self.born
        if born is None:
            return None
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
