"""The guideline that an organisation begins with. It can write its own version from it."""

from dataclasses import dataclass
from typing import Any

from django.db import connections, transaction

from alongside.core import clock
from alongside.moderation.models import Clause, Guideline


@dataclass(frozen=True, kw_only=True)
class First:
    """A clause of it."""

    title: str
    words: str
    does: str


TITLE = "How we look after what is written here"
INTRODUCTION = (
    "What you write matters, and hard feelings belong here. A person reads it, never a machine that scores it. "
    "Nothing is deleted because of what it says. If something waits, we tell you why in plain words."
)
CLAUSES = (
    First(
        title="Feelings are welcome, also the hardest ones",
        words="You may write that things are hard, that you are angry with us, or that you have lost hope. "
        "Nobody has to sound better than they feel. Saying so is never a reason to keep words back.",
        does="show",
    ),
    First(
        title="Nothing about how anybody hurts themselves",
        words="Please say what it felt like and what would help, not how it was done. That means no ways of doing it, "
        "no things that were used, no amounts and no wounds. Such detail can stay with people who read it.",
        does="hold",
    ),
    First(
        title="Nothing about how anybody ended or tried to end their life",
        words="You may write about suicide, and about somebody you miss. Please leave out how and where it happened. "
        "Self-harm and suicide are different things, so we read each for what it says.",
        does="hold",
    ),
    First(
        title="No comparing",
        words="Nobody has to have it worse to be heard. Please leave out numbers, weights and how bad it was beside "
        "somebody else. Pain is not measured here.",
        does="hold",
    ),
    First(
        title="Nothing that tells who somebody is",
        words="Please leave out names, phone numbers, places and details by which somebody could be known, "
        "your own as well. A service may be named; a single person who works there may not.",
        does="hold",
    ),
    First(
        title="Nothing that puts somebody down",
        words="You may say that you disagree, and with what. Words that mock, threaten or push somebody away because "
        "of who they are do not go on the board.",
        does="set_aside",
    ),
    First(
        title="No links, and nothing for sale",
        words="We cannot read all that stands behind a link. Please write in a few words what you found there.",
        does="hold",
    ),
    First(
        title="When somebody may want company",
        words="If your words sound as if today is heavy, we may put a quiet line on your page about whom you can talk "
        "to. Nobody else sees it. You need not answer, and what you wrote stays.",
        does="offer",
    ),
)


def fill(*, using: str, **_: Any) -> None:
    """Begin with a guideline, where there is none: without one nothing can be held."""
    if "moderation_decision" not in connections[using].introspection.table_names():
        return
    if Guideline.objects.using(using).exists():
        return
    today = clock.today()
    with transaction.atomic(using=using):
        first = Guideline.objects.using(using).create(
            version=1, title=TITLE, introduction=INTRODUCTION, in_force_from=today, published_on=today
        )
        Clause.objects.using(using).bulk_create(
            Clause(guideline=first, number=number, title=one.title, words=one.words, does=one.does)
            for number, one in enumerate(CLAUSES, start=1)
        )
