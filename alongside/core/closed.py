"""What people see when a record holds a value that was damaged, or moved from somewhere else."""

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from alongside.core.encryption import Unreadable

logger = logging.getLogger("django.request")


class SaysWhatDoesNotOpen:
    """Says so and what to do, in place of a general page; nothing of the record is shown."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer as ever."""
        return self.answer(request)

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        """Answer for what does not open."""
        if not isinstance(fault, Unreadable):
            return None
        logger.error("%s Run alongside doctor.", fault, exc_info=fault)
        return render(request, "core/errors/closed.jinja", status=500)
