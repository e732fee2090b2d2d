"""Complaints, breaches and the register of purposes."""

from datetime import datetime

from django.urls import reverse

from alongside.access.models import User
from alongside.audit import actions as audit
from alongside.core import clock
from alongside.rights.actions.once import made, named
from alongside.rights.models import Breach, Complaint, KeepingTime, Purpose
from alongside.rights.queries import logs as queries
from alongside.todo import actions as todo
from alongside.todo.models import Task

PUBLIC = "public"  # who did it, in the audit: nobody has signed in


@audit.recorded
def complain(*, words: str, name: str = "", reach: str = "", key: str = "") -> Complaint:
    """Take in a complaint. The same `key` sent twice is one."""
    if kept := made(Complaint, key):
        return kept
    complaint = Complaint(**named(key), received_on=clock.today(), words=words, name=name, reach=reach)
    complaint.full_clean()
    complaint.save(force_insert=True)
    audit.record(by=PUBLIC, did="complaint.received", subject=f"complaint:{complaint.pk}")
    _ask_to_read(complaint)
    return complaint


def _ask_to_read(complaint: Complaint) -> None:
    """Ask somebody who answers for rights; another covers."""
    leads = queries.answers_for_rights()
    if not leads:
        return
    todo.ask(
        kind=Task.Kind.COMPLAINT,
        title="Please read a complaint about data",
        subject_key=complaint.pk,
        link=reverse("rights:complaint", args=[complaint.pk]),
        worker=leads[0],
        cover=next(iter(leads[1:]), None),
        due_at=clock.next_working_afternoon(clock.now()),
        by=PUBLIC,
    )


@audit.recorded
def acknowledge(*, complaint: Complaint, by: User) -> None:
    """Note that they were told that we have it. Saying it twice changes nothing."""
    held = Complaint.objects.select_for_update().get(pk=complaint.pk)
    if held.acknowledged_on is None:
        held.acknowledged_on, held.acknowledged_by = clock.today(), by
        held.full_clean()
        held.save(update_fields=["acknowledged_on", "acknowledged_by"])
        audit.record(by=by.pk, did="complaint.acknowledged", subject=f"complaint:{held.pk}")
        _have_read(held, by=by)


@audit.recorded
def answer(*, complaint: Complaint, outcome: str, by: User) -> None:
    """Note what we answered, and when."""
    held = Complaint.objects.select_for_update().get(pk=complaint.pk)
    held.outcome, held.answered_on = outcome, held.answered_on or clock.today()
    held.full_clean()
    held.save(update_fields=["outcome", "answered_on"])
    audit.record(by=by.pk, did="complaint.answered", subject=f"complaint:{held.pk}")
    _have_read(held, by=by)


def _have_read(complaint: Complaint, *, by: User) -> None:
    """Whoever does something about it need not say on their list that they have read it."""
    for task in Task.objects.open().filter(kind=Task.Kind.COMPLAINT, subject_key=complaint.pk):
        todo.finish(task=task, by=by)


@audit.recorded
def note_breach(*, noticed_at: datetime, what: str, people: int | None, by: User, key: str = "") -> Breach:
    """Note a breach, as soon as it is noticed. The same `key` sent twice notes one."""
    if kept := made(Breach, key):
        return kept
    breach = Breach(**named(key), noticed_at=noticed_at, what=what, people=people, by=by)
    breach.full_clean()
    breach.save(force_insert=True)
    audit.record(by=by.pk, did="breach.noted", subject=f"breach:{breach.pk}")
    return breach


@audit.recorded
def go_on_with_breach(*, breach: Breach, by: User, **said: object) -> Breach:
    """Note what was done, and who was told when."""
    held = Breach.objects.select_for_update().get(pk=breach.pk)
    changed = sorted(name for name, value in said.items() if getattr(held, name) != value)
    if not changed:
        return held
    for name in changed:
        setattr(held, name, said[name])
    held.full_clean()
    held.save()
    audit.record(by=by.pk, did="breach.changed", subject=f"breach:{held.pk}", details={"fields": changed})
    return held


@audit.recorded
def confirm(*, purpose: Purpose, by: User, **said: object) -> Purpose:
    """Write a purpose as the organisation means it, and confirm it."""
    held = Purpose.objects.select_for_update().get(pk=purpose.pk)
    for name, value in said.items():
        setattr(held, name, value)
    held.confirmed_on, held.confirmed_by = clock.today(), by
    held.full_clean()
    held.save()
    audit.record(by=by.pk, did="purpose.confirmed", subject=f"purpose:{held.pk}", details={"fields": sorted(said)})
    return held


@audit.recorded
def set_time(*, time: KeepingTime, by: User, **said: object) -> KeepingTime:
    """Change how long a class of records is kept, and why."""
    held = KeepingTime.objects.select_for_update().get(pk=time.pk)
    changed = sorted(name for name, value in said.items() if getattr(held, name) != value)
    for name in changed:
        setattr(held, name, said[name])
    held.full_clean()
    held.save()
    audit.record(by=by.pk, did="keeping-time.changed", subject=f"keeping-time:{held.pk}", details={"fields": changed})
    return held
