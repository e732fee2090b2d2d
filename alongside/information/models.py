"""The organisation's own words, and helplines."""

import re

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from alongside.core.models import Keyed


class Nation(models.TextChoices):
    """Where in the United Kingdom; the help that is there differs."""

    ENGLAND = "england", "England"
    WALES = "wales", "Wales"
    SCOTLAND = "scotland", "Scotland"
    NORTHERN_IRELAND = "northern-ireland", "Northern Ireland"


DIGITS = re.compile(r"\+?[0-9](?: ?[0-9]){1,14}")
TO_CALL = "Enter the number in digits and spaces, such as 0800 1111"
TO_TEXT = "Enter the number to text, such as 85258, or with a word to send, such as SHOUT to 85258"
WORD_TO = re.compile(r"(?:([A-Za-z0-9]+) to )?(.+)")


class AboutUs(Keyed):
    """What the public sees of the organisation; there is one."""

    only = models.BooleanField(default=True, unique=True, editable=False)
    name = models.CharField(max_length=100)
    nation = models.CharField(max_length=20, choices=Nation, default=Nation.ENGLAND)
    strapline = models.CharField(max_length=200, blank=True)
    about = models.TextField(blank=True)
    address = models.CharField(max_length=200, blank=True)
    opening = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    email = models.EmailField(blank=True)

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(only=True), name="information_one_organisation"),)

    class Privacy:
        public = ("name", "nation", "strapline", "about", "address", "opening", "phone", "email")
        operational = ("key", "made_at", "only")


class Offer(Keyed):
    """One way to get support, as the front page shows it."""

    class Picture(models.TextChoices):
        """The shapes beside it."""

        PAIR = "pair", "Two people"
        RING = "ring", "A ring of people"
        DOOR = "door", "People and an open place"
        CAFE = "cafe", "Round a table"
        LETTER = "letter", "Writing to somebody"
        FAMILY = "family", "A family"

    title = models.CharField(max_length=60)
    about = models.CharField(max_length=200)
    note = models.CharField(max_length=200, blank=True)
    picture = models.CharField(max_length=10, choices=Picture)
    place = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("place",)

    class Privacy:
        public = ("title", "about", "note", "picture", "place")
        operational = ("key", "made_at")


class Helpline(Keyed):
    """Somewhere to turn now. `nation` is empty where it serves all four; only live ones are shown.

    `link` always comes from `number` and `how`; see `dialled`.
    """

    class How(models.TextChoices):
        """How one reaches it."""

        CALL = "call", "Call"
        TEXT = "text", "Text"

    name = models.CharField(max_length=80)
    what_for = models.CharField(max_length=80)
    number = models.CharField(max_length=30)
    link = models.CharField(max_length=60)
    how = models.CharField(max_length=10, choices=How)
    note = models.CharField(max_length=120, blank=True)
    nation = models.CharField(max_length=20, choices=Nation, blank=True)
    audience = models.CharField(max_length=80, blank=True)
    hours = models.CharField(max_length=60)
    cost = models.CharField(max_length=60, blank=True)
    checked_on = models.DateField(null=True, blank=True)
    checked_by = models.CharField(max_length=100, blank=True)
    live = models.BooleanField(default=False)
    place = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("place",)
        constraints = (
            models.CheckConstraint(
                condition=Q(live=False) | Q(checked_on__isnull=False), name="information_live_is_checked"
            ),
        )

    class Privacy:
        public = (
            "name", "what_for", "number", "link", "how", "note", "nation", "audience", "hours", "cost", "place",
        )  # fmt: skip
        operational = ("key", "made_at", "checked_on", "checked_by", "live")


def dialled(number: str, how: str) -> str:
    """The address that calls or texts a number.

    >>> dialled("0800 1111", "call"), dialled("SHOUT to 85258", "text")
    ('tel:08001111', 'sms:85258?body=SHOUT')

    Raises
    ------
    ValidationError : this is no number that a phone can call or text
    """
    if how == Helpline.How.CALL and DIGITS.fullmatch(number):
        return f"tel:{number.replace(' ', '')}"
    said = WORD_TO.fullmatch(number)
    if how == Helpline.How.TEXT and said and DIGITS.fullmatch(said[2]):
        return f"sms:{said[2].replace(' ', '')}" + (f"?body={said[1]}" if said[1] else "")
    raise ValidationError({"number": TO_TEXT if how == Helpline.How.TEXT else TO_CALL})
