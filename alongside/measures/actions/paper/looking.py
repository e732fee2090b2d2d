"""A person looks at what is doubtful, and what they say stands."""

from alongside.access.models import User
from alongside.audit import actions as audit
from alongside.measures.actions.forms import Closed, ask_to_check_in_about
from alongside.measures.actions.paper.landing import land_if_whole
from alongside.measures.answers import Answer, How, instrument, says_so
from alongside.measures.models import Look, Mark, Page, PaperForm, ReadTwice
from alongside.measures.queries import paper as queries

AGREES_MM = 2.0
Settled = Mark.Settled
Status = Mark.Status


@audit.recorded
def settle(*, mark: Mark, value: float | None, settled: Mark.Settled, by: User) -> None:
    """Say what a mark is. The reading is kept beside it; the form lands when nothing of it is open any more.

    Raises
    ------
    Closed : the form is in the record already, where its answers are put right, or the page was thrown away
    """
    held = _held(mark)
    first = not held.settled
    held.value = None if settled in {Settled.MISSING, Settled.UNREADABLE} else queries.rounded(value)
    held.settled, held.second_look_from = settled, None
    held.full_clean()
    held.save(update_fields=["value", "settled", "second_look_from"])
    look = Look(mark=held, value=held.value, settled=settled, by=by)
    look.full_clean()
    look.save(force_insert=True)
    audit.record(by=by.pk, did="paper.looked", subject=f"page:{held.page_id}", details={"item": held.item})
    if held.checked and first:
        _compare(held)
    form = held.page.form
    if form is not None:
        _ask_about(form, held, by=by.pk)
        land_if_whole(form=form, by=by.pk)


@audit.recorded
def ask_for_another_look(*, mark: Mark, by: User) -> None:
    """Ask somebody else to look at this mark as well.

    Raises
    ------
    Closed : as for `settle`
    """
    held = _held(mark)
    held.second_look_from = by
    held.full_clean()
    held.save(update_fields=["second_look_from"])
    audit.record(by=by.pk, did="paper.look-asked", subject=f"page:{held.page_id}", details={"item": held.item})


@audit.recorded
def choose(*, page: Page, by: User) -> None:
    """Say that of two pages which do not agree this is the right one; the others are thrown away.

    Raises
    ------
    Closed : the form is in the record already, or this page was thrown away
    """
    held = Page.objects.select_for_update(of=("self",)).select_related("form").get(pk=page.pk)
    form = held.form
    if form is None or form.landed_at is not None or held.aside_at is not None or held.outcome != Page.Outcome.CONFLICT:
        raise Closed
    for other in queries.others_like(held):
        other.aside_at, other.aside_by = queries.now(), by
        other.save(update_fields=["aside_at", "aside_by"])
        audit.record(by=by.pk, did="paper.set-aside", subject=f"page:{other.pk}")
    held.outcome, held.why = Page.Outcome.OK, ""
    held.full_clean()
    held.save(update_fields=["outcome", "why"])
    audit.record(by=by.pk, did="paper.chosen", subject=f"page:{held.pk}")
    land_if_whole(form=form, by=by.pk)


def _held(mark: Mark) -> Mark:
    found = Mark.objects.select_for_update(of=("self",)).select_related("page").get(pk=mark.pk)
    if found.page.form_id is not None:
        found.page.form = PaperForm.objects.select_related(*queries.WHOLE).get(pk=found.page.form_id)
    landed = found.page.form is not None and found.page.form.landed_at is not None
    if landed or found.page.aside_at is not None:
        raise Closed
    return found


def _compare(mark: Mark) -> None:
    """Note how far a reading without a doubt was off, and of whom it was nowhere."""
    off = (
        None
        if mark.value is None or mark.was is None
        else round(abs(mark.value - mark.was) * queries.mm_of_one(mark), 1)
    )
    agreed = off is not None and off <= AGREES_MM
    ReadTwice(off_mm=off, agreed=agreed).save(force_insert=True)


def _ask_about(form: PaperForm, mark: Mark, *, by: str) -> None:
    """A mark that nobody could know of when the page was read: it asks now for a check-in."""
    known = mark.status == Status.REVIEW or (mark.was or 0) > 0
    if form.client_id is None or known or mark.value is None:
        return
    asked = queries.questionnaire_of(form)
    given = Answer(value=mark.value, how=How.NUMBER)
    if says_so(instrument(asked), mark.item, given):
        ask_to_check_in_about(asked, {mark.item: given}, by=by)
