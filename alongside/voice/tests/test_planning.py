"""Planning a workshop: from a script to the moment it opens."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client as Browser
from django.urls import reverse

from alongside.access import actions as access
from alongside.access.models import User
from alongside.access.roles import Role
from alongside.audit.models import Entry
from alongside.core import clock
from alongside.core.models import new_key
from alongside.voice.actions import phases, script, workshops
from alongside.voice.models import Phase, Workshop
from alongside.voice.templates import TEMPLATES, TWO_SESSIONS

pytestmark = pytest.mark.django_db
Kind = Phase.Kind


@pytest.fixture
def sam(db: None) -> User:
    return access.add_user(email="sam@ws.example", name="Sam Okoro", role=Role.FACILITATOR, password=None, by="test")


@pytest.fixture
def browser(sam: User, signed_in: Callable[[User], Browser]) -> Browser:
    return signed_in(sam)


@pytest.fixture
def planned(sam: User) -> Workshop:
    sessions = TEMPLATES[TWO_SESSIONS].sessions
    return workshops.plan(title="Open doors", slug="open-doors", groups=["Tuesday"], sessions=sessions, by=sam)


def dated(name: str, days: int) -> dict[str, object]:
    on = clock.today() + timedelta(days=days)
    return {f"{name}_day": on.day, f"{name}_month": on.month, f"{name}_year": on.year}


def kinds(workshop: Workshop, session: int = 1) -> list[str]:
    found = Phase.objects.filter(session__group__workshop=workshop, session__number=session)
    return list(found.order_by("place").values_list("kind", flat=True))


def page(browser: Browser, name: str, *parts: object) -> str:
    return browser.get(reverse(f"voice:{name}", args=parts)).content.decode()


def test_a_workshop_begins_from_a_script_with_a_group_for_each_line(browser: Browser, sam: User) -> None:
    said = {
        "key": new_key(), "title": "Open doors", "purpose": "", "script": TWO_SESSIONS, "names": "Tuesday\n\nThursday",
    }  # fmt: skip
    for _ in range(2):  # a press that is sent twice makes one
        assert browser.post(reverse("voice:new"), said).url == reverse("voice:plan", args=["open-doors"])
    made = Workshop.objects.get()
    assert list(made.leads.all()) == [sam]
    assert [group.name for group in made.groups.all()] == ["Tuesday", "Thursday"]
    first, second = TEMPLATES[TWO_SESSIONS].sessions
    for group in made.groups.all():
        steps = [[phase.kind for phase in session.phases.all()] for session in group.sessions.all()]
        assert steps == [[step.kind for step in first], [step.kind for step in second]]


def test_what_is_missing_is_asked_for_and_what_was_typed_stays(browser: Browser) -> None:
    said = {"key": new_key(), "title": "", "purpose": "For the evenings", "script": TWO_SESSIONS, "names": ""}
    shown = browser.post(reverse("voice:new"), said).content.decode()
    assert "Enter what the workshop is called" in shown
    assert "Enter a name for each group" in shown
    assert "For the evenings" in shown
    assert not Workshop.objects.exists()


def test_it_does_not_open_before_an_assessment_is_signed_and_in_date(
    browser: Browser, planned: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = browser.post(reverse("voice:open", args=[planned.slug]), follow=True).content.decode()
    assert workshops.NOT_SIGNED in shown
    said = {"what": "Tiredness. Two of us are there, and there are breaks.", "signed_by": "Jo Marsh"}
    answer = browser.post(
        reverse("voice:assess", args=[planned.slug]), said | dated("signed_on", 0) | dated("review_on", 30)
    )
    assert answer.status_code == 302
    later = clock.now() + timedelta(days=31)
    with monkeypatch.context() as patch:
        patch.setattr(clock, "now", lambda: later)
        with pytest.raises(Exception, match="in date"):
            workshops.open_it(workshop=planned, by=planned.leads.get())
    browser.post(reverse("voice:open", args=[planned.slug]))
    planned.refresh_from_db()
    assert planned.state == Workshop.State.OPEN
    assert planned.code in page(browser, "workshop", planned.slug)


def test_where_people_under_18_take_part_somebody_is_named_first(
    browser: Browser, planned: Workshop, sam: User
) -> None:
    workshops.change(workshop=planned, leads=[], by=sam, under_18=True)
    workshops.sign(
        workshop=planned, by=sam, what="x", signed_by="Jo", signed_on=clock.today(),
        review_on=clock.today() + timedelta(days=9),
    )  # fmt: skip
    assert workshops.NO_LEAD in browser.post(reverse("voice:open", args=[planned.slug]), follow=True).content.decode()
    said = {"title": "Open doors", "purpose": "", "named_supporter": "", "under_18": "on", "safeguarding_lead": sam.pk}
    assert browser.post(reverse("voice:change", args=[planned.slug]), said).status_code == 302
    browser.post(reverse("voice:open", args=[planned.slug]))
    planned.refresh_from_db()
    assert planned.state == Workshop.State.OPEN
    shown = browser.post(reverse("voice:change", args=[planned.slug]), said | {"safeguarding_lead": ""})
    assert workshops.NO_LEAD in shown.content.decode()


def test_parts_are_added_changed_moved_and_taken_out_while_they_are_to_come(
    browser: Browser, planned: Workshop, sam: User
) -> None:
    second = Phase.objects.get(session__number=1, place=2)
    browser.post(reverse("voice:move", args=[second.pk, "up"]))
    assert kinds(planned)[:2] == [Kind.GATHER, Kind.BREAKOUT]
    browser.post(reverse("voice:move", args=[second.pk, "up"]))  # the first stays the first
    assert kinds(planned)[:2] == [Kind.GATHER, Kind.BREAKOUT]
    said = {"kind": "breakout", "question": "Who is missing?", "minutes": "15", "budget": "2", "held_first": "on"}
    browser.post(reverse("voice:add-phase", args=[second.session_id]), said)
    assert kinds(planned)[-1] == Kind.BREAKOUT
    last = Phase.objects.get(question="Who is missing?")
    assert last.held_first
    browser.post(reverse("voice:phase", args=[last.pk]), said | {"question": "Who is not here?", "minutes": ""})
    last.refresh_from_db()
    assert (last.question, last.minutes) == ("Who is not here?", None)
    browser.post(reverse("voice:phase", args=[second.pk]), {"remove": "1"})
    assert kinds(planned)[0] == Kind.BREAKOUT
    assert list(second.session.phases.values_list("place", flat=True)) == [1, 2, 3, 4, 5]
    shown = browser.post(reverse("voice:phase", args=[last.pk]), said | {"minutes": "soon"})
    assert "Enter a whole number" in shown.content.decode()
    assert "soon" in shown.content.decode()


def test_a_part_that_has_begun_keeps_its_plan(browser: Browser, sam: User) -> None:
    sessions = TEMPLATES[TWO_SESSIONS].sessions
    made = workshops.plan(title="R", slug="r", rehearsal=True, groups=["A"], sessions=sessions, by=sam)
    workshops.open_it(workshop=made, by=sam)
    first = Phase.objects.get(session__number=1, place=1)
    phases.begin(phase=first, by=sam)
    said = {"kind": "breakout", "question": "Another one", "budget": "2"}
    answer = browser.post(reverse("voice:phase", args=[first.pk]), said)
    assert "has begun" in answer.content.decode()
    assert "Another one" in answer.content.decode()
    for address in (reverse("voice:move", args=[first.pk, "down"]), reverse("voice:phase", args=[first.pk])):
        shown = browser.post(address, {"remove": "1"}, follow=True).content.decode()
        assert "has begun" in shown
    with pytest.raises(Exception, match="has begun"):
        script.remove_session(session=first.session, by=sam)
    assert kinds(made)[0] == Kind.BREAKOUT


def test_sessions_have_times_and_parts_follow_them(browser: Browser, planned: Workshop) -> None:
    session = planned.groups.get().sessions.get(number=1)
    said = {"title": "Beginning", "at": "2.30pm"} | dated("on", 7)
    assert browser.post(reverse("voice:session", args=[session.pk]), said).status_code == 302
    shown = page(browser, "workshop", planned.slug)
    assert all(time in shown for time in ("14:30", "14:55", "15:10", "15:15", "15:45"))
    missing = browser.post(reverse("voice:session", args=[session.pk]), {"title": "", "at": "2.30pm"})
    assert "Enter the date as well" in missing.content.decode()


def test_sessions_and_groups_are_added(browser: Browser, planned: Workshop) -> None:
    browser.post(reverse("voice:add-group", args=[planned.slug]), {"name": "Thursday", "script": "one-short"})
    assert [group.name for group in planned.groups.all()] == ["Tuesday", "Thursday"]
    group = planned.groups.get(name="Thursday")
    browser.post(reverse("voice:add-session", args=[group.pk]))
    assert [one.number for one in group.sessions.all()] == [1, 2]
    browser.post(reverse("voice:session", args=[group.sessions.get(number=2).pk]), {"remove": "1"})
    assert group.sessions.count() == 1


def test_a_co_facilitator_sees_it_and_a_stranger_finds_no_page(
    browser: Browser, planned: Workshop, lead: User, signed_in: Callable[[User], Browser]
) -> None:
    address = reverse("voice:workshop", args=[planned.slug])
    assert signed_in(lead).get(address).status_code == 404
    said = {"title": "Open doors", "purpose": "", "named_supporter": "", "safeguarding_lead": "", "leads": [lead.pk]}
    browser.post(reverse("voice:change", args=[planned.slug]), said)
    assert signed_in(lead).get(address).status_code == 200
    assert planned.leads.count() == 2


def test_no_name_of_a_group_and_no_word_of_a_plan_stands_in_the_audit(browser: Browser, planned: Workshop) -> None:
    browser.post(reverse("voice:add-group", args=[planned.slug]), {"name": "Thursday", "script": "empty"})
    rows = [f"{row.did} {row.subject} {row.details}" for row in Entry.objects.all()]
    assert not any("Thursday" in row or "Open doors" in row or "open-doors" in row for row in rows)
    assert Entry.objects.filter(did="workshop.group-added").count() == 2
