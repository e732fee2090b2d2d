"""Words and lays out a funder's report, in the order of the design study's page."""

from dataclasses import replace
from datetime import datetime

from django.utils import timezone

from alongside.core.words import day
from alongside.evaluation import saying
from alongside.evaluation.evaluate import Evaluation
from alongside.evaluation.lines import over_100_days
from alongside.evaluation.overview import by_attribute, overview
from alongside.evaluation.report import GENTLE, answered, satisfaction_tables
from alongside.evaluation.results import Outcome, Satisfaction
from alongside.outcomes.disclosure import STRICT
from alongside.outcomes.words import NOT_SHOWN, capital, count
from alongside.press.document import Block, Caveat, Finding, Group, KeyNumbers, Report, Table
from alongside.reporting.figures import Figures
from alongside.reporting.models import Grant
from alongside.reporting.periods import Period, so_far
from alongside.reporting.presenters.groups import group_table
from alongside.reporting.presenters.leading import leading
from alongside.reporting.presenters.questions import each_question, other_rules, over_time
from alongside.reporting.reach import AGE

BANNER = f"Small numbers left out ({STRICT.name} rule)"
WITHHELD = "Not shown to the funder’s readers: beside another report it could say something about one person."
LEDE = (
    "We cannot say how much of that was our doing. "
    "This report says what people marked, how many did, and what we do not know."
)
WHO_IS_COUNTED = "Each person’s record is counted once, however many kinds of support they used."
SHARED = (
    "This funder has another grant over some of the same time and services. A record says who pays, not with which "
    "grant, so the same people stand in that grant’s report too: the two cannot be added up."
)
WHICH_FORMS = (
    "The forms are those that people sent in this time, within this support, with later corrections. Their first form "
    "is the first in this time. A form taken before a session is left out where the one after it was sent, which asks "
    "the same again; of two forms on one day the later counts."
)
WITHOUT_FORMS = {
    "nobody": "No support that this funder pays for went on in this time, so there is nothing to report yet.",
    "few": "So few people were supported that any number about them could point at one, so none is shown.",
    "no form": "Nobody sent a form in this time, so how things changed for people cannot be seen.",
}


def report(
    found: Figures,
    *,
    grant: Grant,
    period: Period,
    version: int,
    organisation: str,
    made_by: str,
    made_at: datetime,
    fingerprint: str,
    withheld: bool,
) -> Report:
    """Return a grant's report for a period, ready to be set."""
    evaluation = found.evaluation
    title = saying.headline(evaluation.results, evaluation.items) if evaluation else _title(found, grant, period)
    return Report(
        title=_so_far(title, found, period),
        lede=LEDE if evaluation else "",
        masthead=organisation,
        subject=f"{grant.title}: report to {grant.funder}, {period.words_to(found.until)}. Version {version}",
        banner=WITHHELD if withheld else BANNER,
        gentle=GENTLE if evaluation else "",
        blocks=(_reached(found, grant, period), *(_blocks(evaluation, found) if evaluation else [_without(found)])),
        caveats=tuple(Caveat(title=one.title, text=one.text) for one in evaluation.results.caveats)
        if evaluation
        else (),
        appendix=_appendix(evaluation, found) if evaluation else (),
        made=tuple(_made(found, period, version, made_by, timezone.localtime(made_at), fingerprint)),
    )


def _so_far(title: str, found: Figures, period: Period) -> str:
    """A time that is not over is not given as a whole one."""
    if found.until >= period.ends_on:
        return title
    return f"{capital(so_far(found.until))}: {title[:1].lower()}{title[1:]}"


def _title(found: Figures, grant: Grant, period: Period) -> str:
    who = {"nobody": "Nobody", "few": f"{capital(STRICT.hidden)} people"}.get(_why(found))
    if who:
        return f"{who} had support that {grant.funder} pays for, from {period.words}"
    return f"{count(found.reach.clients, '')} people were supported; nobody sent a form"


def _why(found: Figures) -> str:
    if found.few:
        return "few"
    return "no form" if found.reach.clients else "nobody"


def _without(found: Figures) -> Finding:
    """Say why there is no more, in place of everything that rests on forms."""
    title = {"no form": "What changed is not known"}.get(_why(found), "Why there is no more here")
    return Finding(title=title, lede="", figure=None, sentences=(WITHOUT_FORMS[_why(found)],), table=None)


def _reached(found: Figures, grant: Grant, period: Period) -> KeyNumbers:
    reach = found.reach
    hidden = NOT_SHOWN if found.few else STRICT.hidden  # of a few people nothing is shown, however large it is
    numbers = (
        (count(reach.clients, STRICT.hidden), "people supported"),
        (count(reach.referrals, hidden), "referrals that led to this support"),
        (count(reach.services, hidden), "services received, each once for each person"),
        (count(reach.contacts, hidden), "meetings and calls that they came to"),
    )
    said = [
        f"This is support that {grant.funder} pays for.",
        *(_who(found, grant, period) if reach.clients else []),
        WHO_IS_COUNTED,
        *([_nameless(found)] if reach.clients else []),
        *([_unnamed(found)] if not found.few and found.unnamed != 0 else []),
        *([SHARED] if found.shared else []),
        STRICT.sentence,
    ]
    title = "" if found.until >= period.ends_on else capital(so_far(found.until))
    return KeyNumbers(title=title, numbers=numbers, note=" ".join(said))


def _who(found: Figures, grant: Grant, period: Period) -> list[str]:
    """Say who is new; in a grant's first year everybody is."""
    if period.starts_on <= grant.starts_on:
        return []
    earlier = f"had such support earlier in the grant’s time, from {day(grant.starts_on)}"
    if found.reach.began is None or found.reach.continued is None:
        return [f"How many of these people {earlier}, is not shown: few had, or few had not."]
    began, continued = count(found.reach.began, ""), count(found.reach.continued, "")
    return [f"{capital(continued)} of these people {earlier}; {began} had not."]


def _nameless(found: Figures) -> str:
    if found.reach.nameless == 0:
        return "All of these records have a name."
    twice = "somebody who gave none and came again may stand here twice."
    if found.reach.nameless is None:
        return f"How many of these records have no name is not shown, since few have none or few have one: {twice}"
    return f"{capital(count(found.reach.nameless, ''))} of these records have no name: {twice}"


def _unnamed(found: Figures) -> str:
    """Say of the forms that lead to nobody how many came back, and that no other number counts them."""
    how_many = "A few" if found.unnamed is None else capital(count(found.unnamed, ""))
    return (
        f"{how_many} forms without a name came back on paper in the same services and months, whoever pays for them. "
        "They belong to nobody, so nothing about change rests on them."
    )


def _blocks(evaluation: Evaluation, found: Figures) -> list[Block]:
    results, items = evaluation.results, evaluation.items
    outcomes = overview(results, evaluation.instrument, items)
    groups = [group_table(attribute, levels, evaluation) for attribute, levels in found.groups.items()]
    return [
        answered(results),
        *leading(evaluation),
        replace(_in_the_funders_words(outcomes, results.outcomes), notes=(*outcomes.notes, WHICH_FORMS)),
        *satisfaction_tables(replace(results, satisfaction=tuple(map(_by_age, results.satisfaction)))),
        *groups,
        each_question(evaluation),
    ]


def _appendix(evaluation: Evaluation, found: Figures) -> tuple[Table, ...]:
    by = [
        replace(table, title=f"Each question by {table.columns[0].title.lower()}")
        for table in by_attribute(evaluation.results)
    ]
    return (*over_time(evaluation, found.unreached), over_100_days(evaluation.results), other_rules(evaluation), *by)


def _by_age(found: Satisfaction) -> Satisfaction:
    return replace(found, by={AGE: found.by[AGE]})


def _in_the_funders_words(table: Table, outcomes: tuple[Outcome, ...]) -> Table:
    """Where a funder has a title of their own for an outcome, quote it beside ours, once and as theirs."""
    theirs = {
        one.title: f"{one.title} (a funder’s title: “{one.funder_title}”)" for one in outcomes if one.funder_title
    }
    groups = tuple(Group(title=theirs.get(group.title, group.title), rows=group.rows) for group in table.groups)
    return replace(table, groups=groups)


def _made(found: Figures, period: Period, version: int, made_by: str, made_at: datetime, fingerprint: str) -> list[str]:
    evaluation, on = found.evaluation, made_at.date()
    over = f" This time is not over: the figures end on {day(found.until)}." if found.until < period.ends_on else ""
    made = [f"Issued {day(on)}, version {version}, made by {made_by} from the records held then.{over}"]
    if evaluation and evaluation.instrument:
        form = evaluation.instrument
        made.append(f"{form.name}: {form.licence.terms}. Improved: {form.improved_by_source}.".replace("..", "."))
        made.append("Change is the last form minus the first. Fortnight n covers days 14n − 7 to 14n + 6.")
    made.append(f"Small numbers: {STRICT.name} rule. The figures’ SHA-256 fingerprint is {fingerprint}.")
    return made
