"""Why a report is not shown to the funder's readers."""

from alongside.outcomes.disclosure import STRICT
from alongside.reporting.models import Report
from alongside.reporting.periods import Period


def why(report: Report, nearest: Report) -> str:
    """Say it, without how many people it is about."""
    return (
        f"The funder’s readers do not see this report. {STRICT.hidden.capitalize()} people are in it and not in "
        f"{_which(nearest, report)}, or the other way round: side by side they could say something about one person. "
        "What readers see stays as it is. Make it again when more has changed, or for another time."
    )


def _which(nearest: Report, report: Report) -> str:
    if _about(nearest) == _about(report):
        return f"version {nearest.version}"
    when = Period(nearest.starts_on, nearest.ends_on).words_to(nearest.counts_to)
    return f"version {nearest.version} of “{nearest.grant.title}”, {when}"


def _about(report: Report) -> tuple[object, ...]:
    return report.grant_id, report.starts_on, report.ends_on
