"""What every answer carries: pages, errors, files and static, for whoever asks; and how much anybody may send."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse
from django.test import Client as Browser
from django.test import override_settings
from django.urls import include, path, reverse

from alongside.access.models import User
from alongside.audit.models import Entry
from alongside.config.urls import handler400  # noqa: F401 - the site's own page for it
from alongside.core.middleware import NOTHING_OF_THE_DEVICE
from tests.test_access import ROWS, address, records  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db

EVERYWHERE = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": NOTHING_OF_THE_DEVICE,
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
POLICY = {
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
}
ANSWERS = {400: "could not read", 403: "not open to you", 404: "no page here", 413: "too much", 500: "Something broke"}
PHOTO = b"\x89PNG\r\n\x1a\n<script>alert(1)</script>"


def _raises(error: Exception) -> Callable[[HttpRequest], HttpResponse]:
    def view(request: HttpRequest) -> HttpResponse:
        raise error

    return view


urlpatterns = [
    path("odd", _raises(SuspiciousOperation())),
    path("closed", _raises(PermissionDenied())),
    path("broken", _raises(RuntimeError("Rowan Ellery"))),
    path("", include("alongside.config.urls")),
]


def missing(response: Any) -> dict[str, str]:
    """What an answer should carry and does not, or what it carries too much."""
    told = response.headers
    wrong = {name: told.get(name, "") for name, value in EVERYWHERE.items() if told.get(name) != value}
    policy = {rule.partition(" 'nonce-")[0] for rule in told.get("Content-Security-Policy", "").split("; ")}
    if policy != POLICY or "unsafe" in str(policy):
        wrong["Content-Security-Policy"] = told.get("Content-Security-Policy", "")
    if "no-store" not in told.get("Cache-Control", "") and not response.request["PATH_INFO"].startswith("/static/"):
        wrong["Cache-Control"] = told.get("Cache-Control", "")
    if {"Server", "X-Powered-By", "Access-Control-Allow-Origin"} & set(told):
        wrong["says too much"] = str(dict(told))
    return wrong


@pytest.mark.parametrize("role", ["nobody", "alice", "lead", "reader"])
def test_every_answer_of_every_page_carries_them(
    role: str,
    records: dict[str, object],  # noqa: F811
    request: pytest.FixtureRequest,
    signed_in: Callable[[User], Browser],
) -> None:
    user = None if role == "nobody" else request.getfixturevalue(role)
    without = {}
    for page in ROWS:
        browser = signed_in(user) if user else Browser()
        for ask in (browser.get, browser.post):
            answer = ask(address(page, records))
            if wrong := missing(answer):
                without[page, answer.status_code] = wrong
    cameras = {key: without.pop(key) for key in [*without] if key[0] == "measures:paper-camera"}
    assert without == {}
    allowed = NOTHING_OF_THE_DEVICE.replace("camera=()", "camera=(self)")  # on this page, and for this site alone
    wanted = {} if role == "nobody" else {("measures:paper-camera", 200): {"Permissions-Policy": allowed}}
    assert cameras in (wanted, {})


@pytest.mark.parametrize(("page", "status"), [("/odd", 400), ("/closed", 403), ("/nowhere", 404), ("/broken", 500)])
@override_settings(ROOT_URLCONF=__name__)
def test_every_error_page_carries_them_and_is_kind(page: str, status: int) -> None:
    answer = Browser(raise_request_exception=False).get(page)
    assert (answer.status_code, missing(answer)) == (status, {})
    assert ANSWERS[status] in answer.content.decode()
    assert "Help now" in answer.content.decode()
    assert "Rowan" not in answer.content.decode()


def test_a_host_that_is_not_ours_gets_nothing_but_the_page() -> None:
    answer = Browser(raise_request_exception=False).get("/", headers={"host": "evil.example"})
    assert (answer.status_code, missing(answer)) == (400, {})
    assert "evil.example" not in answer.content.decode()


def test_files_and_static_carry_them(
    records: dict[str, object],  # noqa: F811
    lead: User,
    signed_in: Callable[[User], Browser],
) -> None:
    for page in ("reporting:pdf", "reporting:tables"):
        answer = signed_in(lead).get(address(page, records))
        assert (answer.status_code, missing(answer)) == (200, {})
        assert answer["Content-Disposition"].startswith("attachment;")
    for file in ("core/public.css", "core/leave.js"):
        answer = Browser().get(f"/static/{file}")
        assert (answer.status_code, missing(answer)) == (200, {})
        answer.close()


def test_only_what_a_page_is_for_may_be_done_with_it(lead: User, signed_in: Callable[[User], Browser]) -> None:
    browser = signed_in(lead)
    for verb in ("TRACE", "CONNECT", "PROPFIND"):
        assert browser.generic(verb, "/odd-verb").status_code == 404
    answer = browser.get("/stay")
    assert (answer.status_code, missing(answer)) == (405, {})


@pytest.mark.usefixtures("one_moment")
def test_a_session_that_asks_too_often_is_asked_to_wait(
    settings: Any,
    lead: User,
    alice: User,
    signed_in: Callable[[User], Browser],
) -> None:
    settings.PAGES_A_MINUTE = 3
    browser, other = signed_in(lead), signed_in(alice)
    assert [browser.get("/help").status_code for _ in range(3)] == [200] * 3
    answer = browser.get("/help")
    assert (answer.status_code, missing(answer), answer["Retry-After"]) == (429, {}, "60")
    assert "Please wait a minute" in answer.content.decode()
    assert other.get("/help").status_code == Browser().get("/help").status_code == 200


@pytest.mark.usefixtures("one_moment")
def test_a_session_that_takes_file_after_file_is_asked_to_wait(
    records: dict[str, object],  # noqa: F811
    lead: User,
    signed_in: Callable[[User], Browser],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from alongside.reporting import views

    monkeypatch.setattr(views.pdf, "at_most", 2)
    browser = signed_in(lead)
    where = address("reporting:pdf", records)
    assert [browser.get(where).status_code for _ in range(3)] == [200, 200, 429]
    looks = Entry.objects.filter(did="report.downloaded").count()
    answer = browser.get(where)
    assert (answer.status_code, missing(answer), answer["Retry-After"]) == (429, {}, "3600")
    assert "Please wait an hour" in answer.content.decode()
    assert Entry.objects.filter(did="report.downloaded").count() == looks
    assert browser.get(address("reporting:tables", records)).status_code == 200


@pytest.mark.parametrize(
    "sent",
    [
        {"name": "a" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)},
        {f"field-{number}": "a" for number in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1)},
        {"name": "Rowan", "photo": SimpleUploadedFile("photo.png", PHOTO, "image/png")},
    ],
    ids=["too long", "too many fields", "a file"],
)
def test_what_is_too_much_to_send_is_refused_kindly(
    sent: dict[str, Any], lead: User, signed_in: Callable[[User], Browser]
) -> None:
    answer = signed_in(lead).post("/people/add", sent)
    assert (answer.status_code, missing(answer)) == (413, {})
    assert "This site takes words, and no files" in answer.content.decode()


def test_only_the_page_for_paper_takes_a_file(
    records: dict[str, object],  # noqa: F811
    lead: User,
    signed_in: Callable[[User], Browser],
) -> None:
    """Elsewhere files are refused, or never looked at. None lies on the disk as it was sent."""
    before = {*Path(settings.HOME).rglob("*")}
    refused = []
    for page in ROWS:
        file = SimpleUploadedFile("photo.png", PHOTO, "image/png")
        answer = signed_in(lead).post(address(page, records), {"photo": file})
        assert bool(getattr(answer.wsgi_request, "_files", None)) == (page == "measures:paper"), page
        refused += [page] if answer.status_code == 413 else []
    assert len(refused) > 20
    assert {*Path(settings.HOME).rglob("*")} == before


def test_what_is_said_once_has_no_cookie_of_its_own(
    records: dict[str, object],  # noqa: F811
    lead: User,
    signed_in: Callable[[User], Browser],
) -> None:
    """Messages lie in the session, encrypted: a cookie of theirs would hold words, and outlive the session."""
    browser = signed_in(lead)
    answer = browser.post(address("information:line_check", records))
    assert answer.status_code == 302
    assert "messages" not in browser.cookies
    assert browser.session["_messages"]


def test_a_cookie_is_taken_back_with_the_marks_it_was_given_with(
    alice: User, signed_in: Callable[[User], Browser]
) -> None:
    browser = signed_in(alice)
    browser.get(reverse("leave"))
    gone = browser.cookies["session"]
    assert (gone.value, gone["max-age"], gone["httponly"], gone["samesite"]) == ("", 0, True, "Lax")
