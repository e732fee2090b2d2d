"""What every answer carries."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

type Answer = Callable[[HttpRequest], HttpResponse]


def never_stored(answer: Answer) -> Answer:
    """Pages are never kept by a browser or a proxy, so that Back shows nothing after somebody has left."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        return response

    return middleware
