"""Which browser a session began in, and whom a browser has let in before.

Each browser that somebody has signed in with holds a random word, apart from the session's cookie. A session opens in
the browser whose word it began with, and nowhere else. Beside the word stand the marks of the last people whom it let
in: wrong passwords given elsewhere do not keep them out of it.
"""

import re
from secrets import token_urlsafe

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare, salted_hmac

from alongside.access.models import User

BOUND = "browser"  # in a session: the keyed digest of the browser it began in
KIND = "kind"  # in a session: what browser that was, in words
LASTS = 180 * 24 * 60 * 60
PEOPLE = 5
WORD = re.compile(r"[\w-]{43}")
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox|FxiOS", "Firefox"),
    ("Chrom|CriOS", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("iPhone", "an iPhone"), ("iPad", "an iPad"), ("Android", "Android"), ("Windows", "Windows"),
    ("CrOS", "a Chromebook"), ("Mac OS", "a Mac"), ("Linux", "Linux"),
)  # fmt: skip


def bind(request: HttpRequest) -> None:
    """Let the session that begins in this browser open in no other."""
    known = word(request) or token_urlsafe(32)
    request.session[BOUND] = digest(known, _family(request))
    request.session[KIND] = in_words(request.META.get("HTTP_USER_AGENT", ""))
    request.META[BOUND] = known


def is_same(request: HttpRequest, session: SessionBase) -> bool:
    """Whether the session began here."""
    return constant_time_compare(session.get(BOUND, ""), digest(word(request), _family(request)))


def has_let_in(request: HttpRequest, user: User | None) -> bool:
    """Whether this person has signed in here before."""
    mine = _mark(word(request), user.pk) if user else ""
    return any(constant_time_compare(mine, one) for one in _said(request)[1:])


def remember(request: HttpRequest, response: HttpResponse) -> None:
    """Give the browser its word, if a session began in this request."""
    if known := request.META.get(BOUND):
        mine = _mark(known, request.user.pk) if request.user.pk else ""
        others = [one for one in _said(request)[1:] if one != mine]
        marks = [one for one in (mine, *others) if one][:PEOPLE]
        response.set_cookie(
            settings.BROWSER_COOKIE_NAME,
            ".".join([known, *marks]),
            max_age=LASTS,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )


def word(request: HttpRequest) -> str:
    """The random word that this browser holds; empty if it holds none."""
    said = _said(request)[0]
    return said if WORD.fullmatch(said) else ""


def digest(known: str, family: str) -> str:
    """What a session remembers of the browser that holds this word."""
    return salted_hmac("alongside.access.browsers", f"{known} {family}", algorithm="sha256").hexdigest()


def in_words(agent: str) -> str:
    """What kind of browser this is, as its owner would say."""
    browser = next((name for sign, name in BROWSERS if re.search(sign, agent)), "A browser")
    system = next((name for sign, name in SYSTEMS if sign in agent), "")
    return f"{browser} on {system}" if system else browser


def _family(request: HttpRequest) -> str:
    return in_words(request.META.get("HTTP_USER_AGENT", "")).partition(" on ")[0]


def _said(request: HttpRequest) -> list[str]:
    return str(request.COOKIES.get(settings.BROWSER_COOKIE_NAME, "")).split(".")[: PEOPLE + 1]


def _mark(known: str, user_key: str) -> str:
    return salted_hmac("alongside.access.browsers.people", f"{known} {user_key}", algorithm="sha256").hexdigest()[:32]
