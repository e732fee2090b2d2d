"""Pictures and readings are deleted when they have been of use."""

from datetime import timedelta

from alongside.audit import actions as audit
from alongside.core import clock
from alongside.measures.models import Batch, Page

KEPT = timedelta(days=90)  # after a form is in the record, or a page was thrown away
SITE = "alongside"


@audit.recorded
def forget_old_pages() -> int:
    """Delete pages whose form has long been in the record, and those long thrown away; says how many.

    A page that came in after its form had landed stays as long after that.
    """
    until = clock.now() - KEPT
    old = Page.objects.filter(form__landed_at__lt=until, made_at__lt=until) | Page.objects.filter(aside_at__lt=until)
    pages = list(old.values_list("pk", flat=True))
    for page in pages:
        audit.record(by=SITE, did="paper.deleted", subject=f"page:{page}")
    Page.objects.filter(pk__in=pages).delete()
    Batch.objects.filter(pages=None, read_at__lt=until).delete()
    return len(pages)
