"""Sign-in links of the demo: one for each role, once, from this computer only, and nowhere but in the demo."""

import http.cookiejar
import re
import shutil
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
from django.conf import settings
from django.test import Client as Browser

from alongside.core.tests.running import script, serving

LINK = re.compile(r"^(.+): (http://localhost:\d+/demo/sign-in/\S+)$")


class Visitor:
    """A browser that keeps its cookies."""

    def __init__(self) -> None:
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))

    def get(self, url: str, **headers: str) -> tuple[int, str, str]:
        return self._ask(urllib.request.Request(url, headers=headers))  # noqa: S310 - our own link

    def press(self, url: str, page: str, **headers: str) -> tuple[int, str, str]:
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert token, page
        said = urlencode({"csrfmiddlewaretoken": token[1]}).encode()
        return self._ask(urllib.request.Request(url, data=said, headers=headers))  # noqa: S310 - our own link

    def _ask(self, request: urllib.request.Request) -> tuple[int, str, str]:
        try:
            answer = self._opener.open(request, timeout=20)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            return answer.status, answer.read().decode(), urlsplit(answer.url).path


@pytest.fixture(scope="module")
def home(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    copy = tmp_path_factory.mktemp("links") / "home"
    shutil.copytree(prepared, copy)
    shutil.copy2(prepared.with_name("home.keys"), copy.with_name("home.keys"))
    return copy


def printed(process: subprocess.Popen[str]) -> dict[str, str]:
    """The links by whom they sign in."""
    assert process.stdout
    found = [LINK.match(process.stdout.readline()) for _ in range(5)]
    return {match[1]: match[2] for match in found if match}


@pytest.fixture(scope="module")
def links(home: Path) -> Iterator[dict[str, str]]:
    with serving(home, "demo") as (process, _port):
        yield printed(process)


AMARA, JO, HELEN = "Practitioner, Amara Osei", "Service lead, Jo Marsh", "Funder’s reader, Helen Marlowe"
TOMASZ, LIN = "Evaluator, Tomasz Vale", "Administrator, Lin Ashby"


def test_there_is_one_for_each_role(links: dict[str, str]) -> None:
    assert list(links) == [AMARA, JO, HELEN, TOMASZ, LIN]


def test_looking_uses_nothing_up_and_pressing_signs_in_once(links: dict[str, str]) -> None:
    amara, url = Visitor(), links[AMARA]
    Visitor().get(url)
    status, page, _path = amara.get(url)
    assert (status, "Sign in as Amara Osei, practitioner" in page) == (200, True)
    status, page, path = amara.press(url, page)
    assert (status, path) == (200, "/today")
    assert "Rowan Ellery" in page

    for other in (Visitor(), amara):
        status, page, _path = other.get(url)
        assert (status, "This link has been used" in page) == (410, True)


def test_two_who_press_at_once_are_not_both_let_in(links: dict[str, str]) -> None:
    first, second, url = Visitor(), Visitor(), links[JO]
    pages = [visitor.get(url)[1] for visitor in (first, second)]
    answers = [visitor.press(url, page)[0] for visitor, page in zip((first, second), pages, strict=True)]
    assert answers == [200, 410]


@pytest.mark.parametrize(
    ("header", "value", "status"),
    [
        ("Host", "wrenstreet.example", 400),
        ("X-Forwarded-For", "203.0.113.9", 404),
        ("X-Forwarded-For", "127.0.0.1", 404),
        ("X-Forwarded-Host", "localhost", 404),
        ("X-Forwarded-Proto", "https", 404),
        ("X-Real-IP", "127.0.0.1", 404),
        ("Forwarded", "for=127.0.0.1", 404),
    ],
)
def test_it_works_on_this_computer_only(links: dict[str, str], header: str, value: str, status: int) -> None:
    assert Visitor().get(links[HELEN], **{header: value})[0] == status
    assert Visitor().get(links[HELEN])[0] == 200


@pytest.mark.parametrize("spoil", [lambda url: url[:-1], lambda url: url[:-60] + "x" + url[-59:], lambda url: url[:40]])
def test_a_link_that_nobody_made_leads_nowhere(links: dict[str, str], spoil: object) -> None:
    assert Visitor().get(spoil(links[HELEN]))[0] == 404  # type: ignore[operator]


def test_a_link_is_over_after_a_day(home: Path) -> None:
    code = """
from datetime import timedelta
from alongside.access.models import User
from alongside.demo import links
made = links.make(User.objects.first())
print(links.read(made).user == User.objects.first().pk)
links.LASTS = timedelta(seconds=-1)
try:
    links.read(made)
except links.Over:
    print("over")
"""
    assert script(home, code, demo="1").split() == ["True", "over"]


@pytest.mark.django_db
def test_outside_the_demo_there_is_no_such_page(links: dict[str, str]) -> None:
    assert not settings.DEMO
    assert "alongside.demo" not in settings.INSTALLED_APPS
    assert Browser().get(urlsplit(links[HELEN]).path).status_code == 404
