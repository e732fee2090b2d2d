"""Every page and every role: who gets in. A page that is missing from the table fails."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client as Browser
from django.urls import get_resolver, reverse

from alongside.access import emergencies, own
from alongside.access.models import User
from alongside.access.roles import MAY, Role
from alongside.audit.models import Entry
from alongside.care.actions import contacts, goals
from alongside.care.models import Client, Contact, Episode
from alongside.core import clock
from alongside.core.models import new_key
from alongside.information import actions as information
from alongside.information.models import Helpline, Offer
from alongside.measures import actions as measures
from alongside.measures.models import Questionnaire
from alongside.reporting.actions import grants
from alongside.reporting.models import Report
from alongside.todo import actions as todo
from alongside.todo.models import Task
from tests.everything import (
    address,
    guideline_records,
    measure_records,
    pages,
    paper_records,
    rights_records,
    voice_records,
)

pytestmark = pytest.mark.django_db

ROLES = (
    "nobody", "alice", "bob", "charlie", "lead", "reader", "evaluator", "trainer", "administrator", "client",
)  # fmt: skip

# Alice works with the client, Bob and the lead are on her team, Charlie is in no team, the reader reads one grant.
# The trainer stands for every role that may do nothing here yet; the client came with a link to their own list.
# 200 opens, 302 leads on (nobody: to sign in), 404 says that there is no such page, 405 that it is only for sending.
TABLE = """
page                            nobody alice bob charlie lead reader evaluator trainer administrator client
front                           200    200   200 200     200  200    200       200     200           200
help                            200    200   200 200     200  200    200       200     200           200
leave                           302    302   302 302     302  302    302       302     302           302
home                            302    302   302 302     302  302    302       302     302           302
stay                            405    405   405 405     405  405    405       405     405           405
account_login                   200    302   302 302     302  302    302       302     302           200
account_logout                  302    200   200 200     200  200    200       200     200           302
account_inactive                200    200   200 200     200  200    200       200     200           200
account_reauthenticate          302    200   200 200     200  200    200       200     200           302
account_change_password         302    200   200 200     200  200    200       200     200           302
account_set_password            302    302   302 302     302  302    302       302     302           302
mfa_index                       302    200   200 200     200  200    200       200     200           302
mfa_authenticate                302    302   302 302     302  302    302       302     302           302
mfa_reauthenticate              302    302   302 302     302  302    302       302     302           302
mfa_activate_totp               302    200   200 200     200  200    200       200     200           302
mfa_deactivate_totp             302    404   404 404     404  404    404       404     404           302
mfa_view_recovery_codes         302    404   404 404     404  404    404       404     404           302
mfa_generate_recovery_codes     302    200   200 200     200  200    200       200     200           302
mfa_add_webauthn                302    200   200 200     200  200    200       200     200           302
mfa_login_webauthn              302    302   302 302     302  302    302       302     302           302
mfa_reauthenticate_webauthn     302    302   302 302     302  302    302       302     302           302
mfa_edit_webauthn               302    404   404 404     404  404    404       404     404           302
mfa_remove_webauthn             302    404   404 404     404  404    404       404     404           302
end_sessions                    405    405   405 405     405  405    405       405     405           405
today                           302    200   200 200     200  404    404       404     404           302
todo:finish                     302    302   404 404     302  404    404       404     404           302
todo:reopen                     302    302   404 404     302  404    404       404     404           302
care:clients                    302    200   200 200     200  404    404       404     404           302
care:find                       302    200   200 200     200  404    404       404     404           302
care:add                        302    200   200 200     200  404    404       404     404           302
care:contact_pick               302    200   200 200     200  404    404       404     404           302
care:client                     302    200   200 404     200  404    404       404     404           302
care:change                     302    200   200 404     200  404    404       404     404           302
care:contacts                   302    200   200 404     200  404    404       404     404           302
care:contact                    302    200   200 404     200  404    404       404     404           302
care:contact_change             302    200   200 404     200  404    404       404     404           302
care:goal                       302    200   200 404     200  404    404       404     404           302
care:rate                       302    200   200 404     200  404    404       404     404           302
care:aside                      302    302   302 404     302  404    404       404     404           302
care:event                      302    200   200 404     200  404    404       404     404           302
care:episode                    302    200   200 404     200  404    404       404     404           302
care:end                        302    200   200 404     200  404    404       404     404           302
measures:open                   302    200   200 404     200  404    404       404     404           302
measures:open-measure           302    200   200 404     200  404    404       404     404           302
measures:ask-for                302    200   200 404     200  404    404       404     404           302
measures:stop-asking            302    405   405 405     405  404    404       404     404           302
measures:take-out               302    200   200 404     200  404    404       404     404           302
measures:bring-in               302    404   404 404     200  404    404       404     404           302
measures:start                  404    200   200 404     200  404    404       404     404           404
measures:hand-over              302    302   302 302     302  404    404       404     404           302
measures:give-back              302    302   302 302     302  302    302       302     302           302
measures:type-in                404    200   200 404     200  404    404       404     404           404
measures:question               404    200   200 404     200  404    404       404     404           404
measures:check                  404    200   200 404     200  404    404       404     404           404
measures:send                   404    302   302 404     302  404    404       404     404           404
measures:thanks                 404    302   302 404     302  404    404       404     404           404
measures:copy                   404    302   302 404     302  404    404       404     404           404
measures:later                  404    200   200 404     200  404    404       404     404           404
measures:delete                 404    200   200 404     200  404    404       404     404           404
measures:over-time              302    200   200 404     200  404    404       404     404           302
measures:response               302    200   200 404     200  404    404       404     404           302
measures:correct                302    200   200 404     200  404    404       404     404           302
measures:print                  302    200   200 404     200  404    404       404     404           302
measures:paper                  302    200   200 200     200  404    404       404     404           302
measures:paper-camera           302    200   200 200     200  404    404       404     404           302
measures:print-unnamed          302    200   200 200     200  404    404       404     404           302
measures:paper-look             302    302   302 302     302  404    404       404     404           302
measures:paper-looked           302    200   200 200     200  404    404       404     404           302
measures:paper-how-well         302    200   200 200     200  404    404       404     404           302
measures:paper-file             302    200   404 404     404  404    404       404     404           302
measures:paper-page             302    200   200 404     200  404    404       404     404           302
measures:paper-picture          302    200   200 404     200  404    404       404     404           302
measures:paper-mark             302    200   200 404     200  404    404       404     404           302
measures:paper-strip            302    200   200 404     200  404    404       404     404           302
measures:paper-rest             302    302   302 404     302  404    404       404     404           302
measures:library                302    404   404 404     200  404    404       404     404           302
measures:add-own                302    404   404 404     200  404    404       404     404           302
measures:measure                302    404   404 404     200  404    404       404     404           302
measures:file                   302    404   404 404     200  404    404       404     404           302
measures:preview                302    404   404 404     200  404    404       404     404           302
measures:preview-question       302    404   404 404     200  404    404       404     404           302
measures:switch-on              302    404   404 404     200  404    404       404     404           302
measures:switch-off             302    404   404 404     200  404    404       404     404           302
measures:retire                 302    404   404 404     200  404    404       404     404           302
measures:bring-back             302    404   404 404     302  404    404       404     404           302
measures:licence                302    404   404 404     200  404    404       404     404           302
measures:end-licence            302    404   404 404     200  404    404       404     404           302
measures:wording                302    404   404 404     200  404    404       404     404           302
reporting:grants                302    404   404 404     200  200    404       404     404           302
reporting:add_grant             302    404   404 404     200  404    404       404     404           302
reporting:make                  302    404   404 404     405  404    404       404     404           302
reporting:readers               302    404   404 404     200  404    404       404     404           302
reporting:report                302    404   404 404     200  200    404       404     404           302
reporting:pdf                   302    404   404 404     200  200    404       404     404           302
reporting:tables                302    404   404 404     200  200    404       404     404           302
access:people                   302    404   404 404     200  404    404       404     200           302
access:add                      302    404   404 404     200  404    404       404     200           302
access:add_team                 302    404   404 404     200  404    404       404     200           302
access:change                   302    404   404 404     200  404    404       404     200           302
access:link                     302    404   404 404     200  404    404       404     200           302
access:new_link                 302    404   404 404     200  404    404       404     200           302
access:end                      302    404   404 404     200  404    404       404     200           302
access:restore                  302    404   404 404     302  404    404       404     302           302
access:begin                    404    404   404 404     404  404    404       404     404           404
care:services                   302    404   404 404     200  404    404       404     200           302
care:add_service                302    404   404 404     200  404    404       404     200           302
information:organisation        302    404   404 404     200  404    404       404     200           302
information:about               302    404   404 404     200  404    404       404     200           302
information:offer_add           302    404   404 404     200  404    404       404     200           302
information:offer_change        302    404   404 404     200  404    404       404     200           302
information:offer_away          302    404   404 404     200  404    404       404     200           302
information:offer_move          302    404   404 404     302  404    404       404     302           302
information:line_add            302    404   404 404     200  404    404       404     200           302
information:line_change         302    404   404 404     200  404    404       404     200           302
information:line_check          302    404   404 404     302  404    404       404     302           302
information:line_hide           302    404   404 404     302  404    404       404     302           302
information:line_move           302    404   404 404     302  404    404       404     302           302
access:record                   302    404   404 404     200  404    404       404     200           302
access:emergency                302    404   404 404     200  404    404       404     404           302
access:roles                    302    200   200 200     200  200    200       200     200           302
care:emergency                  302    200   200 200     200  404    404       404     404           302
care:looks                      302    200   200 404     200  404    404       404     404           302
care:own_link                   302    405   405 404     405  404    404       404     404           302
care:own                        404    404   404 404     404  404    404       404     404           404
care:yours                      404    404   404 404     404  404    404       404     404           200
access:manage                   302    404   404 404     200  404    404       404     200           302
reporting:answers               302    404   404 404     404  404    200       404     404           302
reporting:measured              302    404   404 404     404  404    200       404     404           302
rights:home                     302    404   404 404     200  404    404       404     404           302
rights:closed                   302    404   404 404     200  404    404       404     404           302
rights:register                 302    404   404 404     200  404    404       404     404           302
rights:purpose                  302    404   404 404     200  404    404       404     404           302
rights:time                     302    404   404 404     200  404    404       404     404           302
rights:wording                  302    404   404 404     200  404    404       404     404           302
rights:new                      302    404   404 404     200  404    404       404     404           302
rights:request                  302    404   404 404     200  404    404       404     404           302
rights:items                    302    404   404 404     200  404    404       404     404           302
rights:leave_out                302    404   404 404     200  404    404       404     404           302
rights:refuse                   302    404   404 404     200  404    404       404     404           302
rights:step                     302    404   404 404     200  404    404       404     404           302
rights:review                   302    404   404 404     200  404    404       404     404           302
rights:certificate              302    404   404 404     200  404    404       404     404           302
rights:complaint                302    404   404 404     200  404    404       404     404           302
rights:note_breach              302    404   404 404     200  404    404       404     404           302
rights:breach                   302    404   404 404     200  404    404       404     404           302
rights:keep                     302    404   404 404     200  404    404       404     404           302
rights:hold                     302    404   404 404     200  404    404       404     404           302
rights:erase                    302    404   404 404     200  404    404       404     404           302
rights:consents                 302    200   200 404     200  404    404       404     404           302
rights:consent                  302    200   200 404     200  404    404       404     404           302
rights:competence               302    200   200 404     200  404    404       404     404           302
rights:release                  302    404   404 404     302  404    404       404     404           302
rights:lift                     302    404   404 404     302  404    404       404     404           302
rights:copy                     302    404   404 404     404  404    404       404     404           302
moderation:guideline            302    404   404 404     200  404    404       404     404           302
moderation:version              302    404   404 404     200  404    404       404     404           302
moderation:log                  302    404   404 404     200  404    404       404     404           302
moderation:log_file             302    404   404 404     200  404    404       404     404           302
moderation:begin                302    404   404 404     405  404    404       404     404           302
moderation:top                  302    404   404 404     200  404    404       404     404           302
moderation:add                  302    404   404 404     200  404    404       404     404           302
moderation:publish              302    404   404 404     200  404    404       404     404           302
moderation:discard              302    404   404 404     405  404    404       404     404           302
moderation:clause               302    404   404 404     200  404    404       404     404           302
looking-after                   200    200   200 200     200  200    200       200     200           200
voice:workshops                 302    404   404 404     200  404    404       404     404           302
voice:load                      302    404   404 404     200  404    404       404     404           302
voice:document                  302    404   404 404     200  404    404       404     404           302
voice:issue                     302    404   404 404     200  404    404       404     404           302
voice:version                   302    404   404 404     200  404    404       404     404           302
voice:document-file             302    404   404 404     200  404    404       404     404           302
voice:new                       302    404   404 404     200  404    404       404     404           302
voice:workshop                  302    404   404 404     200  404    404       404     404           302
voice:plan                      302    404   404 404     200  404    404       404     404           302
voice:change                    302    404   404 404     200  404    404       404     404           302
voice:assess                    302    404   404 404     200  404    404       404     404           302
voice:add-group                 302    404   404 404     200  404    404       404     404           302
voice:close                     302    404   404 404     200  404    404       404     404           302
voice:lists                     302    404   404 404     200  404    404       404     404           302
voice:paper                     302    404   404 404     200  404    404       404     404           302
voice:join                      302    404   404 404     200  404    404       404     404           302
voice:session                   302    404   404 404     200  404    404       404     404           302
voice:add-phase                 302    404   404 404     200  404    404       404     404           302
voice:phase                     302    404   404 404     200  404    404       404     404           302
voice:merge                     302    404   404 404     200  404    404       404     404           302
voice:take-away                 302    404   404 404     200  404    404       404     404           302
voice:board                     302    404   404 404     200  404    404       404     404           302
voice:open                      302    404   404 404     405  404    404       404     404           302
voice:remove                    302    404   404 404     405  404    404       404     404           302
voice:add-session               302    404   404 404     405  404    404       404     404           302
voice:pairs                     302    404   404 404     405  404    404       404     404           302
voice:move                      302    404   404 404     405  404    404       404     404           302
voice:step                      302    404   404 404     405  404    404       404     404           302
voice:go-on                     302    404   404 404     405  404    404       404     404           302
voice:theme                     302    404   404 404     200  404    404       404     404           302
voice:issues                    302    404   404 404     200  404    404       404     404           302
voice:key-issue                 302    404   404 404     200  404    404       404     404           302
voice:recommend                 302    404   404 404     200  404    404       404     404           302
voice:act                       302    404   404 404     200  404    404       404     404           302
voice:action                    302    404   404 404     200  404    404       404     404           302
voice:said                      302    404   404 404     200  404    404       404     404           302
voice:add-theme                 405    405   405 405     405  405    405       405     405           405
voice:move-note                 405    405   405 405     405  405    405       405     405           405
voice:talk                      405    405   405 405     405  405    405       405     405           405
voice:switch                    405    405   405 405     405  405    405       405     405           405
voice:door                      302    404   404 404     200  404    404       404     404           302
voice:reveal                    405    405   405 405     405  405    405       405     405           405
voice:put                       405    405   405 405     405  405    405       405     405           405
w:code                          200    200   200 200     200  200    200       200     200           200
w:left                          200    200   200 200     200  200    200       200     200           200
w:welcome                       200    200   200 200     200  200    200       200     200           200
w:stay-in-touch                 200    200   200 200     200  200    200       200     200           200
w:did                           200    200   200 200     200  200    200       200     200           200
w:vote                          405    405   405 405     405  405    405       405     405           405
w:move                          405    405   405 405     405  405    405       405     405           405
w:add-theme                     405    405   405 405     405  405    405       405     405           405
w:propose                       405    405   405 405     405  405    405       405     405           405
w:places                        302    302   302 302     302  302    302       302     302           302
w:pause                         302    302   302 302     302  302    302       302     302           302
w:quiet                         302    302   302 302     302  302    302       302     302           302
w:leave                         302    302   302 302     302  302    302       302     302           302
w:board                         302    302   302 302     302  302    302       302     302           302
w:change                        302    302   302 302     302  302    302       302     302           302
w:door                          302    302   302 302     302  302    302       302     302           302
w:write                         405    405   405 405     405  405    405       405     405           405
w:take-back                     405    405   405 405     405  405    405       405     405           405
rights:complain                 200    200   200 200     200  200    200       200     200           200
rights:complained               200    200   200 200     200  200    200       200     200           200
"""
ROWS = {row.split()[0]: dict(zip(ROLES, map(int, row.split()[1:]), strict=True)) for row in TABLE.split("\n")[2:-1]}


def test_every_page_is_in_the_table() -> None:
    assert sorted(name for name, _ in pages(get_resolver().url_patterns)) == sorted(ROWS)


@pytest.fixture
def records(
    client_of_alice: Client, episode: Episode, alice: User, charlie: User, lead: User, reader: User
) -> dict[str, object]:
    """One of everything, all Alice's client's or their grant's."""
    contact = contacts.record(
        episode=episode, starts_at=clock.now() - timedelta(days=1), minutes=50, mode=Contact.Mode.IN_PERSON,
        outcome=Contact.Outcome.CAME, place="Room 2", note="", by=alice,
    )  # fmt: skip
    goal = goals.add(client=client_of_alice, words="Sleep in my own room", added_on=clock.today(), by=alice)
    asked = measures.open_form(episode=episode, occasion=Questionnaire.Occasion.FORTNIGHT, by=alice)
    earlier = measures.open_form(episode=episode, occasion=Questionnaire.Occasion.BEFORE, by=alice)
    response = measures.send(questionnaire=earlier, by=alice.pk)
    task = todo.ask(
        kind=Task.Kind.CHECK_IN, title="Please check in with Rowan", subject_key=client_of_alice.pk, link="/",
        worker=alice, cover=lead, due_at=clock.now(), by=alice.pk,
    )  # fmt: skip
    year = {"starts_on": clock.today() - timedelta(days=365), "ends_on": clock.today()}
    grant = grants.add(funder=episode.funder, title="Counselling", services=[], readers=[reader], by=lead, **year)
    # as it is kept: making one takes a second, and who may open it does not depend on what it says
    report = Report.objects.create(
        grant=grant, version=1, made_by=lead, page="<p>A report</p>", pdf=b"%PDF-", tables=b"PK", results={},
        counts_to=clock.today(), **year,
    )  # fmt: skip
    emergency = emergencies.open_record(subject_key=new_key(), why="They rang and need somebody now", by=charlie)
    information.add_default_helplines(by=lead.pk, checked_on=clock.today())
    offer = Offer.objects.create(title="One to one", about="Talk", picture=Offer.Picture.PAIR, place=1)
    return {
        "offer": offer.pk,
        "worker": alice.pk,
        "line": Helpline.objects.filter(name="Childline").get().pk,
        "client": client_of_alice.pk, "episode": episode.pk, "contact": contact.pk, "goal": goal.pk,
        "emergency": emergency.pk,
        **rights_records(client_of_alice, by=alice, lead=lead),
        **measure_records(by=lead),
        **paper_records(episode, by=alice),
        **guideline_records(by=lead),
        **voice_records(by=lead),
        "asked": asked.pk, "response": response.pk, "task": task.pk, "grant": grant.pk, "report": report.pk,
    }  # fmt: skip


def browser_of(role: str, request: pytest.FixtureRequest, signed_in: Callable[[User], Browser]) -> Browser:
    """A browser as this role has it."""
    if role == "nobody":
        return Browser()
    if role == "client":
        phone = Browser()
        subject, by = request.getfixturevalue("client_of_alice").pk, request.getfixturevalue("alice")
        phone.post(reverse("care:own", args=[own.make(subject_key=subject, by=by)]))
        return phone
    return signed_in(request.getfixturevalue(role))


@pytest.mark.parametrize("role", ROLES)
def test_who_gets_in(
    role: str, records: dict[str, object], request: pytest.FixtureRequest, signed_in: Callable[[User], Browser]
) -> None:
    def status(page: str) -> int:
        return browser_of(role, request, signed_in).get(address(page, records)).status_code

    assert {page: status(page) for page in ROWS} == {page: row[role] for page, row in ROWS.items()}


OPEN_DOORS = {"access:begin", "care:own"}  # anybody may stand at these: a link opens them, not who one is
NOT_WRITTEN_DOWN = ("information:", "w:")  # what everybody reads; and at workshops nobody notes who took part
RECORDS = [page for page, parts in pages(get_resolver().url_patterns) if parts]


@pytest.mark.parametrize("role", ["charlie", "reader", "evaluator", "trainer", "administrator"])
def test_a_stranger_cannot_send_anything_either(
    role: str, records: dict[str, object], request: pytest.FixtureRequest, signed_in: Callable[[User], Browser]
) -> None:
    stranger = request.getfixturevalue(role)
    closed = [page for page in RECORDS if ROWS[page][role] == 404 and page not in OPEN_DOORS]
    for page in closed:
        before = Entry.objects.count()
        status = signed_in(stranger).post(address(page, records), {"outcome": "came", "words": "mine"}).status_code
        noted = [(row.did, row.by) for row in Entry.objects.order_by("number")[before:]]
        assert (page, status) in {(page, 404), (page, 405)}
        assert (page, noted) == (page, [("page.denied", stranger.pk)] if status == 404 else [])
    assert len(closed) > 20


@pytest.mark.parametrize("role", ["alice", "lead", "reader", "evaluator", "administrator"])
def test_every_look_at_a_record_writes_one_row_and_so_does_every_denial(
    role: str,
    records: dict[str, object],
    request: pytest.FixtureRequest,
    signed_in: Callable[[User], Browser],
) -> None:
    written = {}
    about_people = [page for page in RECORDS if not page.startswith(NOT_WRITTEN_DOWN) and page not in OPEN_DOORS]
    for page in about_people:
        browser = browser_of(role, request, signed_in)
        before = Entry.objects.count()
        browser.get(address(page, records))
        written[page] = [row.did for row in Entry.objects.order_by("number")[before:]]
    expected = {200: {1}, 404: {1}, 302: {0, 1}, 405: {0}}  # some lead on after they have looked
    wrong = {page: did for page, did in written.items() if len(did) not in expected[ROWS[page][role]]}
    assert wrong == {}


def test_roles_that_may_nothing_yet_are_all_alike() -> None:
    assert {role for role, may in MAY.items() if not may} == {
        Role.TRAINER, Role.NETWORK_MODERATOR, Role.DEBRIEF_THERAPIST,
    }  # fmt: skip
