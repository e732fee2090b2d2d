"""One press of a button keeps nobody else waiting. SQLite lets one writer in at a time, so this is about PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from alongside.access.models import Relationship, User
from alongside.audit.actions import LOCK
from alongside.care.actions import arrivals
from alongside.care.actions.once import already
from alongside.care.models import Client, Referral, Service
from alongside.core import clock
from alongside.core.models import new_key

pytestmark = pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL")


def write_about(user: User) -> None:
    """Write a record that names somebody by their key, and wait for nobody longer than three seconds."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '3s'")
        kind = Relationship.Kind.CASELOAD
        Relationship.objects.create(kind=kind, user=user, subject_key=new_key(), since=clock.now())
    connection.close()


@pytest.mark.django_db(transaction=True)
def test_others_write_about_a_person_who_is_pressing_a_button(alice: User) -> None:
    with ThreadPoolExecutor(1) as another, transaction.atomic():
        already(Client, new_key(), by=alice)
        another.submit(write_about, alice).result()
    assert Relationship.objects.filter(user=alice).count() == 1


def test_somebody_new_takes_the_audits_chain_before_any_record(alice: User, bob: User, service: Service) -> None:
    today = clock.today()
    with CaptureQueriesContext(connection) as queries:
        arrivals.welcome(
            way=Referral.Way.SELF, sent_by=None, received_on=today, service=service, practitioner=bob, funder=None,
            started_on=today, by=alice, key=new_key(), name="Ines Costa",
        )  # fmt: skip
    asked = [query["sql"] for query in queries if not query["sql"].startswith("SAVEPOINT")]
    assert asked[0] == f"SELECT pg_advisory_xact_lock({LOCK})"
