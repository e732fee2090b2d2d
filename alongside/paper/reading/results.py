"""What reading a page gives."""

from dataclasses import dataclass, field
from typing import Literal

type Outcome = Literal["ok", "no_code", "unknown_id", "wrong_version", "duplicate", "conflict", "unreadable"]
type Status = Literal["ok", "review", "missing"]


@dataclass(frozen=True)
class Answer:
    """What was read of one question: a score, how sure that is, and why a person should look."""

    id: str
    score: float | None
    status: Status
    confidence: float
    reason: str = ""
    fit: float = 0.0
    doubted: bool = False
    strip: bytes = field(default=b"", repr=False)
    strip_place: float | None = None

    @property
    def needs_review(self) -> bool:
        """Whether a person should look at it."""
        return self.status != "ok"


@dataclass(frozen=True)
class Reading:
    """What was read of one page of a file."""

    file: str
    page: int
    outcome: Outcome
    why: str = ""
    form_id: str | None = None
    form_page: int | None = None
    seconds: float = 0.0
    items: tuple[Answer, ...] = ()
    opened: bool = True

    @property
    def page_ok(self) -> bool:
        """Whether the page as a whole can be used without a person."""
        return self.outcome == "ok"
