"""How things have been: on a client's page and in lists, in one query, and never marked by a score."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.test import Client as Browser
from django.test import RequestFactory
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.access.models import User
from alongside.care.actions import episodes
from alongside.care.models import Client, Episode, Referral, Service
from alongside.care.tests.conftest import counted
from alongside.core import clock
from alongside.core.sockets import Shown, sockets
from alongside.instruments import loader
from alongside.measures import panel
from alongside.measures.models import Questionnaire
from alongside.measures.presenters.sentences import how_it_went

Occasion = Questionnaire.Occasion
FORM = loader.load("service-evaluation")
MOST = 12


@pytest.fixture
def show(client_of_alice: Client, alice: User) -> Callable[..., Shown]:
    """Return what the panel shows Alice of Rowan."""

    def shown(view: str = "", events: list[tuple[date, str]] | None = None, user: User = alice) -> Shown:
        request = RequestFactory().get("/", {"view": view})
        request.user, request.session = user, {}
        person = SimpleNamespace(pk=client_of_alice.pk, called="Rowan", events=events or [])
        return panel.show(request, person)

    return shown


def text(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_it_is_plugged_in() -> None:
    assert panel.PANEL in sockets.client_panels


def test_eleven_charts_in_three_groups_each_with_its_sentence(show, send_form, episode: Episode) -> None:
    for days, mark in ((42, 7.8), (28, 7.0), (14, 4.0), (0, 3.2)):
        send_form(episode, days, mark)
    body = show().body
    assert body.count('role="img"') == 11
    assert body.count("Lower than at the start: 7.8 then, 3.2 now.") == 11
    titles = ["The last fortnight: lower is easier", "The last fortnight: higher is easier"]
    assert [body.count(title) for title in [*titles, "That day’s session: higher is better"]] == [1, 1, 1]
    assert "They do not predict anything" in body
    assert "4 of 5 fortnightly forms" in text(body)


def test_every_chart_is_named_by_its_heading_and_sentence(show, send_form, episode: Episode) -> None:
    send_form(episode, 0)
    body = show().body
    for names in re.findall(r'aria-labelledby="(question-[^"]+)"', body):
        assert all(f'id="{name}"' in body for name in names.split())


def test_the_line_has_a_gap_where_a_form_or_an_answer_is_missing(show, send_form, episode: Episode) -> None:
    for days in (70, 56, 14, 0):
        send_form(episode, days)
    assert show().body.count("<polyline") == 22
    send_form(episode, 0, future=None)
    send_form(episode, 0)
    assert show().body.count("<polyline") == 22


def test_one_form_is_one_dot_and_no_average(show, send_form, episode: Episode) -> None:
    send_form(episode, 0)
    body = show().body
    assert body.count("<circle") == 11
    assert ">average<" not in body
    assert "One mark so far: 5.0." in body


def test_the_table_has_every_form_and_a_dash_for_a_missing_fortnight(show, send_form, episode: Episode) -> None:
    send_form(episode, 42, 7.0, suicidal_thoughts=None)
    late = send_form(episode, 0, 4.0)
    body = show("table").body
    assert "<svg" not in body
    assert body.count("<td") == 11 * 5
    assert body.count(">–<") == 22
    assert body.count(">7.0<") == 10
    assert body.count(">no mark<") == 1
    assert f"/responses/{late.pk}/" in body
    assert "Rowan’s average" in text(body)


def test_charts_and_table_are_links(show, send_form, episode: Episode) -> None:
    send_form(episode, 0)
    body = show("table").body
    assert 'href="?view=charts#how-things-have-been"' in body
    assert re.findall(r'aria-current="true">(\w+)', body) == ["Table"]


def test_the_form_after_a_session_stands_for_the_pair_in_the_charts(show, send_form, episode: Episode) -> None:
    send_form(episode, 0, 9.0, occasion=Occasion.BEFORE)
    send_form(episode, 0, 4.0, occasion=Occasion.AFTER)
    assert show().body.count("<circle") == 11
    assert "the dot is the one after" in show().body
    table = show("table").body
    assert table.count(">9.0<") == 9
    assert table.count(">not asked<") == 2


def test_what_happened_is_numbered_and_listed(show, send_form, episode: Episode) -> None:
    send_form(episode, 28)
    send_form(episode, 0)
    today = clock.today()
    long_ago = (episode.started_on - timedelta(days=300), "Before we met")
    body = show(events=[(today, "Moved <home>"), (today - timedelta(days=14), "Away"), long_ago]).body
    key = text(body[body.index("How to read these") :])
    assert "1 Away" in key
    assert "2 Moved &lt;home&gt;" in key
    assert "Before we met" not in body
    assert body.count('stroke="var(--grid)"') == 22


def test_since_last_time_and_what_is_due(show, send_form, episode: Episode, monkeypatch, noon, alice: User) -> None:
    assert show().since[0] == ("Form", "None yet")
    send_form(episode, 14)
    assert ("Form due", "Today") in show().since
    assert show().since[0][1].endswith("together")
    page = f"/clients/{episode.client_id}/forms"
    assert show().actions == (("Take a form", f"{page}/new"), ("Ask for a form", f"{page}/asked"))
    episodes.end(episode=episode, ended_on=clock.today(), ending=Episode.Ending.PLANNED, by=alice)
    assert [label for label, _ in show().since] == ["Form"]
    assert show().actions == ()


def test_a_form_begun_is_said_to_be_begun(show, asked: Questionnaire) -> None:
    assert [label for label, _ in show().since] == ["Form", "Form begun", "Form due"]


def test_a_service_without_the_form_shows_nothing(show, episode: Episode, send_form) -> None:
    send_form(episode, 0)
    service = episode.service
    service.uses_form = False
    service.save()
    assert (show().body, show().since) == ("", ())


def test_charlie_is_shown_nothing(show, send_form, episode: Episode, charlie: User) -> None:
    send_form(episode, 0)
    assert show(user=charlie) == Shown(body="")


# --- R1.1: nothing but numbers, places and the sentence differs because of a score


def shape(html: str) -> str:
    """The page without its sentences, its coordinates and its numbers."""
    html = re.sub(r'<p id="question-\d+-said">[^<]*</p>', "", html)
    html = re.sub(r'\b(points|cx|cy|x|y|y1|y2)="[^"]*"', r'\1=""', html)
    return re.sub(r">\s*\d+\.\d\s*<", "><", html)


marks = st.integers(0, 100).map(lambda tenths: tenths / 10)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(marks, min_size=4, max_size=4))
def test_no_class_colour_or_order_follows_a_score(
    show, send_form, episode: Episode, client_of_alice: Client, values: list[float]
) -> None:
    def pages(four: list[float]) -> tuple[str, str, dict[str, str], tuple]:
        Questionnaire.objects.all().delete()
        for days, mark in zip((56, 42, 14, 0), four, strict=True):
            send_form(episode, days, mark)
        keys = [client_of_alice.pk]
        table = re.sub(r"/responses/\w+/", "", show("table").body)
        return shape(show().body), shape(table), panel.column(keys), show().since

    assert pages(values) == pages([5.0, 5.0, 5.0, 5.0])


@given(st.lists(marks, max_size=30), st.sampled_from(FORM.items))
def test_a_sentence_says_where_and_never_what_it_means(values: list[float], item) -> None:
    sentence = how_it_went(item, values)
    assert sentence.endswith(".")
    assert len(sentence) <= 60
    judging = r"better|worse|improv|deteriorat|good|bad|risk|concern|severe(?! )|high\b|low\b"
    assert not re.search(judging, sentence.lower().replace(item.high_words, ""))
    if then_now := re.search(r"(Lower|Higher) than at the start: ([\d.]+) then, ([\d.]+) now", sentence):
        way, first, last = then_now.groups()
        assert (float(last) < float(first)) == (way == "Lower")
        assert (float(first), float(last)) == (values[0], values[-1])


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ([0.6, 0.4, 0.9, 0.0], "Near “not at all” on every form."),
        ([9.6, 9.4, 9.9], "Near “very often” on every form."),
        ([7.4, 8.6, 8.9, 9.1, 8.8, 9.3, 8.1], "Near “very often” on most forms."),
        ([2.0, 8.0, 2.0, 8.0, 2.5], "Up and down, with no clear direction."),
        ([2.0, 3.5], "Higher than at the start: 2.0 then, 3.5 now."),
        ([5.0, 5.5], "About the same throughout."),
    ],
)
def test_sentences(values: list[float], sentence: str) -> None:
    assert how_it_went(FORM.items[0], values) == sentence


# --- lists of clients


def test_the_column_shows_which_forms_came_back(send_form, episode: Episode, client_of_alice: Client) -> None:
    for days in (56, 42, 14):
        send_form(episode, days)
    cell = panel.column([client_of_alice.pk])[client_of_alice.pk]
    assert 'aria-label="3 of the last 4 forms came back"' in cell
    assert (cell.count("stroke-dasharray"), cell.count("--shape-d")) == (1, 3)
    assert "Due today" in cell


def test_the_column_keeps_to_eight_fortnights(send_form, episode: Episode, client_of_alice: Client) -> None:
    for days in range(0, 15 * 14, 14):
        send_form(episode, days)
    assert "8 of the last 8 forms" in panel.column([client_of_alice.pk])[client_of_alice.pk]


def test_a_client_of_another_service_has_no_dots(client_of_alice: Client, episode: Episode) -> None:
    episode.service.uses_form = False
    episode.service.save()
    assert "Not used here" in panel.column([client_of_alice.pk])[client_of_alice.pk]


def test_someone_who_came_back_is_counted_from_then(
    send_form, episode: Episode, client_of_alice: Client, alice: User, service: Service
) -> None:
    send_form(episode, 60)
    today = clock.today()
    episodes.end(episode=episode, ended_on=today - timedelta(days=50), ending=Episode.Ending.PLANNED, by=alice)
    again = episodes.refer(client=client_of_alice, way=Referral.Way.SELF, received_on=today, by=alice)
    episodes.start(referral=again, service=service, practitioner=alice, funder=None, started_on=today, by=alice)
    assert "None yet" in panel.column([client_of_alice.pk])[client_of_alice.pk]


def test_a_column_is_one_query_for_many(send_form, episode: Episode, client_of_alice: Client) -> None:
    with counted() as few:
        panel.column([client_of_alice.pk])
    for days in (28, 14, 0):
        send_form(episode, days)
    with counted() as many:
        cells = panel.column([client_of_alice.pk, *(f"{number:032}" for number in range(300))])
    assert (len(few), len(many), len(cells)) == (1, 1, 301)


def test_the_panel_is_one_query_at_3_and_at_30_forms(show, send_form, episode: Episode) -> None:
    costs = []
    for number in (3, 27):
        for days in range(number):
            send_form(episode, days)
        with counted() as statements:
            show()
        costs.append(len(statements))
    assert costs == [1, 1]


def test_every_page_keeps_to_its_queries(together: Browser, send_form, episode: Episode, asked: Questionnaire) -> None:
    together.get("/today")  # the first page of a session notes when it began
    together.get("/help")  # the organisation and its helplines are remembered for a minute
    costs: dict[str, list[int]] = {}
    for number in (3, 27):
        for days in range(number):
            last = send_form(episode, days, occasion=Occasion.AFTER)
        pages = [f"/forms/{asked.pk}/{page}" for page in ("", "3/", "check", "later", "delete")]
        pages += [f"/clients/{episode.client_id}", f"/clients/{episode.client_id}?view=table"]
        for page in [*pages, f"/clients/{episode.client_id}/forms/new", "/today"]:
            with counted() as statements:
                assert together.get(page).status_code == 200
            costs.setdefault(page, []).append(len(statements))
        for page in (f"/responses/{last.pk}/", f"/responses/{last.pk}/3/correct"):
            with counted() as statements:
                assert together.get(page).status_code == 200
            costs.setdefault(page.partition(last.pk)[2], []).append(len(statements))
    assert {page: cost for page, cost in costs.items() if cost[0] != cost[1] or cost[0] > MOST} == {}


def test_keeping_an_answer_and_sending_are_cheap_too(together: Browser, say, asked: Questionnaire) -> None:
    together.get("/today")
    with counted() as keeping:
        say(1, mark="5")
    with counted() as sending:
        together.post(f"/forms/{asked.pk}/send")
    assert len(keeping) <= MOST
    assert len(sending) <= MOST
