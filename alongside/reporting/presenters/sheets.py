"""The numbers of a report as CSV tables, in one file to take away."""

import io
import zipfile
from datetime import datetime

from django.utils import timezone

from alongside.evaluation.evaluate import Evaluation
from alongside.evaluation.results import Satisfied
from alongside.evaluation.satisfaction import shown_interval
from alongside.evaluation.tables import Sheet, Value, tables
from alongside.press.tables import csv_text
from alongside.reporting.figures import Figures


def zipped(found: Figures, *, made_at: datetime) -> bytes:
    """Return all tables as one ZIP file; no cell of them can run as a formula."""
    sheets: dict[str, Sheet] = {"reach": _reach(found), "people": _people(found)}
    if found.evaluation:
        sheets |= tables(found.evaluation)
        sheets["satisfaction"] = _satisfaction(found.evaluation)
        sheets["unreached"] = (("fortnight", "clients"), [(one.fortnight, one.clients) for one in found.unreached])
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, sheet in sheets.items():
            entry = zipfile.ZipInfo(f"tables/{name}.csv", timezone.localtime(made_at).timetuple()[:6])
            archive.writestr(entry, csv_text(*sheet), compress_type=zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _reach(found: Figures) -> Sheet:
    reach = found.reach
    columns = ("clients", "nameless", "began", "continued", "referrals", "services", "contacts")
    return (*columns, "unnamed_forms"), [(*(getattr(reach, name) for name in columns), found.unnamed)]


def _people(found: Figures) -> Sheet:
    rows = [(attribute, level.level, level.clients) for attribute, levels in found.groups.items() for level in levels]
    return ("attribute", "level", "clients"), rows


def _satisfaction(evaluation: Evaluation) -> Sheet:
    columns = ("measure", "at_least", "attribute", "level", "clients", "satisfied", "share", "ci95_low", "ci95_high")
    rows = [
        (one.measure, one.at_least, attribute, *_satisfied(level))
        for one in evaluation.results.satisfaction
        for attribute, levels in {"": (one.everyone,), **one.by}.items()
        for level in levels
    ]
    return columns, rows


def _satisfied(found: Satisfied) -> tuple[Value, ...]:
    low, high = shown_interval(found) or (None, None)
    return (
        *(found.level, found.clients, found.satisfied, found.share),
        *(None if end is None else round(end, 2) for end in (low, high)),
    )
