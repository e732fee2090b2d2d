"""Workshops: who leads them, their script, boards and seats, what is written, and what came of it."""

from alongside.voice.models.board import LONGEST_NOTE, Board, BoardEvent, Note, Seat
from alongside.voice.models.document import Document
from alongside.voice.models.issue import Action, KeyIssue, Recommendation
from alongside.voice.models.script import Group, Phase, Session
from alongside.voice.models.theme import Theme
from alongside.voice.models.total import Total
from alongside.voice.models.workshop import Assessment, Told, Workshop

__all__ = [
    "LONGEST_NOTE", "Action", "Assessment", "Board", "BoardEvent", "Document", "Group", "KeyIssue", "Note", "Phase",
    "Recommendation", "Seat", "Session", "Theme", "Told", "Total", "Workshop",
]  # fmt: skip
