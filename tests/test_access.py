"""Every page and every role: who gets in. A page that is missing from the table fails."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.test import Client as Browser
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from alongside.access.models import User
from alongside.audit.models import Entry
from alongside.care.actions import contacts, goals
from alongside.care.models import Client, Contact, Episode
from alongside.core import clock
from alongside.information import actions as information
from alongside.information.models import Helpline, Offer
from alongside.measures import actions as measures
from alongside.measures.models import Questionnaire
from alongside.reporting.actions import grants
from alongside.reporting.models import Report
from alongside.todo import actions as todo
from alongside.todo.models import Task

pytestmark = pytest.mark.django_db

ROLES = ("nobody", "alice", "bob", "charlie", "lead", "reader")

# Alice works with the client, Bob and the lead are on her team, Charlie is in no team, the reader reads one grant.
# 200 opens, 302 leads on (nobody: to sign in), 404 says that there is no such page, 405 that it is only for sending.
TABLE = """
page                            nobody alice bob charlie lead reader
front                           200    200   200 200     200  200
help                            200    200   200 200     200  200
leave                           302    302   302 302     302  302
home                            302    302   302 302     302  302
stay                            405    405   405 405     405  405
account_login                   200    302   302 302     302  302
account_logout                  302    200   200 200     200  200
account_inactive                200    200   200 200     200  200
account_reauthenticate          302    200   200 200     200  200
account_change_password         302    200   200 200     200  200
account_set_password            302    302   302 302     302  302
mfa_index                       302    200   200 200     200  200
mfa_authenticate                302    302   302 302     302  302
mfa_reauthenticate              302    302   302 302     302  302
mfa_activate_totp               302    302   302 302     302  302
mfa_deactivate_totp             302    404   404 404     404  404
mfa_view_recovery_codes         302    404   404 404     404  404
mfa_generate_recovery_codes     302    302   302 302     302  302
mfa_download_recovery_codes     302    404   404 404     404  404
today                           302    200   200 200     200  404
todo:finish                     302    302   404 404     302  404
todo:reopen                     302    302   404 404     302  404
care:clients                    302    200   200 200     200  404
care:find                       302    200   200 200     200  404
care:add                        302    200   200 200     200  404
care:contact_pick               302    200   200 200     200  404
care:client                     302    200   200 404     200  404
care:change                     302    200   200 404     200  404
care:contacts                   302    200   200 404     200  404
care:contact                    302    200   200 404     200  404
care:contact_change             302    200   200 404     200  404
care:goal                       302    200   200 404     200  404
care:rate                       302    200   200 404     200  404
care:aside                      302    302   302 404     302  404
care:event                      302    200   200 404     200  404
care:episode                    302    200   200 404     200  404
care:end                        302    200   200 404     200  404
measures:open                   302    200   200 404     200  404
measures:start                  404    200   200 404     200  404
measures:hand-over              302    302   302 302     302  404
measures:give-back              302    302   302 302     302  302
measures:question               404    200   200 404     200  404
measures:check                  404    200   200 404     200  404
measures:send                   404    302   302 404     302  404
measures:thanks                 404    302   302 404     302  404
measures:copy                   404    302   302 404     302  404
measures:later                  404    200   200 404     200  404
measures:delete                 404    200   200 404     200  404
measures:response               302    200   200 404     200  404
measures:correct                302    200   200 404     200  404
reporting:grants                302    404   404 404     200  200
reporting:add_grant             302    404   404 404     200  404
reporting:make                  302    404   404 404     405  404
reporting:readers               302    404   404 404     200  404
reporting:report                302    404   404 404     200  200
reporting:pdf                   302    404   404 404     200  200
reporting:tables                302    404   404 404     200  200
access:people                   302    404   404 404     200  404
access:add                      302    404   404 404     200  404
access:add_team                 302    404   404 404     200  404
access:change                   302    404   404 404     200  404
access:link                     302    404   404 404     200  404
access:new_link                 302    404   404 404     200  404
access:end                      302    404   404 404     200  404
access:restore                  302    404   404 404     302  404
access:begin                    404    404   404 404     404  404
care:services                   302    404   404 404     200  404
care:add_service                302    404   404 404     200  404
information:organisation        302    404   404 404     200  404
information:about               302    404   404 404     200  404
information:offer_add           302    404   404 404     200  404
information:offer_change        302    404   404 404     200  404
information:offer_away          302    404   404 404     200  404
information:offer_move          302    404   404 404     302  404
information:line_add            302    404   404 404     200  404
information:line_change         302    404   404 404     200  404
information:line_check          302    404   404 404     302  404
information:line_hide           302    404   404 404     302  404
information:line_move           302    404   404 404     302  404
"""
ROWS = {row.split()[0]: dict(zip(ROLES, map(int, row.split()[1:]), strict=True)) for row in TABLE.split("\n")[2:-1]}


def pages(
    patterns: list[URLPattern | URLResolver], space: str = "", above: tuple[str, ...] = ()
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every page of the site by its name, with the parts of its address that name a record."""
    for pattern in patterns:
        parts = (*above, *pattern.pattern.converters)
        if isinstance(pattern, URLResolver):
            below = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from pages(pattern.url_patterns, below, parts)
        else:
            yield f"{space}{pattern.name}", parts


def test_every_page_is_in_the_table() -> None:
    assert sorted(name for name, _ in pages(get_resolver().url_patterns)) == sorted(ROWS)


@pytest.fixture
def records(client_of_alice: Client, episode: Episode, alice: User, lead: User, reader: User) -> dict[str, object]:
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
    information.add_default_helplines(by=lead.pk, checked_on=clock.today())
    offer = Offer.objects.create(title="One to one", about="Talk", picture=Offer.Picture.PAIR, place=1)
    return {
        "offer": offer.pk,
        "worker": alice.pk,
        "line": Helpline.objects.filter(name="Childline").get().pk,
        "client": client_of_alice.pk, "episode": episode.pk, "contact": contact.pk, "goal": goal.pk,
        "asked": asked.pk, "response": response.pk, "task": task.pk, "grant": grant.pk, "report": report.pk,
    }  # fmt: skip


def address(page: str, records: dict[str, object]) -> str:
    """Where a page is for these records."""
    room = page.partition(":")[0]
    subject = {"care": "client", "todo": "task", "measures": "asked", "reporting": "report", "access": "worker"}.get(
        room, ""
    )
    subject = {
        "measures:response": "response",
        "measures:correct": "response",
        "reporting:make": "grant",
        "reporting:readers": "grant",
    }.get(page, subject)
    parts = {**records, "key": records.get(subject), "number": 3, "token": "spent"}
    return reverse(page, kwargs={name: parts[name] for name in dict(pages(get_resolver().url_patterns))[page]})


@pytest.fixture
def ask(
    records: dict[str, object], request: pytest.FixtureRequest, signed_in: Callable[[User], Browser]
) -> Callable[[str, str], int]:
    def status(page: str, role: str) -> int:
        browser = Browser() if role == "nobody" else signed_in(request.getfixturevalue(role))
        return browser.get(address(page, records)).status_code

    return status


@pytest.mark.parametrize("page", ROWS)
def test_who_gets_in(page: str, ask: Callable[[str, str], int]) -> None:
    assert {role: ask(page, role) for role in ROLES} == ROWS[page]


RECORDS = [page for page, parts in pages(get_resolver().url_patterns) if parts]


@pytest.mark.parametrize("page", RECORDS)
@pytest.mark.parametrize("role", ["charlie", "reader"])
def test_a_stranger_cannot_send_anything_either(
    page: str,
    role: str,
    records: dict[str, object],
    request: pytest.FixtureRequest,
    signed_in: Callable[[User], Browser],
) -> None:
    browser = signed_in(request.getfixturevalue(role))
    if ROWS[page][role] != 404:
        pytest.skip("theirs to read, or it leads away")
    before = Entry.objects.count()
    assert browser.post(address(page, records), {"outcome": "came", "words": "mine"}).status_code in {404, 405}
    assert Entry.objects.count() == before
