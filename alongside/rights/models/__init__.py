from alongside.rights.models.consent import About, CompetenceNote, Consent, Wording
from alongside.rights.models.keeping import Certificate, Hold, KeepingTime, Kept
from alongside.rights.models.logs import Breach, Complaint
from alongside.rights.models.purpose import Purpose
from alongside.rights.models.request import LeftOut, Opinion, Pause, Request

__all__ = [
    "About", "Breach", "Certificate", "CompetenceNote", "Complaint", "Consent", "Hold", "KeepingTime", "Kept",
    "LeftOut", "Opinion", "Pause", "Purpose", "Request", "Wording",
]  # fmt: skip
