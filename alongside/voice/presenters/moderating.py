"""How it is said, kindly, why a note waits."""

from dataclasses import dataclass

from alongside.voice.models import Note

HELD = "This note waits. Only you and the facilitators can read it now."
READ_FIRST = "A facilitator reads it before it goes on the board. Only you and they can read it now."
SET_ASIDE = "This note is kept, and it is not on the board. Only you and the facilitators can read it."


@dataclass(frozen=True, kw_only=True)
class Why:
    """Why a note is not on its board: in one sentence, by which clause, and a word from a facilitator."""

    says: str
    clause: str = ""
    words: str = ""
    reason: str = ""

    def as_data(self) -> dict[str, str]:
        """For the page’s script."""
        return {"says": self.says, "clause": self.clause, "words": self.words, "reason": self.reason}


def why(note: Note) -> Why | None:
    """Why it waits; None where everybody reads it."""
    if note.state == Note.State.SHOWN:
        return None
    decision = note.decision
    if decision is None or decision.clause is None:
        return Why(says=READ_FIRST)
    says = HELD if note.state == Note.State.HELD else SET_ASIDE
    return Why(says=says, clause=decision.clause.title, words=decision.clause.words, reason=decision.reason)
