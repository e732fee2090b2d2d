"""The sentences of answering a form: the 10 cm line, its number, and the ways to leave a question out."""

import re
from typing import Any

from playwright.sync_api import expect

from tests.journeys.sentences import Journey

WIDTH = 10  # the line in centimetres, which are also its marks
LEFT, RIGHT = "not at all", re.compile("very often|very severe|a lot|very positive|a great deal")


class Answering(Journey):
    """Somebody with a question in front of them."""

    # ---- when

    def when_i_tap_the_line_at(self, mark: float) -> None:
        x, y = self._place_of(mark)
        if self.screen.touch:
            self.page.touchscreen.tap(x, y)
        else:
            self.page.mouse.click(x, y)

    def when_i_slide_a_finger(self, *, start: float, end: float) -> None:
        """And hold it still for a moment before lifting it, as people do."""
        finger = self.screen.context.new_cdp_session(self.page)
        for kind, mark in [("touchStart", start), ("touchMove", (start + end) / 2), ("touchMove", end)]:
            x, y = self._place_of(mark)
            finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
        self.page.wait_for_timeout(200)
        finger.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": x, "y": y}]})
        finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        finger.detach()

    def when_i_press_keys_on_the_line(self, *keys: str) -> None:
        self.page.get_by_role("slider").focus()
        for key in keys:
            self.page.keyboard.press(key)

    def when_i_move_it_a_little(self, towards: str) -> None:
        self.screen.touch_or_click(self.button(f"a little towards {towards}"))

    def when_i_take_my_mark_off(self) -> None:
        self.screen.touch_or_click(self.button("Take my mark off"))

    def when_i_type_a_number(self, typed: str) -> None:
        self.when_i_type(typed, into="Or type a number")

    def when_i_prefer_not_to_answer(self) -> None:
        self.when_i_choose("Prefer not to answer")

    def when_i_continue(self) -> None:
        self.when_i_press("Continue")

    def when_i_skip_to(self, number: int) -> None:
        """Without an answer and without explaining."""
        while not self.page.get_by_text(f"Question {number} of").is_visible():
            self.when_i_continue()

    def when_i_go_back(self) -> None:
        self.when_i_follow("Back")

    # ---- then

    def then_i_am_asked(self, number: int, words: str | re.Pattern[str] = "") -> None:
        expect(self.page.get_by_text(re.compile(f"Question {number} of"))).to_be_visible()
        if words:
            expect(self.page.get_by_role("heading", level=1)).to_contain_text(words)

    def then_there_is_no_mark(self) -> None:
        expect(self.page.get_by_label("Or type a number")).to_have_value("")
        expect(self.page.locator("[data-mark]")).to_be_hidden()
        expect(self.page.get_by_label("Prefer not to answer")).not_to_be_checked()

    def then_my_mark_is(self, mark: float) -> None:
        """The number says it, a screen reader is told it, and the marker stands where it belongs."""
        expect(self.page.get_by_label("Or type a number")).to_have_value(f"{mark:.1f}")
        slider = self.page.get_by_role("slider")
        expect(slider).to_have_attribute("aria-valuenow", re.compile(rf"^{re.escape(f'{mark:g}')}$"))
        expect(slider).to_have_attribute("aria-valuetext", re.compile(rf"^{mark:.1f} out of 10, from"))
        self.page.wait_for_function(
            "([mark, at]) => Math.abs(mark.getBoundingClientRect().x + mark.offsetWidth / 2 - at) < 2",
            arg=[self.page.locator("[data-mark]").element_handle(), self._place_of(mark)[0]],
        )

    def then_i_chose_not_to_answer(self) -> None:
        expect(self.page.get_by_label("Prefer not to answer")).to_be_checked()
        self.then_i_read("You chose not to answer. That is all right.")
        expect(self.page.get_by_label("Or type a number")).to_have_value("")

    def then_support_is_offered(self, reader: str, *, asked: bool) -> None:
        """At once, and the same whatever the mark was."""
        self.then_i_read("Thank you for saying so", "This form is not watched in real time.", "116 123")
        if asked:
            self.then_i_read(f"{reader} has been asked to check in with you.")
        else:
            self.then_i_read(f"When you continue, we will ask {reader} to check in with you.")

    def then_the_answer_is(self, number: int, words: str) -> None:
        """On the page where answers are checked, or on a copy of them."""
        expect(self.page.locator("dl.sum .ans").nth(number - 1)).to_contain_text(words)

    def _place_of(self, mark: float) -> tuple[float, float]:
        slider = self.page.get_by_role("slider")
        slider.scroll_into_view_if_needed()
        box: Any = slider.bounding_box()
        return box["x"] + box["width"] * mark / WIDTH, box["y"] + box["height"] / 2
