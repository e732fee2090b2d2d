"""Whether a new report, read beside one that readers see, could say something about one person.

Two reports about nearly the same people can be subtracted from each other. What is left is about those who are in
one and not in the other; where the people are the same, about whoever's form was corrected between the two.
"""

from alongside.outcomes import differencing
from alongside.outcomes.disclosure import STRICT
from alongside.reporting import queries
from alongside.reporting.models import Report

ABOUT_ITSELF = ("grant", "period")  # what stored numbers say of the report, not of people


def too_near(new: Report) -> Report | None:
    """Return the latest report that readers of the funder's see and that the new one may not stand beside."""
    return next((seen for seen in queries.seen_by_readers(new.grant) if _too_near(new, seen)), None)


def _too_near(new: Report, seen: Report) -> bool:
    if not _share_a_day(new, seen):
        return False
    counted, before = (dict.fromkeys(report.clients, True) for report in (new, seen))
    if differencing.too_near(counted, {seen.pk: before}, STRICT, before=STRICT):
        return True
    same = counted == before and len(counted) > STRICT.small
    return same and _numbers(new) != _numbers(seen)


def _share_a_day(one: Report, other: Report) -> bool:
    """Whether a form or a meeting can stand in both."""
    return one.starts_on <= other.counts_to and other.starts_on <= one.counts_to


def _numbers(report: Report) -> dict[str, object]:
    return {name: part for name, part in report.results.items() if name not in ABOUT_ITSELF}
