"""What `doctor --security` finds, what it cannot know, and that Django itself finds nothing to warn of."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from alongside.core.security import encrypted
from alongside.core.tests.running import environment, script
from alongside.core.tests.test_doctor import HTTPS, said

SECOND_LEAD = """
from alongside.access import actions
from alongside.access.roles import Role
said = {"role": Role.LEAD, "password": "a long enough pass phrase", "by": "test"}
actions.add_user(email="sam@wrenstreet.example", name="Sam Hale", **said)
"""
LEAVER = """
from datetime import timedelta
from alongside.access import actions
from alongside.access.models import Session, User
from alongside.access.roles import Role
from alongside.core import clock
User.objects.update(last_login=clock.now() - timedelta(days=91))
said = {"role": Role.LEAD, "password": "a long enough pass phrase", "by": "test"}
gone = actions.add_user(email="gone@wrenstreet.example", name="Gone", **said)
User.objects.filter(pk=gone.pk).update(is_active=False)
tomorrow = clock.now() + timedelta(days=1)
Session.objects.create(session_key="a" * 32, session_data="", user=gone, expire_date=tomorrow)
"""
YEARS_AGO = time.time() - 400 * 24 * 3600


def closely(home: Path, **settings: str) -> dict[str, str]:
    """All that is said, in one text for what is wrong and one for what is only good to know."""
    found = said(home, "--security", **settings)
    return {kind: " ".join(f"{one['what']} {one['remedy']}" for one in found[kind]) for kind in ("wrong", "to_know")}


def test_with_https_and_two_leads_nothing_is_wrong(home: Path) -> None:
    script(home, SECOND_LEAD)
    found = closely(home)
    assert found["wrong"] == ""
    assert "People who can sign in: service lead 2." in found["to_know"]


def test_what_cannot_be_known_is_not_said_to_be_well(home: Path) -> None:
    told = closely(home)["to_know"]
    assert "Whether a known weakness touches a package is not checked here. Run make audit" in told
    assert "whether one was ever restored elsewhere is not known here" in told
    assert "Whether the audit’s anchors are kept elsewhere is not known here." in told
    assert "service lead 1" in told
    assert "have no authenticator yet: 1" in told


def test_a_lone_lead_old_keys_unused_accounts_and_leavers_are_wrong(home: Path) -> None:
    script(home, LEAVER)
    os.utime(home.with_name("home.keys"), (YEARS_AGO, YEARS_AGO))
    (home / "last-backup").write_text("2020-01-01T00:00:00+00:00", encoding="utf-8")
    wrong = closely(home)["wrong"]
    assert "1 service lead can sign in: nobody covers, and nobody reviews." in wrong
    assert "Accounts that nobody has signed in to for 90 days: 1." in wrong
    assert "Sessions of people whose account has ended: 1." in wrong
    assert "The keys were last changed 400 days ago, as far as their file says. Run alongside keys rotate" in wrong
    assert "The last backup is" in wrong
    assert "gone@" not in wrong


def test_without_https_the_doctor_says_what_that_means(home: Path) -> None:
    found = closely(home, address="http://localhost:8000")
    assert "Without https cookies can be read on their way" in found["to_know"]
    assert "is not https" in closely(home, address="http://support.wrenstreet.example")["wrong"]


def test_without_being_asked_it_looks_no_closer(home: Path) -> None:
    found = said(home)
    assert "make audit" not in str(found)
    assert "service lead" not in str(found)


def disk(blocks: Path, name: str, number: str, *, uuid: str = "", below: tuple[str, ...] = ()) -> Path:
    """A disk as the kernel shows it, under another folder."""
    made = blocks / "devices" / name
    (made / "slaves").mkdir(parents=True)
    if uuid:
        (made / "dm").mkdir()
        (made / "dm" / "uuid").write_text(uuid, encoding="ascii")
    for one in below:
        (made / "slaves" / one).symlink_to(blocks / "devices" / one)
    (blocks / number).symlink_to(made)
    return made


@pytest.mark.parametrize(
    ("uuid", "below", "is_encrypted"),
    [("CRYPT-LUKS2-0f3a", (), True), ("LVM-0f3a", ("opened",), True), ("LVM-0f3a", ("plain",), False), ("", (), False)],
    ids=["opened with a key", "a volume on one", "a volume on an open disk", "an open disk"],
)
def test_an_encrypted_disk_is_known_by_what_the_kernel_says(
    uuid: str, below: tuple[str, ...], is_encrypted: bool, tmp_path: Path
) -> None:
    blocks = tmp_path / "blocks"
    disk(blocks, "opened", "253:7", uuid="CRYPT-LUKS2-1111")
    disk(blocks, "plain", "8:99")
    device = tmp_path.stat().st_dev
    disk(blocks, "ours", f"{os.major(device)}:{os.minor(device)}", uuid=uuid, below=below)
    assert encrypted(tmp_path, blocks) is is_encrypted


def test_a_disk_that_cannot_be_seen_is_not_said_to_be_anything(tmp_path: Path) -> None:
    assert encrypted(tmp_path, tmp_path) is None


def test_django_finds_nothing_before_the_site_goes_out(home: Path) -> None:
    script(home, SECOND_LEAD)
    command = [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"]
    settings = {"DJANGO_SETTINGS_MODULE": "alongside.config.settings"}
    around = {**environment(home, address=HTTPS), **settings}
    done = subprocess.run(command, env=around, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, "WARNINGS" in done.stderr) == (0, False), done.stderr


def test_with_https_cookies_stay_with_this_host_and_browsers_with_https(begun: Path) -> None:
    said = script(begun, COOKIES, address=HTTPS).split("\n")
    assert said[0] == "301 https://support.wrenstreet.example/accounts/login/"
    assert said[1] == "200 max-age=31536000; includeSubDomains"
    cookies = [line for line in said[2:] if line]
    assert len(cookies) >= 1
    for cookie in cookies:
        assert cookie.startswith("__Host-")
        assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= {part.strip() for part in cookie.split(";")}
        assert "Domain" not in cookie


COOKIES = """
from django.test import Client
host = {"host": "support.wrenstreet.example"}
open_way = Client().get("/accounts/login/", headers=host)
print(open_way.status_code, open_way["Location"])
browser = Client(headers={**host, "x-forwarded-proto": "https"})
page = browser.get("/accounts/login/")
print(page.status_code, page["Strict-Transport-Security"])
wrong = browser.post("/accounts/login/", {"login": "jo@wrenstreet.example", "password": "not it"})
right = browser.post("/accounts/login/", {"login": "jo@wrenstreet.example", "password": "a long enough pass phrase"})
for answer in (page, right):
    for morsel in answer.cookies.values():
        print(morsel.OutputString())
"""
