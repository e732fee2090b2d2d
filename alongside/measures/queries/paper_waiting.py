"""What of the paper waits for a person: pages that nobody could read, forms that may be in the record, lost pages."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Exists, IntegerField, OuterRef, Q, QuerySet, Value
from django.utils import timezone

from alongside.access.models import User
from alongside.measures.models import Page, PaperForm, Questionnaire, Response
from alongside.measures.queries import paper
from alongside.paper.layout import Choice, Layout, Line

Outcome = Page.Outcome
UNDECIDED = (Outcome.NO_CODE, Outcome.UNKNOWN_ID, Outcome.WRONG_VERSION, Outcome.CONFLICT, Outcome.UNREADABLE)
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


def to_decide(user: User) -> QuerySet[Page]:
    """The pages of which this person may say what becomes of them, the first first.

    One that could not be read is not among them once the same page came in again and was.
    """
    read = Page.objects.filter(
        form=OuterRef("form"), form_page=OuterRef("form_page"), outcome=Outcome.OK, aside_at=None
    )
    better = Q(outcome=Outcome.UNREADABLE) & (Q(Exists(read)) | Q(form__landed_at__isnull=False))
    asks = Q(outcome=Outcome.OK, form__may_be__isnull=False, form__landed_at=None)
    unread = Q(outcome__in=UNDECIDED, tried_id="") & ~better
    return paper.visible_pages(user).filter(unread | asks, aside_at=None).order_by("made_at", "number")


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
    """The pages of a form that have not come in; none where no page of it has."""
    there = list(Page.objects.filter(form=form, outcome=Outcome.OK, aside_at=None).defer("picture"))
    for page in there:
        page.form = form
    return _lost(there) if there else ()


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
    before = Q(occasion=Questionnaire.Occasion.BEFORE)
    found = found.filter(before if form.occasion == Questionnaire.Occasion.BEFORE else ~before)
    return found.order_by("-response__sent_at").first()


def hours_of(day: date) -> tuple[datetime, datetime]:
    """The first and the last moment of a day."""
    first, last = (datetime.combine(day, at) for at in (time.min, time.max))
    return timezone.make_aware(first), timezone.make_aware(last)


def _counting() -> QuerySet[Page]:
    """Pages that count, of forms that are longer than one and are not settled otherwise."""
    waits = Q(form__landed_at=None, form__may_be=None, form__is_short=False, form__edition__pages__gt=1)
    return Page.objects.filter(waits, outcome=Outcome.OK, aside_at=None)


def _lost(there: Sequence[Page]) -> tuple[int, ...]:
    form = there[0].form
    have = {page.form_page for page in there}
    return tuple(number for number in range(1, form.edition.pages + 1) if number not in have) if form else ()
