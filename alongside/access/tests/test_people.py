"""How a lead looks after who works here: adding, changing, ending and bringing back."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.access import actions, queries
from alongside.access.models import Relationship, Team, User
from alongside.access.permissions import Permission
from alongside.access.roles import Role
from alongside.audit.models import Entry
from alongside.core.models import new_key

pytestmark = pytest.mark.django_db

NOT_COUNTED = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE SAVEPOINT")


@pytest.fixture
def browser(signed_in: Callable[[User], Browser], lead: User) -> Browser:
    return signed_in(lead)


def amara(**said: object) -> dict[str, object]:
    given = {"key": new_key(), "name": "Amara Osei", "email": "amara@wrenstreet.example", "role": Role.PRACTITIONER}
    return given | said


def written(user: User) -> list[str]:
    return list(Entry.objects.filter(subject=f"user:{user.pk}").order_by("number").values_list("did", flat=True))


@pytest.mark.parametrize("page", ["people", "add", "add_team"])
@pytest.mark.parametrize(
    ("who", "status"), [("alice", 404), ("bob", 404), ("charlie", 404), ("reader", 404), ("lead", 200)]
)
def test_only_a_lead_looks_after_people(
    page: str, who: str, status: int, request: pytest.FixtureRequest, signed_in: Callable[[User], Browser]
) -> None:
    browser = signed_in(request.getfixturevalue(who))
    assert browser.get(reverse(f"access:{page}")).status_code == status
    assert Browser().get(reverse(f"access:{page}")).status_code == 302


@pytest.mark.parametrize("page", ["change", "link", "new_link", "end", "restore"])
@pytest.mark.parametrize("who", ["bob", "charlie", "reader"])
def test_nobody_else_opens_or_sends_a_page_about_alice(
    page: str, who: str, alice: User, request: pytest.FixtureRequest, signed_in: Callable[[User], Browser]
) -> None:
    browser = signed_in(request.getfixturevalue(who))
    address = reverse(f"access:{page}", args=[alice.pk])
    assert browser.get(address).status_code == 404
    assert browser.post(address, {"role": Role.LEAD}).status_code == 404
    alice.refresh_from_db()
    assert (alice.role, alice.is_active, alice.has_usable_password()) == (Role.PRACTITIONER, True, True)


def test_the_lead_reads_who_signs_in_with_what(browser: Browser, team: Team, reader: User) -> None:
    browser.post(reverse("access:add"), amara())
    page = browser.get(reverse("access:people")).content.decode()
    assert page.index("Alice Adeyemi") < page.index("Amara Osei") < page.index("Bob Brandt")
    assert "Calder team" in page
    assert page.count("Nothing yet: their link is not used") == 1
    assert page.count("No authenticator yet") == 4


def test_the_page_of_people_asks_the_same_of_the_database_for_many(browser: Browser, team: Team, lead: User) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            browser.get(reverse("access:people"))
        return len([query for query in captured if not query["sql"].startswith(NOT_COUNTED)])

    asked()  # what is remembered of the organisation
    few = asked()
    for number in range(20):
        said = amara(email=f"worker-{number}@wrenstreet.example")
        actions.add_person(**said, teams=[team], by=lead)
    assert asked() == few
    assert few <= 12


def test_a_person_is_added_with_role_and_team_and_no_password(browser: Browser, team: Team) -> None:
    answer = browser.post(reverse("access:add"), amara(email="Amara@WrenStreet.example", teams=[team.pk]))
    added = User.objects.get(name="Amara Osei")
    assert answer.url == reverse("access:link", args=[added.pk])
    assert (added.email, added.role, list(added.teams.all())) == (
        "amara@wrenstreet.example", Role.PRACTITIONER, [team],
    )  # fmt: skip
    assert not added.has_usable_password()


def test_the_same_press_twice_adds_one(browser: Browser) -> None:
    said = amara()
    first, second = (browser.post(reverse("access:add"), said) for _ in range(2))
    assert first.url == second.url
    assert User.objects.filter(name="Amara Osei").count() == 1


def test_an_email_that_is_taken_says_by_whom_and_keeps_what_was_typed(browser: Browser, alice: User) -> None:
    page = browser.post(reverse("access:add"), amara(email="ALICE@wrenstreet.example")).content.decode()
    assert "Alice Adeyemi has this email" in page
    assert 'value="Amara Osei"' in page
    assert not User.objects.filter(name="Amara Osei").exists()


def test_the_email_of_an_account_that_ended_says_to_bring_it_back(browser: Browser, alice: User, lead: User) -> None:
    actions.end_account(user=alice, by=lead)
    page = browser.post(reverse("access:add"), amara(email=alice.email)).content.decode()
    assert "Bring it back instead" in page


def test_what_is_missing_is_said_as_what_to_do(browser: Browser) -> None:
    page = browser.post(reverse("access:add"), {"key": new_key(), "email": "amara"}).content.decode()
    for sentence in ("Enter their name", "Enter an email like amara@example.org", "Choose what they do here"):
        assert page.count(sentence) == 2


def test_a_funders_reader_is_in_no_team(browser: Browser, team: Team) -> None:
    page = browser.post(reverse("access:add"), amara(role=Role.FUNDER_READER, teams=[team.pk])).content.decode()
    assert "Only practitioners and service leads are in teams" in page
    assert not User.objects.filter(name="Amara Osei").exists()


def test_what_was_being_typed_is_kept_when_the_session_ends(browser: Browser, lead: User) -> None:
    session = browser.session
    session["seen"] = 0
    session.save()
    assert browser.post(reverse("access:add"), amara()).status_code == 302
    browser.force_login(lead)
    session = browser.session
    session["second_factor"] = True
    session.save()
    page = browser.get(reverse("access:add")).content.decode()
    assert "We kept what you had written" in page
    assert 'value="Amara Osei"' in page


def test_a_new_role_holds_from_the_next_page(
    browser: Browser, alice: User, team: Team, signed_in: Callable[[User], Browser], lead: User
) -> None:
    hers = signed_in(alice)
    browser.post(reverse("access:change", args=[alice.pk]), {"role": Role.LEAD, "teams": [team.pk]})
    assert hers.get(reverse("access:people")).status_code == 200
    row = Entry.objects.get(did="user.role-changed")
    assert (row.by, row.subject, row.details) == (lead.pk, f"user:{alice.pk}", {"role": "lead"})


def test_leaving_a_team_takes_away_what_it_let_them_see(
    browser: Browser, client_of_alice, bob: User, lead: User, signed_in: Callable[[User], Browser]
) -> None:
    his, rowan = signed_in(bob), reverse("care:client", args=[client_of_alice.pk])
    assert his.get(rowan).status_code == 200
    browser.post(reverse("access:change", args=[bob.pk]), {"role": Role.PRACTITIONER})
    assert his.get(rowan).status_code == 404
    row = Entry.objects.get(did="team.left")
    assert (row.by, row.details) == (lead.pk, {"user": bob.pk})


def test_joining_a_team_gives_sight_of_its_clients(
    browser: Browser, client_of_alice, charlie: User, team: Team, signed_in: Callable[[User], Browser]
) -> None:
    his, rowan = signed_in(charlie), reverse("care:client", args=[client_of_alice.pk])
    assert his.get(rowan).status_code == 404
    browser.post(reverse("access:change", args=[charlie.pk]), {"role": Role.PRACTITIONER, "teams": [team.pk]})
    assert his.get(rowan).status_code == 200


def test_saving_without_a_change_writes_nothing(browser: Browser, alice: User, team: Team) -> None:
    before = Entry.objects.count()
    browser.post(reverse("access:change", args=[alice.pk]), {"role": alice.role, "teams": [team.pk]})
    assert Entry.objects.count() == before


def test_a_lead_changes_their_own_teams_but_not_their_role(browser: Browser, lead: User, team: Team) -> None:
    own = reverse("access:change", args=[lead.pk])
    assert 'name="role"' not in browser.get(own).content.decode()
    browser.post(own, {"role": Role.FUNDER_READER})
    lead.refresh_from_db()
    assert (lead.role, list(lead.teams.all())) == (Role.LEAD, [])
    with pytest.raises(actions.Refused):
        actions.change_person(user=lead, role=Role.PRACTITIONER, teams=[], by=lead)


@pytest.mark.parametrize("page", ["new_link", "end", "restore", "link"])
def test_nobody_ends_or_renews_their_own_account(page: str, browser: Browser, lead: User) -> None:
    own = reverse(f"access:{page}", args=[lead.pk])
    assert browser.get(own).status_code == 404
    assert browser.post(own).status_code == 404
    with pytest.raises(actions.Refused):
        actions.end_account(user=lead, by=lead)
    with pytest.raises(actions.Refused):
        actions.forget_sign_in(user=lead, by=lead)


def test_when_two_leads_end_each_other_one_stays(lead: User, alice: User) -> None:
    actions.change_person(user=alice, role=Role.LEAD, teams=[], by=lead)
    alice.refresh_from_db()
    actions.end_account(user=alice, by=lead)
    with pytest.raises(actions.Refused, match="Your own role was changed a moment ago"):
        actions.end_account(user=lead, by=alice)
    with pytest.raises(actions.Refused, match="Your own role was changed a moment ago"):
        actions.change_person(user=lead, role=Role.PRACTITIONER, teams=[], by=alice)
    lead.refresh_from_db()
    assert (lead.is_active, lead.role) == (True, Role.LEAD)


def test_ending_warns_of_the_clients_they_work_with(browser: Browser, client_of_alice, alice: User, bob: User) -> None:
    def page(user: User) -> str:
        return browser.get(reverse("access:end", args=[user.pk])).content.decode()

    assert "Alice Adeyemi works with 1 client. Choose who takes over first." in page(alice)
    assert "Choose who takes over" not in page(bob)
    assert alice.relationships.filter(kind=Relationship.Kind.CASELOAD, until=None).count() == 1


def test_whoever_left_is_not_said_to_see_a_client(client_of_alice, alice: User, lead: User, team: Team) -> None:
    def seen_by() -> set[User | Team]:
        return {one.user or one.team for one in queries.who_sees(client_of_alice.pk)}

    assert seen_by() == {alice, team}
    actions.end_account(user=alice, by=lead)
    assert seen_by() == {team}


def test_an_account_that_ended_stands_apart_and_comes_back_with_a_link(
    browser: Browser, alice: User, team: Team, lead: User
) -> None:
    browser.post(reverse("access:end", args=[alice.pk]))
    browser.post(reverse("access:end", args=[alice.pk]))
    page = browser.get(reverse("access:people")).content.decode()
    assert "1 account that ended" in page
    assert page.index("1 account that ended") < page.index("Alice Adeyemi")
    answer = browser.post(reverse("access:restore", args=[alice.pk]))
    assert "/begin/" in browser.get(answer.url).content.decode()
    alice.refresh_from_db()
    assert alice.may(Permission.SEE_CLIENTS)
    assert list(alice.teams.all()) == [team]
    did = [verb for verb in written(alice) if verb != "user.viewed"]
    assert did == ["user.added", "user.ended", "user.brought-back", "user.link-given"]


def test_the_audit_says_who_did_it_and_never_a_name(browser: Browser, lead: User, alice: User) -> None:
    browser.post(reverse("access:add"), amara())
    browser.post(reverse("access:new_link", args=[alice.pk]))
    browser.post(reverse("access:end", args=[alice.pk]))
    rows = list(Entry.objects.filter(by=lead.pk))
    assert {"user.added", "user.sign-in-forgotten", "user.ended"} <= {row.did for row in rows}
    said = " ".join(f"{row.did} {row.subject} {row.details} {row.why}" for row in rows)
    assert "Amara" not in said
    assert "@" not in said


def test_a_team_is_added_once_with_its_people(browser: Browser, alice: User, reader: User, lead: User) -> None:
    assert reader.name not in browser.get(reverse("access:add_team")).content.decode()
    said = {"key": new_key(), "name": "Brook team", "members": [alice.pk, lead.pk]}
    for _ in range(2):
        assert browser.post(reverse("access:add_team"), said).url == reverse("access:people")
    assert set(Team.objects.get(name="Brook team").members.all()) == {alice, lead}
    assert Entry.objects.filter(did="team.added").count() == 1


def test_two_teams_have_two_names(browser: Browser, team: Team) -> None:
    page = browser.post(reverse("access:add_team"), {"key": new_key(), "name": "calder TEAM"}).content.decode()
    assert "There is a team with this name" in page
    assert Team.objects.count() == 1
