"""Reading the next file that waits, page by page; what was read before it was stopped is not read again."""

from typing import Any

from alongside.audit import actions as audit
from alongside.core import clock
from alongside.measures.actions.paper import storing
from alongside.measures.models import Batch, Page
from alongside.measures.paper import beside
from alongside.measures.queries import paper as queries

EMPTY = "There is no page in this file; save it again."
GONE = "This picture cannot be opened any more; scan the page again."


def read_next() -> bool:
    """Read one file, or one page that a person has named; says whether there was any."""
    named = queries.named_pages().first()
    if named is not None:
        _read_named(named)
        return True
    batch = queries.waiting_batches().first()
    if batch is not None:
        _read_file(batch)
    return batch is not None


def _read_named(page: Page) -> None:
    form = queries.form_called(page.tried_id)
    said: dict[str, Any] = {"outcome": "unknown_id"}
    if form is not None:
        wanted = {"layouts": queries.layouts([form.edition]), "first": 1, "last": 1, "as": form.form_id}
        read = (one for one in beside.pages(page.picture, wanted) if "page" in one)
        said = next(read, {"outcome": "unreadable", "why": GONE})
    storing.keep_again(page=page, said=said)


def _read_file(batch: Batch) -> None:
    content = b"".join(part.content for part in batch.parts.order_by("number").iterator())
    before = queries.last_page(batch)
    wanted = {"layouts": queries.layouts(), "first": before + 1}
    read, stopped = before, ""
    for said in beside.pages(content, wanted):
        if said.get("expected"):
            Batch.objects.filter(pk=batch.pk).update(expected=said["expected"])
        elif not said.get("opened", True) and not read:
            stopped = said["why"]
        else:
            storing.keep_page(batch=batch, said=said)
            read = max(read, said["page"])
    _done(batch, stopped if read == 0 else "", read)


@audit.recorded
def _done(batch: Batch, stopped: str, read: int) -> None:
    held = Batch.objects.select_for_update().get(pk=batch.pk)
    held.why = stopped or ("" if read else EMPTY)
    held.standing = Batch.Standing.STOPPED if held.why else Batch.Standing.READ
    held.read_at = clock.now()
    held.full_clean()
    held.save(update_fields=["why", "standing", "read_at"])
    held.parts.all().delete()
    audit.record(by=held.brought_by_id, did="paper.batch-read", subject=f"batch:{held.pk}")
