"""How many people a grant reached, each counted once, and what they received. Only treated numbers leave here."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from alongside.care.models import Client
from alongside.evaluation.attributes import AGE_BANDS, NOT_RECORDED
from alongside.evaluation.publish import counted
from alongside.outcomes.disclosure import STRICT, Count, PartKind, Reason, Setting, treat
from alongside.reporting.queries import Supported

GENDER, AGE = "gender", "age"
DAYS = 14

OfClients = Annotated[int | None, PartKind(("clients",))]

type Span = tuple[date, date]  # the days of somebody's first and last form


@dataclass(frozen=True, kw_only=True)
class Reach:
    """Whom the support of a period reached."""

    clients: Count
    """People, each record counted once; one who gave no name can have two."""
    nameless: OfClients
    """Those of them whose record holds no name."""
    began: OfClients
    """Those of them who had no support that the funder pays for earlier in the grant's time."""
    continued: OfClients
    """Those who had some."""
    referrals: Count
    """Referrals that led to this support."""
    services: Count
    """Services received: each service once for each person."""
    contacts: Count
    """Meetings and calls that they came to in the period."""
    why: Reason = None
    """Why a number here is null."""


@dataclass(frozen=True, kw_only=True)
class Group:
    """People who are alike in one way."""

    level: str
    """How they described themselves, or their age band."""
    clients: Count
    """How many of them were supported."""


@dataclass(frozen=True, kw_only=True)
class Person:
    """What a report's files say of one client, besides their answers."""

    gender: str
    age: int | None


@dataclass(frozen=True, kw_only=True)
class Unreached:
    """A fortnight after somebody's first form that had not come when the period was over."""

    fortnight: Setting
    """Its number."""
    clients: Count
    """People whose last form was before it, and whose first was so late that its middle lies after the period."""


def count(
    all_along: Iterable[Supported],
    within: Sequence[Supported],
    *,
    began: date,
    since: date,
    contacts: int,
    nameless: int,
) -> Reach:
    """Count the support of a period without counting anything twice.

    `all_along` is all support from the first day of the grant, `began`, to the end of the period, and `within` that of
    it which falls into the period.
    """
    people = {row.client for row in within}
    known = {row.client for row in all_along if max(row.started_on, began) < since}
    return Reach(
        clients=len(people),
        nameless=nameless,
        began=len(people - known),
        continued=len(people & known),
        referrals=len({row.referral for row in within}),
        services=len({(row.client, row.service) for row in within}),
        contacts=contacts,
    )


def people(within: Iterable[Supported], about: Mapping[str, Client], *, since: date) -> dict[str, Person]:
    """Every client once, in the order of their keys; their age is that of the first day supported in the period.

    One whose support was changed while the report was being made, so that nothing is known `about` them, is left out.
    """
    first: dict[str, date] = {}
    for row in within:
        began = max(row.started_on, since)
        first[row.client] = min(first.get(row.client, began), began)
    return {key: _person(about[key], on) for key, on in sorted(first.items()) if key in about}


def groups(found: Iterable[Person]) -> dict[str, tuple[Group, ...]]:
    """How many of each gender and age band were supported, in the order in which the record asks for them."""
    listed = list(found)
    genders = [str(gender.label) for gender in Client.Gender if gender] + [NOT_RECORDED]
    bands = [band for _, band in AGE_BANDS] + [NOT_RECORDED]
    return {
        GENDER: _counted(genders, (person.gender or NOT_RECORDED for person in listed)),
        AGE: _counted(bands, (_band(person.age) for person in listed)),
    }


def unreached(spans: Iterable[Span], fortnights: Iterable[int], *, until: date) -> tuple[Unreached, ...]:
    """Count for each fortnight those who could not answer in it, because the period was over."""
    listed = [((last - first).days, (until - first).days) for first, last in spans]
    return tuple(
        Unreached(
            fortnight=number,
            clients=sum(last < DAYS * number - DAYS // 2 and DAYS * number > left for last, left in listed),
        )
        for number in fortnights
    )


def treated(found: Reach) -> Reach:
    """Return the reach as it may be shown."""
    return treat(found, STRICT)


def treated_groups(found: Mapping[str, tuple[Group, ...]]) -> dict[str, tuple[Group, ...]]:
    """Return the groups as they may be shown; those of a few people stand together without their names."""
    return {
        attribute: tuple(
            Group(level=name, clients=n)
            for name, n in counted({one.level: one.clients or 0 for one in levels}, STRICT).items()
        )
        for attribute, levels in found.items()
    }


def _counted(order: Sequence[str], levels: Iterable[str]) -> tuple[Group, ...]:
    found = Counter(levels)
    return tuple(Group(level=level, clients=found[level]) for level in order if found[level])


def _person(client: Client, on: date) -> Person:
    age = client.age_on(on)
    gender = client.get_gender_display() if client.gender else ""
    return Person(gender=gender, age=None if age is None or age < 0 else age)


def _band(age: int | None) -> str:
    return NOT_RECORDED if age is None else next(band for below, band in AGE_BANDS if age < below)
