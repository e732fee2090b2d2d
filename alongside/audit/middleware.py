"""From where a page was asked for: the audit writes it beside who asked."""

from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponse

type Answer = Callable[[HttpRequest], HttpResponse]

where: ContextVar[str] = ContextVar("where", default="")


def noting_where(answer: Answer) -> Answer:
    """Keep the network address of this request at hand while it is answered, and forget it afterwards."""

    def middleware(request: HttpRequest) -> HttpResponse:
        before = where.set(request.META.get("REMOTE_ADDR") or "")
        try:
            return answer(request)
        finally:
            where.reset(before)

    return middleware
