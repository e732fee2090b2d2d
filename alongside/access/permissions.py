"""Everything that somebody may be allowed to do. Which role may do what is in roles.py."""

from enum import StrEnum


class Permission(StrEnum):
    """One thing a person may do, on the records they can see."""

    SEE_CLIENTS = "see clients"
    RECORD_SUPPORT = "record support"
    TAKE_FORMS = "take forms"
    CORRECT_FORMS = "correct forms"
    OPEN_IN_EMERGENCY = "open a record in an emergency"
    COVER_CHECK_INS = "cover check-ins"
    MAKE_REPORTS = "make reports"
    READ_OWN_REPORTS = "read own reports"
    TAKE_ANSWERS_UNDER_CODES = "take answers under codes"
    MANAGE_PEOPLE = "manage people"
    MANAGE_RIGHTS = "manage rights"
    MANAGE_MEASURES = "manage measures"
    LEAD_WORKSHOPS = "lead workshops"
    MANAGE_GUIDELINE = "manage the guideline"
    READ_AUDIT = "read who did what"
    REVIEW_EMERGENCIES = "review emergencies"
    SEE_WHO_OPENED_MINE = "see who opened their own record"
