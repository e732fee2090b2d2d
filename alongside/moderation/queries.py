"""The guideline in force, its versions, and how often each clause was used."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, QuerySet

from alongside.core import clock
from alongside.moderation.models import Clause, Decision, Guideline


def in_force() -> Guideline | None:
    """The guideline that holds today."""
    return Guideline.objects.in_force(clock.today()).first()


def versions() -> QuerySet[Guideline]:
    """Every version, the newest first."""
    return Guideline.objects.select_related("published_by")


def draft() -> Guideline | None:
    """The version that is being written."""
    return Guideline.objects.filter(published_on=None).first()


def drafts() -> QuerySet[Guideline]:
    """Versions that can still be written."""
    return Guideline.objects.filter(published_on=None)


def clauses_in_drafts() -> QuerySet[Clause]:
    """Clauses that can still be written."""
    return Clause.objects.filter(guideline__published_on=None).select_related("guideline")


def to_keep_back_by() -> list[Clause]:
    """The clauses of today’s guideline by which words can be kept back."""
    now = in_force()
    return [] if now is None else list(now.clauses.exclude(does__in=(Clause.Does.SHOW, Clause.Does.OFFER)))


def for_support() -> Clause | None:
    """The clause of today’s guideline by which support is offered, if it has one."""
    now = in_force()
    return None if now is None else now.clauses.filter(does=Clause.Does.OFFER).first()


@dataclass(frozen=True, kw_only=True)
class Line:
    """How often something was decided by one clause on one day."""

    day: date
    version: int | None
    clause: str
    did: str
    times: int


def log() -> list[Line]:
    """What was decided, by day and clause: no note, no words, and nobody’s name."""
    version = F("clause__guideline__version")  # where no clause was needed, it stands last in every database
    rows = Decision.objects.order_by("-day", version.desc(nulls_last=True), "clause__number", "did").values_list(
        "day", "clause__guideline__version", "clause__number", "clause__title", "did"
    )
    return [
        Line(
            day=day,
            version=edition,
            clause=f"{number}. {title}" if number else "",
            did=str(Decision.Did(did).label),
            times=times,
        )
        for day, edition, number, title, did, times in rows.annotate(times=Count("key"))
    ]
