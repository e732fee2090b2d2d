"""What every answer carries, whoever gave it: a page, an error, a file, a redirect."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

type Answer = Callable[[HttpRequest], HttpResponse]

NOTHING_OF_THE_DEVICE = ", ".join(
    f"{what}=()"
    for what in (
        "accelerometer", "browsing-topics", "camera", "display-capture", "geolocation", "gyroscope",
        "hid", "microphone", "midi", "payment", "serial", "usb",
    )
)  # fmt: skip
CARRIED = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": NOTHING_OF_THE_DEVICE,
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def carried(answer: Answer) -> Answer:
    """Put these on whatever leaves, also where a part further in failed before it could.

    Pages are never kept by a browser or a proxy, so that Back shows nothing after somebody has left.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        for name, value in CARRIED.items():
            response.headers.setdefault(name, value)
        for cookie in response.cookies.values():
            cookie["httponly"] = True  # Django leaves it out where a cookie is taken back
        return response

    return middleware


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """The page for what could not be read; what was too much to read gets a page of its own."""
    from django.shortcuts import render

    from alongside.core.sizes import TOO_MUCH

    if isinstance(exception, TOO_MUCH):
        return render(request, "413.html", status=413)
    return render(request, "400.html", status=400)
