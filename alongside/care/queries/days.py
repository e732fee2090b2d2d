"""What somebody's day holds."""

from datetime import datetime, time, timedelta

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.utils import timezone

from alongside.access.models import User
from alongside.care.models import Contact
from alongside.care.queries.people import may_see
from alongside.core import clock


def today_of(user: User) -> QuerySet[Contact]:
    """Today's contacts with the people they work with, by time; `before` counts the times somebody came already."""
    begins = timezone.make_aware(datetime.combine(clock.today(), time.min))
    ends = timezone.make_aware(datetime.combine(clock.today() + timedelta(days=1), time.min))
    came = (
        Contact.objects.filter(
            episode=OuterRef("episode"), outcome=Contact.Outcome.CAME, starts_at__lt=OuterRef("starts_at")
        )
        .order_by()
        .values("episode")
        .annotate(times=Count("pk"))
    )
    return (
        Contact.objects.filter(episode__practitioner=user, starts_at__gte=begins, starts_at__lt=ends)
        .filter(may_see(user, "episode__client_id"))
        .select_related("episode__client", "episode__service")
        .annotate(before=Subquery(came.values("times")))
        .order_by("starts_at", "made_at")
    )
