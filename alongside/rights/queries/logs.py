"""Complaints and breaches: no client's record, so whoever answers for rights sees them all."""

from django.db.models import QuerySet

from alongside.access.models import User
from alongside.rights.models import Breach, Complaint, Purpose
from alongside.rights.queries.requests import ANSWER_FOR_RIGHTS


def complaints() -> QuerySet[Complaint]:
    """Every complaint, the oldest first."""
    return Complaint.objects.select_related("acknowledged_by")


def open_complaints() -> QuerySet[Complaint]:
    """Those that wait for an answer."""
    return complaints().filter(answered_on=None)


def open_breaches() -> QuerySet[Breach]:
    """Those that are not over."""
    return breaches().filter(closed_on=None)


def breaches() -> QuerySet[Breach]:
    """Every breach, the latest first."""
    return Breach.objects.select_related("by")


def purposes() -> QuerySet[Purpose]:
    """The register."""
    return Purpose.objects.select_related("keeping", "confirmed_by")


def answers_for_rights() -> list[User]:
    """Who is asked to look at a complaint, A to Z."""
    return list(User.objects.filter(is_active=True, role__in=ANSWER_FOR_RIGHTS).order_by("name"))
