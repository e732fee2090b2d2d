"""What one press of a button holds, and in which order. SQLite lets one writer in at a time: this is of PostgreSQL."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.access.models import User
from alongside.audit.actions import LOCK
from alongside.care.actions import arrivals
from alongside.care.actions.once import already
from alongside.care.models import Client, Referral, Service
from alongside.core import clock
from alongside.core.models import new_key

pytestmark = pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL")


def test_a_person_who_presses_a_button_may_be_named_by_others_meanwhile(alice: User) -> None:
    with CaptureQueriesContext(connection) as queries:
        already(Client, new_key(), by=alice)
    assert queries[0]["sql"].endswith("FOR NO KEY UPDATE")


def test_somebody_new_takes_the_audits_chain_before_any_record(alice: User, bob: User, service: Service) -> None:
    today = clock.today()
    with CaptureQueriesContext(connection) as queries:
        arrivals.welcome(
            way=Referral.Way.SELF, sent_by=None, received_on=today, service=service, practitioner=bob, funder=None,
            started_on=today, by=alice, key=new_key(), name="Ines Costa",
        )  # fmt: skip
    asked = [query["sql"] for query in queries if not query["sql"].startswith("SAVEPOINT")]
    assert asked[0] == f"SELECT pg_advisory_xact_lock({LOCK})"
