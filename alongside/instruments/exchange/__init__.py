"""Answers out to other programs and back: as CSV, as XLSX and as FHIR. No name ever travels, only codes."""

from alongside.instruments.exchange.answered import Answered, Refused
from alongside.instruments.exchange.files import KINDS, Kind, read, write

__all__ = ["KINDS", "Answered", "Kind", "Refused", "read", "write"]
