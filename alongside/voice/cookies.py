"""What a browser holds of its seat: the seat’s key, signed, with no time in it, and sent to these pages alone."""

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse

NAME, PATH = settings.SEAT_COOKIE_NAME, settings.SEAT_COOKIE_PATH
LASTS = 30 * 24 * 60 * 60  # a workshop may go on over days
_signer = Signer(salt="alongside.voice.seat")


def give(response: HttpResponse, seat: str) -> None:
    """Let this browser hold a seat."""
    response.set_cookie(
        NAME, signed(seat), max_age=LASTS, path=PATH, secure=settings.HTTPS, httponly=True, samesite="Lax"
    )


def signed(seat: str) -> str:
    """What the cookie holds."""
    return _signer.sign(seat)


def take_back(response: HttpResponse) -> None:
    """Let this browser forget its seat."""
    response.delete_cookie(NAME, path=PATH, samesite="Lax")


def held(request: HttpRequest) -> str:
    """The key of the seat that this browser holds; empty if none."""
    try:
        return _signer.unsign(request.COOKIES.get(NAME, ""))
    except BadSignature:
        return ""
