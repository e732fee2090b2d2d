"""Clients: which ones somebody may see, by name, and those they work with."""

from collections.abc import Iterable
from operator import attrgetter

from django.db.models import Exists, OuterRef, Prefetch, QuerySet, Subquery

from alongside.access.models import Relationship, User
from alongside.access.queries import subject_keys
from alongside.care import names
from alongside.care.models import Client, Contact, Episode
from alongside.care.queries import called
from alongside.care.queries.called import Called
from alongside.core import clock


def visible_to(user: User) -> QuerySet[Client]:
    """Those on this person's caseload, those of their teams, and those they opened in an emergency, for an hour."""
    return Client.objects.filter(may_see(user, "pk"))


def may_see(user: User, key: str) -> Exists:
    """Whether this person may see the client whose key stands in a column; one look-up a row, however many clients."""
    kinds = (Relationship.Kind.CASELOAD, Relationship.Kind.TEAM, Relationship.Kind.EMERGENCY)
    return Exists(subject_keys(user, *kinds).filter(subject_key=OuterRef(key)))


def a_to_z(user: User, *, left: bool = False) -> list[str]:
    """The keys of those whose support goes on, or of those who have left us, by name."""
    open_now = Episode.objects.open()
    if left:
        return _in_order(called.of(visible_to(user).filter(~Exists(open_now.filter(client=OuterRef("pk"))))))
    return _in_order(called.of(visible_to(user).filter(pk__in=open_now.values("client"))))


def found(user: User, text: str) -> list[str]:
    """The keys of those with a name, or a code, that has words beginning like these; nobody if there are no words."""
    wanted = names.words(text)
    if not wanted:
        return []
    return _in_order(
        one
        for one in called.of(visible_to(user).filter(called.may_answer_to(wanted)))
        if names.answers_to(wanted, one.said)
    )


def _in_order(everybody: Iterable[Called]) -> list[str]:
    return [one.key for one in sorted(everybody, key=attrgetter("place"))]


def shown(user: User, keys: list[str]) -> list[Client]:
    """These clients, in this order, each with the `support` they receive or received, the latest first."""
    support = Episode.objects.select_related("service", "practitioner").order_by("-started_on", "-made_at")
    clients = visible_to(user).filter(pk__in=keys).prefetch_related(Prefetch("episodes", support, to_attr="support"))
    clients = clients.only("code", "name", "known_as", "needs", "needs_checked_on")
    return sorted(clients, key=lambda client: keys.index(client.pk))


def working_with(user: User) -> QuerySet[Episode]:
    """The support that this person gives now; `next_at` is when they meet next."""
    planned = Contact.objects.filter(
        episode=OuterRef("pk"), outcome=Contact.Outcome.PLANNED, starts_at__gte=clock.now()
    ).order_by("starts_at")
    return (
        Episode.objects.open()
        .worked_by(user)
        .filter(may_see(user, "client_id"))
        .select_related("client", "service")
        .annotate(next_at=Subquery(planned.values("starts_at")[:1]))
        .order_by("started_on", "made_at")
    )
