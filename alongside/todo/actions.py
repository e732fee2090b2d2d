"""Asking a worker to do something, and saying that it is done."""

from datetime import datetime

from alongside.access.models import User
from alongside.audit import actions as audit
from alongside.core import clock
from alongside.todo.models import Task


@audit.recorded
def ask(
    *,
    kind: Task.Kind,
    title: str,
    subject_key: str,
    link: str,
    worker: User,
    cover: User | None,
    due_at: datetime,
    by: str,
) -> Task:
    """Ask a worker; while the same thing about the same record is open for them, they are not asked twice."""
    # the row lock makes two askers wait for each other, so that the second finds what the first made
    same = Task.objects.select_for_update().open().filter(kind=kind, subject_key=subject_key, worker=worker)
    open_already = same.first()
    if open_already:
        return open_already
    task = Task(kind=kind, title=title, subject_key=subject_key, link=link, worker=worker, cover=cover, due_at=due_at)
    task.full_clean()
    task.save(force_insert=True)
    audit.record(by=by, did="task.asked", subject=f"task:{task.pk}", details={"kind": kind, "about": subject_key})
    return task


@audit.recorded
def finish(*, task: Task, by: User) -> Task:
    """Say that it is done. Saying it twice changes nothing."""
    held = Task.objects.select_for_update().get(pk=task.pk)
    if held.done_at is None:
        held.done_at, held.done_by = clock.now(), by
        held.full_clean()
        held.save(update_fields=["done_at", "done_by"])
        audit.record(by=by.pk, did="task.done", subject=f"task:{held.pk}")
    return held


@audit.recorded
def reopen(*, task: Task, by: User) -> Task:
    """Take back that it is done."""
    held = Task.objects.select_for_update().get(pk=task.pk)
    if held.done_at is not None:
        held.done_at, held.done_by = None, None
        held.full_clean()
        held.save(update_fields=["done_at", "done_by"])
        audit.record(by=by.pk, did="task.reopened", subject=f"task:{held.pk}")
    return held
