"""What every page asks of the database: the same with 30 clients and with 3,000, and never more than twelve things."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.cache import cache, caches
from django.db import connection, transaction
from django.test import Client as Browser
from django.urls import reverse

from alongside.access import emergencies, own
from alongside.access.actions import add_user
from alongside.access.models import User
from alongside.access.roles import Role
from alongside.care.models import Contact, Episode, Goal
from alongside.care.tests.conftest import counted
from alongside.core import clock
from alongside.core.models import new_key
from alongside.information import actions as information
from alongside.information.models import Helpline, Offer
from alongside.measures import actions as measures
from alongside.measures.models import Response
from alongside.reporting.models import Grant, Report
from alongside.todo import actions as todo
from alongside.todo.models import Task
from benchmarks.people import fill
from tests.everything import guideline_records, measure_records, paper_records, rights_records, voice_records
from tests.test_access import ROWS, address

pytestmark = pytest.mark.django_db

MOST = 12
EVERYTHING = "rights:items for a lead"  # all that every room holds of one person: a query for each kind of record


def walk(signed_in: Callable[[User], Browser]) -> dict[str, int]:
    """What each page costs that a practitioner, a lead, an evaluator or a client may open."""
    episode = Episode.objects.open().filter(service__team__name="Team 0").order_by("started_on")[0]
    people = {"practitioner": episode.practitioner, "lead": User.objects.get(name="Lead 0")}
    records = one_of_everything(episode, people["practitioner"], people["lead"])
    people["evaluator"] = add_user(email="eli@ws.example", name="Eli", role=Role.EVALUATOR, password=None, by="test")
    browsers = {role: signed_in(user) for role, user in people.items()}
    browsers["client"] = Browser()
    token = own.make(subject_key=episode.client_id, by=people["lead"])
    browsers["client"].post(reverse("care:own", args=[token]))
    costs = {}
    for role, browser in browsers.items():
        browser.get("/today")  # the first page of a session notes when it began
        for page in ROWS.keys() - {"leave"}:  # which signs them out
            browser.get("/help")  # the organisation and its helplines are remembered for a minute, and no longer
            with counted() as statements:
                answer = browser.get(address(page, records))
            if answer.status_code == 200:
                costs[f"{page} for a {role}"] = len(statements)
    return costs


def one_of_everything(episode: Episode, worker: User, lead: User) -> dict[str, object]:
    """Keys for every part of an address, all about one client."""
    grant = Grant.objects.get()
    asked = measures.open_form(episode=episode, occasion="fortnight", by=worker)
    task = todo.ask(
        kind=Task.Kind.CHECK_IN, title="Please check in", subject_key=episode.client_id, link="/",
        worker=worker, cover=lead, due_at=clock.now(), by=worker.pk,
    )  # fmt: skip
    report = Report.objects.create(
        grant=grant, version=1, made_by=lead, page="<p>A report</p>", pdf=b"%PDF-", tables=b"PK", results={},
        starts_on=clock.today() - timedelta(days=365), ends_on=clock.today(), counts_to=clock.today(),
    )  # fmt: skip
    information.add_default_helplines(by=lead.pk, checked_on=clock.today())
    return {
        **rights_records(episode.client, by=worker, lead=lead),
        **measure_records(by=lead),
        **paper_records(episode, by=worker),
        **guideline_records(by=lead),
        **voice_records(by=lead),
        "emergency": emergencies.open_record(subject_key=new_key(), why="They rang and need somebody", by=worker).pk,
        "offer": Offer.objects.create(title="One to one", about="Talk", picture=Offer.Picture.PAIR, place=1).pk,
        "line": Helpline.objects.filter(name="Childline").get().pk,
        "client": episode.client_id, "episode": episode.pk, "asked": asked.pk, "task": task.pk,
        "contact": Contact.objects.filter(episode=episode)[0].pk,
        "goal": Goal.objects.get(client=episode.client_id).pk,
        "response": Response.objects.sent().filter(questionnaire__episode=episode)[0].pk,
        "grant": grant.pk, "report": report.pk, "worker": worker.pk,
    }  # fmt: skip


def test_every_page_costs_the_same_with_30_clients_and_with_3000(
    signed_in: Callable[[User], Browser], settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.PAGES_A_MINUTE = 10_000  # nobody opens them all within a minute
    monkeypatch.setattr(caches["here"], "default_timeout", 3_600)  # what is remembered stays, however slow the machine
    costs = []
    for clients in (30, 3_000):
        before = transaction.savepoint_create()
        fill(clients)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # as the database does by itself where rows are kept; else it plans for few
        costs.append(walk(signed_in))
        transaction.savepoint_rollback(before)
        cache.clear()
    few, many = costs
    assert {page: (cost, many.get(page)) for page, cost in few.items() if cost != many.get(page)} == {}
    assert {page: cost for page, cost in few.items() if cost > MOST and page != EVERYTHING} == {}
    rooms = {page for page, who in ROWS.items() if ":" in page and 200 in who.values()}
    assert {page.partition(" ")[0] for page in few} >= rooms
