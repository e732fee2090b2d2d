"""Who may do what, one class for each role. To be read by anyone who has to answer for it."""

from typing import ClassVar

from django.db import models

from alongside.access.permissions import Permission


class Role(models.TextChoices):
    """What somebody does here."""

    PRACTITIONER = "practitioner", "Practitioner"
    LEAD = "lead", "Service lead"
    EVALUATOR = "evaluator", "Evaluator"
    FUNDER_READER = "funder reader", "Funder’s reader"
    FACILITATOR = "facilitator", "Facilitator"
    TRAINER = "trainer", "Trainer"
    NETWORK_MODERATOR = "network moderator", "Network moderator"
    DEBRIEF_THERAPIST = "debrief therapist", "Debrief therapist"
    ADMINISTRATOR = "administrator", "Administrator"
    CLIENT = "client", "Client"


class Allowed:
    """What a role may do: nothing, until it says so."""

    may: ClassVar[frozenset[Permission]] = frozenset()


class Practitioner(Allowed):
    """Supports people: keeps the record of support and takes forms with them.

    Sees the people they work with and the people their team works with. In an emergency they may open another
    record for an hour, with a reason, and somebody else reviews it.
    """

    may = frozenset(
        {
            Permission.SEE_CLIENTS,
            Permission.RECORD_SUPPORT,
            Permission.TAKE_FORMS,
            Permission.CORRECT_FORMS,
            Permission.OPEN_IN_EMERGENCY,
        }
    )


class Lead(Allowed):
    """Leads a service: all that a practitioner does, covers check-ins that are late, and answers funders.

    Adds the people who work here, the teams and the services, and ends accounts. Decides which measures are used,
    and keeps their licences. Leads workshops, and writes the guideline by which words in them are looked after.
    Answers people who ask about their data, reads who did what, and reviews emergencies, but never their own.
    Sees the clients of every team they belong to.
    """

    may = Practitioner.may | {
        Permission.COVER_CHECK_INS,
        Permission.MAKE_REPORTS,
        Permission.MANAGE_PEOPLE,
        Permission.MANAGE_RIGHTS,
        Permission.MANAGE_MEASURES,
        Permission.LEAD_WORKSHOPS,
        Permission.MANAGE_GUIDELINE,
        Permission.READ_AUDIT,
        Permission.REVIEW_EMERGENCIES,
    }


class Evaluator(Allowed):
    """Checks what changed. Takes answers under codes that mean nothing elsewhere.

    Sees no name, no date of birth, no contact and nobody's words.
    """

    may = frozenset({Permission.TAKE_ANSWERS_UNDER_CODES})


class FunderReader(Allowed):
    """Reads the reports on their own grants. Sees no client and nothing else."""

    may = frozenset({Permission.READ_OWN_REPORTS})


class Facilitator(Allowed):
    """Leads workshops, and sees those that they lead or help to lead. Sees no client, and nobody who took part."""

    may = frozenset({Permission.LEAD_WORKSHOPS})


class Trainer(Allowed):
    """Gives training to other organisations. Sees no client. The rooms for it come in a later version."""


class NetworkModerator(Allowed):
    """Reads what members of the network wish to publish. Sees no client. The rooms for it come in a later version."""


class DebriefTherapist(Allowed):
    """Talks with workers after hard days. Sees no client and no record. The rooms for it come in a later version."""


class Administrator(Allowed):
    """Looks after the site: adds people and teams, ends accounts, and reads who did what.

    Sees no client and nothing that was said or written about one: the audit shows keys, never names.
    """

    may = frozenset({Permission.MANAGE_PEOPLE, Permission.READ_AUDIT})


class Client(Allowed):
    """Is supported here. Has no account: a link from their worker opens, once, the list of who opened their record.

    Sees nothing else on the site but forms that are handed to them, and what everybody sees.
    """

    may = frozenset({Permission.SEE_WHO_OPENED_MINE})


SHAPES: dict[Role, type[Allowed]] = {
    Role.PRACTITIONER: Practitioner,
    Role.LEAD: Lead,
    Role.EVALUATOR: Evaluator,
    Role.FUNDER_READER: FunderReader,
    Role.FACILITATOR: Facilitator,
    Role.TRAINER: Trainer,
    Role.NETWORK_MODERATOR: NetworkModerator,
    Role.DEBRIEF_THERAPIST: DebriefTherapist,
    Role.ADMINISTRATOR: Administrator,
    Role.CLIENT: Client,
}
MAY: dict[str, frozenset[Permission]] = {role: shape.may for role, shape in SHAPES.items()}
ACCOUNTS = [role for role in Role if role != Role.CLIENT]  # those who sign in; a client has no account
