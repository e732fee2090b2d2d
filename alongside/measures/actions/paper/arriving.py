"""Bringing in files, and what a person does about a page that could not be read."""

import hashlib
from collections.abc import Sequence
from typing import Protocol

from django.db import transaction

from alongside.access.models import User
from alongside.audit import actions as audit
from alongside.core import clock
from alongside.measures.actions.forms import Closed
from alongside.measures.actions.paper import asking
from alongside.measures.models import Batch, Page, PaperForm, Part
from alongside.measures.paper import reader

PART = 500_000  # bytes


class Brought(Protocol):
    """A file that somebody sends."""

    def read(self) -> bytes:
        """All of it."""
        ...


@audit.recorded
def bring_in(*, files: Sequence[Brought], by: User) -> list[Batch]:
    """Keep these files, encrypted, to be read in a moment. A file that waits already is kept once."""
    kept = [_keep(file, by) for file in files]
    transaction.on_commit(reader.wake)
    return kept


@audit.recorded
def say_whose(*, page: Page, form: PaperForm, by: User) -> None:
    """Say which form a page is of, whose code could not be read; it is read again by that."""
    held = Page.objects.select_for_update().get(pk=page.pk)
    if held.outcome not in {Page.Outcome.NO_CODE, Page.Outcome.UNKNOWN_ID} or held.aside_at is not None:
        return
    held.tried_id = form.form_id
    held.full_clean()
    held.save(update_fields=["tried_id"])
    audit.record(by=by.pk, did="paper.named", subject=f"page:{held.pk}", details={"form": form.pk})
    transaction.on_commit(reader.wake)


@audit.recorded
def set_aside(*, page: Page, by: User) -> None:
    """Throw a page away: nothing of it is taken into any record. Doing it twice changes nothing.

    Raises
    ------
    Closed : what stands on it is in the record already
    """
    held = Page.objects.select_for_update(of=("self",)).select_related("form").get(pk=page.pk)
    if held.aside_at is not None:
        return
    if held.outcome == Page.Outcome.OK and held.form is not None and held.form.landed_at is not None:
        raise Closed
    held.aside_at, held.aside_by = clock.now(), by
    held.full_clean()
    held.save(update_fields=["aside_at", "aside_by"])
    audit.record(by=by.pk, did="paper.set-aside", subject=f"page:{held.pk}")
    asking.to_look(page=held, by=by)


def is_no_form(page: Page) -> bool:
    """Whether nothing on a page says that it is a form: it is a letter, or the empty back of one."""
    nothing = page.outcome == Page.Outcome.NO_CODE and page.form_id is None and page.form_page is None
    return nothing and page.aside_at is None and not page.tried_id


@audit.recorded
def set_aside_what_is_no_form(*, batch: Batch, by: User) -> None:
    """Throw away every page of a file on which no form was found."""
    for page in batch.pages.filter(outcome=Page.Outcome.NO_CODE, form=None, aside_at=None).defer("picture"):
        if is_no_form(page):
            set_aside(page=page, by=by)


def _keep(file: Brought, by: User) -> Batch:
    content = file.read()
    digest = hashlib.sha256(content).hexdigest()
    waits = Batch.objects.filter(digest=digest, brought_by=by, standing=Batch.Standing.WAITING).first()
    if waits is not None:
        return waits
    batch = Batch(brought_by=by, digest=digest)
    batch.full_clean()
    batch.save(force_insert=True)
    for number, start in enumerate(range(0, len(content), PART)):
        Part(batch=batch, number=number, content=content[start : start + PART]).save(force_insert=True)
    audit.record(by=by.pk, did="paper.brought-in", subject=f"batch:{batch.pk}")
    return batch
