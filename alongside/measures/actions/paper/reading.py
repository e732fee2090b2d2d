"""Reading the next file that waits, page by page; what was read before it was stopped is not read again."""

import logging
from typing import Any

from django.db import OperationalError

from alongside.audit import actions as audit
from alongside.core import clock
from alongside.measures.actions.paper import storing
from alongside.measures.models import Batch, Page
from alongside.measures.paper import beside
from alongside.measures.queries import paper as queries

EMPTY = "There is no page in this file; save it again."
OURS = "Something went wrong here, not with your page; type in its marks, and tell whoever looks after the site."
GONE = "This picture cannot be opened any more; scan the page again."
_log = logging.getLogger("django.paper")


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
    try:
        storing.keep_again(page=page, said=said)
    except OperationalError:
        raise
    except Exception:
        _log.exception("A page could not be kept as it was read.")
        storing.keep_again(page=page, said={"outcome": Page.Outcome.UNREADABLE, "why": OURS})


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
            _keep(batch, said)
            read = max(read, said["page"])
    _done(batch, stopped if read == 0 else "", read)


def _keep(batch: Batch, said: dict[str, Any]) -> None:
    """Keep a page; one that goes wrong here is kept as unreadable, so that it holds up no other."""
    try:
        storing.keep_page(batch=batch, said=said)
    except OperationalError:
        raise  # the database is away for a moment: everything is tried again
    except Exception:
        _log.exception("A page could not be kept as it was read.")
        bare = {"page": said["page"], "outcome": Page.Outcome.UNREADABLE, "why": OURS, "picture": said.get("picture")}
        storing.keep_page(batch=batch, said=bare)


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
