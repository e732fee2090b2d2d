"""The document shows every voice that may be printed, its links lead both ways, and once issued it stays as it is."""

import csv
import io
import json
import re
from collections.abc import Callable
from html import unescape
from itertools import pairwise

import docx
import pikepdf
import pypdfium2
import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.access.models import User
from alongside.audit.models import Entry
from alongside.voice.actions import documents, loading
from alongside.voice.loading import layout
from alongside.voice.loading.reading import read
from alongside.voice.loading.tests.texts import PRINTED
from alongside.voice.models import (
    Action,
    Board,
    Document,
    Group,
    KeyIssue,
    Note,
    Phase,
    Recommendation,
    Session,
    Theme,
    Total,
    Workshop,
)  # fmt: skip
from alongside.voice.queries.loading import as_written

pytestmark = pytest.mark.django_db
TELLING = "ring me on 01632 960 123 after work"


@pytest.fixture
def workshop(lead: User) -> Workshop:
    """A loaded one, in which two pairs' notes are joined to a theme that led to an issue."""
    text = PRINTED.replace("Nobody asks the tenants", TELLING)
    made = loading.load(boards=read(text).boards, title="Warm homes", leads=[lead], agreed=True, by=lead.pk)
    rent = Theme.objects.get(title="Rent and heating")
    Note.objects.filter(board__kind=Board.Kind.BREAKOUT, place=1).update(theme=rent)
    KeyIssue.objects.filter(selected=True).update(theme=rent)
    return made


@pytest.fixture
def desk(signed_in: Callable[[User], Browser], lead: User) -> Browser:
    return signed_in(lead)


def note(text: str) -> Note:
    return next(one for one in Note.objects.all() if one.text == text)


def page(desk: Browser, workshop: Workshop, name: str = "document", *more: object) -> str:
    answer = desk.get(reverse(f"voice:{name}", args=[workshop.slug, *more]))
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def issue(desk: Browser, workshop: Workshop, **said: object) -> Document:
    decided = {note(TELLING).pk: "print", "read": "on"} | said
    answer = desk.post(reverse("voice:issue", args=[workshop.slug]), decided)
    assert answer.status_code == 302, re.findall(r"error[^<]*<[^<]*", answer.content.decode())
    return workshop.documents.first()


def test_every_voice_stands_in_the_draft_in_order(desk: Browser, workshop: Workshop) -> None:
    shown = page(desk, workshop)
    places = [
        shown.index(words) for words in ("the meter runs out", TELLING, "LETTERS/REPLIES", "ask the library", "Agree!")
    ]
    assert places == sorted(places)
    assert "This is a draft" in shown


def test_links_lead_from_a_note_to_the_issue_and_back(desk: Browser, workshop: Workshop) -> None:
    shown = page(desk, workshop)
    anchors, links = set(re.findall(r'id="([a-z]+-\d+)"', shown)), re.findall(r'href="#([a-z]+-\d+)"', shown)
    assert set(links) <= anchors

    def leads(start: str, end: str) -> bool:
        part = shown.split(f'id="{start}"', 1)[1]
        return f'href="#{end}"' in re.split(r'id="[a-z]+-\d+"', part, maxsplit=1)[0]

    chain = ["note-1", "theme-1", "issue-2"]
    board = re.search(r'id="(board-\d+)">WARM ROOMS', shown)
    assert board
    for here, there in [*pairwise(chain), ("issue-2", board[1]), ("theme-1", "board-4")]:
        assert (here, there, leads(here, there), leads(there, here)) == (here, there, True, True)


def test_notes_held_set_aside_taken_back_or_without_leave_are_not_in_it(desk: Browser, workshop: Workshop) -> None:
    for text, change in [
        ("Do landlords read letters?", {"state": "held"}), ("ask the library", {"state": "set_aside"}),
        ("still cold", {"withdrawn": True}), ("Good to have met", {"uses": ["analysis"]}),
    ]:  # fmt: skip
        Note.objects.filter(pk=note(text).pk).update(**change)
    shown = page(desk, workshop)
    for text in ("Do landlords read letters?", "ask the library", "still cold", "Good to have met"):
        assert text not in shown
    assert "the meter runs out" in shown


@pytest.mark.parametrize(
    ("voters", "votes", "said"),
    [
        (7, 4, "Fewer than 8 people voted"),
        (30, 4, "Votes: fewer than 8, of 30 voters."),
        (30, 0, "Votes: 0, of 30 voters."),
        (31, 14, "Votes: 15, of 30 voters."),
        (30, 29, "Nearly everybody of 30 voters, or everybody, chose it."),
    ],
)
def test_votes_are_told_by_the_house_rule_and_no_theme_is_lost(
    voters: int, votes: int, said: str, desk: Browser, workshop: Workshop
) -> None:
    phase = Phase.objects.get(kind=Phase.Kind.VOTE)
    Phase.objects.filter(pk=phase.pk).update(voters=voters)
    for theme in Theme.objects.all():
        Total.objects.create(phase=phase, theme=theme, votes=votes)
    shown = page(desk, workshop)
    assert shown.count(said) == 3
    assert [title for title in ("Rent and heating", "who reads letters?", "shame") if title not in shown] == []


def test_what_was_recommended_and_done_stands_under_its_issue(desk: Browser, workshop: Workshop, lead: User) -> None:
    advice = Recommendation.objects.create(key_issue=KeyIssue.objects.get(selected=True), text="Open the hall")
    Action.objects.create(recommendation=advice, what="Ask for the keys", owner=lead, due_on="2026-12-01")
    shown = page(desk, workshop)
    assert "What we recommend: Open the hall" in shown
    assert "What we do by 1 December 2026: Ask for the keys (Planned)" in shown


def test_each_note_that_may_tell_is_decided_on_before_it_is_issued(desk: Browser, workshop: Workshop) -> None:
    address = reverse("voice:issue", args=[workshop.slug])
    shown = page(desk, workshop, "issue")
    assert "a long number, as of a telephone (“01632 960 123”)" in shown
    assert "checked" not in shown
    refused = unescape(desk.post(address, {"also": note("still cold").pk}).content.decode())
    assert "Say for this note whether it is printed" in refused
    assert "Read the notes, and tick that you have" in refused
    assert re.search(rf'value="{note("still cold").pk}" checked', refused)
    assert not Document.objects.exists()


def test_what_is_left_out_stays_out_of_every_form_of_it(desk: Browser, workshop: Workshop, lead: User) -> None:
    made = issue(desk, workshop, **{note(TELLING).pk: "leave", "also": [note("still cold").pk]})
    assert (made.version, made.issued_by) == (1, lead)
    for words in (page(desk, workshop, "version", 1), *texts(desk, workshop)):
        assert "01632" not in words
        assert "still cold" not in words
        assert "the meter runs out - at night" in " ".join(words.split())
    again = page(desk, workshop, "issue")
    assert again.count("checked") == 2


def test_a_name_is_taken_out_of_every_form_of_it_and_stays_on_the_board(desk: Browser, workshop: Workshop) -> None:
    telling = note(TELLING)
    assert "01632 960 123</textarea>" in page(desk, workshop, "issue")
    address = reverse("voice:issue", args=[workshop.slug])
    for words, said in (("", "Write which words"), ("Wren Hill", "“Wren Hill” does not stand in this note")):
        sent = {telling.pk: "reword", f"words-{telling.pk}": words, "read": "on"}
        assert said in unescape(desk.post(address, sent).content.decode())
    assert not Document.objects.exists()
    issue(desk, workshop, **{telling.pk: "reword", f"words-{telling.pk}": "01632 960 123", "more": "Meter"})
    for words in (page(desk, workshop, "version", 1), *texts(desk, workshop)):
        plain = " ".join(words.split())
        assert "ring me on [name removed] after work" in plain
        assert "the [name removed] runs out" in plain
        assert "01632" not in plain
    telling.refresh_from_db()
    assert telling.text == TELLING
    again = page(desk, workshop, "issue")
    assert "01632 960 123\nMeter</textarea>" in again
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM voice_document")
        assert "01632 960" not in cursor.fetchone()[0]


@pytest.fixture
def held(lead: User) -> Workshop:
    """One that was held here: pairs whose notes were gathered on a wall, themes, a vote, and issues typed in."""
    made = Workshop.objects.create(slug="held", title="Held here", purpose="To hear one another")
    made.leads.add(lead)
    group = Group.objects.create(workshop=made, name="All")
    session = Session.objects.create(group=group, number=1)
    kinds = {kind: kind for kind in ("breakout", "vote", "key_issues")} | {"gather": "wall", "discuss": "discussion"}
    order = ("breakout", "gather", "vote", "discuss", "key_issues")
    phases = {
        kind: Phase.objects.create(session=session, place=place, kind=kind, question=f"Question {place}?")
        for place, kind in enumerate(order, 1)
    }
    boards = {
        kind: Board.objects.create(workshop=made, group=group, phase=phases[kind], kind=board, title=f"Board {kind}")
        for kind, board in kinds.items()
    }
    empty = Board.objects.create(
        workshop=made, group=group, phase=phases["breakout"], kind="breakout", title="Left pair", place=2,
        merged_into=boards["breakout"],
    )  # fmt: skip
    assert empty.merged_into
    light, unloved = (
        Theme.objects.create(group=group, title=title, place=place) for place, title in enumerate(["Light", "Quiet"])
    )
    old = Theme.objects.create(group=group, title="Lamps", merged_into=light)
    for place, text in enumerate(["more lamps", "less noise"]):
        Note.objects.create(
            board=boards["breakout"], text=text, place=place, theme=[old, unloved][place], uses=["verbatim"],
            entered_for=place == 1,
        )  # fmt: skip
    Note.objects.create(board=boards["discuss"], text="ask the hall", place=1, uses=["verbatim"])
    Board.objects.filter(pk=boards["discuss"].pk).update(about=old)
    Phase.objects.filter(kind="vote").update(voters=20)
    for theme, votes in ((light, 12), (unloved, 0)):
        Total.objects.create(phase=phases["vote"], theme=theme, votes=votes)
    said = {"tension": "It is dark.", "questions": ["Who pays?"]}
    KeyIssue.objects.create(group=group, title="Dark halls", theme=light, **said)
    return made


def test_one_that_was_held_here_is_told_the_same_way(desk: Browser, held: Workshop) -> None:
    shown = page(desk, held)
    told = [
        "To hear one another", "Question 1?", "Board breakout", "more lamps", "less noise",
        "written down for somebody by a facilitator", "Light</h3>", "Votes: 10, of 20 voters.", "Quiet</h3>",
        "Votes: 0, of 20 voters.", "Board discuss</h3>", "ask the hall", "Dark halls</h3>", "Who pays?",
    ]  # fmt: skip
    places = [shown.index(words) for words in told]
    assert places == sorted(places)
    for words in ("Left pair", "Lamps", "Board gather", "Board vote"):
        assert f">{words}<" not in shown
    assert shown.count('href="#theme-1">Theme: Light<') == 3  # from the note, the discussion and the issue


def test_one_that_was_held_here_is_written_out_as_a_past_one_is(held: Workshop) -> None:
    boards = as_written(held)
    assert [(board.kind, board.title, board.notes) for board in boards] == [
        ("breakout", "Board breakout", ("more lamps", "less noise")),
        ("vote", "Board vote", ("Quiet", "Light")[::-1]),
        ("discussion", "Board discuss", ("ask the hall",)),
        ("key_issues", "Dark halls", ("It is dark. Who pays?",)),
    ]
    assert read(layout.write(boards)).boards == boards


def test_a_key_issue_or_theme_told_by_one_note_is_left_out_with_it(desk: Browser, workshop: Workshop) -> None:
    vote, told = (
        note("who reads letters?"),
        note("Letters get no reply. WHO could read them with people? What are the PRINCIPLES?"),
    )
    issue(desk, workshop, also=[vote.pk, told.pk])
    for words in (page(desk, workshop, "version", 1).split('id="versions"')[0], *texts(desk, workshop)):
        assert "who reads letters?" not in words
        assert "Letters get no reply" not in words
        assert "ask the library" in words


def test_what_was_voted_on_is_printed_whole(desk: Browser, lead: User) -> None:
    long = "Should we " + "ask again and " * 12 + "again?"
    loading.load(boards=read(f"Vote\n\n{long}\n\ntea?").boards, title="Long", leads=[lead], agreed=True, by=lead.pk)
    assert long in page(desk, Workshop.objects.get(slug="long"))


def texts(desk: Browser, workshop: Workshop, version: int = 1) -> list[str]:
    """The words of the three files."""

    def taken(form: str) -> bytes:
        return desk.get(reverse("voice:document-file", args=[workshop.slug, version, form])).content

    pdf = " ".join(one.get_textpage().get_text_range() for one in pypdfium2.PdfDocument(taken("pdf")))
    word = "\n".join(line.text for line in docx.Document(io.BytesIO(taken("docx"))).paragraphs)
    return [pdf, word, taken("csv").decode()]


def test_the_pdf_is_tagged_and_its_links_and_those_of_the_docx_lead_somewhere(
    desk: Browser, workshop: Workshop
) -> None:
    issue(desk, workshop)
    pdf = desk.get(reverse("voice:document-file", args=[workshop.slug, 1, "pdf"]))
    assert pdf.headers["Content-Type"] == "application/pdf"
    with pikepdf.open(io.BytesIO(pdf.content)) as opened:
        assert opened.Root.MarkInfo.Marked
        assert str(opened.Root.Lang) == "en-GB"
        links = [one for each in opened.pages for one in each.get("/Annots", []) if one.Subtype == "/Link"]
    word = docx.Document(io.BytesIO(desk.get(reverse("voice:document-file", args=[workshop.slug, 1, "docx"])).content))
    lines = word.paragraphs
    bookmarks = set(re.findall(r'w:bookmarkStart [^>]*w:name="([^"]+)"', word.element.xml))
    leading = [link.fragment for line in lines for link in line.hyperlinks]
    assert set(leading) <= bookmarks
    assert len(links) >= len(leading) > 5
    assert [line.style.name for line in lines if line.text == "Warm homes"] == ["Heading 1"]


def test_the_table_has_a_row_for_each_note_in_order(desk: Browser, workshop: Workshop) -> None:
    issue(desk, workshop)
    rows = list(csv.DictReader(io.StringIO(texts(desk, workshop)[2])))
    assert [row["note"] for row in rows if row["kind"] == "breakout"] == [
        "the meter runs out - at night", "shame", "Do landlords read letters?", TELLING, "shame",
    ]  # fmt: skip


def test_an_issued_document_does_not_change_and_a_new_version_does(desk: Browser, workshop: Workshop) -> None:
    issue(desk, workshop)
    Workshop.objects.update(title="Another name")
    assert "Another name" in page(desk, workshop)
    first = page(desk, workshop, "version", 1)
    assert '<h1 dir="auto">Warm homes</h1>' in first
    assert issue(desk, workshop).version == 2
    assert issue(desk, workshop).version == 2  # nothing is new
    assert page(desk, workshop, "version", 1).count("Warm homes") >= 1


def test_a_version_whose_words_were_taken_back_is_shown_no_more(desk: Browser, workshop: Workshop) -> None:
    made = issue(desk, workshop)
    gone = note("the meter runs out - at night")
    Note.objects.filter(pk=gone.pk).update(withdrawn=True)
    for name, more in (("version", [1]), ("document-file", [1, "pdf"])):
        answer = desk.get(reverse(f"voice:{name}", args=[workshop.slug, *more]))
        assert answer.status_code in {404, 410}
        assert b"the meter" not in answer.content
    assert documents.take_back(note=gone.pk, by="test") == 1
    made.refresh_from_db()
    assert (made.content, gone.pk in made.notes) == ("", False)
    assert issue(desk, workshop).version == 2


def test_the_words_of_a_document_are_unreadable_in_the_database(desk: Browser, workshop: Workshop) -> None:
    issue(desk, workshop)
    stored = json.dumps(list(Document.objects.values_list("content", flat=True)), default=str)
    assert "meter" not in stored


def test_the_draft_asks_the_database_for_twelve_things_however_long_it_is(
    desk: Browser, workshop: Workshop, lead: User
) -> None:
    for issue_ in KeyIssue.objects.all():
        advice = Recommendation.objects.create(key_issue=issue_, text="Open the hall")
        Action.objects.create(recommendation=advice, what="Ask for the keys", owner=lead)
    page(desk, workshop)
    with CaptureQueriesContext(connection) as captured:
        page(desk, workshop)
    asked = [one["sql"] for one in captured if one["sql"].startswith(("SELECT", "INSERT", "UPDATE", "WITH"))]
    assert len(asked) <= 12


def test_nobody_else_finds_it(workshop: Workshop, bob: User, signed_in: Callable[[User], Browser]) -> None:
    from alongside.access.actions import add_user
    from alongside.access.roles import Role

    other = add_user(email="o@wrenstreet.example", name="Oz Other", role=Role.FACILITATOR, password="x" * 20, by="test")
    for user in (bob, other):
        for name in ("document", "issue"):
            assert signed_in(user).get(reverse(f"voice:{name}", args=[workshop.slug])).status_code == 404


def test_who_issued_it_and_who_looked_is_kept_without_a_word_of_it(
    desk: Browser, workshop: Workshop, lead: User
) -> None:
    before = Entry.objects.count()
    issue(desk, workshop)
    page(desk, workshop, "version", 1)
    desk.get(reverse("voice:document-file", args=[workshop.slug, 1, "csv"]))
    rows = list(Entry.objects.order_by("number")[before:])
    assert [row.did for row in rows] == ["document.issued", "document.viewed", "document.taken"]
    assert {row.by for row in rows} == {lead.pk}
    assert "meter" not in json.dumps([row.details for row in rows])
