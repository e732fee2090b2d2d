"""Key issues: proposing, wording and selecting them; what is recommended, and what is done about it."""

from django.db import transaction
from django.db.models import Max

from alongside.access.models import User
from alongside.audit import actions as audit
from alongside.voice import refusals
from alongside.voice.actions import talks
from alongside.voice.live import events
from alongside.voice.models import Action, Board, Group, KeyIssue, Phase, Recommendation, Workshop
from alongside.voice.queries import themes as queries
from alongside.voice.refusals import Refused

MOST = 60


@transaction.atomic
def propose(*, board: Board, **said: object) -> KeyIssue:
    """Propose a key issue on the board of a group; nothing says who did."""
    events.hold(board)
    phase = Phase.objects.filter(boards=board.pk, kind=Phase.Kind.KEY_ISSUES).first()
    if phase is None or not phase.open or KeyIssue.objects.filter(group=board.group_id).count() >= MOST:
        raise Refused(refusals.NO_PROPOSALS, status=409)
    issue = _saved(board.group_id or "", held=phase.held_first, **said)
    audit.note_for_the_day(board=board.pk, kind="issue.proposed")
    _tell(issue)
    return issue


@audit.recorded
def add(*, group: Group, by: User, **said: object) -> KeyIssue:
    """Write a key issue down for a group."""
    issue = _saved(group.pk, held=False, **said)
    _record("key-issue.added", issue, by)
    _tell(issue)
    return issue


@audit.recorded
def change(*, issue: KeyIssue, by: User, **said: object) -> KeyIssue:
    """Word a key issue differently."""
    held = KeyIssue.objects.select_for_update().get(pk=issue.pk)
    for name, value in said.items():
        setattr(held, name, value)
    held.full_clean()
    held.save(update_fields=list(said))
    _record("key-issue.changed", held, by)
    _tell(held)
    return held


@audit.recorded
def show(*, issue: KeyIssue, by: User) -> KeyIssue:
    """Show everybody a key issue that was waiting."""
    return _switched(issue, by, "key-issue.shown", held=False)


@audit.recorded
def hold(*, issue: KeyIssue, by: User) -> KeyIssue:
    """Take a key issue away from everybody’s eyes until it has been read again. It is not deleted."""
    return _switched(issue, by, "key-issue.held", held=True)


@audit.recorded
def select(*, issue: KeyIssue, by: User) -> KeyIssue:
    """Choose a key issue to be written under; where that part is open already, its board is laid out at once."""
    selected = _switched(issue, by, "key-issue.selected", selected=True)
    part = queries.where_written(selected.group)
    if part is not None and part.open and selected.board is None:
        talks.of_issue(part, selected)
    return selected


@audit.recorded
def leave(*, issue: KeyIssue, by: User) -> KeyIssue:
    """Choose it no more; a board that was laid out for it stays."""
    return _switched(issue, by, "key-issue.left", selected=False)


@audit.recorded
def recommend(*, issue: KeyIssue, text: str, by: User) -> Recommendation:
    """Write down what follows from a key issue."""
    last = Recommendation.objects.filter(key_issue=issue).aggregate(last=Max("place"))["last"] or 0
    made = Recommendation(key_issue=issue, text=text, place=last + 1)
    made.full_clean()
    made.save(force_insert=True)
    _record("key-issue.recommended", issue, by, recommendation=made.pk)
    return made


@audit.recorded
def act(*, recommendation: Recommendation, by: User, **said: object) -> Action:
    """Say what somebody here does about a recommendation."""
    made = Action(recommendation=recommendation, **said)
    made.full_clean()
    made.save(force_insert=True)
    audit.record(by=by.pk, did="action.added", subject=f"action:{made.pk}")
    return made


@audit.recorded
def change_action(*, action: Action, by: User, **said: object) -> Action:
    """Say how far it is, or anything else of it."""
    held = Action.objects.select_for_update().get(pk=action.pk)
    for name, value in said.items():
        setattr(held, name, value)
    held.full_clean()
    held.save(update_fields=list(said))
    audit.record(by=by.pk, did="action.changed", subject=f"action:{held.pk}", details={"fields": sorted(said)})
    return held


@audit.recorded
def make_public(*, workshop: Workshop, public: bool, by: User) -> None:
    """Show everybody what came of a workshop, or nobody outside."""
    Workshop.objects.filter(pk=workshop.pk).update(said_is_public=public)
    did = "workshop.result-published" if public else "workshop.result-taken-back"
    audit.record(by=by.pk, did=did, subject=f"workshop:{workshop.pk}")


def _switched(issue: KeyIssue, by: User, did: str, **to: bool) -> KeyIssue:
    held = KeyIssue.objects.select_related("group").get(pk=issue.pk)
    if all(getattr(held, name) == value for name, value in to.items()):
        return held
    for name, value in to.items():
        setattr(held, name, value)
    held.save(update_fields=list(to))
    _record(did, held, by)
    _tell(held)
    return held


def _saved(group: str, **said: object) -> KeyIssue:
    last = KeyIssue.objects.filter(group=group).aggregate(last=Max("place"))["last"] or 0
    issue = KeyIssue(group_id=group, place=last + 1, **said)
    issue.full_clean()
    issue.save(force_insert=True)
    return issue


def _tell(issue: KeyIssue) -> None:
    """Let whoever looks at the proposals know that they changed; what they say is read from the page."""
    for board in Board.objects.filter(group=issue.group_id, kind=Board.Kind.KEY_ISSUES).order_by("pk"):
        events.append(board=board, kind="issue", payload={"issue": issue.pk})


def _record(did: str, issue: KeyIssue, by: User, **details: object) -> None:
    audit.record(by=by.pk, did=did, subject=f"key_issue:{issue.pk}", details=details)
