"""By when something is asked, in words. Never a colour, and never a word of blame."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from alongside.access.models import User
from alongside.core import clock
from alongside.todo.models import Task

OPENS: dict[str, str] = {
    Task.Kind.CHECK_IN: "Open their page",
    Task.Kind.COMPLAINT: "Open the complaint",
    Task.Kind.PAPER: "Open the page",
}
NEAR = {-1: "yesterday", 0: "today", 1: "tomorrow"}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One thing on the list."""

    task: Task
    by_when: str
    opens: str


def asked(task: Task, *, user: User) -> Asked:
    """By 4pm today. Jo covers if you can’t."""
    sentences = [f"By {hour(task.due_at)} {day(task.due_at)}."]
    if task.worker_id != user.pk:
        sentences += [f"Asked of {task.worker.name}. You cover."]
    elif task.cover and task.cover_id != user.pk:
        sentences += [f"{task.cover.name.split(' ')[0]} covers if you can’t."]
    return Asked(task=task, by_when=" ".join(sentences), opens=OPENS[task.kind])


def hour(at: datetime) -> str:
    """4pm, or 4.30pm."""
    local = timezone.localtime(at)
    minutes = f".{local:%M}" if local.minute else ""
    return f"{local.hour % 12 or 12}{minutes}{'pm' if local.hour >= 12 else 'am'}"


def day(at: datetime) -> str:
    """Today, tomorrow, or on Wednesday 25 November."""
    on = timezone.localdate(at)
    return NEAR.get((on - clock.today()).days, f"on {on:%A} {on.day} {on:%B}")
