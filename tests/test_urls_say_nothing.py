"""No address says anything about somebody: addresses stand in histories, in logs and over shoulders."""

import re
from collections.abc import Callable, Iterator
from html import unescape
from urllib.parse import unquote, urlsplit

import pytest
from django.test import Client as Browser

from alongside.access.models import User
from alongside.care.models import Client, Episode
from alongside.measures import actions as measures
from alongside.measures.models import Questionnaire, Response
from tests.test_access import ROWS, address, records  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db

PLACES = re.compile(r"""\s(?:href|action|formaction|src|hx-[a-z]+|data-[a-z-]*(?:url|href|to))=["']([^"']*)["']""")
FORMS = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.DOTALL)
KEY = re.compile(r"\b[0-9a-f]{32}\b")
DIALS = ("tel:", "mailto:", "sms:")  # these go to the phone of whoever presses, and to no server
SCORE = "6.37"
TELLING = (
    "rowan", "ellery", "1999", "brook", "calderford", "960 412", "960412", "wrenstreet", "@", "non-binary", "they/them",
    "ws-0412", SCORE,
)  # fmt: skip


def telling(where: str) -> list[str]:
    """What an address tells about somebody, however it is written; a random key holds a year by chance."""
    said = KEY.sub("", unquote(unescape(where)).lower().replace("+", " "))
    return [word for word in TELLING if word in said]


def pages_of(browser: Browser, starts: list[str]) -> Iterator[tuple[str, str, str]]:
    """Follow every link there is; gives each page's address, its text, and where it leads on to."""
    waiting, seen = list(starts), set()
    while waiting:
        here = waiting.pop()
        if here in seen or re.match(r"/(leave|accounts/logout|static)", here):
            continue
        seen.add(here)
        answer = browser.get(here)
        text = answer.content.decode(errors="replace") if "html" in answer["Content-Type"] else ""
        yield here, text, answer.get("Location", "")
        onward = [unescape(found) for found in PLACES.findall(text)] + [answer.get("Location", "")]
        for one in onward:
            parts = urlsplit(one)
            if parts.path.startswith("/") and not parts.netloc:
                waiting.append(parts.path + (f"?{parts.query}" if parts.query else ""))


@pytest.mark.parametrize("role", ["alice", "lead", "reader"])
def test_no_address_anywhere_says_anything_about_somebody(
    role: str,
    records: dict[str, object],  # noqa: F811
    episode: Episode,
    alice: User,
    request: pytest.FixtureRequest,
    signed_in: Callable[[User], Browser],
) -> None:
    asked = measures.open_form(episode=episode, occasion=Questionnaire.Occasion.AFTER, by=alice)
    Response.objects.filter(questionnaire=asked).update(answers={"future": {"value": float(SCORE), "how": "number"}})
    starts = [address(page, records) for page in ROWS]
    said: dict[str, list[str]] = {}
    walked = 0
    for here, text, leads_to in pages_of(signed_in(request.getfixturevalue(role)), starts):
        walked += 1
        places = [one for one in PLACES.findall(text) if not one.startswith(DIALS)]
        for one in (here, leads_to, *places):
            if found := telling(one):
                said[one] = found
    assert said == {}
    assert walked > 25


def test_what_people_type_is_sent_out_of_sight(
    records: dict[str, object],  # noqa: F811
    lead: User,
    client_of_alice: Client,
    signed_in: Callable[[User], Browser],
) -> None:
    """A form that asks by its address has nothing in it that somebody types."""
    browser = signed_in(lead)
    typed = {}
    for here, text, _ in pages_of(browser, [address(page, records) for page in ROWS]):
        for about, inside in FORMS.findall(text):
            by_address = not re.search(r"""method=["']post["']""", about, re.IGNORECASE)
            words = re.findall(
                r"""<textarea|<input(?![^>]*type=["'](?:hidden|radio|checkbox|submit|date)["'])""", inside
            )
            if by_address and words:
                typed[here] = words
    assert typed == {}
    answer = browser.post("/clients/find", {"q": "Rowan Ellery"})
    assert telling(answer.get("Location", "")) == []


def test_an_address_that_tells_is_noticed() -> None:
    assert telling("/clients?name=R%6Fwan+Ellery") == ["rowan", "ellery"]
    assert telling("/score/6.37") == [SCORE]
    assert telling("/clients/0f3a") == []
