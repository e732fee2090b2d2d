"""The first records of a new organisation."""

from dataclasses import dataclass

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from alongside.access.actions import add_user
from alongside.access.models import User
from alongside.access.roles import Role
from alongside.core import clock
from alongside.information import actions
from alongside.information.models import Nation

NATIONS = Nation.values


@dataclass(frozen=True, kw_only=True)
class Said:
    """What `init` was told."""

    name: str
    nation: str
    address: str
    person: str
    email: str


def has_begun() -> bool:
    """Whether somebody can sign in here."""
    return User.objects.exists()


def nation(said: str) -> str:
    """Check a nation."""
    if said.lower() not in NATIONS:
        raise ValueError(f"Enter one of {', '.join(NATIONS)}.")
    return said.lower()


def email(said: str) -> str:
    """Check a work email."""
    try:
        validate_email(said)
    except ValidationError as error:
        raise ValueError("Enter a work email, such as jo@wrenstreet.example.") from error
    return said


def password_problem(said: Said, password: str) -> str:
    """What is wrong with a password; "" when nothing is."""
    try:
        validate_password(password, User(email=said.email, name=said.person))
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


@transaction.atomic
def begin(said: Said, *, password: str, by: str) -> None:
    """Name the organisation, add helplines and the first service lead; all of it or nothing."""
    actions.describe(by=by, name=said.name, nation=said.nation)
    actions.add_default_helplines(by=by, checked_on=clock.today())
    add_user(email=said.email, name=said.person, role=Role.LEAD, password=password, by=by)
