"""The numbers of a report: counted, evaluated as `alongside evaluate` does, and treated before anybody sees them."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from alongside.core import clock
from alongside.evaluation.evaluate import Evaluation, evaluate
from alongside.evaluation.options import Options
from alongside.reporting import files, queries, reach
from alongside.reporting.models import Grant
from alongside.reporting.periods import Period
from alongside.reporting.reach import AGE, GENDER, Group, Reach

FORMAT = "alongside-grant-report-1"
OPTIONS = Options(instrument=queries.FORM, by=(GENDER, AGE), publish="strict")


@dataclass(frozen=True, kw_only=True)
class Figures:
    """What a report says in numbers, as it may be shown.

    `evaluation` is None where nobody answered, or so few people were supported that any number could point at one.
    """

    reach: Reach
    groups: dict[str, tuple[Group, ...]]
    evaluation: Evaluation | None

    @property
    def few(self) -> bool:
        """Whether so few people were supported that nothing may be said of them."""
        return self.reach.clients is None


def figures(grant: Grant, period: Period) -> Figures:
    """Work out everything for a grant and a period, in as many queries for one client as for thirty thousand."""
    since, until = period.starts_on, period.until(clock.today())
    support = queries.support_of(grant, until=until)
    within = queries.within(support, since)
    rows = queries.rows(within)
    counted = reach.count(queries.rows(support), rows, queries.times_they_came(within, since, until), since=since)
    people = reach.people(rows, queries.about(within), since=since)
    shown = reach.treated(counted)
    return Figures(
        reach=shown,
        groups=reach.treated_groups(reach.groups(people.values())),
        evaluation=_evaluated(people, queries.answers(within, since, until)) if shown.clients else None,
    )


def _evaluated(people: Mapping[str, reach.Person], answers: Iterable[files.Sent]) -> Evaluation | None:
    with files.private_folder() as folder:
        written = files.write(folder, people, answers)
        if written is None:
            return None
        forms, clients = written
        return evaluate(forms, attributes_path=clients, options=OPTIONS, tell=lambda _: None)


def as_stored(found: Figures, *, grant: str, funder: str, since: date, until: date) -> dict[str, Any]:
    """Return the numbers as JSON keeps them, the same for the same numbers whenever they are made."""
    whole = {
        "format": FORMAT,
        "grant": {"title": grant, "funder": funder},
        "period": {"starts_on": since.isoformat(), "ends_on": until.isoformat()},
        "reach": asdict(found.reach),
        "groups": {attribute: [asdict(level) for level in levels] for attribute, levels in found.groups.items()},
        "evaluation": asdict(found.evaluation.results) if found.evaluation else None,
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
