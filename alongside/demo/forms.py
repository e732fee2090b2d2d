"""Inventing forms: one a fortnight, some missing, some taken before and after a session, two put right."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.urls import reverse

from alongside.care.models import Contact, Episode
from alongside.demo.history import History, at, days
from alongside.demo.invented import words
from alongside.demo.invented.caseload import BETTER, CASELOAD, HARDER, ROWAN, ROWAN_EVERY, ROWAN_FIRST, Known
from alongside.demo.invented.organisation import AMARA
from alongside.instruments import loader
from alongside.measures.answers import How
from alongside.measures.models import Correction, Questionnaire, Response
from alongside.todo.models import Task

FORM = loader.load("service-evaluation")
KEYS = [item.key for item in FORM.items]
FORTNIGHT = 14
HOWS = {How.LINE: 50, How.TAPS: 20, How.NUMBER: 15, How.KEYS: 5, How.RADIO: 10}
BEFORE_AND_AFTER, NO_FORMS, ONE_FORM = 0.16, 0.07, 0.08
DECLINED, UNTOUCHED, DECLINED_WHEN_HARD = 0.012, 0.012, 0.04
SEEN_TO = 28  # days for which check-ins that were done are kept in the diary

type Marks = tuple[float, ...]


@dataclass
class Person:
    """Where somebody's marks began, and how they move from fortnight to fortnight."""

    starts: list[float]
    moves: list[float]
    wobble: list[float]

    def marks(self, history: History, fortnight: float) -> Marks:
        """Their marks after so many fortnights: never under 0 or over 10."""
        drawn = [
            start + move * fortnight + history.chance.gauss(0, wobble)
            for start, move, wobble in zip(self.starts, self.moves, self.wobble, strict=True)
        ]
        return tuple(round(min(10.0, max(0.0, mark)), 1) for mark in drawn)


def person(history: History, course: str) -> Person:
    """Somebody for whom things get better, harder, or stay about the same."""
    chance = history.chance
    pace = {BETTER: chance.uniform(0.12, 0.5), HARDER: -chance.uniform(0.04, 0.25)}.get(course, chance.gauss(0, 0.04))
    often = chance.gauss(5.6, 1.8)
    thoughts = chance.gauss(3.4, 1.8) if chance.random() > 0.35 else -3.0
    plans = chance.uniform(0.2, 2.2) if thoughts > 0 and chance.random() > 0.7 else -3.0
    easier = [chance.gauss(4.2, 1.5) for _ in range(5)]
    session = [chance.gauss(8.4, 0.9), chance.gauss(7.8, 1.1)]
    up = [pace * chance.uniform(0.3, 1.1) for _ in range(5)]
    return Person(
        starts=[often, often + chance.gauss(-0.8, 1.2), thoughts, plans, *easier, *session],
        moves=[-pace, -pace * 0.7, -pace * 0.3, -pace * 0.1, *up, 0.02, 0.03],
        wobble=[0.7, 0.9, 0.6, 0.3, 0.6, 0.6, 0.6, 0.6, 0.7, 0.6, 0.7],
    )


def of_known(history: History, episode: Episode, known: Known) -> None:
    """The forms of somebody on Amara's caseload; Rowan's are written out."""
    if known.known_as == "Rowan":
        rows = [(ROWAN_FIRST - ROWAN_EVERY * place, row) for place, row in enumerate(ROWAN) if row is not None]
        for ago, marks in rows:
            response = _sent(history, episode, at(history.today - days(ago), 12, 20), marks)
            response.answers = {key: {"value": mark, "how": How.LINE} for key, mark in zip(KEYS, marks, strict=True)}
        return
    whose = person(history, known.course)
    if known.check_in:
        whose.starts[2] = 3.5
    for fortnight, day in enumerate(_fortnights(history, episode)):
        if history.chance.random() < known.returns:
            _sent(history, episode, at(day, 12, 20), whose.marks(history, fortnight))


def by_chance(history: History, episode: Episode, met: list[Contact], course: str) -> None:
    """The forms of an episode: most come back, some never do."""
    chance = history.chance
    if not episode.service.uses_form or chance.random() < NO_FORMS:
        return
    whose, returns = person(history, course), chance.uniform(0.45, 0.97)
    due = _fortnights(history, episode)
    if chance.random() < ONE_FORM:
        due = due[:1]
    pair_at = chance.choice(met) if met and chance.random() < BEFORE_AND_AFTER else None
    for fortnight, day in enumerate(due):
        if pair_at and abs((pair_at.starts_at.date() - day).days) <= FORTNIGHT // 2:
            _before_and_after(history, episode, pair_at, whose.marks(history, fortnight))
            pair_at = None
        elif chance.random() < returns:
            _sent(
                history,
                episode,
                at(day, chance.randrange(10, 18), chance.randrange(60)),
                whose.marks(history, fortnight),
            )


def _fortnights(history: History, episode: Episode) -> list[date]:
    if not episode.service.uses_form:
        return []
    last = episode.ended_on or history.today - days(1)
    day, found = episode.started_on + days(history.chance.uniform(0, 4)), []
    while day <= last:
        found.append(day)
        day += timedelta(days=FORTNIGHT)
    return found


def _before_and_after(history: History, episode: Episode, met: Contact, marks: Marks) -> None:
    again = [min(10.0, max(0.0, round(mark + history.chance.gauss(0, 0.4), 1))) for mark in marks]
    occasion = Questionnaire.Occasion
    before = _sent(history, episode, met.starts_at - timedelta(minutes=8), marks[:9], occasion.BEFORE)
    after = met.starts_at + timedelta(minutes=met.minutes + 4)
    _sent(history, episode, after, tuple(again), occasion.AFTER, before=before.questionnaire)


def _sent(
    history: History,
    episode: Episode,
    when: datetime,
    marks: Marks,
    occasion: Questionnaire.Occasion = Questionnaire.Occasion.FORTNIGHT,
    before: Questionnaire | None = None,
) -> Response:
    opened = when - timedelta(minutes=history.chance.randrange(3, 9))
    questionnaire = Questionnaire(
        client=episode.client,
        episode=episode,
        instrument=FORM.key,
        version=FORM.version,
        occasion=occasion,
        before=before,
        reader=episode.practitioner,
        opened_by=episode.practitioner,
        opened_at=opened,
    )
    history.add(questionnaire, opened)
    given = Response.Given.TOGETHER if history.chance.random() < 0.6 else Response.Given.HANDED_OVER
    response = Response(questionnaire=questionnaire, given=given, sent_at=when, answers=_answers(history, marks))
    return history.add(response, opened)


def _answers(history: History, marks: Marks) -> dict[str, dict[str, object]]:
    chance, usual = history.chance, history.pick(HOWS)
    answers: dict[str, dict[str, object]] = {}
    for key, mark in zip(KEYS, marks, strict=False):
        drawn = chance.random()
        if drawn < (DECLINED_WHEN_HARD if key in FORM.check_in else DECLINED):
            answers[key] = {"declined": True}
        elif drawn < 1 - UNTOUCHED:
            answers[key] = {"value": float(round(mark)) if usual == How.RADIO else mark, "how": str(usual)}
    return answers


def put_right(history: History) -> None:
    """Two answers were wrong and were put right afterwards, with what they were and why."""
    sent = [one for one in history.all(Response) if "value" in one.answers.get("daily_activities", {})]
    for response, why in zip(history.chance.sample(sent, len(words.CORRECTED)), words.CORRECTED, strict=True):
        now = response.answers["daily_activities"]
        was = {"value": round(10 - now["value"], 1), "how": "line"}
        later = response.made_at + timedelta(hours=1)
        by = response.questionnaire.reader
        row = Correction(response=response, item="daily_activities", was=was, became=now, why=why, by=by, at=later)
        history.add(row, later)
        response.revision += 1


def check_ins(history: History) -> None:
    """Every form of late that asked for a check-in has one: seen to, or for a few still open today."""
    since = at(history.today - days(SEEN_TO), 0)
    latest: dict[str, Response] = {}
    for response in sorted(history.all(Response), key=lambda one: one.sent_at or since):
        if response.sent_at and response.sent_at > since and _asks(response):
            latest[response.questionnaire.client_id] = response
    known = {one.name for one in CASELOAD if one.check_in}
    waiting = [key for key, one in latest.items() if one.questionnaire.client.name in known]
    waiting += [key for key, one in latest.items() if one.questionnaire.reader.name != AMARA][-1:]
    for key, response in latest.items():
        _check_in(history, response, done=key not in waiting)


def _asks(response: Response) -> bool:
    return any(response.answers.get(key, {}).get("value", 0) > 0 for key in FORM.check_in)


def _check_in(history: History, response: Response, *, done: bool) -> None:
    form = response.questionnaire
    asked = response.sent_at or form.opened_at
    due = at(asked.date() + days(1), 16) if done else at(history.today, 16)
    task = Task(
        kind=Task.Kind.CHECK_IN,
        title=f"Please check in with {form.client.first_name}",
        subject_key=form.client_id,
        link=reverse("care:client", args=[form.client_id]),
        worker=form.reader,
        cover=history.house.lead(),
        due_at=due,
        done_at=due - timedelta(hours=3) if done else None,
        done_by=form.reader if done else None,
    )
    history.add(task, asked)
