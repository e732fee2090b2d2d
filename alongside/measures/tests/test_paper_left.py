"""What is left of paper: typed in after it landed, brought in by who is away, without a name, asked to be looked at."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client as Browser

from alongside.access import actions as access
from alongside.access.models import User
from alongside.audit.models import Entry
from alongside.care.models import Episode, Service
from alongside.core import clock
from alongside.measures import actions
from alongside.measures.answers import Answer, How
from alongside.measures.models import Batch, Page, PaperForm, Questionnaire, Response, UnnamedResponse
from alongside.measures.queries import paper_unnamed
from alongside.measures.queries.paper_waiting import on_page
from alongside.measures.tests.paper import marked, printed, said_of, scanned
from alongside.todo.models import Task

pytest.importorskip("cv2")
pytest.importorskip("zxingcpp")


def test_a_form_typed_in_after_its_paper_is_in_the_record_is_warned_about(
    one, bring, episode: Episode, alice: User, together: Browser
) -> None:
    form, paper = one
    bring(marked(paper, form))
    landed = Response.objects.get()
    asked = actions.open_form(episode=episode, occasion=Questionnaire.Occasion.FORTNIGHT, by=alice)
    for page in ("type-in", "check"):
        if page == "check":
            actions.type_in(
                questionnaire=asked, answers={"future": (Answer(value=4.0, how=How.NUMBER), "")}, by=alice.pk
            )
        said = " ".join(together.get(f"/forms/{asked.pk}/{page}").text.split())
        assert "A form like this was read from paper" in said
        assert f"/responses/{landed.pk}/" in said
        assert f"/forms/{asked.pk}/delete" in said


def test_one_typed_in_long_after_or_on_a_screen_or_of_another_measure_is_not(
    one, bring, episode: Episode, alice: User, together: Browser
) -> None:
    form, paper = one
    bring(marked(paper, form))
    asked = actions.open_form(episode=episode, occasion=Questionnaire.Occasion.FORTNIGHT, by=alice)
    assert "was read from paper" not in together.get(f"/forms/{asked.pk}/check").text
    before = actions.open_form(episode=episode, occasion=Questionnaire.Occasion.BEFORE, by=alice)
    assert "was read from paper" not in together.get(f"/forms/{before.pk}/type-in").text
    PaperForm.objects.update(landed_at=clock.now() - timedelta(days=15))
    assert "was read from paper" not in together.get(f"/forms/{asked.pk}/type-in").text


def nobodys(by: User, ago: timedelta) -> Page:
    """A page whose code nobody could read, brought in some time ago."""
    batch = Batch.objects.create(brought_by=by, digest="d" * 64, standing=Batch.Standing.READ)
    page = Page.objects.create(
        batch=batch, number=1, outcome=Page.Outcome.NO_CODE, why="No form was found on this page.", picture=b"a picture"
    )
    Page.objects.filter(pk=page.pk).update(made_at=clock.now() - ago)
    return page


def test_a_lead_sees_pages_of_nobody_that_wait_since_yesterday(
    one, alice: User, bob: User, lead: User, signed_in: Callable[[User], Browser]
) -> None:
    form, _paper = one
    page, fresh = nobodys(alice, timedelta(days=2)), nobodys(alice, timedelta(hours=2))
    hers = signed_in(lead)
    shown = hers.get("/measures/paper/").text
    assert f"/measures/paper/pages/{page.pk}/" in shown
    assert "Brought in by Alice Adeyemi" in shown
    assert f"/measures/paper/pages/{fresh.pk}/" not in shown
    assert "1 page that waits for you to decide" in " ".join(hers.get("/today").text.split())
    for one_of in (page, fresh):
        assert hers.get(f"/measures/paper/pages/{one_of.pk}/").status_code == 200
        assert hers.get(f"/measures/paper/pages/{one_of.pk}/picture").status_code == 200
        assert signed_in(bob).get(f"/measures/paper/pages/{one_of.pk}/").status_code == 404
    answer = hers.post(f"/measures/paper/pages/{page.pk}/", {"do": "whose", "letters": form.form_id}, follow=True)
    assert answer.status_code == 200
    assert "The page is read again by these letters." in answer.text
    hers.post(f"/measures/paper/pages/{fresh.pk}/", {"do": "aside"})
    assert Page.objects.get(pk=fresh.pk).aside_by == lead


def test_a_lead_sees_at_once_what_somebody_brought_in_whose_account_has_ended(
    alice: User, lead: User, team, signed_in: Callable[[User], Browser]
) -> None:
    page = nobodys(alice, timedelta(0))
    hers = signed_in(lead)
    assert page.pk not in hers.get("/measures/paper/").text
    User.objects.filter(pk=alice.pk).update(is_active=False)
    assert page.pk in hers.get("/measures/paper/").text


def test_a_lead_does_not_see_what_another_team_brought_in(
    charlie: User, alice: User, lead: User, team, signed_in: Callable[[User], Browser]
) -> None:
    page = nobodys(charlie, timedelta(days=2))
    hers = signed_in(lead)
    assert hers.get(f"/measures/paper/pages/{page.pk}/").status_code == 200  # he is in no team any more
    access.add_team(name="Other team", members=[charlie], by="test")
    assert hers.get(f"/measures/paper/pages/{page.pk}/").status_code == 404
    assert page.pk not in hers.get("/measures/paper/").text


def test_forms_without_a_name_are_counted_for_a_lead_by_measure_service_and_month(
    service: Service, alice: User, lead: User, signed_in: Callable[[User], Browser]
) -> None:
    month = clock.today().replace(day=1)
    for measure, many in (("phq9", 12), ("gad7", 3), ("service-evaluation", 30)):
        for _ in range(many):
            UnnamedResponse.objects.create(service=service, instrument=measure, version="1", answers={}, month=month)
    UnnamedResponse.objects.create(
        service=service, instrument="phq9", version="1", answers={}, month=month.replace(year=month.year - 1)
    )
    rows = paper_unnamed.came_back(lead)
    assert {(one.measure[:5], one.service, one.month, one.many) for one in rows} == {
        ("PHQ-9", "Counselling", month, 10), ("GAD-7", "Counselling", month, None),
    }  # fmt: skip
    said = " ".join(signed_in(lead).get("/measures/paper/").text.split())
    assert f"<td>{month:%B %Y}</td><td>10</td>" in said
    assert "<td>A few</td>" in said
    assert "To the nearest five" not in signed_in(alice).get("/measures/paper/").text


def test_another_team_does_not_count_them(
    service: Service, charlie: User, signed_in: Callable[[User], Browser]
) -> None:
    UnnamedResponse.objects.create(
        service=service, instrument="phq9", version="1", answers={}, month=clock.today().replace(day=1)
    )
    User.objects.filter(pk=charlie.pk).update(role="lead")
    charlie.refresh_from_db()
    access.add_team(name="Other team", members=[charlie], by="test")
    assert paper_unnamed.came_back(charlie) == []


def test_what_asks_to_look_at_a_page_is_done_once_the_page_was_read(one, bring, together: Browser, alice: User) -> None:
    form, paper = one
    bring(paper.resize((paper.width // 3, paper.height // 3)))
    task = Task.objects.get(kind="paper")
    assert task.done_at is None
    bring(marked(paper, form), keep=False)
    task.refresh_from_db()
    assert (task.done_at is not None, task.done_by) == (True, alice)
    assert Entry.objects.filter(did="task.done", subject=f"task:{task.pk}").count() == 1


def test_what_asks_to_look_at_a_page_is_done_once_it_is_thrown_away_and_leads_to_the_next(
    one, bring, together: Browser, episode: Episode, alice: User
) -> None:
    _form, paper = one
    first = bring(paper.resize((paper.width // 3, paper.height // 3)))
    other = scanned(printed(episode, alice, about_on=clock.today() - timedelta(days=1)))
    second = bring(other.resize((other.width // 3, other.height // 3)))
    assert (second.outcome, Task.objects.filter(kind="paper").count()) == ("unreadable", 1)
    together.post(f"/measures/paper/pages/{first.pk}/", {"do": "aside"})
    task = Task.objects.get(kind="paper", done_at=None)
    assert task.link == f"/measures/paper/pages/{second.pk}/"
    together.post(f"/measures/paper/pages/{second.pk}/", {"do": "aside"})
    assert not Task.objects.filter(kind="paper", done_at=None).exists()


def test_a_page_that_cannot_be_read_is_typed_in_with_the_rest_of_its_form(two, bring, together: Browser) -> None:
    form, pdf = two
    bring(marked(scanned(pdf, 0), form, 1))
    small = scanned(pdf, 1)
    page = bring(small.resize((small.width // 3, small.height // 3)))
    assert page.outcome == "unreadable"
    said = said_of(together, page)
    assert f"/measures/paper/forms/{form.pk}/rest" in said
    assert "Type in its marks by hand" not in said
    together.post(f"/measures/paper/forms/{form.pk}/rest", {f"{one.key}-mark": "5" for one in on_page(form, 2)})
    assert len(Response.objects.get().answers) == 11
    assert not Task.objects.filter(kind="paper", done_at=None).exists()


def test_of_two_pages_that_do_not_agree_a_person_says_first_which_is_right(two, bring, together: Browser) -> None:
    form, pdf = two
    first, keys = on_page(form, 1)[0].key, [one.key for one in on_page(form, 2)]
    bring(marked(scanned(pdf, 0), form, 1, **{first: None}), keep=False)
    bring(marked(scanned(pdf, 1), form, 2), keep=False)
    page = bring(marked(scanned(pdf, 1), form, 2, **{keys[0]: 9.0}), keep=False)
    assert page.outcome == "conflict"
    assert Entry.objects.filter(did="paper.doubted").count() == 1
    assert "Forms that wait for a page" not in together.get("/measures/paper/").text
    assert together.get(f"/measures/paper/forms/{form.pk}/rest").status_code == 302


def test_a_page_that_was_read_is_not_offered_to_be_typed_in(two, bring, together: Browser) -> None:
    form, pdf = two
    assert "Type in its marks by hand" not in said_of(together, bring(marked(scanned(pdf, 0), form, 1)))


def test_a_worse_copy_of_a_page_that_was_read_asks_nobody(two, bring) -> None:
    form, pdf = two
    bring(marked(scanned(pdf, 0), form, 1))
    small = scanned(pdf, 0)
    assert bring(small.resize((small.width // 3, small.height // 3))).outcome == "unreadable"
    assert not Task.objects.filter(kind="paper").exists()
