"""What the organisation uses, what is asked of clients and when, and what they answer."""

from alongside.measures.models.asked import Correction, Questionnaire, Response, Responses, Words
from alongside.measures.models.paper import (
    Batch,
    Edition,
    Look,
    Mark,
    Page,
    PaperForm,
    Part,
    ReadTwice,
    UnnamedResponse,
)
from alongside.measures.models.schedule import Schedule
from alongside.measures.models.used import LicenceRecord, Measure, Wording

__all__ = [
    "Batch", "Correction", "Edition", "LicenceRecord", "Look", "Mark", "Measure", "Page", "PaperForm", "Part",
    "Questionnaire", "ReadTwice", "Response", "Responses", "Schedule", "UnnamedResponse", "Wording", "Words",
]  # fmt: skip
