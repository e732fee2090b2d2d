"""What somebody is asked to do."""

from datetime import datetime, time

from django.db.models import Q
from django.utils import timezone

from alongside.access.models import User
from alongside.access.permissions import Permission
from alongside.core import clock
from alongside.todo.models import Task, Tasks


def visible_to(user: User) -> Tasks:
    """What is asked of this person, and what they cover for once it is late."""
    covers = clock.now() if user.may(Permission.COVER_CHECK_INS) else None
    return Task.objects.for_user(user, late_since=covers).select_related("worker", "cover")


def please(user: User) -> list[Task]:
    """What is open, by when it is due."""
    return list(visible_to(user).open().order_by("due_at", "made_at"))


def done_today(user: User) -> list[Task]:
    """What this person did since midnight, or what was asked of them and is done, so that it can be put back."""
    begins = timezone.make_aware(datetime.combine(clock.today(), time.min))
    return list(visible_to(user).filter(Q(done_by=user) | Q(worker=user), done_at__gte=begins).order_by("done_at"))
