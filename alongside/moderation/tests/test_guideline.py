"""A lead writes the guideline, version by version; what was decided keeps the version that it went by."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client as Browser
from django.urls import reverse

from alongside.access.models import User
from alongside.audit.models import Entry
from alongside.core import clock
from alongside.moderation import actions, queries
from alongside.moderation.models import Clause, Decision, Guideline

pytestmark = pytest.mark.django_db

NO_LINKS = {"title": "No maps", "words": "Please say it in words.", "does": "hold"}


@pytest.fixture
def jo(lead: User, signed_in: Callable[[User], Browser]) -> Browser:
    return signed_in(lead)


def at(name: str, *args: object) -> str:
    return reverse(f"moderation:{name}", args=args)


def parts(on) -> dict[str, str]:
    return {f"in_force_from_{part}": str(getattr(on, part)) for part in ("day", "month", "year")}


def test_an_organisation_begins_with_a_guideline_that_everybody_can_read() -> None:
    page = Browser().get("/looking-after-words").content.decode()
    assert "Nothing about how anybody hurts themselves" in page
    assert "Nothing is deleted because of what it says" in page
    assert "Version 1" in page
    assert {clause.does for clause in queries.in_force().clauses.all()} == set(Clause.Does.values)


def test_a_new_version_is_written_published_and_read_by_everybody(jo: Browser, lead: User) -> None:
    first = queries.in_force()
    assert jo.post(at("begin")).url == at("version", 2)
    draft = queries.draft()
    assert [str(one) for one in draft.clauses.all()] == [str(one) for one in first.clauses.all()]
    jo.post(at("add", draft.pk), NO_LINKS | {"key": "a" * 32})
    jo.post(at("add", draft.pk), NO_LINKS | {"key": "a" * 32})
    added = draft.clauses.get(title="No maps")
    assert added.number == first.clauses.count() + 1
    jo.post(at("clause", draft.clauses.all()[0].pk), {"remove": "1"})
    assert [one.number for one in draft.clauses.all()] == list(range(1, first.clauses.count() + 1))
    jo.post(at("top", draft.pk), {"title": "Our way", "introduction": "Words matter."})
    assert "No maps" not in Browser().get("/looking-after-words").content.decode()
    assert jo.post(at("publish", draft.pk), parts(clock.today())).url == at("guideline")
    page = Browser().get("/looking-after-words").content.decode()
    assert "Our way" in page
    assert "No maps" in page
    assert Entry.objects.filter(did="guideline.published", by=lead.pk).count() == 1


def test_a_published_version_is_never_written_again(jo: Browser, lead: User) -> None:
    first = queries.in_force()
    clause = first.clauses.all()[0]
    for page in (at("top", first.pk), at("add", first.pk), at("publish", first.pk), at("clause", clause.pk)):
        assert jo.post(page, NO_LINKS).status_code == 404
    assert jo.post(at("discard", first.pk)).status_code == 404
    with pytest.raises(ValidationError, match="stays as it is"):
        actions.change_clause(clause=clause, by=lead, words="Something else")
    assert Clause.objects.get(pk=clause.pk).words == clause.words


def test_a_version_holds_from_its_day_and_never_back(jo: Browser, lead: User) -> None:
    draft = actions.begin(by=lead)
    answer = jo.post(at("publish", draft.pk), parts(clock.today() - timedelta(days=1)))
    assert "Choose today or a later day" in answer.content.decode()
    jo.post(at("publish", draft.pk), parts(clock.today() + timedelta(days=1)))
    assert queries.in_force().version == 1
    assert [one.version for one in Guideline.objects.in_force(clock.today() + timedelta(days=1))] == [2, 1]


def test_a_version_without_a_clause_is_not_published(jo: Browser, lead: User) -> None:
    draft = actions.begin(by=lead)
    draft.clauses.all().delete()
    assert "Add a clause first" in jo.post(at("publish", draft.pk), parts(clock.today())).content.decode()
    assert not Guideline.objects.get(pk=draft.pk).published


def test_two_who_begin_write_one_version_and_it_can_be_given_up(jo: Browser, lead: User) -> None:
    jo.post(at("begin"))
    jo.post(at("begin"))
    assert Guideline.objects.count() == 2
    jo.post(at("discard", queries.draft().pk))
    assert [one.version for one in Guideline.objects.all()] == [1]


def test_what_is_kept_back_cites_a_clause_in_force(lead: User) -> None:
    with pytest.raises(ValidationError, match="Choose the clause"):
        actions.decide(subject="note:1", did=Decision.Did.HELD, by=lead)
    old = queries.to_keep_back_by()[0]
    actions.publish(guideline=actions.begin(by=lead), in_force_from=clock.today(), by=lead)
    with pytest.raises(ValidationError, match="in force"):
        actions.decide(subject="note:1", did=Decision.Did.HELD, clause=old, by=lead)
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.create(subject="note:1", did=Decision.Did.SET_ASIDE, by=lead, day=clock.today())
    assert not Decision.objects.exists()


def test_the_log_counts_by_day_and_clause_and_names_nothing_else(jo: Browser, lead: User) -> None:
    by = queries.to_keep_back_by()[0]
    for subject in ("note:1", "note:2"):
        actions.decide(subject=subject, did=Decision.Did.HELD, clause=by, reason="Words of theirs", by=lead)
    actions.decide(subject="note:1", did=Decision.Did.SHOWN, by=lead)
    taken = jo.get(at("log_file"))
    assert taken.content.decode().splitlines() == [
        "day,guideline_version,clause,decided,times",
        f"{clock.today()},1,{by},Held,2",
        f"{clock.today()},,,Shown,1",
    ]
    page = jo.get(at("log")).content.decode()
    assert str(by) in page
    for said in ("note:", "Words of theirs", lead.name):
        assert said not in taken.content.decode()


def test_a_decision_has_no_time_and_its_reason_lies_sealed(lead: User) -> None:
    decision = actions.decide(
        subject="note:1", did=Decision.Did.HELD, clause=queries.to_keep_back_by()[0], reason="Kind words", by=lead
    )
    assert {field.name for field in Decision._meta.fields} == {
        "key", "subject", "did", "clause", "by", "day", "reason",
    }  # fmt: skip
    assert Decision.objects.extra(select={"raw": "reason"}).values_list("raw", flat=True)[0].startswith("r")
    with transaction.atomic():
        actions.mix_up(["note:1"])
    assert Decision.objects.get(pk=decision.pk).reason == "Kind words"


def test_nothing_that_we_begin_with_teaches_or_judges() -> None:
    said = " ".join(f"{one.title} {one.words}" for one in queries.in_force().clauses.all()).lower()
    for word in ("committed", "risk", "attention", "manipulat", "successful", "failed", "policy", "prohibited"):
        assert word not in said
