"""What anybody can do in front of the site, and what they then see. Each journey is written in these sentences."""

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Locator, expect

from tests.journeys.screen import FITS, Screen
from tests.journeys.site import Site

PICTURES = Path(__file__).parents[2] / "docs" / "images" / "site"
MARGIN, A_MOMENT = 24, 700  # pixels; milliseconds, until what a tap lit up is dark again
BRIGHTNESS = "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).slice(0, 3).reduce((a, b) => a + +b, 0)"

type NewScreen = Callable[..., Screen]


class Journey:
    """Somebody at a screen. `self.screen` is the one being used now."""

    screen: Screen

    @pytest.fixture(autouse=True)
    def _somebody(self, new_screen: NewScreen, site: Site, request: pytest.FixtureRequest) -> None:
        self.new_screen, self.site = new_screen, site
        self.pictures = request.config.getoption("--pictures", default=False)

    @property
    def page(self) -> Any:
        return self.screen.page

    # ---- given

    def given_a_screen(self, **look: Any) -> None:
        self.screen = self.new_screen(**look)

    def given_i_am(self, name: str, **look: Any) -> None:
        self.given_a_screen(**look)
        self.screen.sign_in(name)

    # ---- when

    def when_i_open(self, path: str) -> None:
        self.screen.open(path)

    def when_i_follow(self, name: str | re.Pattern[str]) -> None:
        self.screen.press(self.link(name))

    def when_i_press(self, name: str | re.Pattern[str]) -> None:
        self.screen.press(self.button(name))

    def when_i_type(self, words: str, *, into: str) -> None:
        self.page.get_by_label(into, exact=True).fill(words)

    def when_i_choose(self, name: str) -> None:
        self.page.get_by_label(name, exact=True).check()

    def when_i_press_tab_until(self, target: Locator) -> None:
        for _ in range(80):
            self.page.keyboard.press("Tab")
            if target.evaluate("element => element === document.activeElement"):
                return
        pytest.fail(f"80 times Tab did not reach {target}")

    def when_i_press_enter(self) -> None:
        self.screen.look()
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def when_i_sign_in_as(self, name: str) -> None:
        """With password and code, as everybody does."""
        self.when_i_type(self.site.ask("email", name), into="Your work email")
        self.when_i_type(self.site.password, into="Your password")
        self.when_i_press("Continue")
        self.when_i_type(self.site.ask("code", name), into="Your 6-digit code")
        self.when_i_press("Sign in")

    # ---- then

    def then_i_read(self, *words: str | re.Pattern[str]) -> None:
        for some in words:
            expect(self.page.get_by_text(some).filter(visible=True).first).to_be_visible()

    def then_i_do_not_read(self, *words: str) -> None:
        for some in words:
            expect(self.page.get_by_text(some).filter(visible=True)).to_have_count(0)

    def then_the_heading_is(self, words: str | re.Pattern[str]) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_have_text(words)

    def then_there_is_no_such_page(self) -> None:
        self.then_the_heading_is("There is no page here")
        self.then_i_read("You have done nothing wrong.")

    def then_i_am_asked_to_sign_in(self) -> None:
        self.then_the_heading_is("Sign in")

    def then_the_page_does_not_scroll_sideways(self) -> None:
        assert self.page.evaluate(FITS)

    def then_the_page_is_dark(self) -> None:
        assert self.page.evaluate(BRIGHTNESS) < 150

    # ---- what is on a page

    def link(self, name: str | re.Pattern[str]) -> Locator:
        return self.page.get_by_role("link", name=name, exact=True).filter(visible=True).first

    def button(self, name: str | re.Pattern[str]) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True).filter(visible=True).first

    # ---- pictures for the documentation

    def pictured(self, name: str, *, part: Locator | None = None, height: int = 0) -> None:
        """Keep a picture, if pictures are asked for: of a part of the page, or of the page down to some height."""
        if not self.pictures:
            return
        size = self.page.viewport_size
        whole = self.page.evaluate("document.documentElement.scrollHeight")
        # what stands at the foot of a screen is then at the foot of the picture
        self.page.set_viewport_size({"width": size["width"], "height": height or whole})
        self.page.wait_for_timeout(A_MOMENT)
        box: Any = part.bounding_box() if part else None
        around = (
            {"x": 0, "y": box["y"] - MARGIN, "width": size["width"], "height": box["height"] + 2 * MARGIN}
            if box
            else None
        )
        keep_picture(Image.open(io.BytesIO(self.page.screenshot(clip=around))), name)
        self.page.set_viewport_size(size)


def keep_picture(picture: Image.Image, name: str) -> None:
    """In 256 colours, which is enough for pages like these."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    picture.convert("RGB").quantize(256, dither=Image.Dither.NONE).save(PICTURES / name, optimize=True)
