"""What can be shown about the people who sign in and what was logged; no client's record is read for it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet

from alongside.access import emergencies
from alongside.access import queries as access
from alongside.access.models import User
from alongside.audit import chain
from alongside.core import clock
from alongside.rights.models import Request
from alongside.rights.queries import logs, requests

TELL_WITHIN = timedelta(hours=72)
ANSWER_WITHIN = timedelta(days=30)


@dataclass(frozen=True, kw_only=True)
class Logged:
    """How many of each were logged, and how many of them are late."""

    what: str
    number: int
    waiting: int
    late: int


def people() -> QuerySet[User]:
    """Everybody who has an account, with how many of their sessions go on."""
    going_on = Count("sessions", filter=Q(sessions__expire_date__gt=clock.now()), distinct=True)
    return access.people().annotate(open_sessions=going_on)


def still_let_in(gone: Iterable[str]) -> QuerySet[User]:
    """Those of these emails who can sign in."""
    return User.objects.filter(is_active=True, email__in=[email.lower() for email in gone])


def logged(now: datetime) -> list[Logged]:
    """Complaints, breaches, requests and emergencies, as numbers."""
    complaints, breaches = logs.complaints(), logs.breaches()
    unread = complaints.filter(acknowledged_on=None)
    untold = [one for one in breaches if not one.ico_told_at and not one.ico_not_told_why]
    waiting = Request.objects.filter(decision="")
    reviews = list(emergencies.waiting())
    return [
        Logged(
            what="complaints about data",
            number=complaints.count(),
            waiting=logs.open_complaints().count(),
            late=unread.filter(received_on__lt=(now - ANSWER_WITHIN).date()).count(),
        ),
        Logged(
            what="breaches",
            number=breaches.count(),
            waiting=logs.open_breaches().count(),
            late=sum(one.noticed_at < now - TELL_WITHIN for one in untold),
        ),
        Logged(
            what="requests for a copy or for erasure",
            number=Request.objects.count(),
            waiting=waiting.count(),
            late=sum(
                requests.clock_of(one, today=clock.today()).left < 0 for one in waiting.prefetch_related("pauses")
            ),
        ),
        Logged(
            what="openings in an emergency that wait for a review",
            number=len(reviews),
            waiting=len(reviews),
            late=sum(one.overdue for one in reviews),
        ),
    ]


def record_is_whole() -> tuple[bool, str]:
    """Whether the record of who did what holds together, and how far it goes."""
    whole = chain.first_break() is None and not chain.cut_off()
    return whole, str(chain.anchor())
