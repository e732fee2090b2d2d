"""Saying that something asked is done, and taking that back."""

from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from alongside.access.doors import needs
from alongside.access.models import User
from alongside.access.permissions import Permission
from alongside.todo import actions
from alongside.todo.models import Task
from alongside.todo.queries import visible_to


@needs(Permission.RECORD_SUPPORT)
def finish(request: HttpRequest, key: str) -> HttpResponse:
    """It is done. It stays on the list for the day, and can be put back."""
    task, user = _task(request, key)
    if request.method == "POST":
        actions.finish(task=task, by=user)
    return _back()


@needs(Permission.RECORD_SUPPORT)
def reopen(request: HttpRequest, key: str) -> HttpResponse:
    """It is not done after all."""
    task, user = _task(request, key)
    if request.method == "POST":
        try:
            actions.reopen(task=task, by=user)
        except ValidationError:
            messages.info(request, "The same has been asked again since, so the new one is on your list instead.")
    return _back()


def _task(request: HttpRequest, key: str) -> tuple[Task, User]:
    user = cast(User, request.user)
    return get_object_or_404(visible_to(user), pk=key), user


def _back() -> HttpResponse:
    return redirect(f"{reverse('home')}#please")
