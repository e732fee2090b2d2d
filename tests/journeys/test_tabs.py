"""Several tabs of one session: what is written in one is kept, and none stays open when the session ends."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys.site import Site
from tests.journeys.working import AMARA, FORTNIGHT

MINUTE = 60_000
NOTE = "We talked about the garden"

type Tab = Callable[[str], Page]


@pytest.fixture
def context(browser: Browser, site: Site) -> Iterator[BrowserContext]:
    """Amara's browser."""
    opened = browser.new_context(base_url=site.address)
    opened.add_cookies([{"name": "session", "value": site.ask("session", AMARA), "url": site.address}])
    yield opened
    opened.close()


@pytest.fixture
def client(site: Site) -> str:
    """The address of somebody she has just begun to work with."""
    return str(site.ask("new_client_of", AMARA)[1])


@pytest.fixture
def tab(context: BrowserContext) -> Tab:
    """Return a way to open a tab whose clock is ours."""

    def opened(path: str) -> Page:
        page = context.new_page()
        page.clock.install()
        page.goto(path)
        return page

    return opened


def the_session_ends(context: BrowserContext, site: Site, page: Page) -> None:
    site.ask("an_hour_passes", next(one["value"] for one in context.cookies() if one["name"] == "session"))
    with page.expect_navigation(url="**/accounts/login/**"):
        page.clock.fast_forward(16 * MINUTE)


def sign_in_again(page: Page, site: Site) -> None:
    page.get_by_label("Your work email").fill(site.ask("email", AMARA))
    page.get_by_label("Your password").fill(site.password)
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Your 6-digit code").fill(site.ask("code", AMARA))
    page.get_by_role("button", name="Sign in").click()


def test_a_note_is_kept_though_somebody_was_looked_for_after_it(
    context: BrowserContext, site: Site, tab: Tab, client: str
) -> None:
    page = tab(f"{client}/contacts/new")
    page.get_by_label("Note").fill(NOTE)
    page.get_by_label("Find a person").fill("Ni")
    the_session_ends(context, site, page)
    sign_in_again(page, site)
    expect(page.get_by_label("Note")).to_have_value(NOTE)


def test_every_tab_is_kept_as_the_session_ends(context: BrowserContext, site: Site, tab: Tab, client: str) -> None:
    first, second = tab(f"{client}/contacts/new"), tab(f"{client}/goals/new")
    first.get_by_label("Note").fill(NOTE)
    second.locator("[name=words]").fill("To sleep through the night")
    the_session_ends(context, site, first)
    second.wait_for_url("**/accounts/login/**")
    sign_in_again(first, site)
    expect(first.get_by_label("Note")).to_have_value(NOTE)
    second.goto(f"{client}/goals/new")
    expect(second.locator("[name=words]")).to_have_value("To sleep through the night")


def test_no_tab_stays_open_when_somebody_signs_out(tab: Tab, client: str) -> None:
    page, other = tab("/today"), tab(client)
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(other.get_by_role("heading", name="Sign in")).to_be_visible()


def test_no_tab_stays_open_when_the_screen_is_handed_over(tab: Tab, client: str) -> None:
    page, other = tab(f"{client}/forms/new/service-evaluation"), tab(client)
    page.get_by_label(FORTNIGHT).check()
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Sign me out and hand over").click()
    expect(other.get_by_role("heading", name="Sign in")).to_be_visible()
    expect(page.get_by_role("link", name="Start")).to_be_visible()


def test_a_page_from_an_earlier_session_sends_nothing_by_itself(
    context: BrowserContext, site: Site, tab: Tab, client: str
) -> None:
    page = tab(f"{client}/contacts/new")
    page.get_by_label("Note").fill(NOTE)
    context.clear_cookies(name="csrf")
    context.add_cookies([{"name": "csrf", "value": "A" * 32, "url": site.address}])
    page.clock.fast_forward(2 * MINUTE)
    with page.expect_response("**/stay") as answer:
        page.get_by_label("Note").press_sequentially(" and")
    assert answer.value.status == 403
    expect(page.get_by_label("Note")).to_have_value(f"{NOTE} and")
    expect(page.get_by_role("button", name="Save", exact=False).first).to_be_visible()


def test_signing_out_from_the_warning_does_not_promise_to_keep(tab: Tab, client: str) -> None:
    page = tab(f"{client}/contacts/new")
    page.clock.fast_forward(13 * MINUTE)
    expect(page.get_by_role("dialog")).to_contain_text("If you sign out now, it is not kept.")
