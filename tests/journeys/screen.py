"""A browser in front of the site, watched all the time.

Each page is looked at as it is left and as a journey ends: axe finds nothing wrong with it, and a narrow one does not
scroll sideways. Nothing is asked of another host, nothing is missing, and the console stays empty.

Axe is itself a script, so it cannot look at a page that is shown without JavaScript; there only the width is looked at.
A page that differs only in its words and numbers from one that axe has seen in the same look is not shown to it again.
"""

import re
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Response, Route

from tests.journeys.site import Site

NARROW = 400
FITS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
PHONE = {"viewport": {"width": 375, "height": 667}, "has_touch": True, "is_mobile": True}
SMALL_PHONE = {"viewport": {"width": 320, "height": 568}, "has_touch": True, "is_mobile": True}
TABLET = {"viewport": {"width": 820, "height": 1180}, "has_touch": True}
LAPTOP = {"viewport": {"width": 1280, "height": 900}}
ZOOMED = {"viewport": {"width": 320, "height": 256}, "device_scale_factor": 4}
ELSEWHERE = (
    "<!doctype html><html lang=en><title>Weather</title><meta name=viewport content=width=device-width>"
    "<main><h1>Another website</h1></main>"
)
KEYS, NUMBERS, WORDS = (
    re.compile(r"[0-9a-f]{32}|[0-9A-Za-z]{64}"),
    re.compile(r"[\d.,-]+"),
    re.compile(r">[^<]*[^<\s][^<]*<"),
)
PATIENCE = 30_000  # ms: how long a page takes on a busy machine is no test's business
NO_PAGE = "the server responded with a status of 4"


def accessible(page: Page, axe: str) -> None:
    """Have axe look at a page."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe)
    found = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
    assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found] == [], page.url


class Screen:
    """One person's browser."""

    page: Page

    def __init__(self, browser: Browser, site: Site, axe: str, **look: Any) -> None:
        self.site, self._axe = site, axe
        self._look = repr(sorted(look.items()))
        self.scripts = look.get("java_script_enabled", True)
        self.touch = look.get("has_touch", False)
        self.left_to: list[str] = []
        self._outside: list[str] = []
        self._missing: list[str] = []
        self._said: list[str] = []
        self.context = browser.new_context(
            base_url=site.address, locale="en-GB", timezone_id="Europe/London", **{**LAPTOP, **look}
        )
        self.context.set_default_timeout(PATIENCE)
        self.context.route(lambda url: not url.startswith(site.address), self._hold_back)
        self.context.route(f"{site.address}/leave", self._leave)
        self.context.on("response", self._came)
        self.context.on("console", self._spoke)
        self.context.on("weberror", lambda error: self._said.append(str(error.error)))
        self.page = self.context.new_page()

    def sign_in(self, name: str) -> None:
        """Become somebody who has signed in."""
        self.context.add_cookies(
            [{"name": "session", "value": self.site.ask("session", name), "url": self.site.address}]
        )

    def open(self, path: str) -> Response | None:
        """Open a page by its address."""
        self.look()
        return self.page.goto(path)

    def press(self, target: Locator) -> None:
        """Press something that leads to another page, or to the same one again."""
        self.look()
        with self.page.expect_navigation():
            self.touch_or_click(target)

    def touch_or_click(self, target: Locator) -> None:
        """Press something with whatever this screen is used with."""
        if self.touch:
            target.tap()
        else:
            target.click()

    def look(self) -> None:
        """Look at the page as it is now."""
        if self.page.url == "about:blank" or not self.page.url.startswith(self.site.address):
            return
        size = self.page.viewport_size
        if size and size["width"] <= NARROW:
            assert self.page.evaluate(FITS), f"{self.page.url} scrolls sideways"
        if self.scripts:
            shape = self._look + WORDS.sub(">words<", NUMBERS.sub("0", KEYS.sub("key", self.page.content())))
            if shape not in self.site.seen:
                accessible(self.page, self._axe)
                self.site.seen.add(shape)

    def may_say(self, *words: str) -> None:
        """Forget what the browser said of something that a journey asked for: a line that is away, or a refusal."""
        self._said = [one for one in self._said if not any(some in one for some in words)]
        self._missing = [one for one in self._missing if not any(some in one for some in words)]

    def close(self) -> None:
        """Look once more, and see that nothing went wrong in all that time."""
        self.look()
        self.context.close()
        assert (self._outside, self._missing, self._said) == ([], [], [])

    def _hold_back(self, route: Route) -> None:
        self._outside.append(route.request.url)
        route.abort()

    def _leave(self, route: Route) -> None:
        """Let the site say where it sends people who leave, and do not go there."""
        answer = route.fetch(max_redirects=0)
        self.left_to.append(answer.headers["location"])
        route.fulfill(status=200, content_type="text/html", body=ELSEWHERE)

    def _came(self, response: Response) -> None:
        if response.status >= 400 and not response.request.is_navigation_request():
            self._missing.append(f"{response.status} {response.url}")

    def _spoke(self, message: ConsoleMessage) -> None:
        """What the browser says of a page that is not there is no mistake of the page."""
        if not (NO_PAGE in message.text and message.location["url"] == message.page.url):
            self._said.append(f"{message.type}: {message.text}")
