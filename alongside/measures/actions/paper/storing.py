"""What was read of a page is kept the moment it is read, and a check-in is asked for then and there."""

import base64
import secrets
from collections.abc import Sequence
from typing import Any

from alongside.audit import actions as audit
from alongside.measures.actions.forms import ask_to_check_in_about
from alongside.measures.actions.paper import asking
from alongside.measures.actions.paper.landing import land_if_whole
from alongside.measures.answers import Answer, How, instrument, says_so
from alongside.measures.models import Batch, Mark, Page, PaperForm
from alongside.measures.queries import paper as queries
from alongside.paper.reading.results import Answer as Read
from alongside.paper.reading.results import Reading
from alongside.paper.reading.together import same

CHECKED = 0.03  # of the marks that were read without a doubt, shown to a person all the same
WORDS = {
    Page.Outcome.UNKNOWN_ID: "This form was not printed here, or its code was misread.",
    Page.Outcome.WRONG_VERSION: "This form was not printed here, and is another version of one that was.",
}
AGAIN = "This page was read before; nothing more is taken from it."
UNLIKE = "This page of the form was read before, with other marks. Say which is right."
THERE = "What was on this form is in the record already, so nothing is taken from this page."
OTHERWISE = "This page was read before, with other marks, and those are in the record."
LATE = "This form is in the record without a page that had not come; look whether this is the one."
Outcome = Page.Outcome


@audit.recorded
def keep_page(*, batch: Batch, said: dict[str, Any]) -> Page | None:
    """Keep one page as it was read; None where that was done before."""
    if Page.objects.filter(batch=batch, number=said["page"]).exists():
        return None
    page = Page(batch=batch, number=said["page"], picture=_bytes(said.get("picture")))
    return _keep(page, said, by=batch.brought_by_id)


@audit.recorded
def keep_again(*, page: Page, said: dict[str, Any]) -> Page:
    """Keep what was read of a page by the id that a person gave it."""
    held = Page.objects.select_for_update(of=("self",)).select_related("batch").get(pk=page.pk)
    held.tried_id = ""
    return _keep(held, said, by=held.batch.brought_by_id)


def _keep(page: Page, said: dict[str, Any], *, by: str) -> Page:
    page.form = queries.form_called(said.get("form_id") or "")
    page.form_page = said.get("form_page")
    page.outcome, page.why = Outcome(said["outcome"]), said.get("why", "")
    marks = _marks(page, said.get("items", ()))
    if page.outcome == Outcome.OK:
        _compare(page, marks, by=by)
    page.why = WORDS.get(page.outcome, page.why)
    if page.outcome == Outcome.DUPLICATE:
        marks = []
    page.full_clean()
    page.save()
    for mark in marks:
        mark.full_clean()
        mark.save(force_insert=True)
    details: dict[str, object] = {"outcome": page.outcome, "form": page.form_id}
    audit.record(by=by, did="paper.read", subject=f"page:{page.pk}", details=details)
    asking.to_look(page=page, by=page.batch.brought_by)
    if page.form is not None and marks:
        _ask_at_once(page.form, marks, by=by)
        land_if_whole(form=page.form, by=by)
    return page


def _marks(page: Page, items: Sequence[dict[str, Any]]) -> list[Mark]:
    made = []
    for place, one in enumerate(items):
        sure = one["status"] == Mark.Status.OK
        checked = sure and secrets.SystemRandom().random() < CHECKED
        taken = sure and not checked
        made.append(
            Mark(
                page=page, place=place, item=one["item"], was=one["score"], status=one["status"],
                confidence=one["confidence"], reason=one["reason"][:400],
                strip=b"" if taken else _bytes(one["strip"]), strip_at=one["strip_at"], checked=checked,
                value=queries.rounded(one["score"]) if taken else None, settled=Mark.Settled.READ if taken else "",
            )
        )  # fmt: skip
    return made


def _compare(page: Page, marks: Sequence[Mark], *, by: str) -> None:
    """Name a page that is here already, the same or with other marks. What a person made of the first one stays."""
    if page.form is None:
        page.outcome = Outcome.UNKNOWN_ID
        return
    first = queries.page_of(page.form, page.form_page)
    if first is None:
        if page.form.landed_at is not None:
            page.outcome, page.why = (Outcome.CONFLICT, LATE) if page.form.is_short else (Outcome.DUPLICATE, THERE)
        return
    before = list(first.marks.all())
    if same(_typed(before) if _by_hand(first) else _reading(before), _reading(marks)):
        page.outcome, page.why = Outcome.DUPLICATE, AGAIN
        return
    page.outcome, page.why = Outcome.CONFLICT, UNLIKE if page.form.landed_at is None else OTHERWISE
    if page.form.landed_at is None:
        first.outcome, first.why = Outcome.CONFLICT, UNLIKE
        first.save(update_fields=["outcome", "why"])
        audit.record(by=by, did="paper.doubted", subject=f"page:{first.pk}", details={"form": page.form_id})


def _reading(marks: Sequence[Mark]) -> Reading:
    read = tuple(Read(one.item, one.was, _status(one.status), one.confidence) for one in marks)
    return Reading("", 1, "ok", items=read)


def _typed(marks: Sequence[Mark]) -> Reading:
    read = tuple(Read(one.item, one.value, "missing" if one.value is None else "ok", 1.0) for one in marks)
    return Reading("", 1, "ok", items=read)


def _by_hand(page: Page) -> bool:
    return not page.picture


def _status(status: str) -> Any:
    return status


def _ask_at_once(form: PaperForm, marks: Sequence[Mark], *, by: str) -> None:
    """Ask for a check-in before anybody has looked: a doubt about such a mark asks as the mark itself does."""
    if form.client_id is None:
        return
    asked = queries.questionnaire_of(form)
    definition = instrument(asked)
    highest = {item.key: item.high for item in definition.items}
    said = {}
    for mark in marks:
        doubtful = mark.status == Mark.Status.REVIEW and mark.item in definition.check_in
        value = highest[mark.item] if doubtful else mark.was
        said[mark.item] = Answer(value=value, how=How.NUMBER) if value is not None else Answer()
    there = {key: one for key, one in said.items() if key in definition.check_in}
    empty = definition.check_in_when_empty and any(one.value is None for one in there.values())
    if empty or any(says_so(definition, key, one) for key, one in there.items()):
        ask_to_check_in_about(asked, there, by=by)


def _bytes(text: str | None) -> bytes:
    return base64.b64decode(text or "")
