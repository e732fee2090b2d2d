"""Two people who look after the site change each other at the same moment: one stays, and nobody acts after the end."""

from pathlib import Path

import pytest

from alongside.access import actions
from alongside.access.models import User
from alongside.access.roles import Role
from alongside.core.tests.running import script

RACE = """
import threading
from django.db import connection
from alongside.access import actions
from alongside.access.models import User
from alongside.access.roles import Role

def added(name):
    email = f"{name}@wrenstreet.example"
    return actions.add_user(email=email, name=name, role=Role.ADMINISTRATOR, password=None, by="test")

User.objects.update(role=Role.TRAINER)
for round in range(10):
    one, other = added(f"a{round}"), added(f"b{round}")
    said = []
    def change(who, by):
        try:
            actions.change_person(user=who, role=Role.TRAINER, teams=[], by=by)
        except actions.Refused as refused:
            said.append(str(refused))
        finally:
            connection.close()
    racing = [threading.Thread(target=change, args=pair) for pair in ((one, other), (other, one))]
    for thread in racing: thread.start()
    for thread in racing: thread.join()
    left = User.objects.filter(role=Role.ADMINISTRATOR)
    print(left.count(), said)
    left.update(role=Role.TRAINER)
"""


def test_of_two_administrators_who_change_each_other_one_stays(home: Path) -> None:
    """On a folder of its own, and so on SQLite; the lock is the same select_for_update."""
    rounds = script(home, RACE).splitlines()
    assert len(rounds) == 10
    for one in rounds:
        assert one.startswith("1 ['Your own role was changed a moment ago.")


@pytest.mark.django_db
def test_whoever_is_no_longer_a_lead_changes_nobody(lead: User, alice: User, bob: User) -> None:
    actions.change_person(user=alice, role=Role.LEAD, teams=[], by=lead)
    alice.refresh_from_db()
    actions.change_person(user=alice, role=Role.PRACTITIONER, teams=[], by=lead)
    for deed in (
        lambda: actions.change_person(user=bob, role=Role.LEAD, teams=[], by=alice),
        lambda: actions.end_account(user=bob, by=alice),
    ):
        with pytest.raises(actions.Refused, match="Your own role was changed a moment ago"):
            deed()
    bob.refresh_from_db()
    assert (bob.role, bob.is_active) == (Role.PRACTITIONER, True)
