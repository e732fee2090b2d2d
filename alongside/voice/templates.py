"""Scripts to begin from. Every part can be changed, moved or left out while it is still to come."""

from dataclasses import dataclass

from alongside.voice.models import Phase

Kind = Phase.Kind


@dataclass(frozen=True, kw_only=True)
class Step:
    """One part of a script, as a new workshop gets it."""

    kind: Phase.Kind
    minutes: int
    question: str = ""
    budget: int = 2


@dataclass(frozen=True, kw_only=True)
class Template:
    """A script: what it is good for, and the parts of each session."""

    title: str
    about: str
    sessions: tuple[tuple[Step, ...], ...]


WRITE = Step(kind=Kind.BREAKOUT, minutes=25, question="What matters most to you about this?")
GATHER = Step(kind=Kind.GATHER, minutes=15, question="Which of these notes belong together?")
CHOOSE = Step(kind=Kind.VOTE, minutes=5, question="Which two shall we talk about today?")
TALK = Step(kind=Kind.DISCUSS, minutes=30, question="What would make this better?")
CLOSING = Step(kind=Kind.CLOSING, minutes=10, question="What do you take with you?")

TWO_SESSIONS = "two-sessions"
TEMPLATES: dict[str, Template] = {
    TWO_SESSIONS: Template(
        title="Two sessions",
        about="Pairs write, the group gathers, chooses and talks. A week later it names its key issues.",
        sessions=(
            (WRITE, GATHER, CHOOSE, TALK, CLOSING),
            (
                Step(kind=Kind.REFLECT, minutes=15, question="What has stayed with you since last time?"),
                Step(kind=Kind.KEY_ISSUES, minutes=25, question="Which issues should people who decide hear about?"),
                Step(kind=Kind.SELECT, minutes=5, question="Which of these shall we work on together?", budget=3),
                Step(kind=Kind.WHOLE_GROUP, minutes=40, question="What should happen, and what are the principles?"),
                CLOSING,
            ),
        ),
    ),
    "one-short": Template(
        title="One short session",
        about="Pairs write, the group gathers what belongs together and chooses. About an hour.",
        sessions=((WRITE, GATHER, CHOOSE, CLOSING),),
    ),
    "empty": Template(title="A script of my own", about="One session without parts. You add them.", sessions=((),)),
}
