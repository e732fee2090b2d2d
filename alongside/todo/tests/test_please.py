from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client as Browser
from django.utils import timezone

from alongside.access.models import User
from alongside.audit.models import Entry
from alongside.core import clock
from alongside.todo import actions
from alongside.todo.models import Task
from alongside.todo.presenters import asked
from alongside.todo.queries import done_today, please

type SignedIn = Callable[[User], Browser]


@pytest.fixture
def noon(monkeypatch: pytest.MonkeyPatch) -> datetime:
    now = timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0)
    monkeypatch.setattr(clock, "now", lambda: now)
    return now


@pytest.fixture
def ask(alice: User, lead: User, noon: datetime) -> Callable[..., Task]:
    def make(title: str = "Please check in with Rowan", hours: float = 4, about: str = "1" * 32) -> Task:
        return actions.ask(
            kind=Task.Kind.CHECK_IN, title=title, subject_key=about, link=f"/clients/{about}", worker=alice, cover=lead,
            due_at=noon + timedelta(hours=hours), by=alice.pk,
        )  # fmt: skip

    return make


def test_what_is_asked_stands_on_today_by_when_it_is_due(ask, signed_in: SignedIn, alice: User) -> None:
    ask("Please check in with Rowan", hours=4, about="1" * 32)
    ask("Please check in with Ali", hours=-20, about="2" * 32)
    page = signed_in(alice).get("/today").content.decode()
    assert page.index("with Ali") < page.index("with Rowan")
    assert "By 4pm yesterday. Jo covers if you can’t." in page
    assert "By 4pm today. Jo covers if you can’t." in page
    assert f'href="/clients/{"1" * 32}"' in page


def test_late_looks_like_any_other(ask, signed_in: SignedIn, alice: User) -> None:
    def classes() -> list[str]:
        page = signed_in(alice).get("/today").content.decode()
        return [part.split('"')[0] for part in page.split('id="please"')[1].split("</section>")[0].split('class="')[1:]]

    task = ask(hours=4)
    in_time = classes()
    Task.objects.filter(pk=task.pk).update(due_at=clock.now() - timedelta(days=3))
    assert classes() == in_time


def test_one_press_and_it_is_done_and_it_can_be_put_back(ask, signed_in: SignedIn, alice: User) -> None:
    task, browser = ask(), signed_in(alice)
    page = browser.post(f"/todo/{task.pk}/finish", follow=True).content.decode()
    assert "Done at 12:00" in page
    assert "Put back" in page
    browser.post(f"/todo/{task.pk}/finish")
    assert Entry.objects.filter(did="task.done").count() == 1, "twice is once"
    page = browser.post(f"/todo/{task.pk}/reopen", follow=True).content.decode()
    assert "Put back" not in page
    assert please(alice) == [task]


def test_opening_the_address_does_nothing(ask, signed_in: SignedIn, alice: User) -> None:
    task = ask()
    assert signed_in(alice).get(f"/todo/{task.pk}/finish").status_code == 302
    assert please(alice) == [task]


def test_whoever_covers_sees_it_once_it_is_late(ask, signed_in: SignedIn, alice: User, lead: User) -> None:
    task = ask(hours=4)
    assert please(lead) == []
    assert signed_in(lead).post(f"/todo/{task.pk}/finish").status_code == 404
    Task.objects.filter(pk=task.pk).update(due_at=clock.now() - timedelta(hours=1))
    (late,) = please(lead)
    assert asked(late, user=lead).by_when == "By 11am today. Asked of Alice Adeyemi. You cover."
    signed_in(lead).post(f"/todo/{task.pk}/finish")
    assert done_today(lead) == done_today(alice) == [task]


def test_nobody_else_can_touch_it(ask, signed_in: SignedIn, bob: User, charlie: User, reader: User) -> None:
    task = ask(hours=-1)
    for user in (bob, charlie, reader):
        assert signed_in(user).post(f"/todo/{task.pk}/finish").status_code == 404
        assert signed_in(user).post(f"/todo/{task.pk}/reopen").status_code == 404
    assert Task.objects.get().done_at is None


def test_putting_back_what_was_asked_again_meanwhile_is_explained(ask, signed_in: SignedIn, alice: User) -> None:
    task = ask()
    actions.finish(task=task, by=alice)
    again = ask()
    page = signed_in(alice).post(f"/todo/{task.pk}/reopen", follow=True).content.decode()
    assert "The same has been asked again since" in page
    assert please(alice) == [again]


def test_what_was_done_yesterday_is_over(ask, alice: User, noon: datetime) -> None:
    task = ask()
    actions.finish(task=task, by=alice)
    Task.objects.update(done_at=noon - timedelta(days=1))
    assert done_today(alice) == []


@pytest.mark.parametrize(
    ("hours", "said"),
    [(4, "By 4pm today."), (28.5, "By 4.30pm tomorrow."), (-12, "By 12am today."), (0, "By 12pm today.")],
)
def test_by_when(ask, lead: User, alice: User, hours: float, said: str) -> None:
    assert asked(ask(hours=hours), user=alice).by_when == f"{said} Jo covers if you can’t."


def test_a_day_further_off_is_named(ask, alice: User, noon: datetime) -> None:
    day = (noon + timedelta(days=5)).date()
    assert asked(ask(hours=5 * 24), user=alice).by_when.startswith(f"By 12pm on {day:%A} {day.day} {day:%B}.")
