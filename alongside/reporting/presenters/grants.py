"""Each grant with its years: what was made for them, and what can be made now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from alongside.core.words import day
from alongside.reporting.models import Grant, Report
from alongside.reporting.periods import TO_DATE, Period, offered


@dataclass(frozen=True)
class Year:
    """One time of a grant: its reports, and the value that asks for a new one ("" where none can be made)."""

    words: str
    reports: list[Report]
    value: str
    note: str


@dataclass(frozen=True)
class Shown:
    """One grant in the list."""

    grant: Grant
    when: str
    pays_for: str
    years: list[Year]
    empty: str


def shown(grants: Sequence[Grant], reports: Sequence[Report], *, makes: bool, today: date) -> list[Shown]:
    """Lay out the list; only those who make reports are offered years without one."""
    return [_grant(grant, [one for one in reports if one.grant_id == grant.pk], makes, today) for grant in grants]


def _grant(grant: Grant, reports: Sequence[Report], makes: bool, today: date) -> Shown:  # noqa: FBT001
    open_now = offered(grant.starts_on, grant.ends_on, today=today) if makes else []
    made: dict[tuple[date, date], list[Report]] = {}
    for one in reports:
        made.setdefault((one.starts_on, one.ends_on), []).append(one)
    years = [_year(period, made.pop((period.starts_on, period.ends_on), []), today) for period in open_now]
    years += [Year(Period(*when).words, some, "", "") for when, some in made.items()]
    services = [service.name for service in grant.services.all()]
    return Shown(
        grant=grant,
        when=Period(grant.starts_on, grant.ends_on).words,
        pays_for=", ".join(services) or "Every service",
        years=years,
        empty=_empty(grant, makes, today),
    )


def _year(period: Period, reports: list[Report], today: date) -> Year:
    note = "The whole grant so far" if period.value == TO_DATE else "Not over yet" if period.ends_on > today else ""
    return Year(period.words, reports, period.value, note)


def _empty(grant: Grant, makes: bool, today: date) -> str:  # noqa: FBT001
    if not makes:
        return "No report has been made yet."
    return f"It begins on {day(grant.starts_on)}." if grant.starts_on > today else ""
