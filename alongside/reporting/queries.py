"""Which grants and reports somebody may see, and what a grant paid for in a period."""

import json
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from django.db.models import Max, Q, QuerySet
from django.db.models.functions import Length
from django.utils import timezone

from alongside.access.models import Relationship, User
from alongside.access.permissions import Permission
from alongside.access.queries import subject_keys
from alongside.access.roles import Role
from alongside.addressbook.models import Organisation
from alongside.care.models import Client, Contact, Episode, Service
from alongside.measures.models import Response, UnnamedResponse
from alongside.reporting.models import Grant, Report
from alongside.reporting.periods import Period
from alongside.rights.queries import permitted

FORM = "service-evaluation"
EVER = date(1900, 1, 1)  # before any record
LAID_OUT = ("page", "pdf", "tables")
HEAVY = (*LAID_OUT, "results", "clients")


def visible_to(user: User) -> QuerySet[Grant]:
    """Every grant for those who make reports; for a funder's reader, those they were let in on."""
    grants = Grant.objects.select_related("funder")
    if user.may(Permission.MAKE_REPORTS):
        return grants
    if user.may(Permission.READ_OWN_REPORTS):
        return grants.filter(pk__in=subject_keys(user, Relationship.Kind.FUNDS))
    return grants.none()


def reports_visible_to(user: User) -> QuerySet[Report]:
    """The reports on the grants that somebody sees; for a funder's reader, without those too near to another."""
    reports = Report.objects.filter(grant__in=visible_to(user)).select_related("grant__funder")
    return reports if user.may(Permission.MAKE_REPORTS) else reports.filter(too_near=None)


def seen_by_readers(grant: Grant) -> Iterator[Report]:
    """Every report on a grant of the same funder that its readers may have seen, the latest first."""
    seen = Report.objects.filter(grant__funder=grant.funder_id, too_near=None)
    return seen.defer(*LAID_OUT).order_by("-made_at", "key").iterator(1)


def nearest(report: Report) -> Report | None:
    """The report that this one is too near to."""
    return Report.objects.defer(*HEAVY).select_related("grant").filter(pk=report.too_near_id).first()


def listed(user: User) -> list[Grant]:
    """Their grants, A to Z, each with its services."""
    return list(visible_to(user).prefetch_related("services").order_by("title", "starts_on", "key"))


def made_for(grants: list[Grant], user: User) -> list[Report]:
    """What somebody sees of what was made for these grants, the latest version first, without what is heavy."""
    seen = reports_visible_to(user).filter(grant__in=grants)
    return list(seen.defer(*HEAVY).order_by("-ends_on", "starts_on", "-version"))


def versions(report: Report, user: User) -> list[Report]:
    """Every version of one report that somebody sees, the latest first."""
    seen = reports_visible_to(user)
    same = seen.filter(grant=report.grant_id, starts_on=report.starts_on, ends_on=report.ends_on)
    return list(same.defer(*HEAVY).order_by("-version"))


def made(key: str) -> Report | None:
    """What an earlier press of the same button made."""
    return Report.objects.filter(pk=key).first() if key else None


def next_version(grant: Grant, period: Period) -> int:
    """The number that the next report on this period gets."""
    same = Report.objects.filter(grant=grant, starts_on=period.starts_on, ends_on=period.ends_on)
    return (same.aggregate(last=Max("version"))["last"] or 0) + 1


def funders() -> list[Organisation]:
    """Those who give money, A to Z."""
    return list(Organisation.objects.filter(kind=Organisation.Kind.FUNDER))


def services() -> list[Service]:
    """Every service, A to Z."""
    return list(Service.objects.all())


def readers() -> list[User]:
    """Funders' readers who can sign in, A to Z."""
    return list(User.objects.filter(role=Role.FUNDER_READER, is_active=True).order_by("name"))


def readers_of(grant: Grant) -> list[User]:
    """Those who are let in on a grant, A to Z; some may have no account or another role by now."""
    held = Relationship.objects.open().filter(kind=Relationship.Kind.FUNDS, subject_key=grant.pk)
    return list(User.objects.filter(pk__in=held.values("user")).order_by("name", "email"))


def read_for() -> dict[str, set[Organisation]]:
    """The funders whose grants each reader sees, by the reader's key."""
    held = Relationship.objects.open().filter(kind=Relationship.Kind.FUNDS).values_list("subject_key", "user")
    keys = list(held)
    grants = Grant.objects.select_related("funder").in_bulk({grant for grant, _ in keys})
    found: dict[str, set[Organisation]] = {}
    for grant, reader in keys:
        if reader and grant in grants:
            found.setdefault(reader, set()).add(grants[grant].funder)
    return found


class Supported(NamedTuple):
    """One episode, as far as counting needs it."""

    client: str
    service: str
    referral: str
    started_on: date
    ended_on: date | None


def all_support(*, until: date) -> QuerySet[Episode]:
    """All support that had begun by a day, whoever pays for it.

    Whoever has taken back, or refused, that their answers are counted is not in it.
    """
    return permitted(Episode.objects.filter(started_on__lte=until), "evaluation", person="client_id")


def support_of(grant: Grant, *, until: date) -> QuerySet[Episode]:
    """That of it which the grant pays for: its funder's, in its services or in any."""
    paid = all_support(until=until).filter(funder=grant.funder_id)
    chosen = _paid_for(grant)
    return paid.filter(service__in=chosen) if chosen else paid


def shares(grant: Grant, *, since: date, until: date) -> bool:
    """Whether another grant of its funder pays for some of the same services in some of this time.

    An episode knows its funder and no grant, so both count the same people.
    """
    others = Grant.objects.filter(funder=grant.funder_id, starts_on__lte=until, ends_on__gte=since).exclude(pk=grant.pk)
    chosen = _paid_for(grant)
    return (others.filter(Q(services__in=chosen) | Q(services=None)) if chosen else others).exists()


def within(support: QuerySet[Episode], since: date) -> QuerySet[Episode]:
    """That of it which had not ended before a day."""
    return support.filter(Q(ended_on=None) | Q(ended_on__gte=since))


def rows(support: QuerySet[Episode]) -> list[Supported]:
    """The episodes, in one query."""
    found = support.values_list("client", "service", "referral", "started_on", "ended_on")
    return [Supported(*row) for row in found]


def about(support: QuerySet[Episode]) -> dict[str, Client]:
    """What a report needs to know of the clients of this support, in one query."""
    found = Client.objects.filter(pk__in=support.values("client")).only("born", "gender")
    return {client.pk: client for client in found}


def nameless(support: QuerySet[Episode]) -> int:
    """How many of the clients of this support have no name in their record. What is encrypted stays so."""
    found = Client.objects.filter(pk__in=support.values("client"))
    return found.annotate(letters=Length("name") + Length("known_as")).filter(letters=0).count()


def times_they_came(support: QuerySet[Episode], since: date, until: date) -> int:
    """Meetings and calls that took place within this support."""
    came = Contact.objects.filter(episode__in=support, outcome=Contact.Outcome.CAME)
    return came.filter(starts_at__gte=_midnight(since), starts_at__lt=_midnight(until + timedelta(days=1))).count()


def answers(support: QuerySet[Episode], since: date, until: date) -> Iterator[tuple[str, date, dict[str, Any]]]:
    """Client, day and answers of every form that counts, as corrected, client by client and the oldest first.

    A form taken before a session does not where the one after it was sent, which asks the same again.
    """
    forms = (
        Response.objects.sent()
        .filter(
            questionnaire__episode__in=support,
            questionnaire__instrument=FORM,
            sent_at__gte=_midnight(since),
            sent_at__lt=_midnight(until + timedelta(days=1)),
        )
        .exclude(questionnaire__after__response__sent_at__isnull=False)
    )
    ordered = forms.order_by("questionnaire__client", "sent_at", "key")
    for client, sent_at, said in ordered.values_list("questionnaire__client", "sent_at", "answers").iterator(5_000):
        yield client, timezone.localtime(sent_at).date(), said


def unnamed(grant: Grant, since: date, until: date) -> int:
    """How many forms without a name came back in the services of a grant, by whole months and whoever pays for them."""
    found = UnnamedResponse.objects.filter(instrument=FORM, month__gte=since.replace(day=1), month__lte=until)
    chosen = _paid_for(grant)
    return (found.filter(service__in=chosen) if chosen else found).count()


def every_unnamed(until: date) -> list[tuple[date, str, dict[str, Any]]]:
    """Month, service and answers of every form without a name, in an order that says nothing of when it came."""
    found = UnnamedResponse.objects.filter(instrument=FORM, month__lte=until)
    rows: list[tuple[date, str, dict[str, Any]]] = list(found.values_list("month", "service__name", "answers"))
    return sorted(rows, key=lambda row: (row[0], row[1], json.dumps(row[2], sort_keys=True)))


def _paid_for(grant: Grant) -> list[str]:
    """The services of a grant; none where it pays for every one. Asked once of a grant that was fetched with them."""
    return [service.pk for service in grant.services.all()]


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def other_measures() -> QuerySet[Response]:
    """Every form but the service evaluation form, of those who have not said no to evaluation."""
    sent = Response.objects.sent().exclude(questionnaire__instrument=FORM)
    return permitted(sent, "evaluation", person="questionnaire__client")
