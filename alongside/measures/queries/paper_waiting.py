"""What of the paper waits for a person: pages that nobody could read, forms that may be in the record, lost pages."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, IntegerField, OuterRef, Q, QuerySet, Value
from django.utils import timezone

from alongside.access.models import User
from alongside.core import clock
from alongside.measures.models import Page, PaperForm, Questionnaire, Response
from alongside.measures.queries import paper
from alongside.paper.layout import Choice, Layout, Line

Outcome = Page.Outcome
UNDECIDED = (Outcome.NO_CODE, Outcome.UNKNOWN_ID, Outcome.WRONG_VERSION, Outcome.CONFLICT, Outcome.UNREADABLE)
A_DAY, A_FORTNIGHT = timedelta(days=1), timedelta(days=14)
WHOLE = ("form__client", "form__service", "form__edition")


@dataclass(frozen=True, kw_only=True)
class Counts:
    """How many marks are to be looked at, pages to be decided about, and forms lack a page."""

    marks: int
    pages: int
    lacking: int


@dataclass(frozen=True, kw_only=True)
class Lacking:
    """A form of which some pages were read and others never came: since when, and which."""

    form: PaperForm
    page: str
    since: datetime
    lost: tuple[int, ...]


def unread_of(client: str) -> list[Page]:
    """The pages of this client that nobody could read and that are not settled, the first first."""
    whole = (f"form__{one}" for one in paper.WHOLE)
    found = Page.objects.filter(~_better(), outcome=Outcome.UNREADABLE, form__client=client, aside_at=None)
    return list(found.select_related(*whole).defer("picture").order_by("made_at", "number"))


def to_decide(user: User) -> QuerySet[Page]:
    """The pages of which this person may say what becomes of them, the first first.

    One that could not be read is not among them once the same page came in again and was. One that somebody else
    brought in and that is nobody's yet is left to them for a day, or until their account ends.
    """
    theirs = Q(form__isnull=False) | Q(batch__brought_by=user)
    left = Q(made_at__lt=clock.now() - A_DAY) | Q(batch__brought_by__is_active=False)
    asks = Q(outcome=Outcome.OK, form__may_be__isnull=False, form__landed_at=None)
    unread = Q(outcome__in=UNDECIDED, tried_id="") & ~(Q(outcome=Outcome.UNREADABLE) & _better())
    found = paper.visible_pages(user).filter(theirs | left, unread | asks, aside_at=None)
    return found.order_by("made_at", "number")


def counts(user: User) -> Counts:
    """How much waits for this person, in one query."""
    none = Value(0, IntegerField())
    marks = paper.to_look_at(user).order_by().values_list(Value("mark"), "pk", none)
    pages = to_decide(user).order_by().values_list(Value("page"), "pk", none)
    short = _counting().filter(paper.may_see_form(user, "form")).order_by()
    rows = marks.union(pages, short.values_list(Value("form"), "form", "form__edition__pages"), all=True)
    found = Counter(rows.order_by())
    lost = sum(kind == "form" and many < of for (kind, _key, of), many in found.items())
    kinds = Counter(kind for kind, _key, _of in found)
    return Counts(marks=kinds["mark"], pages=kinds["page"], lacking=lost)


def lacking(user: User) -> list[Lacking]:
    """The forms that this person may see and that wait for a page, the first first."""
    found = _counting().filter(paper.may_see_form(user, "form")).order_by("made_at", "number")
    pages: dict[str, list[Page]] = {}
    for page in found.select_related(*WHOLE).defer("picture", "form__edition__layout"):
        pages.setdefault(page.form_id or "", []).append(page)
    every = [(some[0], _lost(some)) for some in pages.values()]
    return [
        Lacking(form=first.form, page=first.pk, since=first.made_at, lost=lost)
        for first, lost in every
        if lost and first.form is not None
    ]


def lost_pages(form: PaperForm) -> tuple[int, ...]:
    """The pages of a form that have not come in; none where no page of it has, or two do not agree."""
    here = Page.objects.filter(form=form, outcome__in=[Outcome.OK, Outcome.CONFLICT], aside_at=None)
    there = list(here.defer("picture"))
    if not there or any(page.outcome == Outcome.CONFLICT for page in there):
        return ()
    for page in there:
        page.form = form
    return _lost(there)


def on_page(form: PaperForm, number: int) -> list[Line | Choice]:
    """What a page of a form asks, in its order."""
    return [one for one in Layout.model_validate_json(form.edition.layout).items if one.page == number]


def waiting_form(user: User, key: str) -> PaperForm | None:
    """A form that is not in the record yet, if this person may see whose it is."""
    whole = ("edition", "client", "episode__service", "episode__practitioner", "service", "wording__licence")
    found = PaperForm.objects.filter(paper.may_see_form(user), landed_at=None)
    return found.select_related(*whole, "printed_by").filter(pk=key).first()


def like_it(form: PaperForm) -> Questionnaire | None:
    """What stands in this client's record and may be this very form, the latest first.

    That is what was sent on the day that the form asks about, and what was typed in since the form was printed.
    """
    first, last = hours_of(form.about_on)
    of_the_day = Q(response__sent_at__range=(first, last))
    typed = Q(response__given=Response.Given.ON_PAPER, response__sent_at__gte=form.made_at, paper_form=None)
    found = Questionnaire.objects.filter(of_the_day | typed, client=form.client_id, instrument=form.edition.instrument)
    return found.filter(_of_occasion(form.occasion)).order_by("-response__sent_at").first()


def hours_of(day: date) -> tuple[datetime, datetime]:
    """The first and the last moment of a day."""
    first, last = (datetime.combine(day, at) for at in (time.min, time.max))
    return timezone.make_aware(first), timezone.make_aware(last)


def like_what_is_typed(asked: Questionnaire) -> Response | None:
    """What was read from paper in the last fortnight and may be the very form that a worker types in now."""
    found = PaperForm.objects.filter(
        client=asked.client_id, edition__instrument=asked.instrument, landed_at__gte=clock.now() - A_FORTNIGHT,
        questionnaire__isnull=False, may_be=None,
    )  # fmt: skip
    found = found.filter(_of_occasion(asked.occasion)).select_related("questionnaire__response")
    last = found.order_by("-landed_at").first()
    return last.questionnaire.response if last and last.questionnaire else None


def _of_occasion(occasion: str) -> Q:
    """The form before a session is no other; all others may stand for one another."""
    before = Q(occasion=Questionnaire.Occasion.BEFORE)
    return before if occasion == Questionnaire.Occasion.BEFORE else ~before


def _better() -> Q:
    """Whether the same page was read another time, or its form is in the record."""
    read = Page.objects.filter(
        form=OuterRef("form"), form_page=OuterRef("form_page"), outcome=Outcome.OK, aside_at=None
    )
    return Q(Exists(read)) | Q(form__landed_at__isnull=False)


def _counting() -> QuerySet[Page]:
    """Pages that count, of forms longer than one page that wait for nothing else: of two pages, say first which."""
    waits = Q(form__landed_at=None, form__may_be=None, form__is_short=False, form__edition__pages__gt=1)
    two = Page.objects.filter(form=OuterRef("form"), outcome=Outcome.CONFLICT, aside_at=None)
    return Page.objects.filter(waits, ~Exists(two), outcome=Outcome.OK, aside_at=None)


def _lost(there: Sequence[Page]) -> tuple[int, ...]:
    form = there[0].form
    have = {page.form_page for page in there}
    return tuple(number for number in range(1, form.edition.pages + 1) if number not in have) if form else ()
