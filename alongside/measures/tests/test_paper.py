"""A form is printed, marked with a pen and brought in: what is sure lands, what is doubtful is shown to a person."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser
from django.utils import timezone

from alongside.access.models import User
from alongside.audit.models import Entry
from alongside.care.models import Client, Contact, Episode, Service
from alongside.core import clock
from alongside.instruments import loader
from alongside.measures.actions.paper import storing
from alongside.measures.models import (
    Batch,
    Look,
    Mark,
    Measure,
    Page,
    PaperForm,
    Part,
    Questionnaire,
    ReadTwice,
    Response,
    UnnamedResponse,
)
from alongside.measures.paper import reader
from alongside.measures.tests.paper import jpeg, marked, pdf_of, printed, scanned, ticked
from alongside.todo.models import Task

pytest.importorskip("cv2")
pytest.importorskip("zxingcpp")
SILENT = {"suicidal_thoughts": 0.0, "suicidal_planning": 0.0}


@pytest.fixture
def bring(signed_in: Callable[[User], Browser], alice: User) -> Callable[..., Batch]:
    """Return how Alice brings in a file, and the site reads it."""

    def send(content: bytes, name: str = "scan.jpg", by: User = alice) -> Batch:
        answer = signed_in(by).post("/measures/paper/", {"scans": SimpleUploadedFile(name, content)})
        assert answer.status_code == 302, answer.text
        reader.read_waiting()
        return Batch.objects.order_by("-made_at")[0]

    return send


@pytest.fixture
def blank(episode: Episode, alice: User) -> tuple[PaperForm, bytes]:
    """A form that Alice printed for Rowan."""
    pdf = printed(episode, alice)
    return PaperForm.objects.get(), pdf


def test_clear_marks_land_in_the_record_by_themselves(blank, bring, episode: Episode) -> None:
    form, pdf = blank
    batch = bring(jpeg(marked(scanned(pdf), form, **SILENT, self_harm_frequency=2.4, future=8.7)))
    page = Page.objects.get()
    assert (page.outcome, page.form, page.form_page) == ("ok", form, 1)
    looked_at = list(Mark.objects.filter(settled=""))
    for mark in looked_at:  # marks at the very end are always shown to a person
        assert mark.was is not None
        assert mark.was < 0.5
    form.refresh_from_db()
    assert (form.landed_at is None) == bool(looked_at)
    assert batch.standing == "read"
    assert not Part.objects.exists()


@pytest.fixture
def landed(blank, bring, together: Browser) -> Response:
    """What came of a form on which everything was read, and the ends were looked at."""
    form, pdf = blank
    bring(jpeg(marked(scanned(pdf), form, self_harm_frequency=2.4, future=8.7)))
    for mark in Mark.objects.filter(settled=""):
        together.post(f"/measures/paper/marks/{mark.pk}/", {"mark": f"{mark.was:.1f}", "do": "keep"})
    return Response.objects.get()


def test_what_was_marked_is_what_is_kept(landed: Response, client_of_alice: Client, blank) -> None:
    assert landed.given == Response.Given.ON_PAPER
    assert landed.questionnaire.client == client_of_alice
    values = {key: kept["value"] for key, kept in landed.answers.items()}
    assert values["self_harm_frequency"] == pytest.approx(2.4, abs=0.051)
    assert values["future"] == pytest.approx(8.7, abs=0.051)
    assert len(values) == 11
    form = PaperForm.objects.get()
    assert (form.questionnaire, form.landed_at is not None) == (landed.questionnaire, True)
    assert Entry.objects.filter(did="form.read-from-paper", subject=f"client:{client_of_alice.pk}").count() == 1


def test_a_page_asks_for_a_check_in_when_it_is_read_and_before_anybody_looked(blank, bring, alice: User) -> None:
    form, pdf = blank
    bring(jpeg(marked(scanned(pdf), form, suicidal_thoughts=3.0, suicidal_planning=None, future=None)))
    assert not Response.objects.exists()
    task = Task.objects.get()
    assert (task.title, task.worker) == ("Please check in with Rowan", alice)


def test_a_page_without_such_a_mark_asks_nobody(blank, bring) -> None:
    form, pdf = blank
    bring(jpeg(marked(scanned(pdf), form, suicidal_thoughts=None, suicidal_planning=None)))
    assert not Task.objects.exists()


def test_an_empty_line_is_shown_and_lands_as_nothing(blank, bring, together: Browser) -> None:
    form, pdf = blank
    bring(jpeg(marked(scanned(pdf), form, future=None)))
    waiting = Mark.objects.get(item="future")
    assert waiting.status == "missing"
    assert not Response.objects.exists()
    for mark in Mark.objects.filter(settled="").exclude(pk=waiting.pk):
        together.post(f"/measures/paper/marks/{mark.pk}/", {"mark": f"{mark.was:.1f}", "do": "keep"})
    page = together.get("/measures/paper/look", follow=True)
    assert "<strong>Nothing is marked here.</strong> Look whether that is so." in page.text
    together.post(f"/measures/paper/marks/{waiting.pk}/", {"do": "missing"})
    assert "future" not in Response.objects.get().answers
    assert "Nothing to look at" in together.get("/measures/paper/look", follow=True).text


def test_what_a_person_says_stands_beside_what_was_read(blank, bring, together: Browser, alice: User) -> None:
    form, pdf = blank
    bring(jpeg(marked(scanned(pdf), form, future=None)))
    mark = Mark.objects.get(item="future")
    wrong = together.post(f"/measures/paper/marks/{mark.pk}/", {"mark": "eleven", "do": "keep"})
    assert "Type a number from 0 to 10, such as 6.4" in wrong.text
    assert 'value="eleven"' in wrong.text
    together.post(f"/measures/paper/marks/{mark.pk}/", {"mark": "6,4", "do": "keep"})
    mark.refresh_from_db()
    assert (mark.was, mark.value, mark.settled) == (None, 6.4, "moved")
    look = Look.objects.get()
    assert (look.by, look.value) == (alice, 6.4)


def test_a_mark_that_a_person_saw_first_asks_then_for_a_check_in(blank, bring, together: Browser) -> None:
    form, pdf = blank
    bring(jpeg(marked(scanned(pdf), form, suicidal_thoughts=None, suicidal_planning=None)))
    mark = Mark.objects.get(item="suicidal_planning")
    together.post(f"/measures/paper/marks/{mark.pk}/", {"mark": "0.1", "do": "keep"})
    assert Task.objects.count() == 1


def test_the_same_page_twice_lands_once(landed: Response, blank, bring) -> None:
    form, pdf = blank
    batch = bring(jpeg(marked(scanned(pdf), form, self_harm_frequency=2.4, future=8.7).rotate(180)), "again.jpg")
    assert [page.outcome for page in batch.pages.all()] == ["duplicate"]
    assert Response.objects.count() == 1


def test_two_pages_that_do_not_agree_wait_for_a_person(blank, bring, together: Browser) -> None:
    form, pdf = blank
    bring(jpeg(marked(scanned(pdf), form, future=None)))
    bring(jpeg(marked(scanned(pdf), form, future=1.0, relationships=9.0, daily_activities=2.0)), "other.jpg")
    first, second = Page.objects.order_by("made_at")
    assert (first.outcome, second.outcome) == ("conflict", "conflict")
    assert "Say which is right" in together.get(f"/measures/paper/pages/{second.pk}/").text
    together.post(f"/measures/paper/pages/{second.pk}/", {"do": "choose"})
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.aside_at is not None, second.outcome) == (True, "ok")


def test_whoever_is_not_on_the_team_sees_that_it_was_read_and_no_more(
    blank, bring, charlie: User, signed_in: Callable[[User], Browser], lead: User
) -> None:
    form, pdf = blank
    batch = bring(jpeg(marked(scanned(pdf), form, future=None)), by=charlie)
    page = signed_in(charlie).get(f"/measures/paper/files/{batch.pk}/").text
    assert "another team works with" in page
    assert "Rowan" not in page
    mark = Mark.objects.filter(settled="")[0]
    assert signed_in(charlie).get(f"/measures/paper/marks/{mark.pk}/").status_code == 404
    assert signed_in(charlie).post(f"/measures/paper/marks/{mark.pk}/", {"do": "missing"}).status_code == 404
    assert signed_in(lead).get(f"/measures/paper/marks/{mark.pk}/").status_code == 200


def test_forms_without_a_name_count_for_the_service_and_lead_to_nobody(
    service: Service, bring, together: Browser
) -> None:
    sent = {"service": service.pk, "measure": "service-evaluation", "copies": "2", **_today()}
    pdf = together.post("/measures/paper/print", sent)
    assert pdf["Content-Type"] == "application/pdf"
    first, second = PaperForm.objects.all()
    assert (first.client, second.client, first.service) == (None, None, service)
    bring(pdf_of(marked(scanned(pdf.content, 0), first), marked(scanned(pdf.content, 1), second)), "drop-in.pdf")
    for mark in Mark.objects.filter(settled=""):
        together.post(f"/measures/paper/marks/{mark.pk}/", {"mark": f"{mark.was:.1f}", "do": "keep"})
    assert not Response.objects.exists()
    assert not Task.objects.exists()
    kept = UnnamedResponse.objects.all()
    assert [(one.service, len(one.answers)) for one in kept] == [(service, 11)] * 2
    assert {field.name for field in UnnamedResponse._meta.get_fields()} == {
        "key", "service", "instrument", "version", "answers", "month",
    }  # fmt: skip


def test_a_sure_mark_is_shown_now_and_then_without_what_was_read(
    blank, bring, together: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    form, pdf = blank
    monkeypatch.setattr(storing, "CHECKED", 1.0)
    bring(jpeg(marked(scanned(pdf), form)))
    mark = Mark.objects.filter(checked=True)[0]
    page = together.get(f"/measures/paper/marks/{mark.pk}/").text
    assert "Say afresh where this mark is." in page
    assert 'name="mark" value=""' in page
    together.post(f"/measures/paper/marks/{mark.pk}/", {"mark": "5.1", "do": "keep"})
    other = Mark.objects.filter(checked=True, settled="")[0]
    together.post(f"/measures/paper/marks/{other.pk}/", {"mark": "8", "do": "keep"})
    assert sorted(ReadTwice.objects.values_list("agreed", flat=True)) == [False, True]
    said = " ".join(together.get("/measures/paper/how-well").text.split())
    assert "In the last 2 marks looked at twice, 1 was read wrong by more than 2 mm." in said


def _today() -> dict[str, str]:
    on = clock.today()
    return {"about_on_day": str(on.day), "about_on_month": str(on.month), "about_on_year": str(on.year)}


def test_both_pages_of_large_print_are_waited_for(episode: Episode, alice: User, bring, together: Browser) -> None:
    pdf = printed(episode, alice, large=True)
    form = PaperForm.objects.get()
    assert form.edition.pages == 2
    first = bring(jpeg(marked(scanned(pdf, 0), form, 1)))
    _keep_all(together)
    assert not Response.objects.exists()
    assert "Another page of this form has not come in yet" in together.get(f"/measures/paper/files/{first.pk}/").text
    bring(jpeg(marked(scanned(pdf, 1), form, 2)), "second.jpg")
    _keep_all(together)
    assert len(Response.objects.get().answers) == 11


def test_the_form_before_a_session_has_nine_lines_and_the_one_after_points_back_to_it(
    episode: Episode, alice: User, bring, together: Browser
) -> None:
    Occasion = Questionnaire.Occasion  # noqa: N806 - as it is called everywhere
    after_pdf = printed(episode, alice, occasion=Occasion.AFTER)
    after = PaperForm.objects.get()
    before_pdf = printed(episode, alice, occasion=Occasion.BEFORE)
    before = PaperForm.objects.exclude(pk=after.pk).get()
    bring(jpeg(marked(scanned(after_pdf), after)))
    bring(jpeg(marked(scanned(before_pdf), before)), "before.jpg")
    _keep_all(together)
    asked = {one.occasion: one for one in Questionnaire.objects.all()}
    assert asked["after"].before == asked["before"]
    assert Entry.objects.get(did="form.joined-to-its-before").details["form"] == asked["after"].pk
    assert {one.questionnaire.occasion: len(one.answers) for one in Response.objects.all()} == {
        "after": 11,
        "before": 9,
    }


def test_the_answers_are_kept_for_the_day_that_the_form_asks_about(
    episode: Episode, alice: User, bring, together: Browser
) -> None:
    then = clock.today() - timedelta(days=20)
    pdf = printed(episode, alice, about_on=then)
    bring(jpeg(marked(scanned(pdf), PaperForm.objects.get())))
    _keep_all(together)
    sent_at = Response.objects.get().sent_at
    assert sent_at is not None
    assert timezone.localtime(sent_at).date() == then


def test_boxes_are_read_and_land_as_choices(episode: Episode, alice: User, bring, together: Browser) -> None:
    Measure.objects.create(instrument="gad7", version=loader.load("gad7").version, on=True)
    pdf = printed(episode, alice, measure="gad7", occasion=Questionnaire.Occasion.ONCE)
    form = PaperForm.objects.get()
    bring(jpeg(ticked(scanned(pdf), form, 2.0)))
    for mark in Mark.objects.filter(settled=""):
        page = together.get(f"/measures/paper/marks/{mark.pk}/").text
        assert "Which box is marked?" in page
        together.post(f"/measures/paper/marks/{mark.pk}/", {"mark": "2", "do": "keep"})
    answers = Response.objects.get().answers
    assert [one for one in answers.values() if one != {"value": 2.0, "how": "choice"}] == []
    assert len(answers) == 7


def test_a_measure_whose_licence_has_ended_meanwhile_is_not_taken_in(
    blank, bring, together: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    form, pdf = blank
    monkeypatch.setattr("alongside.measures.actions.paper.landing.questions", lambda _asked: ())
    batch = bring(jpeg(marked(scanned(pdf), form)))
    _keep_all(together)
    assert not Response.objects.exists()
    assert "the licence of this measure has ended" in together.get(f"/measures/paper/files/{batch.pk}/").text


def test_somebody_else_is_asked_to_look_and_the_mark_stays_open(
    blank, bring, together: Browser, signed_in: Callable[[User], Browser], bob: User, team
) -> None:
    form, pdf = blank
    bring(jpeg(marked(scanned(pdf), form, future=None)))
    _keep_all(together, "future")
    mark = Mark.objects.get(item="future")
    together.post(f"/measures/paper/marks/{mark.pk}/", {"do": "another"})
    assert "Nothing to look at" in together.get("/measures/paper/look", follow=True).text
    assert not Response.objects.exists()
    his = signed_in(bob)
    assert "Alice Adeyemi asks for a second look" in his.get("/measures/paper/look", follow=True).text
    his.post(f"/measures/paper/marks/{mark.pk}/", {"do": "unreadable"})
    assert "future" not in Response.objects.get().answers


def test_nothing_that_was_typed_is_lost_and_what_is_in_the_record_stays(landed: Response, together: Browser) -> None:
    mark = Mark.objects.get(item="future")
    said = together.post(f"/measures/paper/marks/{mark.pk}/", {"mark": "1", "do": "keep"}, follow=True)
    assert "in the record already" in said.text
    landed.refresh_from_db()
    assert landed.answers["future"]["value"] == pytest.approx(8.7, abs=0.051)


def test_the_audit_holds_no_value_and_no_name(landed: Response, client_of_alice: Client) -> None:
    rows = [str(row.details) + row.did + row.subject for row in Entry.objects.filter(did__startswith="paper")]
    assert len(rows) >= 3
    assert not [row for row in rows if "Rowan" in row or "8.7" in row or "2.4" in row]


def _keep_all(browser: Browser, *but: str) -> None:
    """Keep every mark that waits as it was read."""
    for mark in Mark.objects.filter(settled="").exclude(item__in=but):
        browser.post(f"/measures/paper/marks/{mark.pk}/", {"mark": f"{mark.was:.1f}", "do": "keep"})


def test_a_page_that_is_in_the_record_is_not_thrown_away(landed: Response, together: Browser) -> None:
    page = Page.objects.get()
    said = together.post(f"/measures/paper/pages/{page.pk}/", {"do": "aside"}, follow=True).text
    assert "Put it right there" in said
    assert "Throw this page away" not in said
    page.refresh_from_db()
    assert page.aside_at is None


def test_what_waits_stands_on_the_workers_own_page(blank, bring, together: Browser) -> None:
    form, pdf = blank
    assert "to look at" not in together.get("/today").text
    bring(jpeg(marked(scanned(pdf), form, future=None)))
    assert "marks to look at" in together.get("/today").text.replace("1 mark to", "1 marks to")


def test_a_form_is_printed_from_a_session_and_lands_on_its_day(episode: Episode, bring, together: Browser) -> None:
    then = clock.now() - timedelta(days=3)
    session = Contact.objects.create(episode=episode, starts_at=then, mode="phone", outcome="came")
    page = together.get(f"/clients/{episode.client_id}/contacts/{session.pk}").text
    where = f"/clients/{episode.client_id}/forms/print?contact={session.pk}"
    assert f'href="{where}"' in page
    on = timezone.localtime(then).date()
    offered = together.get(where).text
    assert "It is filled in for the session on" in offered
    assert f'name="about_on_day" value="{on.day}"' in " ".join(offered.split()) or f'value="{on.day}"' in offered
    sent = {
        "measure": "service-evaluation", "occasion": "after", "about_on_day": str(on.day),
        "about_on_month": str(on.month), "about_on_year": str(on.year),
    }  # fmt: skip
    pdf = together.post(where, sent).content
    bring(jpeg(marked(scanned(pdf), PaperForm.objects.get())))
    _keep_all(together)
    asked = Response.objects.get().questionnaire
    assert (asked.episode, asked.occasion, timezone.localtime(asked.opened_at).date()) == (episode, "after", on)
