"""Reading the record of who did what."""

from datetime import date, datetime

from django.db.models import Q, QuerySet

from alongside.audit.models import Entry


def rows(*, by: str = "", day: date | None = None, did: str = "") -> QuerySet[Entry]:
    """The newest first: of everybody or of one person, of every day or of one, of every kind or of one room's."""
    wanted = Q()
    if by:
        wanted &= Q(by=by)
    if day:
        wanted &= Q(at__date=day)
    if did:
        wanted &= Q(did__startswith=did)
    return Entry.objects.filter(wanted).order_by("-number")


def about(subject_key: str) -> QuerySet[Entry]:
    """Everything that was done with one record, the newest first."""
    return Entry.objects.filter(subject__in=[f"client:{subject_key}", f"key:{subject_key}"]).order_by("-number")


def about_while(subject_key: str, *, by: str, since: datetime, until: datetime) -> QuerySet[Entry]:
    """What one person did with one record between two moments, in order."""
    return about(subject_key).filter(by=by, at__gte=since, at__lte=until).order_by("number")
