"""What the organisation uses, what is asked of clients and when, and what they answer."""

from alongside.measures.models.asked import Correction, Questionnaire, Response, Responses, Words
from alongside.measures.models.schedule import Schedule
from alongside.measures.models.used import LicenceRecord, Measure, Wording

__all__ = [
    "Correction", "LicenceRecord", "Measure", "Questionnaire", "Response", "Responses", "Schedule", "Wording", "Words",
]  # fmt: skip
