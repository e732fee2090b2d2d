"""What a person says of a form that waits: it is in the record already, it is another, or its page is lost."""

import hashlib
from collections.abc import Mapping

from alongside.access.models import User
from alongside.audit import actions as audit
from alongside.core import clock
from alongside.measures.actions.forms import Closed, ask_to_check_in_about
from alongside.measures.actions.paper import asking
from alongside.measures.actions.paper.landing import land_if_whole
from alongside.measures.answers import Answer, instrument
from alongside.measures.models import Batch, Look, Mark, Page, PaperForm
from alongside.measures.queries import paper as queries
from alongside.measures.queries import paper_waiting as waiting

BY_HAND = "Typed in by hand."
Settled = Mark.Settled


@audit.recorded
def say_same(*, form: PaperForm, by: User) -> None:
    """Say that this form is what stands in the record already: nothing is taken from it.

    Raises
    ------
    Closed : it is in the record by now, or nothing there is like it any more
    """
    held = _held(form)
    if held.may_be is None:
        raise Closed
    joined = PaperForm.objects.filter(questionnaire=held.may_be_id).exists()
    held.landed_at = clock.now()
    held.questionnaire = None if joined else held.may_be
    _save(held, "landed_at", "questionnaire")
    _note("paper.same", held, by=by)
    if held.client_id is not None:
        asking.no_longer(client=held.client_id, by=by)


@audit.recorded
def say_another(*, form: PaperForm, by: User) -> None:
    """Say that this form is another than what stands in the record: it lands beside it.

    Raises
    ------
    Closed : as for `say_same`
    """
    held = _held(form)
    if held.may_be is None:
        raise Closed
    held.may_be, held.is_another = None, True
    _save(held, "may_be", "is_another")
    _note("paper.another", held, by=by)
    land_if_whole(form=held, by=by.pk)


@audit.recorded
def keep_short(*, form: PaperForm, by: User) -> None:
    """Wait no longer for the pages that never came: what they ask stays without an answer.

    Raises
    ------
    Closed : the form is in the record by now, or no page of it is lost
    """
    held = _held(form)
    if not waiting.lost_pages(held):
        raise Closed
    held.is_short = True
    _save(held, "is_short")
    _note("paper.kept-short", held, by=by)
    land_if_whole(form=held, by=by.pk)


@audit.recorded
def type_rest(*, form: PaperForm, answers: Mapping[str, Answer], by: User) -> None:
    """Keep what a person read on the pages that never came, by the keys of what they ask.

    Raises
    ------
    Closed : as for `keep_short`
    """
    held = _held(form)
    lost = waiting.lost_pages(held)
    if not lost:
        raise Closed
    batch = Batch(
        brought_by=by, digest=hashlib.sha256(b"").hexdigest(), standing=Batch.Standing.READ, why=BY_HAND,
        read_at=clock.now(),
    )  # fmt: skip
    _add(batch)
    for place, number in enumerate(lost, start=1):
        _type_page(Page(batch=batch, number=place, form=held, form_page=number), answers, by=by)
    if held.client_id is not None:
        asked = queries.questionnaire_of(held)
        there = {key: one for key, one in answers.items() if key in instrument(asked).check_in}
        if there:
            ask_to_check_in_about(asked, there, by=by.pk)
        asking.no_longer(client=held.client_id, by=by)
    land_if_whole(form=held, by=by.pk)


def _type_page(page: Page, answers: Mapping[str, Answer], *, by: User) -> None:
    if page.form is None or page.form_page is None:
        raise ValueError("A page that is typed in is one of a form.")
    page.outcome = Page.Outcome.OK
    _add(page)
    for place, one in enumerate(waiting.on_page(page.form, page.form_page)):
        value = answers.get(one.key or one.id, Answer()).value
        settled = Settled.MISSING if value is None else Settled.MOVED
        mark = Mark(
            page=page, place=place, item=one.key or one.id, status=Mark.Status.REVIEW, reason=BY_HAND,
            value=queries.rounded(value), settled=settled,
        )  # fmt: skip
        _add(mark)
        _add(Look(mark=mark, value=mark.value, settled=settled, by=by))
    audit.record(by=by.pk, did="paper.typed-in", subject=f"page:{page.pk}", details={"form": page.form_id})


def _held(form: PaperForm) -> PaperForm:
    held = PaperForm.objects.select_for_update(of=("self",)).select_related(*queries.WHOLE).get(pk=form.pk)
    if held.landed_at is not None:
        raise Closed
    return held


def _add(record: Batch | Page | Mark | Look) -> None:
    record.full_clean()
    record.save(force_insert=True)


def _save(form: PaperForm, *changed: str) -> None:
    form.full_clean()
    form.save(update_fields=changed)


def _note(did: str, form: PaperForm, *, by: User) -> None:
    whose = f"client:{form.client_id}" if form.client_id else f"service:{form.service_id}"
    audit.record(by=by.pk, did=did, subject=whose, details={"form": form.pk})
