"""Which paper somebody may see: what came back, what is still to look at, and how well reading works."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Length
from django.utils import timezone

from alongside.access.models import User
from alongside.access.permissions import Permission
from alongside.care import queries as care
from alongside.care.models import Client, Contact, Service
from alongside.care.queries import choices
from alongside.core import clock
from alongside.measures.models import Batch, Edition, Mark, Page, PaperForm, Questionnaire, ReadTwice
from alongside.paper.layout import Layout, Line

WHOLE = ("edition", "client", "episode__service", "episode__practitioner", "service", "wording__licence", "printed_by")
LAST = 500
now = clock.now


def may_see_form(user: User, form: str = "") -> Q:
    """Whether this person may see what is on a form: its client is theirs, or their team gives its service."""
    to = f"{form}__" if form else ""
    of_client = Q(**{f"{to}client__isnull": False}) & Q(care.may_see(user, f"{to}client"))
    return of_client | Q(**{f"{to}service__in": services(user)})


def services(user: User) -> QuerySet[Service]:
    """The services for which this person may print forms without names."""
    return choices.services(user)


def session(client: Client, key: str) -> Contact | None:
    """A contact of this client, by its key."""
    return Contact.objects.filter(episode__client=client, pk=key).first() if key else None


def batches(user: User) -> QuerySet[Batch]:
    """The files that this person brought in, the latest first."""
    return Batch.objects.filter(brought_by=user).order_by("-made_at")


def batch(user: User, key: str) -> Batch | None:
    """One file that this person brought in."""
    return Batch.objects.filter(brought_by=user, pk=key).first()


def with_counts(of: QuerySet[Batch]) -> QuerySet[Batch]:
    """Files, each with the number of pages read so far."""
    return of.annotate(done=Count("pages"))


def pages_of(of: Batch) -> list[Page]:
    """Every page of a file."""
    return list(_pages(of.pages.all()).defer("picture").order_by("number"))


def which_may_be_seen(user: User, pages: Sequence[Page]) -> set[str]:
    """Those of these pages that this person may open."""
    return set(visible_pages(user).filter(pk__in=[one.pk for one in pages]).values_list("pk", flat=True))


def visible_pages(user: User) -> QuerySet[Page]:
    """Pages of forms that this person may see, and those that they brought in and nobody can say whose they are.

    A service lead sees such pages of everybody in their teams, since whoever brought one in may be away.
    """
    nobodys = Q(form=None, batch__brought_by__in=_who_bring_in_for(user))
    return _pages(Page.objects.filter(may_see_form(user, "form") | nobodys))


def _who_bring_in_for(user: User) -> QuerySet[User]:
    """Oneself; for a service lead everybody in their teams as well, and whoever is in none any more."""
    who = Q(pk=user.pk)
    if user.may(Permission.COVER_CHECK_INS):
        who |= Q(teams__members=user) | Q(teams=None)
    return User.objects.filter(who).order_by()


def _pages(of: QuerySet[Page]) -> QuerySet[Page]:
    """Pages with their forms; whether anything on them is to be looked at, and how much of the form has come in."""
    still = Q(settled="") | Q(second_look_from__isnull=False)
    counted = Page.objects.filter(form=OuterRef("form"), outcome=Page.Outcome.OK, aside_at=None).order_by()
    there = counted.values("form").annotate(many=Count("form_page", distinct=True)).values("many")
    whole = ("form__client", "form__service", "form__edition", "form__may_be__response")
    found = of.select_related("batch__brought_by", *whole)
    return found.annotate(
        is_open=Exists(Mark.objects.filter(still, page=OuterRef("pk"))),
        pages_there=Subquery(there),
        picture_there=Length("picture"),
    )


def to_look_at(user: User) -> QuerySet[Mark]:
    """What is still to be looked at by this person, form by form."""
    still = Q(settled="") | Q(second_look_from__isnull=False)
    seen = Mark.objects.filter(may_see_form(user, "page__form"), still, page__aside_at=None)
    seen = seen.filter(page__outcome=Page.Outcome.OK, page__form__landed_at=None, page__form__may_be=None)
    return seen.exclude(second_look_from=user).order_by("page__made_at", "page", "place")


def mark(user: User, key: str) -> Mark | None:
    """One mark on a page that this person may see."""
    whole = tuple(f"page__form__{one}" for one in WHOLE)
    found = Mark.objects.filter(may_see_form(user, "page__form")).select_related("page", "second_look_from", *whole)
    return found.filter(pk=key).first()


def form_called(form_id: str) -> PaperForm | None:
    """The form with this id."""
    return PaperForm.objects.select_related(*WHOLE).filter(form_id=form_id).first() if form_id else None


def form_for(user: User, form_id: str) -> PaperForm | None:
    """The form with this id, if this person may see whose it is."""
    return PaperForm.objects.filter(may_see_form(user), form_id=form_id).first()


def page_of(form: PaperForm, number: int | None) -> Page | None:
    """The page of a form that counts, or one with which others do not agree."""
    found = Page.objects.filter(form=form, form_page=number, aside_at=None)
    return found.filter(outcome__in=[Page.Outcome.OK, Page.Outcome.CONFLICT]).order_by("made_at").first()


def others_like(page: Page) -> list[Page]:
    """The other pages that say that they are this page of this form."""
    found = Page.objects.filter(form=page.form, form_page=page.form_page, aside_at=None).exclude(pk=page.pk)
    return list(found.filter(outcome__in=[Page.Outcome.OK, Page.Outcome.CONFLICT]))


def marks_if_whole(form: PaperForm) -> list[Mark] | None:
    """Every mark of a form, if every page of it is here or given up, and nothing on them is open."""
    pages = Page.objects.filter(form=form, outcome=Page.Outcome.OK, aside_at=None)
    if pages.values("form_page").distinct().count() < (1 if form.is_short else form.edition.pages):
        return None
    marks = list(Mark.objects.filter(page__in=pages).defer("strip").order_by("page__form_page", "place"))
    return None if any(not one.settled or one.second_look_from_id for one in marks) else marks


def asked_of(form: PaperForm) -> Questionnaire:
    """The form as something that is asked, of somebody or of nobody; it is never saved."""
    if form.client_id is not None:
        return questionnaire_of(form)
    return Questionnaire(
        instrument=form.edition.instrument, version=form.edition.version, wording=form.wording, occasion=form.occasion
    )


def marks_of(page: Page) -> list[Mark]:
    """Every mark on a page, in its order."""
    return list(page.marks.defer("strip").order_by("place"))


def questionnaire_of(form: PaperForm) -> Questionnaire:
    """The form as the record keeps one; it is not saved yet."""
    if form.episode is None or form.client is None:
        raise ValueError("A form without a name is nobody's questionnaire.")
    at = _at(form)
    return Questionnaire(
        client=form.client, episode=form.episode, instrument=form.edition.instrument, version=form.edition.version,
        wording=form.wording, occasion=form.occasion, reader=form.episode.practitioner, opened_by=form.printed_by,
        opened_at=at,
    )  # fmt: skip


def other_of_the_session(form: PaperForm, occasion: Questionnaire.Occasion) -> Questionnaire | None:
    """The form of this measure that was taken on the same day on this other occasion, and is joined to none."""
    first = timezone.make_aware(datetime.combine(form.about_on, time.min))
    last = timezone.make_aware(datetime.combine(form.about_on, time.max))
    found = Questionnaire.objects.filter(
        episode=form.episode, instrument=form.edition.instrument, occasion=occasion, taken_back_at=None,
        opened_at__range=(first, last),
    )  # fmt: skip
    joined = found.filter(before=None) if occasion == Questionnaire.Occasion.AFTER else found.filter(after=None)
    return joined.order_by("-opened_at").first()


def _at(form: PaperForm) -> datetime:
    """When it was answered: on the day that it asks about, at noon; today's, or one still to come, now."""
    if form.about_on >= clock.today():
        return clock.now()
    return timezone.make_aware(datetime.combine(form.about_on, time(12)))


def layouts(editions: Sequence[Edition] | None = None) -> list[dict[str, Any]]:
    """The layouts of these editions, or all, each with the ids of every copy that was printed."""
    wanted = list(Edition.objects.all()) if editions is None else list(editions)
    ids: dict[str, list[str]] = {}
    for edition, form_id in PaperForm.objects.filter(edition__in=wanted).values_list("edition", "form_id"):
        ids.setdefault(edition, []).append(form_id)
    return [{**json.loads(one.layout), "copies": ids.get(one.pk, [])} for one in wanted]


def waiting_batches() -> QuerySet[Batch]:
    """Files that wait to be read, the first first."""
    return Batch.objects.filter(standing=Batch.Standing.WAITING).order_by("made_at", "pk")


def named_pages() -> QuerySet[Page]:
    """Pages that wait to be read by the id that a person gave them."""
    return Page.objects.exclude(tried_id="").filter(aside_at=None).order_by("made_at", "pk")


def last_page(of: Batch) -> int:
    """The last page of a file that is kept already; 0 where none is."""
    return of.pages.order_by("-number").values_list("number", flat=True).first() or 0


def rounded(value: float | None) -> float | None:
    """As the record keeps it."""
    return None if value is None else round(value, 1)


def line_of(mark: Mark) -> Line | None:
    """Where the line of a mark is on its page; None where it has boxes."""
    form = mark.page.form
    layout = Layout.model_validate_json(form.edition.layout) if form else None
    items = layout.items if layout else ()
    return next((one for one in items if isinstance(one, Line) and (one.key or one.id) == mark.item), None)


def mm_of_one(mark: Mark) -> float:
    """How many mm on paper stand for one; between two boxes, enough to be wrong."""
    line = line_of(mark)
    return 100 / (line.high - line.low) if line else 100.0


@dataclass(frozen=True, kw_only=True)
class Wrong:
    """How many of the last marks that were read without a doubt a person read otherwise."""

    looked_at: int
    wrong: int


def how_well() -> Wrong:
    """How often reading was silently wrong, of the last marks that were looked at as well."""
    last: Iterable[bool] = ReadTwice.objects.order_by("-made_at").values_list("agreed", flat=True)[:LAST]
    agreed = list(last)
    return Wrong(looked_at=len(agreed), wrong=agreed.count(False))
