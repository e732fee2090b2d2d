"""Making a report: worked out once, kept as it was made."""

from datetime import date
from typing import TYPE_CHECKING

from alongside.access.models import User
from alongside.audit import actions as audit
from alongside.care.actions.once import already
from alongside.core import clock
from alongside.information.queries import about_us
from alongside.press import html, pdf
from alongside.reporting import queries
from alongside.reporting.differencing import too_near
from alongside.reporting.models import Grant, Report
from alongside.reporting.periods import Period

if TYPE_CHECKING:
    from alongside.reporting.figures import Figures

TRIES = 5  # where others make a report on the same period at the same moment


def make(*, grant: Grant, starts_on: date, ends_on: date, by: User, key: str = "") -> Report:
    """Make the next version of the report on a grant and a time. The same `key` sent twice makes one.

    The numbers are worked out and set before anything is written, so that nobody else waits for it.

    Raises
    ------
    MachineLacks : there are more records than the machine's memory can compare
    """
    if made := queries.made(key):
        return made
    from alongside.reporting.figures import figures  # with it comes the columnar engine

    period = Period(starts_on, ends_on)
    found = figures(grant, period)
    for _ in range(TRIES):
        version = queries.next_version(grant, period)
        kept = _keep(_set(found, grant, period, version=version, by=by, key=key), by=by)
        if kept:
            return kept
    raise RuntimeError("Others kept making the same report at the same moment.")


def _set(found: "Figures", grant: Grant, period: Period, *, version: int, by: User, key: str) -> Report:
    """Set the page, the PDF and the tables of one version, which say whether readers may see it."""
    from alongside.reporting.figures import as_stored, fingerprint
    from alongside.reporting.presenters.report import report
    from alongside.reporting.presenters.sheets import zipped

    results = as_stored(found, grant, period)
    made_at = clock.now()
    made = Report(  # type: ignore[misc]  # `clients` is a list, which the checker takes for text
        **{"key": key} if key else {},
        made_at=made_at,
        grant=grant,
        starts_on=period.starts_on,
        ends_on=period.ends_on,
        counts_to=found.until,
        version=version,
        made_by=by,
        results=results,
        fingerprint=fingerprint(results),
        clients=sorted(found.clients),
    )
    made.too_near = too_near(made)
    document = report(
        found,
        grant=grant,
        period=period,
        version=version,
        organisation=about_us().name,
        made_by=by.name,
        made_at=made_at,
        fingerprint=made.fingerprint,
        withheld=made.too_near is not None,
    )
    made.page = html.body(document)
    made.pdf = pdf.document(document, timestamp=made_at.replace(microsecond=0))
    made.tables = zipped(found, made_at=made_at)
    return made


@audit.recorded
def _keep(made: Report, *, by: User) -> Report | None:
    """Keep a report for good; None where another was kept meanwhile that takes its number or is too near to it."""
    if before := already(Report, made.pk, by=by):
        return before
    held = Grant.objects.select_for_update(of=("self",)).get(pk=made.grant_id)
    period = Period(made.starts_on, made.ends_on)
    near = too_near(made)
    if queries.next_version(held, period) != made.version or near != made.too_near:
        return None
    made.full_clean()
    made.save(force_insert=True)
    audit.record(
        by=by.pk,
        did="report.made",
        subject=f"grant:{made.grant_id}",
        details={"report": made.pk, "version": made.version} | ({"too_near": near.pk} if near else {}),
    )
    return made
