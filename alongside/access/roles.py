"""Who may do what, one class for each role. To be read by anyone who has to answer for it."""

from django.db import models

from alongside.access.permissions import Permission


class Role(models.TextChoices):
    """What somebody does here."""

    PRACTITIONER = "practitioner", "Practitioner"
    LEAD = "lead", "Service lead"
    FUNDER_READER = "funder reader", "Funder’s reader"


class Practitioner:
    """Supports people: keeps the record of support and takes forms with them.

    Sees the people they work with and the people their team works with.
    """

    may = frozenset(
        {Permission.SEE_CLIENTS, Permission.RECORD_SUPPORT, Permission.TAKE_FORMS, Permission.CORRECT_FORMS}
    )


class Lead:
    """Leads a service: all that a practitioner does, covers check-ins that are late, and answers funders.

    Adds the people who work here, the teams and the services, and ends accounts.
    Sees the clients of every team they belong to.
    """

    may = Practitioner.may | {Permission.COVER_CHECK_INS, Permission.MAKE_REPORTS, Permission.MANAGE_PEOPLE}


class FunderReader:
    """Reads the reports on their own grants. Sees no client and nothing else."""

    may = frozenset({Permission.READ_OWN_REPORTS})


MAY: dict[str, frozenset[Permission]] = {
    Role.PRACTITIONER: Practitioner.may,
    Role.LEAD: Lead.may,
    Role.FUNDER_READER: FunderReader.may,
}
