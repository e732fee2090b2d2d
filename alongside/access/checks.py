"""What `alongside doctor --security` says about the people who can sign in."""

from datetime import timedelta
from typing import Any

from django.core.checks import CheckMessage, Info, Warning  # noqa: A004 - the library's name
from django.db.models import Count

from alongside.access import queries
from alongside.access.models import User
from alongside.access.roles import Role
from alongside.core import clock

UNUSED = timedelta(days=90)
LEAST_LEADS, MOST_LEADS = 2, 6


def leads(**_: Any) -> list[CheckMessage]:
    """Say so when a lead has nobody to cover, or when too many may look after people."""
    number = User.objects.filter(is_active=True, role=Role.LEAD).count()
    if number < LEAST_LEADS:
        what = f"{number} service lead{'' if number == 1 else 's'} can sign in: nobody covers, and nobody reviews."
        return [Warning(what, hint="Add another on the page People.", id="access.W001")]
    if number > MOST_LEADS:
        what = f"{number} service leads can sign in, and each can add and end accounts."
        return [Info(what, hint="Ask whether all of them need to.", id="access.I001")]
    return []


def unused(**_: Any) -> list[CheckMessage]:
    """Say so when accounts have lain unused for 90 days."""
    number = queries.unused_since(clock.now() - UNUSED).count()
    if not number:
        return []
    what = f"Accounts that nobody has signed in to for {UNUSED.days} days: {number}."
    return [Warning(what, hint="End them on the page People, or ask their people to sign in.", id="access.W002")]


def leavers(**_: Any) -> list[CheckMessage]:
    """Say so when somebody whose account has ended is still signed in."""
    number = queries.sessions_of_leavers().count()
    if not number:
        return []
    what = f"Sessions of people whose account has ended: {number}."
    return [Warning(what, hint="End the account again on the page People, which ends them.", id="access.W003")]


def roles(**_: Any) -> list[CheckMessage]:
    """Say how many people can sign in, by role."""
    counted = User.objects.filter(is_active=True).values_list("role").annotate(Count("pk")).order_by("role")
    said = ", ".join(f"{Role(role).label.lower()} {number}" for role, number in counted)
    return [Info(f"People who can sign in: {said or 'nobody'}.", hint="Look through them every three months.")]
