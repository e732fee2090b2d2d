"""Bringing in forms that were answered elsewhere: all of a file or none of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from alongside.access.models import User
from alongside.audit import actions as audit
from alongside.care.models import Client, Episode
from alongside.core import clock
from alongside.core.words import day
from alongside.instruments.exchange import Answered, Refused
from alongside.instruments.schema import Instrument
from alongside.measures.actions.forms import ask_to_check_in_about
from alongside.measures.answers import Answer
from alongside.measures.fortnights import DAYS
from alongside.measures.models import Questionnaire, Response, Words
from alongside.measures.queries import bringing_in as queries
from alongside.measures.queries.library import Known
from alongside.measures.travelling import arriving

MOST = 1000


@dataclass(frozen=True, kw_only=True)
class _Fitting:
    """A response and the support it belongs to."""

    came: Answered
    episode: Episode


@audit.recorded
def bring_in(*, known: Known, responses: Sequence[Answered], by: User) -> int:
    """Keep forms of one measure that were answered elsewhere; gives how many.

    Raises
    ------
    Refused : one of them is about nobody this person may see, is from a day without support or to come, or is here
    """
    if len(responses) > MOST:
        raise Refused([f"There are {len(responses):,} forms in the file. Bring in {MOST:,} at a time."])
    if known.note_only:
        raise Refused(
            [f"{known.form.name} needs {known.form.licence.needs} on record first. Record it, then try again."]
        )
    for one in _fitting(known, responses, by):
        _keep(known.form, one, by)
    return len(responses)


def _fitting(known: Known, responses: Sequence[Answered], by: User) -> list[_Fitting]:
    clients = queries.by_code(by, {one.person for one in responses})
    support = queries.support(clients.values())
    here = queries.here(clients.values(), known.form.key)
    faults: list[str] = []
    found: list[_Fitting] = []
    for came in responses:
        on = timezone.localtime(came.on).date()
        client = clients.get(came.person)
        episode = _on(support.get(client.pk, []), on, known) if client else None
        said = _fault(came, on, client, episode, here)
        if said:
            faults.append(f"Response {came.key}: {said}")
        elif client and episode:
            here.add((client.pk, on))
            found.append(_Fitting(came=came, episode=episode))
    if faults:
        raise Refused(faults)
    return found


def _fault(
    came: Answered, on: date, client: Client | None, episode: Episode | None, here: set[tuple[str, date]]
) -> str:
    if client is None:
        return f"there is no {came.person} among the people you may see; correct the code."
    if came.on > clock.now():
        return f"{day(on)} is still to come; correct the date."
    if (client.pk, on) in here:
        return f"{came.person} has a form of {day(on)} here already; take one of them out."
    if episode is None:
        return f"{came.person} had no support on {day(on)} that uses this form; correct the date or the code."
    return ""


def _on(support: Iterable[Episode], on: date, known: Known) -> Episode | None:
    """The support that went on that day, the latest to begin first."""
    then = [one for one in support if one.started_on <= on and (one.ended_on is None or on <= one.ended_on)]
    offered = [one for one in then if known.offered_in(one.service)]
    return max(offered, key=lambda one: one.started_on, default=None)


def _keep(form: Instrument, one: _Fitting, by: User) -> None:
    came, episode = one.came, one.episode
    questionnaire = Questionnaire(
        client_id=episode.client_id, episode=episode, instrument=form.key, version=form.version,
        occasion=Questionnaire.Occasion.ONCE, reader=episode.practitioner, opened_by=by, opened_at=came.on,
    )  # fmt: skip
    questionnaire.full_clean()
    questionnaire.save(force_insert=True)
    said = arriving(form, came)
    kept = {name: stored for name, answer in said.items() if (stored := answer.to_keep())}
    response = Response(questionnaire=questionnaire, given=Response.Given.FROM_A_FILE, sent_at=came.on, answers=kept)
    response.full_clean()
    response.save(force_insert=True)
    for name, answer in said.items():
        if answer.text:
            written = Words(response=response, item=name, words=answer.text)
            written.full_clean()
            written.save(force_insert=True)
    audit.record(
        by=by.pk, did="form.brought-in", subject=f"client:{episode.client_id}", details={"response": response.pk}
    )
    _ask_about_what_is_new(questionnaire, said, came, by)


def _ask_about_what_is_new(questionnaire: Questionnaire, said: Mapping[str, Answer], came: Answered, by: User) -> None:
    """A form of the last fortnight is read now for the first time; about an older one nobody is asked to check in."""
    if came.on > clock.now() - timedelta(days=DAYS):
        ask_to_check_in_about(questionnaire, said, by=by.pk)
