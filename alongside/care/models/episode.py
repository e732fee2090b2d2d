"""The path of support: how somebody came, and what they received."""

from django.db import models
from django.db.models import F, Q

from alongside.access.models import Team, User
from alongside.addressbook.models import Organisation
from alongside.care.models.client import Client
from alongside.core.models import Keyed


class Service(Keyed):
    """A kind of support that the organisation gives, and the team that gives it."""

    class Tier(models.TextChoices):
        """When it comes."""

        PREVENTION = "prevention", "Early intervention and prevention"
        INTERVENTION = "intervention", "Intervention"
        POSTVENTION = "postvention", "Postvention"

    name = models.CharField(max_length=80, unique=True)
    tier = models.CharField(max_length=20, choices=Tier)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="services")
    uses_form = models.BooleanField(default=True)

    class Meta:
        ordering = ("name",)

    class Privacy:
        operational = ("key", "made_at", "name", "tier", "team", "uses_form")

    def __str__(self) -> str:
        return self.name


class Referral(Keyed):
    """Somebody's way in. A later one is linked to what came before."""

    class Way(models.TextChoices):
        """Who asked."""

        SELF = "self", "They asked themselves"
        FAMILY = "family", "Family or friend"
        GP = "gp", "GP or primary care"
        MENTAL_HEALTH = "mental health", "Secondary mental health"
        SCHOOL = "school", "School"
        POLICE = "police", "Police"
        EMERGENCY = "emergency", "Emergency service"
        SOCIAL_CARE = "social care", "Social care"
        CHARITY = "charity", "Another charity"

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="referrals")
    way = models.CharField(max_length=20, choices=Way)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True)
    received_on = models.DateField()
    previous = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="later")

    class Privacy:
        sensitive = ("way", "organisation", "received_on")
        operational = ("key", "made_at", "client", "previous")


class Episodes(models.QuerySet["Episode"]):
    """Query words."""

    def open(self) -> "Episodes":
        """Support that goes on."""
        return self.filter(ended_on=None)

    def worked_by(self, user: User) -> "Episodes":
        """Those of one practitioner."""
        return self.filter(practitioner=user)


class Episode(Keyed):
    """One client receiving one service from one practitioner, paid for by one funder or by ourselves."""

    class Ending(models.TextChoices):
        """How it ended."""

        PLANNED = "planned", "Planned"
        UNPLANNED = "unplanned", "Unplanned"
        MOVED_ON = "moved on", "Moved on to something else"

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="episodes")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="episodes")
    practitioner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="episodes")
    funder = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="episodes")
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="episodes")
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    ending = models.CharField(max_length=20, choices=Ending, blank=True)

    objects = Episodes.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(ended_on=None, ending="") | (Q(ended_on__gte=F("started_on")) & ~Q(ending="")),
                name="care_an_ending_has_a_day_and_a_kind",
            ),
            models.UniqueConstraint(
                fields=("client", "service"), condition=Q(ended_on=None), name="care_one_open_episode_of_a_service"
            ),
        )
        indexes = (
            models.Index(fields=("practitioner", "ended_on"), name="care_by_practitioner"),
            models.Index(fields=("funder", "started_on"), name="care_by_funder"),
        )

    class Privacy:
        sensitive = ("service", "started_on", "ended_on", "ending")
        operational = ("key", "made_at", "client", "practitioner", "funder", "referral")
