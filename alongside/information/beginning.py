"""The first records of a new organisation."""

from dataclasses import dataclass

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from alongside.access.actions import add_user
from alongside.access.models import User
from alongside.access.roles import Role
from alongside.audit import actions as audit
from alongside.core import clock
from alongside.information import actions


@dataclass(frozen=True, kw_only=True)
class Said:
    """What `init` was told."""

    name: str
    nation: str
    person: str
    email: str


def password_problem(said: Said, password: str) -> str:
    """What is wrong with a password; "" when nothing is."""
    try:
        validate_password(password, User(email=said.email, name=said.person))
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


@audit.recorded
def begin(said: Said, *, password: str, by: str) -> None:
    """Name the organisation, add helplines and the first service lead; all of it or nothing."""
    actions.describe(by=by, name=said.name, nation=said.nation)
    actions.add_default_helplines(by=by, checked_on=clock.today())
    add_user(email=said.email, name=said.person, role=Role.LEAD, password=password, by=by)
