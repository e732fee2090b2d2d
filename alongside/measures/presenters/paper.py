"""Paper in words: how far a file is, what became of a page, and what is doubtful about a mark."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from alongside.core.words import counted, day
from alongside.instruments.items import Item
from alongside.measures.answers import questions
from alongside.measures.models import Batch, Mark, Page, PaperForm, Response
from alongside.measures.queries import paper as queries
from alongside.measures.queries.paper import Wrong
from alongside.measures.queries.paper_waiting import Lacking
from alongside.outcomes.proportions import wilson
from alongside.paper.form.asking import choices

OTHERS = "This form is of somebody whom another team works with. It goes to them."
WAITS = "Waiting to be read."
PX, BESIDE, ACROSS = 10, 11.0, 9.0  # of a strip: pixels a mm, and mm of page beyond the ends and to either side
DO = {
    Page.Outcome.NO_CODE: "Type its letters, type in its marks, or throw it away.",
    Page.Outcome.UNKNOWN_ID: "Type its letters, type in its marks, or throw it away.",
    Page.Outcome.WRONG_VERSION: "Type in its marks by hand, and throw the page away.",
    Page.Outcome.CONFLICT: "Open it, and say whether it is the right one.",
    Page.Outcome.UNREADABLE: "Scan it again, or type in its marks, and throw this page away.",
}
APART = "Scan each page by itself, and throw this picture away."
IN_RECORD = "Put right what is wrong in the record, or throw this page away."
GIVEN = {
    Response.Given.ON_PAPER: "typed in or read from paper",
    Response.Given.FROM_A_FILE: "brought in from a file",
}
Outcome = Page.Outcome
TYPED = {Outcome.UNREADABLE, Outcome.WRONG_VERSION}


@dataclass(frozen=True, kw_only=True)
class BatchShown:
    """A file, and how far it is."""

    key: str
    brought_at: datetime
    said: str
    going_on: bool
    done: int
    expected: int | None


@dataclass(frozen=True, kw_only=True)
class PageShown:
    """A page: whose it is, and what became of it in one sentence."""

    key: str
    number: int
    whose: str
    brought_in: str
    client: str | None
    measure: str
    said: str
    to_do: str
    like: str
    may_say_whose: bool
    may_choose: bool
    may_type_in: bool
    may_throw_away: bool
    aside: bool
    has_picture: bool
    seen: bool


@dataclass(frozen=True, kw_only=True)
class Doubtful:
    """A mark to look at: its question, where it was read, and why a person should look."""

    question: Item
    whose: str
    client: str | None
    why: str
    also: str
    proposed: str
    options: tuple[tuple[str, str], ...]
    wide: float
    high: float
    at: float | None
    one: float
    zero: float
    end: float


def batch_shown(batch: Batch, pages: Sequence[Page] | None = None) -> BatchShown:
    """One file in words."""
    done = len(pages) if pages is not None else getattr(batch, "done", 0)
    going_on = batch.standing == Batch.Standing.WAITING
    of = f" of {batch.expected}" if batch.expected else ""
    said = batch.why or (counted(done, "page") + " read.")
    if going_on:
        said = f"{done}{of} pages read so far." if done else WAITS
    return BatchShown(
        key=batch.pk, brought_at=timezone.localtime(batch.made_at),
        said=said, going_on=going_on, done=done, expected=batch.expected,
    )  # fmt: skip


def page_shown(page: Page, *, seen: bool) -> PageShown:
    """One page in words; of somebody whom this person may not see, only that it was read."""
    form = page.form
    client = form.client if form else None
    landed = form is not None and form.landed_at is not None
    whose = _whose(form) if form else "Nobody knows whose"
    asks = page.outcome == Outcome.OK and page.aside_at is None and not landed
    like = form.may_be.response.pk if form and form.may_be and asks and seen else ""
    said, to_do = _became(page)
    if not seen:
        whose, said, to_do = "Another team’s", OTHERS, ""
    return PageShown(
        key=page.pk, number=page.number, whose=whose, brought_in=_brought_in(page),
        client=client.pk if client and seen else None,
        measure=form.edition.instrument if form else "", said=said, to_do=to_do,
        like=like,
        may_say_whose=page.outcome in {Outcome.NO_CODE, Outcome.UNKNOWN_ID} and bool(getattr(page, "picture_there", 0)),
        may_choose=page.outcome == Outcome.CONFLICT and form is not None and not landed,
        may_type_in=page.outcome in TYPED and page.aside_at is None and not landed,
        may_throw_away=page.aside_at is None and not (landed and page.outcome == Outcome.OK),
        aside=page.aside_at is not None, has_picture=bool(getattr(page, "picture_there", 0)), seen=seen,
    )  # fmt: skip


def doubtful(mark: Mark) -> Doubtful:
    """One mark in words and places. One that is looked at for the second time shows no proposal."""
    form = mark.page.form
    if form is None:
        raise ValueError("A mark stands on a form.")
    question = next(one for one in questions(queries.asked_of(form)) if one.key == mark.item)
    if not isinstance(question, Item):
        raise TypeError(question.kind)
    shown = mark.value if mark.settled else None if mark.checked else mark.was
    line = queries.line_of(mark)
    mm = queries.mm_of_one(mark)
    length = (line.high - line.low) * mm if line else 0.0
    why, dot, also = ("Say afresh where this mark is." if mark.checked else mark.reason).partition(". ")
    zero = (
        BESIDE * PX
        if mark.strip_at is None or mark.was is None
        else mark.strip_at - (mark.was - question.low) * mm * PX
    )
    return Doubtful(
        question=question,
        whose=_whose(form),
        client=form.client_id,
        why=why + dot.rstrip(), also=also,
        proposed=_proposed(question, shown),
        options=tuple((f"{number:g}", words) for number, words in choices(question)) if line is None else (),
        wide=(length + 2 * BESIDE) * PX, high=2 * ACROSS * PX,
        at=zero + (shown - question.low) * mm * PX if shown is not None and line else None,
        one=mm * PX, zero=zero, end=zero + length * PX,
    )  # fmt: skip


def marks_shown(page: Page) -> list[tuple[Mark, str]]:
    """Each mark of a page that somebody may still look at, and what stands of it."""
    if page.form is None or page.form.landed_at is not None or page.outcome != Outcome.OK:
        return []
    names = {one.key: f"{one.number}. {one.topic}" for one in questions(queries.asked_of(page.form))}
    return [
        (mark, names.get(mark.item, mark.item))
        for mark in queries.marks_of(page)
        if mark.status != "ok" or mark.checked
    ]


def how_well_said(found: Wrong) -> list[str]:
    """How often reading was silently wrong, with its numbers; nothing where no mark was looked at twice.

    >>> how_well_said(Wrong(looked_at=40, wrong=0))[0]
    'In the last 40 marks looked at twice, none was read wrong by more than 2 mm.'
    >>> how_well_said(Wrong(looked_at=40, wrong=0))[1]
    'That is 0.0 in 100; with so many looked at, it may be up to 8.8 in 100 of all marks.'
    """
    ends = wilson(found.wrong, found.looked_at)
    if ends is None:
        return []
    wrong = f"{found.wrong or 'none'} {'was' if found.wrong <= 1 else 'were'}"
    return [
        f"In the last {counted(found.looked_at, 'mark')} looked at twice, {wrong} read wrong by more than 2 mm.",
        f"That is {100 * found.wrong / found.looked_at:.1f} in 100; with so many looked at, it may be up to "
        f"{100 * ends[1]:.1f} in 100 of all marks.",
    ]


def lacking_shown(found: Lacking) -> tuple[str, str, str]:
    """A form that waits for a page: the key of one that is here, whose it is, and since when it waits for which."""
    since = timezone.localtime(found.since).date()
    said = f"{pages_called(found.lost)} has not come in. What is here came on {day(since)}."
    return found.page, _whose(found.form), said


def pages_called(lost: Sequence[int]) -> str:
    """One page, or several.

    >>> pages_called([2]), pages_called([2, 3])
    ('Page 2', 'Each of pages 2 and 3')
    """
    if len(lost) == 1:
        return f"Page {lost[0]}"
    return f"Each of pages {', '.join(str(one) for one in lost[:-1])} and {lost[-1]}"


def _whose(form: PaperForm) -> str:
    return form.client.called if form.client else f"{form.service}, without a name"


def _brought_in(page: Page) -> str:
    on = timezone.localtime(page.made_at).date()
    return f"Brought in by {page.batch.brought_by.name} on {day(on)}."


def _like(response: Response) -> str:
    how = GIVEN.get(Response.Given(response.given), "answered on a screen")
    on = timezone.localtime(response.sent_at).date() if response.sent_at else None
    return f"Read, and not taken in: a form like this, {how}{f' on {day(on)}' if on else ''}, is in the record already."


def _proposed(question: Item, value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:g}" if question.kind == "choice" else f"{value:.1f}"


def _became(page: Page) -> tuple[str, str]:
    """What became of a page, and what a person may do about it."""
    form = page.form
    if page.aside_at is not None:
        return "Thrown away. Nothing of it is in any record.", ""
    if page.tried_id:
        return "It is read again by the letters that were typed.", ""
    if page.outcome != Outcome.OK or form is None:
        if page.outcome == Outcome.CONFLICT and (form is None or form.landed_at is not None):
            return page.why, APART if form is None else IN_RECORD
        return page.why, DO.get(Outcome(page.outcome), "")
    return _how_far(page, form)


def _how_far(page: Page, form: PaperForm) -> tuple[str, str]:
    """How far a page that was read is from the record."""
    if form.landed_at is not None:
        same = "Read. It was in the record already, so nothing was taken from this page."
        return same if form.may_be_id else "Read, and in the record.", ""
    if form.may_be is not None:
        return _like(form.may_be.response), "Say whether it is the same form."
    if getattr(page, "is_open", False):
        return "Read. Some marks are still to be looked at.", ""
    if (getattr(page, "pages_there", None) or 0) < form.edition.pages and not form.is_short:
        return (
            "Read. Another page of this form has not come in yet.",
            "Bring in its other page, or say what becomes of this one.",
        )
    return "Read, and not in the record: the licence of this measure has ended.", "A service lead can record it anew."
