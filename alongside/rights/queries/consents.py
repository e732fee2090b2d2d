"""What people agreed to, and who may be used for a purpose."""

from django.db.models import Model, QuerySet

from alongside.rights.models import About, CompetenceNote, Consent, Purpose, Wording

NOT = (Consent.Answer.NO, Consent.Answer.TAKEN_BACK)


def permitted[Row: Model](rows: QuerySet[Row], about: str, *, person: str) -> QuerySet[Row]:
    """Only the rows of people who may be used for a purpose; `person` is the column that holds their key.

    Where the purpose stands on consent, those who said yes. Where it stands on another basis, all but those who
    said no or took it back: whoever was never asked counts.
    """
    said = Consent.objects.current().filter(about=about)
    if Purpose.objects.filter(code=about, basis=Purpose.Basis.CONSENT).exists():
        yes = said.filter(answer=Consent.Answer.YES)
        return rows.filter(**{f"{person}__in": yes.values("person_key")})
    return rows.exclude(**{f"{person}__in": said.filter(answer__in=NOT).values("person_key")})


def current(person: str) -> dict[str, Consent]:
    """What one person said last, by what it is about."""
    found = Consent.objects.current().filter(person_key=person).select_related("by", "wording")
    return {one.about: one for one in found}


def history(person: str) -> list[Consent]:
    """Everything they ever said, the latest first."""
    return list(Consent.objects.filter(person_key=person).select_related("by", "wording").order_by("-made_at"))


def wording(about: str, version: str = "") -> Wording:
    """What is asked now; or, where a page says which version it showed, what was asked there."""
    every = list(Wording.objects.filter(about=about).order_by("-version"))
    return next((one for one in every if str(one.version) == version), every[0])


def wordings() -> dict[str, Wording]:
    """What is asked now, about each thing."""
    latest: dict[str, Wording] = {}
    for one in Wording.objects.order_by("version"):
        latest[one.about] = one
    return {about: latest[about] for about in About.values if about in latest}


def competence(person: str) -> list[CompetenceNote]:
    """Notes on understanding, the latest first."""
    return list(CompetenceNote.objects.filter(person_key=person).select_related("by", "safeguarding_lead"))


def may_tell_parents(person: str) -> bool:
    """Whether anything may go to a parent: only if the latest note says that the young person agreed."""
    latest = CompetenceNote.objects.filter(person_key=person).order_by("-made_at").first()
    return bool(latest and latest.may_tell_parents)
