"""The results of a survey: what `alongside survey --json` prints, and how each number in it may be published."""

import dataclasses
import json
from dataclasses import dataclass

from alongside.evaluation.results import Caveat, Publication
from alongside.outcomes.disclosure import Count, Detail, DetailCount, DetailInterval, Few, Reason
from alongside.outcomes.proportions import Proportion

FORMAT = "alongside-survey-1"


@dataclass(frozen=True, kw_only=True)
class SurveyFile:
    """The file the results come from."""

    name: str
    """Its name."""
    sha256: str | None
    """Its fingerprint, so that anyone can check which file it was; left out when published."""


@dataclass(frozen=True, kw_only=True)
class Group:
    """One group of people, by an attribute, and what they answered to one question."""

    level: str
    """The attribute's value."""
    n: Count
    """People in it who answered."""
    left_open: DetailCount
    """People in it who did not."""
    answers: dict[str, Proportion]
    """Each answer, in the order of everybody's."""
    why: Reason = None
    """Why a number here is null."""


@dataclass(frozen=True, kw_only=True)
class Gap:
    """How the share of one answer differs between two groups."""

    difference: Detail
    """Share of the first group less share of the second, -1 to 1."""
    ci95: DetailInterval
    """Newcombe's 95% interval of that difference."""
    why: Reason = None
    """Why a number here is null."""


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question, and how many gave each answer."""

    several: bool
    """Whether people could give more than one answer, and did: then shares add up to more than 1."""
    n: Count
    """People who answered."""
    left_open: Few
    """People who did not."""
    answers: dict[str, Proportion]
    """Each answer among those who answered, the most frequent first."""
    by: tuple[Group, ...] = ()
    """The same by group; empty if it was not asked for, or cannot be shown."""
    gaps: dict[str, Gap] = dataclasses.field(default_factory=dict)
    """For each answer how the first group differs from the second, where there are exactly two."""
    note: str | None = None
    """What was left out of the answers, in words."""
    why: Reason = None
    """Why a number here is null."""


@dataclass(frozen=True, kw_only=True)
class LeftOut:
    """A column that is not counted, and nothing of it shown."""

    question: str
    """Its heading."""
    reason: str
    """Why it is left out."""


@dataclass(frozen=True, kw_only=True)
class Survey:
    """All that `alongside survey` found."""

    format: str
    """The version of this shape."""
    alongside: str
    """The version of the software."""
    publication: Publication
    """Whether the figures may be published."""
    file: SurveyFile
    """The file they come from."""
    people: Count
    """People in it: its rows."""
    by: str | None
    """The attribute to compare by."""
    questions: dict[str, Question]
    """Each question, as the file heads its column."""
    left_out: tuple[LeftOut, ...]
    """Columns that are not counted."""
    caveats: tuple[Caveat, ...]
    """What the numbers cannot say."""


def as_json(found: Survey) -> str:
    """Return what was found as JSON."""
    return json.dumps(dataclasses.asdict(found), indent=2, ensure_ascii=False, allow_nan=False) + "\n"
