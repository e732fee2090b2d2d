"""The numbers of a report: counted, evaluated as `alongside evaluate` does, and treated before anybody sees them."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db.models import prefetch_related_objects

from alongside.core import clock
from alongside.evaluation.evaluate import Evaluation, evaluate
from alongside.evaluation.options import Options
from alongside.outcomes.disclosure import STRICT, treat, treated_count
from alongside.reporting import files, queries, reach
from alongside.reporting.models import Grant
from alongside.reporting.periods import Period
from alongside.reporting.reach import AGE, GENDER, Group, Reach, Unreached

FORMAT = "alongside-grant-report-1"
OPTIONS = Options(instrument=queries.FORM, by=(GENDER, AGE), publish="strict")


@dataclass(frozen=True, kw_only=True)
class Figures:
    """What a report says in numbers, as it may be shown.

    `evaluation` is None where nobody answered, or so few people were supported that any number could point at one.
    """

    clients: frozenset[str]
    """The records that are counted, by their keys: never shown, only compared with those of other reports."""
    until: date
    """The last day that is counted."""
    shared: bool
    """Whether another grant of the funder pays for some of the same support."""
    reach: Reach
    groups: dict[str, tuple[Group, ...]]
    evaluation: Evaluation | None
    unreached: tuple[Unreached, ...]
    unnamed: int | None = 0
    """Forms without a name that came back in the same services, whoever pays for them; None where they are few."""

    @property
    def few(self) -> bool:
        """Whether so few people were supported that nothing may be said of them."""
        return self.reach.clients is None


def figures(grant: Grant, period: Period) -> Figures:
    """Work out everything for a grant and a period, in as many queries for one client as for thirty thousand."""
    since, until = period.starts_on, period.until(clock.today())
    prefetch_related_objects([grant], "services")
    support = queries.support_of(grant, until=until)
    within = queries.within(support, since)
    rows = queries.rows(within)
    counted = reach.count(
        queries.rows(queries.within(support, grant.starts_on)),
        rows,
        began=grant.starts_on,
        since=since,
        contacts=queries.times_they_came(within, since, until),
        nameless=queries.nameless(within),
    )
    people = reach.people(rows, queries.about(within), since=since)
    shown = reach.treated(counted)
    answers = queries.answers(within, since, until) if shown.clients else ()
    evaluation, unreached = _evaluated(people, answers, until)
    return Figures(
        clients=frozenset(row.client for row in rows),
        until=until,
        shared=queries.shares(grant, since=since, until=until),
        reach=shown,
        groups=reach.treated_groups(reach.groups(people.values())) if shown.clients else {},
        evaluation=evaluation,
        unreached=unreached,
        unnamed=None if shown.clients is None else treated_count(queries.unnamed(grant, since, until), STRICT),
    )


def _evaluated(
    people: Mapping[str, reach.Person], answers: Iterable[files.Sent], until: date
) -> tuple[Evaluation | None, tuple[Unreached, ...]]:
    """Evaluate the forms, and count who could not yet answer in the fortnights that are shown."""
    with files.private_folder() as folder:
        written = files.write(folder, people, answers)
        if written is None:
            return None, ()
        found = evaluate(written.forms, attributes_path=written.clients, options=OPTIONS, tell=lambda _: None)
    shown = {int(at.fortnight or 0) for measure in found.results.measures.values() for at in measure.over_time}
    return found, treat(reach.unreached(written.spans, sorted(shown), until=until), STRICT)


def as_stored(found: Figures, grant: Grant, period: Period) -> dict[str, Any]:
    """Return the numbers as JSON keeps them, the same for the same numbers whenever they are made."""
    whole = {
        "format": FORMAT,
        "grant": {"title": grant.title, "funder": grant.funder.name},
        "period": {
            "starts_on": period.starts_on.isoformat(),
            "ends_on": period.ends_on.isoformat(),
            "counts_to": found.until.isoformat(),
        },
        "reach": asdict(found.reach),
        "groups": {attribute: [asdict(level) for level in levels] for attribute, levels in found.groups.items()},
        "evaluation": asdict(found.evaluation.results) if found.evaluation else None,
        "unreached": [asdict(one) for one in found.unreached],
        "unnamed": found.unnamed,
    }
    plain: dict[str, Any] = _plain(whole)
    return plain


def fingerprint(stored: dict[str, Any]) -> str:
    """Return the SHA-256 fingerprint of stored numbers."""
    written = json.dumps(stored, sort_keys=True, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()


def _plain(value: Any) -> Any:
    """Lists for tuples, and no minus nothing, which one of the databases does not keep."""
    if isinstance(value, Mapping):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(part) for part in value]
    return value + 0.0 if isinstance(value, float) else value
