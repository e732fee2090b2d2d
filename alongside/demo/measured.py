"""Inventing the other measures: two that some of Amara's people answer at reviews, and what is asked of them next."""

import random
from datetime import datetime

from alongside.care.models import Episode
from alongside.demo.history import History, at, days
from alongside.demo.invented.caseload import BETTER, CASELOAD, HARDER
from alongside.demo.invented.organisation import AMARA
from alongside.instruments import loader
from alongside.instruments.schema import Instrument
from alongside.measures.actions import library, schedules
from alongside.measures.models import Questionnaire, Response, Schedule

IN_USE = ("phq9", "gad7", "core10", "five_aspects")
ROWAN = {"phq9": (196, 20, 10), "gad7": (190, 20, 10), "core10": (188, 20, 10)}  # days ago, days between, how many
OTHERS = {"Ali Rahmani", "Gwen Tolland", "Ines Carvalho", "Niamh Doyle-Fenn"}
MOVES = {BETTER: -0.09, HARDER: 0.05}


def switch_on(history: History) -> None:
    """The measures that Wren Street uses."""
    for measure in IN_USE:
        version = loader.load(measure).version
        library.switch_on(measure=measure, version=version, services=[], was="", by=history.house.lead())


def invent(history: History) -> None:
    """Forms of people on Amara's caseload."""
    chance = random.Random("Measures of Wren Street")  # noqa: S311 - invented people need no secrecy
    known = {one.name: one for one in CASELOAD if one.name}
    for episode in history.all(Episode):
        one = known.get(episode.client.name)
        if one is None or episode.practitioner.name != AMARA:
            continue
        if one.known_as == "Rowan":
            for measure, (first, every, times) in ROWAN.items():
                for place in range(times):
                    when = at(history.today - days(first - every * place), 12, 10)
                    _sent(history, episode, measure, when, chance, level=1.9 - 0.13 * place)
        elif one.name in OTHERS:
            for place, ago in enumerate(range(one.weeks * 7 - 1, 0, -42)):
                level = 1.6 + MOVES.get(one.course, 0.0) * 4 * place
                _sent(history, episode, "phq9", at(history.today - days(ago), 12, 10), chance, level=level)


def ask(history: History) -> None:
    """What is asked of two of them from now on."""
    worked = Episode.objects.open().worked_by(history.house.staff[AMARA]).select_related("client", "service")
    for episode in worked:
        if episode.client.first_name == "Rowan":
            for measure, rhythm in (("phq9", Schedule.Rhythm.FORTNIGHT), ("gad7", Schedule.Rhythm.REVIEW)):
                schedules.ask_for(
                    episode=episode, measure=measure, rhythm=rhythm, first_on=history.today,
                    by=episode.practitioner,
                )  # fmt: skip


def _sent(
    history: History, episode: Episode, measure: str, when: datetime, chance: random.Random, *, level: float
) -> None:
    form = loader.load(measure)
    questionnaire = Questionnaire(
        client=episode.client, episode=episode, instrument=form.key, version=form.version,
        occasion=Questionnaire.Occasion.REVIEW, reader=episode.practitioner, opened_by=episode.practitioner,
        opened_at=when,
    )  # fmt: skip
    history.add(questionnaire, when)
    answers = {key: {"value": mark, "how": "choice"} for key, mark in _marks(form, chance, level).items()}
    given = Response.Given.ON_PAPER if measure == "core10" else Response.Given.TOGETHER
    history.add(Response(questionnaire=questionnaire, given=given, sent_at=when, answers=answers), when)


def _marks(form: Instrument, chance: random.Random, level: float) -> dict[str, float]:
    """Marks about a level on a scale of 0 to 3; a question that would open a check-in stays at its lowest."""
    turned = set(form.reversed)
    marks = {}
    for item in form.items:
        if item.key in form.check_in:
            marks[item.key] = item.low
            continue
        near = level / 3 * (item.high - item.low) + chance.gauss(0, 0.6)
        mark = float(round(min(item.high, max(item.low, near))))
        marks[item.key] = item.high - mark if item.number in turned or item.key in turned else mark
    return marks
