"""Which reports counted somebody, and taking them out of that list: the numbers stay, and name nobody."""

from collections.abc import Collection, Iterable

from alongside.core.sockets import Holding
from alongside.reporting.models import Report


def counting(keys: Collection[str]) -> Iterable[str]:
    """The reports whose list of records holds one of these keys."""
    listed = Report.objects.order_by("made_at").only("clients").iterator(100)
    return [report.pk for report in listed if any(key in keys for key in report.clients)]


def take_out(person: str) -> int:
    """Take somebody out of the lists; says out of how many."""
    found = counting({person})
    for report in Report.objects.filter(pk__in=list(found)).only("clients"):
        report.clients = [key for key in report.clients if key != person]
        report.save(update_fields=["clients"])
    return len(list(found))


HOLDINGS = (
    Holding(
        model="reporting.Report",
        title="Reports in which you were counted",
        purpose="evaluation",
        find=counting,
        take_out=take_out,
    ),
)
