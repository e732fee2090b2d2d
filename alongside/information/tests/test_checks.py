"""Helplines that nobody has checked for long are named by `alongside doctor`."""

from datetime import timedelta

import pytest

from alongside.core import clock
from alongside.information import actions, checks
from alongside.information.models import Helpline

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("days", "old"), [(0, False), (90, False), (91, True)])
def test_ninety_days(days: int, old: bool) -> None:
    actions.add_default_helplines(by="test", checked_on=clock.today() - timedelta(days=days))
    assert bool(checks.helplines()) is old


def test_one_old_line_is_counted_and_hidden_ones_are_not() -> None:
    actions.add_default_helplines(by="test", checked_on=clock.today())
    first, second = Helpline.objects.filter(live=True)[:2]
    Helpline.objects.filter(pk=first.pk).update(checked_on=clock.today() - timedelta(days=200))
    Helpline.objects.filter(pk=second.pk).update(checked_on=clock.today() - timedelta(days=200), live=False)
    assert checks.helplines()[0].msg.startswith("1 of the helplines")


def test_no_helpline_at_all() -> None:
    assert [one.msg for one in checks.helplines()] == ["No helpline is live."]
