"""Answers out to other programs and back: as CSV, as XLSX and as FHIR. No name ever travels, only codes."""

from alongside.instruments.exchange.answered import Answered, Refused
from alongside.instruments.exchange.bundles import bundle
from alongside.instruments.exchange.files import KINDS, Kind, read, write
from alongside.instruments.exchange.observations import observations
from alongside.instruments.exchange.questionnaires import questionnaire, questions_of
from alongside.instruments.exchange.responses import questionnaire_response

__all__ = [
    "KINDS",
    "Answered",
    "Kind",
    "Refused",
    "bundle",
    "observations",
    "questionnaire",
    "questionnaire_response",
    "questions_of",
    "read",
    "write",
]
