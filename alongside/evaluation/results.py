"""The results of an evaluation: the shape of `results.json`, and how each number in it may be published.

Change is last minus first, in the measure's own points. A number that is not defined is null, and `why` beside
it says the reason.
"""

import dataclasses
import json
from dataclasses import dataclass
from typing import Annotated

from alongside.evaluation.beyond import Beyond
from alongside.outcomes.change import Improved, PairedChange
from alongside.outcomes.descriptive import Summary
from alongside.outcomes.disclosure import (
    AverageKind,
    Count,
    DetailCount,
    DetailInterval,
    PartitionKind,
    PartKind,
    Reason,
    Setting,
    SettingKind,
    ShareKind,
)
from alongside.outcomes.missing import Answered
from alongside.outcomes.recovery import Recovery
from alongside.outcomes.rules import Judged

FORMAT = "alongside-results-1"

AverageOfClients = Annotated[float | None, AverageKind("clients")]
OneOfClients = Annotated[int | None, PartitionKind("clients")]
IntervalOfClients = Annotated[tuple[float, float] | None, AverageKind("clients")]


@dataclass(frozen=True, kw_only=True)
class Publication:
    """Whether these figures may leave the organisation."""

    profile: str | None
    """The rule for small numbers: strict, standard, or null for exact figures."""
    heading: str
    """What to print above them."""
    rule: str | None
    """The rule in words."""


@dataclass(frozen=True, kw_only=True)
class Rejected:
    """A row that was set aside."""

    row: Setting
    """The row, as a spreadsheet numbers it."""
    reason: str
    """Why it cannot be used."""


@dataclass(frozen=True, kw_only=True)
class File:
    """The file the results come from."""

    name: str
    """Its name."""
    sha256: str | None
    """Its fingerprint, so that anyone can check which file it was; left out when published."""
    layout: str
    """`long`, one row for each score, or `wide`, one row for each form."""
    time: str
    """`day`, used as given, or `date`, counted from each client's first form."""
    date_format: str | None
    """How dates were read."""
    rows: DetailCount
    """Rows with anything in them, without the header."""
    blank_rows: DetailCount
    """Rows with nothing in them."""
    rejected_rows: Count
    """Rows set aside by `--lenient`."""
    rejected: tuple[Rejected, ...]
    """Those rows and the reasons; empty when published."""
    scores: DetailCount
    """Scores used."""
    unanswered: DetailCount
    """Questions left without an answer."""


@dataclass(frozen=True, kw_only=True)
class People:
    """Everyone in the file and in the list of attributes, counted once."""

    clients: Count
    """Everyone."""
    answered_twice: OneOfClients
    """People with forms on two days or more."""
    share_twice: Annotated[float | None, ShareKind("answered_twice", "clients")]
    """Those among everyone, 0 to 1."""
    answered_once: OneOfClients
    """People with forms on one day."""
    no_form: OneOfClients
    """People without a form that can be used."""
    forms: Count
    """Forms: one for each client and day."""
    why: Reason = None
    """Why a number here is null."""


@dataclass(frozen=True, kw_only=True)
class Fortnight:
    """The scores of one fortnight."""

    fortnight: Setting
    """Its number n: days 14n - 7 to 14n + 6."""
    clients: Count
    """People who answered in it."""
    n: Count
    """Scores in it."""
    mean: AverageOfClients
    """Their mean; somebody with two scores in the fortnight counts once, with their average."""
    ci95: IntervalOfClients
    """95% interval of the mean."""
    median: AverageOfClients
    """Their median, counted the same way."""
    missing: Count
    """People who did not answer in it, with forms in or around it: at or before, and at or after."""
    ended: Count
    """People whose last form was before it."""
    why: Reason = None
    """Why a number here is null."""


@dataclass(frozen=True, kw_only=True)
class Level:
    """One group of people, by an attribute."""

    level: str
    """The attribute's value."""
    clients: Count
    """People in the group with an answer."""
    paired: PairedChange
    """Their first against last form."""
    improved: Improved
    """How many of them improved."""


@dataclass(frozen=True, kw_only=True)
class FirstToLast:
    """One measure: who answered, when, and how the first form compares with the last."""

    label: str
    """Its name for readers."""
    range: Annotated[tuple[float, float] | None, SettingKind()]
    """Lowest and highest possible score; null when not stated."""
    better: str | None
    """`lower` or `higher`; null when not stated."""
    clients: Count
    """People with an answer."""
    forms: Count
    """Answers."""
    unanswered: DetailCount
    """Times it was left without an answer, on forms with any answer."""
    first: Summary
    """Everybody's first answer."""
    last: Summary
    """Everybody's last answer (the same as the first for those who answered once)."""
    over_time: tuple[Fortnight, ...]
    """By fortnight, from the first to the last; when published, without those of a few people."""
    paired: PairedChange
    """First against last, for those who answered twice or more."""
    improved: Improved
    """How many improved, by the printed rule."""
    also: tuple[Improved, ...]
    """The same count by other rules."""
    by: dict[str, tuple[Level, ...]]
    """The same by group, for each attribute asked for."""


@dataclass(frozen=True, kw_only=True)
class Measure(Beyond, FirstToLast):
    """Everything about one measure."""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """An outcome of the service and its indicators. Items overlap between outcomes, so outcomes never add up."""

    key: str
    """Its key."""
    title: str
    """Its name for readers."""
    funder_title: str | None
    """A funder's own name for it, to be quoted as theirs; the report does not use it."""
    indicators: tuple[str, ...]
    """The measures that indicate it."""
    clients: Count
    """People with a form on which every indicator was answered."""
    paired: PairedChange
    """First against last mean of the indicators, each turned so that higher is better."""
    improved: Improved
    """How many improved, by the printed rule."""


@dataclass(frozen=True, kw_only=True)
class Satisfied:
    """The people of one group who answered a question about the service."""

    level: str
    """The group: everyone, or the attribute's value."""
    clients: Count
    """People in it with an answer."""
    satisfied: Annotated[int | None, PartKind(("clients",))]
    """Those whose last answer is at `at_least` or above."""
    share: Annotated[float | None, ShareKind("satisfied", "clients")]
    """They among the people with an answer, 0 to 1."""
    ci95: DetailInterval
    """Wilson's 95% interval of the share. The report shows it worked out from the counts as they are shown."""
    why: Reason = None
    """Why a number here is null."""


@dataclass(frozen=True, kw_only=True)
class Satisfaction:
    """A question about the service itself, and how many marked it well."""

    measure: str
    """The measure, by the name the file gives it."""
    label: str
    """Its name for readers."""
    at_least: Setting
    """The mark from which an answer counts: seven tenths of the line."""
    everyone: Satisfied
    """Everybody with an answer."""
    by: dict[str, tuple[Satisfied, ...]]
    """The same by group, for each attribute asked for."""


@dataclass(frozen=True, kw_only=True)
class Caveat:
    """Something the numbers cannot tell."""

    title: str
    """What it is about."""
    text: str
    """The caveat."""


@dataclass(frozen=True, kw_only=True)
class Said:
    """What one result says."""

    about: str
    """The measure or outcome it is about."""
    title: str
    """The finding in a few words."""
    sentence: str
    """One plain sentence made from its numbers."""


@dataclass(frozen=True, kw_only=True)
class Results:
    """The whole of `results.json`."""

    format: str
    """The version of this shape."""
    alongside: str
    """The version of the software."""
    publication: Publication
    """Whether the figures may be published."""
    file: File
    """The file they come from."""
    people: People
    """Who is in it."""
    people_by: dict[str, dict[str, Answered]]
    """The same by group, for each attribute asked for."""
    measures: dict[str, Measure]
    """Each measure, by the name the file gives it."""
    outcomes: tuple[Outcome, ...]
    """The outcomes of the service evaluation form; empty for other files."""
    recovery: Recovery | None
    """Who recovered by the day, as the organisation defines it; null unless reliability was stated."""
    rules: Judged | None
    """Who improved and who recovered on two measures together, by published rules; null unless they were asked for."""
    satisfaction: tuple[Satisfaction, ...]
    """The form's questions about the service itself; empty for other files."""
    findings: tuple[Said, ...]
    """What the results say."""
    caveats: tuple[Caveat, ...]
    """What they cannot say."""


def as_json(results: Results) -> str:
    """Return `results.json`."""
    return json.dumps(dataclasses.asdict(results), indent=2, ensure_ascii=False, allow_nan=False) + "\n"
