"""A client's measures over time: right, complete, in the same few queries, and never marked by a score."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client as Browser

from alongside.access.models import User
from alongside.audit.models import Entry
from alongside.care.actions import goals
from alongside.care.models import Client, Episode
from alongside.care.tests.conftest import counted
from alongside.core import clock
from alongside.measures import actions
from alongside.measures.answers import Answer, How
from alongside.measures.models import Questionnaire
from alongside.measures.models.used import LicenceRecord, Measure

Occasion = Questionnaire.Occasion
MOST = 12


@pytest.fixture
def shown(together: Browser, client_of_alice: Client) -> Callable[..., str]:
    """Return the page as Alice reads it."""

    def read(view: str = "") -> str:
        answer = together.get(f"/clients/{client_of_alice.pk}/measures", {"view": view} if view else {})
        assert answer.status_code == 200
        return answer.content.decode()

    return read


def text(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).replace("&#39;", "’").split())


def section(html: str, key: str) -> str:
    return html.split(f' id="{key}" aria-labelledby')[1].partition("</section>")[0]


def test_nothing_yet_is_a_place_kept(shown) -> None:
    page = shown()
    assert "There is a place for the first one" in page
    assert re.findall(r'aria-current="page">(\w+)</a>', page)[-1:] == ["Measures"]


def test_a_measure_with_its_bands_its_ribbon_and_one_sentence(shown, send_measure, episode: Episode) -> None:
    for days, mark in ((60, 2), (30, 1), (0, 1)):
        send_measure(episode, "phq9", days, mark)
    page = section(shown(), "phq9")
    words = text(page)
    assert "The last 2 weeks. Answered by the client. 3 forms, " in words
    assert "9 lower. A move of 6 or more is beyond the measure’s own unsteadiness, so this is more than that." in words
    for band in ("minimal", "mild", "moderate", "moderately severe", "severe"):
        assert f">{band}</text>" in page
    assert "could be the measure’s own unsteadiness: less than 6 from the first score" in words
    assert "Bands: Kroenke, Spitzer and Williams 2001." in words
    assert "Unsteadiness: NHS Talking Therapies manual" in words
    assert 'font-weight="650">9</text>' in page
    assert (page.count("<circle"), page.count("<polyline")) == (3, 1)


def test_the_whole_range_is_drawn_however_little_moved(shown, send_measure, episode: Episode) -> None:
    send_measure(episode, "phq9", 30, 0)
    send_measure(episode, "phq9", 0, 3)
    page = section(shown(), "phq9")
    assert re.findall(r'<circle cx="([\d.]+)" cy="([\d.]+)"', page) == [("26.0", "150.0"), ("196.0", "10.0")]


def test_measures_stand_a_to_z_and_the_service_form_is_not_among_them(
    shown, send_form, send_measure, episode: Episode
) -> None:
    send_form(episode, 0)
    for measure in ("wsas", "phq9", "core10", "gad7"):
        send_measure(episode, measure, 0)
    assert re.findall(r'<h2 id="[^"]+-name">([^<]+)', shown()) == ["CORE-10", "GAD-7", "PHQ-9", "WSAS"]


def test_a_form_that_is_not_scored_is_a_gap_and_never_a_number(shown, send_measure, episode: Episode) -> None:
    for days in (60, 40):
        send_measure(episode, "gad7", days, 2)
    empty = send_measure(episode, "gad7", 20, 3, nervous=None)
    send_measure(episode, "gad7", 0, 2)
    page = section(shown(), "gad7")
    assert (page.count("<circle"), page.count("<polyline")) == (3, 1)
    table = section(shown("table"), "gad7")
    row = text(table.split(f"/responses/{empty.pk}/")[1].split("</tr>")[0])
    assert row.endswith("Not scored 6 of 7: question 1 is not answered")
    assert "18" not in row.split("Not scored")[1]


def test_the_table_has_every_form_with_its_band(shown, send_measure, episode: Episode) -> None:
    for days, mark in ((14, 2), (0, 1)):
        send_measure(episode, "phq9", days, mark)
    page = shown("table")
    assert '<svg class="chart' not in page
    assert re.findall(r'aria-current="true">(\w+)', page) == ["Table"]
    words = text(section(page, "phq9"))
    assert "18 9 of 9; moderately severe" in words
    assert "9 9 of 9; mild" in words


def test_a_correction_changes_the_line(shown, send_measure, episode: Episode, alice: User) -> None:
    first = send_measure(episode, "gad7", 20, 2)
    send_measure(episode, "gad7", 0, 2)
    assert "14 on" in text(shown())
    actions.correct(
        response=first, item="nervous", became=Answer(value=0.0, how=How.CHOICE), why="Misread",
        revision=first.revision, by=alice,
    )  # fmt: skip
    assert ": 2 higher." in text(shown())


def test_scores_on_four_and_on_five_questions_are_never_compared(shown, send_measure, episode: Episode) -> None:
    send_measure(episode, "wsas", 40, 8)
    send_measure(episode, "wsas", 20, 4, work=None)
    send_measure(episode, "wsas", 0, 5, work=None)
    page = section(shown(), "wsas")
    words = text(page)
    assert ": 4 higher. No published value says how much of that may be chance." in words
    assert "Forms scored on another number of questions are never compared with these." in words
    assert (page.count("<circle"), page.count("<polyline")) == (3, 1)
    assert "never compared with a score on five" in text(section(shown("table"), "wsas"))


def test_no_ribbon_where_nothing_is_published(shown, send_measure, episode: Episode) -> None:
    send_measure(episode, "bdi2", 20)
    send_measure(episode, "bdi2", 0)
    page = section(shown(), "bdi2")
    assert "unsteadiness" not in page
    assert "var(--band-1)" not in page


def test_many_scores_are_small_multiples_without_a_total(shown, send_measure, episode: Episode) -> None:
    send_measure(episode, "upps_p", 20, 1)
    send_measure(episode, "upps_p", 0, 2)
    page = section(shown(), "upps_p")
    assert page.count('role="img"') == 5
    assert "1 to 4; lower is easier" in text(page)
    assert "Total" not in text(page)


def test_a_form_about_how_somebody_is_has_no_line(shown, send_measure, episode: Episode) -> None:
    send_measure(episode, "aq_adult", 20, 0)
    send_measure(episode, "isas", 10, 2)
    page = shown()
    assert '<svg class="chart' not in page
    assert 'aria-label="Show as"' not in page
    words = text(section(page, "aq_adult"))
    assert "no line is drawn" in words
    assert "A published cut-off is 32: 80% of an autistic group" in words
    assert "it is no diagnosis." in words
    assert "Total 24" in words
    assert "Affect regulation 6" in text(section(page, "isas"))


def test_a_score_that_is_withheld_says_why(shown, send_measure, episode: Episode) -> None:
    send_measure(episode, "aq_child", 0, 2)
    words = text(section(shown(), "aq_child"))
    assert "Not scored: key not confirmed." in words
    assert "Total Not scored 50 of 50: key not confirmed" in words


def test_each_mark_stands_beside_its_goal(shown, send_measure, episode: Episode) -> None:
    send_measure(episode, "goals", 20, None, goal_1="Sleep", goal_1_near=3, goal_2="<b>Choir", goal_2_near=0)
    page = section(shown(), "goals")
    words = text(page)
    assert "First goal Sleep 3 out of 10" in words
    assert "Second goal &lt;b&gt;Choir 0 out of 10" in words
    assert "Third goal No words" in words
    assert "never scored" in words
    assert "<svg" not in page


def test_five_numbers_side_by_side_without_a_total(shown, send_measure, episode: Episode, alice: User) -> None:
    LicenceRecord.objects.create(
        instrument="ssf4", holder="CAMS-care", allows="Electronic use", kept_at="The safe", recorded_by=alice,
        given_on=clock.today() - timedelta(days=90), made_at=clock.now() - timedelta(days=80),
    )  # fmt: skip
    for days, mark in ((20, 4), (0, 2)):
        send_measure(episode, "ssf4", days, mark, kept="In the blue cupboard")
    page = section(shown(), "ssf4")
    words = text(page)
    assert page.count('role="img"') == 5
    assert "1 to 5" in words
    assert words.count(": 2 lower.") == 5
    assert words.count("In the blue cupboard") == 2
    assert "10" not in re.sub(r"\d+ \w+ \d{4}|on \d+ \w+", "", words)
    assert "otal" not in words


def test_a_note_without_a_licence_is_a_note_and_no_empty_chart(shown, send_measure, episode: Episode) -> None:
    send_measure(episode, "ssf4", 0, None, kept="In the blue cupboard")
    for view in ("charts", "table"):
        page = section(shown(view), "ssf4")
        assert "In the blue cupboard" in text(page)
        assert ("<svg" in page, "<table" in page) == (False, False)


def test_words_about_one_moment_are_listed_by_date(shown, send_measure, episode: Episode) -> None:
    send_measure(episode, "five_aspects", 3, None, situation="The bus was late", thoughts="Here we go")
    words = text(section(shown(), "five_aspects"))
    assert "What was going on The bus was late" in words
    assert "Body No words" in words


def test_the_form_after_a_session_stands_for_the_pair(shown, send_measure, episode: Episode) -> None:
    send_measure(episode, "gad7", 30, 3)
    send_measure(episode, "gad7", 0, 3, occasion=Occasion.BEFORE)
    send_measure(episode, "gad7", 0, 1, occasion=Occasion.AFTER)
    page = shown()
    assert section(page, "gad7").count("<circle") == 2
    assert "21 on" in text(page)
    assert ": 14 lower." in text(page)
    assert "the dot is the one after" in page
    assert section(shown("table"), "gad7").count("<tr>") == 4


def test_versions_stand_by_themselves(shown, send_measure, episode: Episode) -> None:
    first, second = (OWN.replace('version = "1"', f'version = "{number}"') for number in (1, 2))
    Measure.objects.create(instrument="wren", version="1", definition=first, on=True)
    send_measure(episode, "wren", 20, 1)
    Measure.objects.filter(instrument="wren").update(on=False)
    Measure.objects.create(instrument="wren", version="2", definition=second, on=True)
    send_measure(episode, "wren", 0, 3)
    page = shown()
    assert re.findall(r'<section class="one[^"]*" id="([^"]+)"', page) == ["wren", "wren-2"]
    assert "This is version 2. Scores of different versions are never compared" in text(section(page, "wren"))
    assert page.count('-said">One form so far: ') == 4  # two questions, each by itself


def test_what_happened_is_numbered_alike_in_every_chart(
    shown, send_measure, episode: Episode, client_of_alice: Client, alice: User
) -> None:
    today = clock.today()
    for days, words in ((100, "Before"), (40, "Moved <home>"), (10, "Away")):
        goals.add_event(client=client_of_alice, on=today - timedelta(days=days), words=words, by=alice)
    for days in (60, 0):
        send_measure(episode, "phq9", days)
    for days in (20, 0):
        send_measure(episode, "gad7", days)
    page = shown()
    key = text(page[page.index("How to read these") :])
    assert "1 Moved &lt;home&gt;" in key
    assert "2 Away" in key
    assert "Before" not in key
    numbers = {name: re.findall(r'font-weight="600">(\d)<', section(page, name)) for name in ("phq9", "gad7")}
    assert numbers == {"phq9": ["1", "2"], "gad7": ["2"]}


def test_every_chart_is_named_by_its_heading_and_sentence(shown, send_measure, episode: Episode) -> None:
    for measure in ("phq9", "upps_p"):
        send_measure(episode, measure, 0)
    page = shown()
    named = re.findall(r'role="img" aria-labelledby="([^"]+)"', page)
    assert len(named) == 6
    assert all(page.count(f'id="{name}"') == 1 for names in named for name in names.split())


def test_one_look_is_one_row_in_the_audit(shown, send_measure, episode: Episode) -> None:
    send_measure(episode, "phq9", 0)
    before = Entry.objects.count()
    shown()
    rows = Entry.objects.order_by("number")[before:]
    assert [(row.did, row.details) for row in rows] == [("client.viewed", {"page": "measures"})]


def test_a_stranger_finds_no_such_page(signed_in, charlie: User, client_of_alice: Client) -> None:
    assert signed_in(charlie).get(f"/clients/{client_of_alice.pk}/measures").status_code == 404


def test_the_overview_says_which_measures_came_back_and_nothing_of_what_they_say(
    together: Browser, send_measure, episode: Episode, client_of_alice: Client, noon
) -> None:
    page = f"/clients/{client_of_alice.pk}"
    assert "Other measures" not in together.get(page).content.decode()
    Measure.objects.create(instrument="wren", version="1", definition=OWN, on=True)

    def others(mark: int) -> str:
        Questionnaire.objects.all().delete()
        for days in (9, 2):
            send_measure(episode, "wren", days, mark)
            send_measure(episode, "gad7", days, mark)
        return together.get(page).content.decode().split('id="other-measures"')[1].split("</section>")[0]

    body = others(1)
    last = f"{noon - timedelta(days=2):%B %Y}"
    assert re.findall(r"<dt>([^<]+)", body) == ["GAD-7", "Wren Street check"]
    assert body.count(last) == 2
    assert f'href="{page}/measures#wren"' in body
    assert body == others(3)


def test_the_page_and_the_overview_keep_to_their_queries(
    together: Browser, send_measure, episode: Episode, client_of_alice: Client
) -> None:
    together.get("/today")  # the first page of a session notes when it began
    together.get("/help")  # the organisation and its helplines are remembered for a minute
    Measure.objects.create(instrument="wren", version="1", definition=OWN, on=True)
    costs = []
    for forms in (1, 5):
        for days in range(forms):
            for measure in ("phq9", "wren", "gad7"):
                send_measure(episode, measure, days)
            send_measure(episode, "five_aspects", days, None, situation="The bus")
        with counted() as page:
            together.get(f"/clients/{client_of_alice.pk}/measures")
        with counted() as overview:
            assert "Other measures" in together.get(f"/clients/{client_of_alice.pk}").content.decode()
        costs.append((len(page), len(overview)))
    assert costs[0] == costs[1]
    assert max(costs[0]) <= MOST


# --- R1.1: nothing but numbers, places, published names and the sentence differs because of a score


def shape(html: str) -> str:
    """The page without its sentences, coordinates, numbers, the names of bands in the table, and keys."""
    html = html.split("<main")[1].partition("</main>")[0]
    html = re.sub(r'<p id="[^"]+-said">[^<]*</p>', "", html)
    html = re.sub(r'\b(points|cx|cy|x|y|y1|y2|height)="[^"]*"', r'\1=""', html)
    html = re.sub(r"/responses/\w+/", "", html)
    html = re.sub(r'<span class="sub">[^<]*</span>', "", html)
    return re.sub(r">\s*\d+(\.\d+)?\s*<", "><", html)


@pytest.mark.parametrize("marks", [(0, 0), (3, 0), (0, 3), (2, 1)])
def test_no_class_colour_or_order_follows_a_score(
    shown, send_measure, episode: Episode, marks: tuple[int, int]
) -> None:
    def pages(first: int, last: int) -> tuple[str, str]:
        Questionnaire.objects.all().delete()
        for measure in ("phq9", "gad7", "core10"):
            send_measure(episode, measure, 20, first)
            send_measure(episode, measure, 0, last)
        return shape(shown()), shape(shown("table"))

    assert pages(*marks) == pages(1, 1)


OWN = """
key = "wren"
name = "Wren Street check"
version = "1"
informant = "the client"
reference_period = "this week"
items = [
  { topic = "Rest", wording = "I could rest" },
  { topic = "Company", wording = "I had company" },
]

[licence]
status = "open"
holder = "Wren Street"
terms = "Our own words"
source = "Wren Street"
date = "2026-01-01"

[every_item]
kind = "choice"
low = 0
high = 4
low_words = "not at all"
high_words = "very much"
lower_is_better = false
"""
