"""One client with something in every room, and every row that leads to them: found without asking the rooms."""

import json
import secrets
from collections.abc import Iterator
from datetime import timedelta
from functools import cache

from django.apps import apps
from django.db import models
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from alongside.access import emergencies
from alongside.access.models import KeptForm, OwnLink, User
from alongside.care.actions import contacts, goals
from alongside.care.models import Client, Contact, Episode
from alongside.core import clock
from alongside.instruments import loader
from alongside.measures import actions as measures
from alongside.measures.actions import library, schedules
from alongside.measures.answers import Answer
from alongside.measures.models import (
    Batch,
    Edition,
    Look,
    Mark,
    Measure,
    Page,
    PaperForm,
    Part,
    Questionnaire,
    Schedule,
)
from alongside.moderation import actions as guideline
from alongside.reporting.actions import grants
from alongside.reporting.models import Report
from alongside.rights.actions import consents, keeping, logs, requests
from alongside.rights.models import Certificate, Consent, Hold, KeepingTime, LeftOut, Opinion, Pause, Purpose, Request
from alongside.rights.queries import consents as wordings
from alongside.todo import actions as todo
from alongside.todo.models import Task
from alongside.voice.actions import documents, issues, loading, moderating, notes, themes, workshops
from alongside.voice.loading.reading import read
from alongside.voice.models import Board, Document, Workshop
from alongside.voice.queries.moderating import clauses

SHARED = {"audit.Entry"}  # what stays: it holds only keys
ABOUT_MANY = {"reporting.Report"}


def happen_to(episode: Episode, *, by: User, lead: User, stranger: User) -> None:
    """Let something of every kind happen to the client of this support."""
    client = episode.client
    contacts.record(
        episode=episode, starts_at=clock.now() - timedelta(days=1), minutes=50, mode=Contact.Mode.IN_PERSON,
        outcome=Contact.Outcome.CAME, place="Room 2", note="Came with Sasha from next door", by=by,
    )  # fmt: skip
    goal = goals.add(client=client, words="Sleep in my own room", added_on=clock.today(), by=by)
    goals.rate(goal=goal, rating=4, rated_on=clock.today(), by=by)
    goals.add_event(client=client, on=clock.today(), words="Moved into own flat", by=by)
    asked = measures.open_form(episode=episode, occasion=Questionnaire.Occasion.FORTNIGHT, by=by)
    response = measures.send(questionnaire=asked, by=by.pk)
    measures.correct(
        response=response, item=next(iter(_items())), became=Answer(value=3.0, how="line"), why="Read wrongly",
        revision=response.revision, by=by,
    )  # fmt: skip
    answer_in_words(episode, by=by)
    todo.ask(
        kind=Task.Kind.CHECK_IN, title="Please check in with Rowan", subject_key=client.pk,
        link=reverse("care:client", args=[client.pk]), worker=by, cover=lead, due_at=clock.now(), by=by.pk,
    )  # fmt: skip
    year = {"starts_on": clock.today() - timedelta(days=365), "ends_on": clock.today()}
    grant = grants.add(funder=episode.funder, title="Counselling", services=[], by=lead, **year)
    Report.objects.create(
        grant=grant, version=1, made_by=lead, page="<p>A report</p>", pdf=b"%PDF-", tables=b"PK", results={"n": 12},
        counts_to=clock.today(), clients=[client.pk, "f" * 32], **year,
    )  # fmt: skip
    KeptForm.objects.create(user=by, path=reverse("care:contact", args=[client.pk]), said='{"note": ["half a note"]}')
    KeptForm.objects.create(user=by, path=reverse("measures:check", args=[asked.pk]), said='{"q1": ["3"]}')
    OwnLink.objects.create(subject_key=client.pk, digest="d" * 64, ends_at=clock.now())
    emergencies.open_record(subject_key=client.pk, why="They rang and nobody else was there", by=stranger)
    paper_records(episode, by=by)
    asked = ask_about(client, by=by, lead=lead)
    requests.decide(request=asked, decision=Request.Decision.REFUSED, why="They have a copy of last week", by=lead)


def answer_in_words(episode: Episode, *, by: User) -> None:
    """Let them write something on a form, put it right, and be asked for it again."""
    Measure.objects.get_or_create(instrument="five_aspects", version="1", defaults={"on": True})
    asked = measures.open_form(episode=episode, occasion=Questionnaire.Occasion.ONCE, measure="five_aspects", by=by)
    said = Answer(text="On the bus, by the window")
    measures.answer(questionnaire=asked, item="situation", given=said, was="", by=by.pk)
    response = measures.send(questionnaire=asked, by=by.pk)
    measures.correct(
        response=response, item="situation", became=Answer(text="On the train"), why="Misheard",
        revision=response.revision, by=by,
    )  # fmt: skip
    schedules.ask_for(
        episode=episode, measure="five_aspects", rhythm=Schedule.Rhythm.ONCE, first_on=clock.today(), by=by
    )


def ask_about(client: Client, *, by: User, lead: User) -> Request:
    """Let them agree to something, ask for a copy, and be held."""
    consents.say(
        person=client.pk, wording=wordings.wording("evaluation"), answer=Consent.Answer.YES, how=Consent.How.PHONE,
        said_on=clock.today(), by=by,
    )  # fmt: skip
    consents.note_competence(
        person=client.pk, noted_on=clock.today(), why="Said what would happen", own_words="I want this for me",
        may_tell_parents=False, safeguarding_lead=lead, by=by,
    )  # fmt: skip
    asked = requests.take_in(person=client.pk, kind=Request.Kind.COPY, received_on=clock.today(), by=lead)
    requests.pause(request=asked, why=Pause.Why.IDENTITY, from_on=clock.today(), by=lead)
    requests.hear(
        request=asked, finding=Opinion.Finding.NO_HARM, who="Dr Ashdown", role="Their GP", given_on=clock.today(),
        by=lead,
    )  # fmt: skip
    requests.leave_out(
        request=asked, model="care.Client", record=client.pk, field="someone_close", why=LeftOut.Why.ANOTHER,
        reason="It is a friend’s number", by=lead,
    )  # fmt: skip
    keeping.keep_as(person=client.pk, time=None, died_on=None, by=lead)
    held = keeping.hold(person=client.pk, why="A claim", until_on=None, by=lead)
    keeping.lift(hold=held, by=lead)
    return asked


def rights_records(client: Client, *, by: User, lead: User) -> dict[str, object]:
    """The keys that the addresses of pages about rights name, all about one client where they are about anybody."""
    asked = ask_about(client, by=by, lead=lead)
    certificate = Certificate.objects.create(reference="0f" * 8, erased_at=clock.now(), why=Certificate.Why.TIME)
    return {
        "request": asked.pk, "about": "evaluation", "step": "identity",
        "kind": "care-client", "record": client.pk, "field": "someone_close",
        "hold": Hold.objects.get(person_key=client.pk).pk, "certificate": certificate.pk,
        "purpose": Purpose.objects.get(code="support").pk, "time": KeepingTime.objects.get(usual=True).pk,
        "complaint": logs.complain(words="You sent my letter to my neighbour").pk,
        "breach": logs.note_breach(noticed_at=clock.now(), what="A letter went astray", people=1, by=lead).pk,
    }  # fmt: skip


def rights_subject(page: str) -> str:
    """Which of them the key in the address of a page about rights is."""
    name = page.removeprefix("rights:")
    own = {"purpose", "time", "certificate", "complaint", "breach"}
    asked = {"request", "items", "leave_out", "release", "refuse", "copy", "step"}
    return name if name in own else "request" if name in asked else "client"


def rows_about(person: str) -> dict[str, set[str]]:
    """Every row of every table that holds this key, or the key of a row that does, however it holds it."""
    keys, found = {person}, dict[str, set[str]]()
    every = [(model._meta.label, row) for model in apps.get_models() for row in model._default_manager.all()]
    grown = True
    while grown:
        grown = False
        for label, row in every:
            if label in SHARED or str(row.pk) in found.get(label, ()) or not _names(row, keys):
                continue
            found.setdefault(label, set()).add(str(row.pk))
            if label not in ABOUT_MANY:
                keys.add(str(row.pk))
            grown = True
    return found


def _names(row: models.Model, keys: set[str]) -> bool:
    return any(key in text for text in _texts(row) for key in keys)


def _texts(row: models.Model) -> Iterator[str]:
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict | list):
            yield json.dumps(value)


def _items() -> list[str]:
    from alongside.instruments import loader

    return [item.key for item in loader.load("service-evaluation").items]


OWN_MEASURE = """key = "our_days"
name = "Our days"
version = "1"
informant = "the client"
reference_period = "the last week"
purpose = "How the days were."
not_for = "A diagnosis."
missing = "all"
scoring_source = "Written by us; not published"
items = [
  { key = "sleep", topic = "Sleep", wording = "I slept as I wanted to" },
  { key = "plans", topic = "Plans", wording = "I did what I had planned" },
  { key = "company", topic = "Company", wording = "I had company when I wanted it" },
]

[every_item]
kind = "choice"
options = ["Never", "Some days", "Most days"]

[[scores]]
key = "total"
name = "Total"
rule = "sum"
lower_is_better = false

[licence]
status = "wording supplied"
holder = "Our organisation"
terms = "Ours"
source = "Minutes of 3 March 2026"
date = "2026-03-03"
"""


def guideline_records(*, by: User) -> dict[str, object]:
    """A guideline that is in force, and the next one, version 3, which is being written."""
    guideline.publish(guideline=guideline.begin(by=by), in_force_from=clock.today(), by=by)
    draft = guideline.begin(by=by)
    return {"draft": draft.pk, "clause": draft.clauses.all()[0].pk}


def voice_records(*, by: User) -> dict[str, object]:
    """What the addresses of a workshop’s own pages name."""
    written = read("Pair 1\n\nmore light\n\nVote\n\na lamp\n")
    workshop = loading.load(boards=written.boards, title="Light", leads=[by], agreed=True, by=by.pk)
    issued = documents.issue(workshop=workshop, left_out=[], by=by)
    Document.objects.filter(pk=issued.pk).update(version=3)  # as the number in those addresses
    Workshop.objects.filter(pk=workshop.pk).update(state=Workshop.State.OPEN)
    on = {"signed_on": clock.today(), "review_on": clock.today() + timedelta(days=365)}
    workshops.sign(workshop=workshop, what="Tiredness", signed_by="Jo Marsh", by=by, **on)
    workshops.note_for_later(workshop=workshop, email="wren@example.org", needs="Captions")
    board = Board.objects.get(workshop=workshop, kind=Board.Kind.BREAKOUT)
    note = board.notes.get()
    held = notes.enter(board=board, text="a kettle", by=by)
    moderating.hold(note=held, clause=clauses()[0], reason="Say it another way", by=by)
    Workshop.objects.filter(pk=workshop.pk).update(said_is_public=True)
    issue = issues.add(group=board.group, title="More light", by=by)
    said = issues.recommend(issue=issue, text="A lamp at the door", by=by)
    done = issues.act(recommendation=said, what="Buy a lamp", owner=by, by=by)
    theme = themes.add(group=board.group, title="Light", by=by)
    return {
        "issue": issue.pk, "recommendation": said.pk, "action": done.pk, "theme": theme.pk,
        "slug": workshop.slug, "form": "csv", "code": workshop.code, "how": "up", "to": board.phase_id,
        "group": board.group_id, "session": board.phase.session_id, "part": board.phase_id, "board": board.pk,
        "note": note.pk,
    }  # fmt: skip


def voice_subject(page: str) -> str:
    """Which of them the key in the address of a workshop’s page is."""
    name = page.partition(":")[2]
    own = {
        "add-session": "group", "session": "session", "add-phase": "session", "put": "note", "move-note": "note",
        "take-away": "note", "theme": "theme", "issues": "group", "key-issue": "issue", "recommend": "issue",
        "switch": "issue", "act": "recommendation", "action": "action",
    }  # fmt: skip
    parts = {"phase", "pairs", "move", "step", "go-on", "talk"}
    notes = {"change", "take-back", "move"} if page.startswith("w:") else set()
    return "note" if name in notes else own.get(name, "part" if name in parts else "board")


def measure_records(*, by: User) -> dict[str, object]:
    """The keys that the addresses of pages about the measures themselves name."""
    row = library.add_own(form=loader.parse(OWN_MEASURE, "our_days.toml"), text=OWN_MEASURE, by=by)
    licence = library.record_licence(
        measure="our_days", holder="Our organisation", allows="Everything", kept_at="Blue folder",
        given_on=clock.today(), ends_on=None, by=by,
    )  # fmt: skip
    return {"instrument": row.instrument, "row": row.pk, "licence": licence.pk}


def paper_records(episode: Episode, *, by: User) -> dict[str, object]:
    """The keys that the addresses of pages about paper name: a form as it was printed, brought in, and half read.

    As they are kept: laying a form out takes a second, and who may open it does not depend on what it says.
    """
    line = {"id": "q1", "key": next(iter(_items())), "start_mm": [55, 60], "end_mm": [155, 60]}
    edition = Edition.objects.create(
        letters=secrets.token_hex(3), instrument="service-evaluation",
        version=loader.load("service-evaluation").version,
        layout=json.dumps({"page_mm": [210, 297], "form_id": "A", "items": [line]}),
    )  # fmt: skip
    form = PaperForm.objects.create(
        form_id=secrets.token_hex(8), edition=edition, client=episode.client, episode=episode,
        occasion=Questionnaire.Occasion.FORTNIGHT, about_on=clock.today(), printed_by=by,
    )  # fmt: skip
    batch = Batch.objects.create(brought_by=by, digest="d" * 64, standing=Batch.Standing.READ)
    page = Page.objects.create(
        batch=batch, number=1, outcome=Page.Outcome.OK, form=form, form_page=1, picture=b"a picture"
    )
    mark = Mark.objects.create(
        page=page, place=0, item=line["key"], was=4.2, status=Mark.Status.REVIEW, reason="The mark is faint.",
        strip=b"a strip", strip_at=530.0,
    )  # fmt: skip
    Look.objects.create(mark=mark, value=4.3, settled=Mark.Settled.MOVED, by=by)
    Part.objects.create(batch=Batch.objects.create(brought_by=by, digest="e" * 64), number=0, content=b"a part")
    return {"batch": batch.pk, "page": page.pk, "mark": mark.pk, "paper": form.pk}


def pages(
    patterns: list[URLPattern | URLResolver], space: str = "", above: tuple[str, ...] = ()
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every page of the site by its name, with the parts of its address that name a record."""
    for pattern in patterns:
        parts = (*above, *pattern.pattern.converters)
        if isinstance(pattern, URLResolver):
            below = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from pages(pattern.url_patterns, below, parts)
        else:
            yield f"{space}{pattern.name}", parts


def address(page: str, records: dict[str, object]) -> str:
    """Where a page is for these records."""
    room = page.partition(":")[0]
    subject = {"care": "client", "todo": "task", "measures": "asked", "reporting": "report", "access": "worker"}.get(
        room, ""
    )
    subject = {
        "measures:response": "response",
        "measures:correct": "response",
        "measures:paper-file": "batch",
        **dict.fromkeys(["measures:paper-page", "measures:paper-picture"], "page"),
        **dict.fromkeys(["measures:paper-mark", "measures:paper-strip"], "mark"),
        "measures:paper-rest": "paper",
        "reporting:make": "grant",
        "reporting:readers": "grant",
        "access:emergency": "emergency",
        **dict.fromkeys([page] if room == "rights" else [], rights_subject(page)),
        **dict.fromkeys([page] if room == "moderation" else [], "clause" if page.endswith("clause") else "draft"),
        **dict.fromkeys([page] if room in {"voice", "w"} else [], voice_subject(page)),
    }.get(page, subject)
    parts = {
        **records,
        "key": records.get(subject),
        "number": 3,
        "token": "spent",
        "pk": 0,
        "measure": "service-evaluation",
    }
    return reverse(page, kwargs={name: parts[name] for name in _every_page()[page]})


@cache
def _every_page() -> dict[str, tuple[str, ...]]:
    return dict(pages(get_resolver().url_patterns))
