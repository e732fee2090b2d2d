"""Which forms somebody may see, and what has come back from a client."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Case, FilteredRelation, OuterRef, Q, QuerySet, Subquery, When
from django.utils import timezone

from alongside.access.models import User
from alongside.access.roles import Role
from alongside.care import queries as care
from alongside.care.models import Client, Episode
from alongside.core import clock
from alongside.measures.answers import Answer
from alongside.measures.fortnights import Course, courses
from alongside.measures.models import Correction, Questionnaire, Response
from alongside.measures.models.used import Measure
from alongside.measures.queries.library import SERVICE_EVALUATION, newest

_FORMS = FilteredRelation("questionnaires", condition=Q(questionnaires__instrument=SERVICE_EVALUATION))
WITH_ALL = ("client", "episode__service", "reader", "opened_by", "response", "wording__licence")


def visible_to(user: User) -> QuerySet[Questionnaire]:
    """The forms of the clients whom this person may see."""
    return Questionnaire.objects.filter(care.may_see(user, "client")).select_related(*WITH_ALL)


def held(key: str) -> Questionnaire | None:
    """The form whose key a screen holds that was handed over for it, or that was let in to it before."""
    return Questionnaire.objects.filter(pk=key).select_related(*WITH_ALL).first()


def client(user: User, key: str) -> Client | None:
    """One client, if this person may see them."""
    return care.visible_to(user).filter(pk=key).first()


def sent(user: User, key: str) -> Response | None:
    """One response that was sent, if this person may see its client."""
    whole = (
        "questionnaire__client",
        "questionnaire__episode",
        "questionnaire__wording__licence",
        "questionnaire__opened_by",
        "questionnaire__reader",
        "questionnaire__before__response",
        "questionnaire__after",
    )
    found = Response.objects.sent().filter(care.may_see(user, "questionnaire__client"))
    return found.select_related(*whole, "questionnaire__after__response").filter(pk=key).first()


def corrections(response: Response) -> list[Correction]:
    """What was put right, the oldest first."""
    return list(response.corrections.select_related("by").order_by("at", "made_at"))


def supported_by(of: Client) -> list[Episode]:
    """The support in which a form can be taken now."""
    going_on = Episode.objects.open().filter(client=of)
    return list(going_on.select_related("service", "practitioner").order_by("started_on"))


def begun(of: Client) -> list[Questionnaire]:
    """The forms of a client that can be gone on with."""
    found = Questionnaire.objects.filter(client=of, open=True).select_related("response").order_by("opened_at")
    return [one for one in found if one.goes_on]


def before_today(episode: Episode, measure: str) -> Questionnaire | None:
    """The form of this measure taken before today's session that none after it points to yet."""
    midnight = timezone.localtime(clock.now()).replace(hour=0, minute=0, second=0, microsecond=0)
    before = Questionnaire.objects.filter(
        episode=episode, instrument=measure, occasion=Questionnaire.Occasion.BEFORE, after=None
    )
    return before.filter(opened_at__gte=midnight, taken_back_at=None).order_by("-opened_at").first()


def would_read(episode: Episode, *, by: User) -> User:
    """Who will read a form that this worker opens now."""
    return turned_to(Questionnaire(episode=episode, reader=episode.practitioner, opened_by=by))


def turned_to(questionnaire: Questionnaire) -> User:
    """Who reads a form and is asked to check in: once its reader's account has ended, a lead or whoever opened it."""
    if questionnaire.reader.is_active:
        return questionnaire.reader
    return cover_for(questionnaire, besides=questionnaire.reader) or questionnaire.opened_by


def cover_for(questionnaire: Questionnaire, *, besides: User) -> User | None:
    """A lead of the team that gives the service, besides the one who is asked."""
    leads = User.objects.filter(teams__services=questionnaire.episode.service_id, role=Role.LEAD, is_active=True)
    return leads.exclude(pk=besides.pk).order_by("name").first()


@dataclass(frozen=True, kw_only=True)
class Form:
    """One form that came back."""

    key: str
    questionnaire: str
    occasion: str
    before: str | None
    given: str
    sent_on: date
    answers: dict[str, Any]

    def answer(self, item: str) -> Answer:
        """What was said to one question."""
        return Answer.kept(self.answers.get(item))


@dataclass(frozen=True, kw_only=True)
class Latest:
    """A measure by name, and when a form last came back on it."""

    instrument: str
    name: str
    sent_on: date


@dataclass(frozen=True, kw_only=True)
class Record:
    """A client's times of support, the forms that came back, the oldest first, and one begun and not sent.

    `courses` are those in which the form is used. `others` are the other measures on which something came back.
    `supported` says whether any support goes on, in which some form may be taken.
    """

    courses: list[Course]
    forms: list[Form]
    begun_on: date | None
    others: list[Latest]
    supported: bool

    @property
    def goes_on(self) -> Course | None:
        """The support that goes on now."""
        return next((course for course in self.courses if course.ended_on is None), None)


def record(user: User, client_key: str) -> Record:
    """All service evaluation forms of one client, and when the other measures last came back, in one query."""
    rows = _rows(user, client_key)
    spans = {row.pk: Course(row.started_on, row.ended_on) for row in rows if row.service__uses_form}
    forms, begun_on = [], None
    for row in rows:
        if not row.service__uses_form or row.form__instrument != SERVICE_EVALUATION:
            continue
        if row.form__response__sent_at is not None:
            forms.append(_form(row))
            spans[row.pk].sent_on.append(forms[-1].sent_on)
        elif row.form__open:
            begun_on = _day(row.form__opened_at)
    forms.sort(key=lambda form: form.sent_on)
    supported = any(row.ended_on is None for row in rows)
    return Record(
        courses=courses(spans.values()), forms=forms, begun_on=begun_on, others=_others(rows), supported=supported
    )


def current_courses(client_keys: Sequence[str]) -> dict[str, Course]:
    """For each client with a service that uses the form, their present or latest time of support, in one query."""
    spans: dict[str, dict[str, Course]] = {}
    supported = Episode.objects.filter(client__in=client_keys, service__uses_form=True).annotate(form=_FORMS)
    rows = supported.values_list("client", "pk", "started_on", "ended_on", "form__response__sent_at")
    for client_key, episode, started, ended, sent_at in rows:
        span = spans.setdefault(client_key, {}).setdefault(episode, Course(started, ended))
        if sent_at is not None:
            span.sent_on.append(_day(sent_at))
    return {client_key: courses(by_episode.values())[-1] for client_key, by_episode in spans.items()}


def _rows(user: User, client_key: str) -> list[Any]:
    """Each time of support with each form asked in it, the earliest sent first."""
    own = Measure.objects.filter(instrument=OuterRef("form__instrument")).exclude(definition="").order_by("-made_at")
    supported = Episode.objects.filter(care.may_see(user, "client"), client=client_key).annotate(
        form=FilteredRelation("questionnaires"),
        answers=Case(When(form__instrument=SERVICE_EVALUATION, then="form__response__answers")),
        own=Subquery(own.values("definition")[:1]),
    )
    found = supported.order_by("started_on", "form__response__sent_at").values_list(
        "pk", "started_on", "ended_on", "service__uses_form", "form__pk", "form__instrument", "form__occasion",
        "form__before", "form__open", "form__opened_at", "form__response", "form__response__given",
        "form__response__sent_at", "answers", "own", named=True,
    )  # fmt: skip
    return list(found)


def _form(row: Any) -> Form:
    return Form(
        key=row.form__response, questionnaire=row.form__pk, occasion=row.form__occasion, before=row.form__before,
        given=row.form__response__given, sent_on=_day(row.form__response__sent_at), answers=row.answers,
    )  # fmt: skip


def _others(rows: Sequence[Any]) -> list[Latest]:
    """The other measures by name, A to Z."""
    sent = [row for row in rows if row.form__response__sent_at and row.form__instrument != SERVICE_EVALUATION]
    last: dict[str, Latest] = {}
    for row in sorted(sent, key=lambda row: row.form__response__sent_at):
        name = newest(row.form__instrument, row.own or "").name
        last[row.form__instrument] = Latest(
            instrument=row.form__instrument, name=name, sent_on=_day(row.form__response__sent_at)
        )
    return sorted(last.values(), key=lambda one: (one.name.casefold(), one.instrument))


def _day(at: datetime) -> date:
    return timezone.localtime(at).date()
