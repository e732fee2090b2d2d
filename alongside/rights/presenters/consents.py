"""What somebody agreed to, in words."""

from dataclasses import dataclass

from alongside.core.words import day
from alongside.rights.models import About, Consent
from alongside.rights.queries import consents


@dataclass(frozen=True, kw_only=True)
class Answered:
    """One thing that somebody may agree to, and what they said last."""

    about: str
    label: str
    said: str
    how: str


def answers(person: str) -> list[Answered]:
    """Each of the five; `said` is empty where nobody has asked yet."""
    said = consents.current(person)
    return [
        Answered(
            about=about, label=str(label), said=said[about].get_answer_display() if about in said else "",
            how=how(said[about]) if about in said else "",
        )
        for about, label in About.choices
    ]  # fmt: skip


def how(consent: Consent) -> str:
    """On 3 November 2026, in person, to Alice Adeyemi."""
    return f"On {day(consent.said_on)}, {consent.get_how_display().lower()}, to {consent.by.name}"
