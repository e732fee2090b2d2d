"""What a facilitator and six participants do in a workshop, by mouse or by keyboard alone."""

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BytesIO
from typing import Any

import pypdfium2
import pytest
from playwright.sync_api import Error, Locator, expect

from tests.journeys.screen import Screen
from tests.journeys.sentences import Journey

PAIRS = ("Pair 1", "Pair 2", "Pair 3")
SOON = 15_000  # milliseconds
LONG_WAY = 250  # presses of Tab
# how many things Tab comes to for sure before it comes to this one, so that not each press has to be looked at
AHEAD = """target => {
  const all = "a[href], button, input:not([type=hidden], [type=radio]), select, textarea, summary";
  const stops = [...document.querySelectorAll(all)].filter((one) => one.checkVisibility() && !one.disabled);
  return Math.max(0, stops.indexOf(target) - stops.indexOf(document.activeElement) - 2);
}"""


class Mouse:
    """Hands with a mouse."""

    def press(self, screen: Screen, target: Locator) -> None:
        screen.touch_or_click(target)

    def write(self, _screen: Screen, words: str, target: Locator) -> None:
        target.fill(words)

    def tick(self, _screen: Screen, target: Locator) -> None:
        target.check()

    def take(self, _screen: Screen, name: str, among: Locator) -> None:
        among.select_option(label=name)

    def move(self, screen: Screen, note: Locator, theme: str) -> None:
        """Drag a note into a theme."""
        words, there = note.locator(".text"), screen.page.get_by_role("region", name=theme)
        words.scroll_into_view_if_needed()
        start, end, mouse = words.bounding_box(), there.bounding_box(), screen.page.mouse
        assert start
        assert end
        mouse.move(start["x"] + 10, start["y"] + 8)
        mouse.down()
        mouse.move(start["x"] + 30, start["y"] + 8, steps=3)
        mouse.move(end["x"] + 40, max(end["y"], 0) + 30, steps=6)
        mouse.up()


class Keyboard:
    """Hands that never touch a mouse."""

    def press(self, screen: Screen, target: Locator) -> None:
        self._go_to(screen, target)
        screen.page.keyboard.press("Enter")

    def write(self, screen: Screen, words: str, target: Locator) -> None:
        self._go_to(screen, target)
        screen.page.keyboard.press("Control+A")
        screen.page.keyboard.type(words)

    def tick(self, screen: Screen, target: Locator) -> None:
        self._go_to(screen, target)
        if not target.is_checked():
            screen.page.keyboard.press("Space")

    def take(self, screen: Screen, name: str, among: Locator) -> None:
        self._go_to(screen, among)
        screen.page.keyboard.type(name)

    def move(self, screen: Screen, note: Locator, theme: str) -> None:
        """Choose a theme in the note’s own list, and press Enter on the button beside it."""
        self.press(screen, note.locator("summary", has_text="Move"))
        self.take(screen, theme, note.get_by_label("Move to"))
        self.press(screen, note.get_by_role("button", name="Move it"))

    def _go_to(self, screen: Screen, target: Locator) -> None:
        here = "element => element === document.activeElement"
        for _ in range(target.evaluate(AHEAD)):
            screen.page.keyboard.press("Tab")
        for _ in range(LONG_WAY):
            if target.evaluate(here):
                return
            screen.page.keyboard.press("Tab")
        pytest.fail(f"{LONG_WAY} times Tab did not reach {target}")


class Workshopping(Journey):
    """Somebody who leads, and others who take part. `self.hands` is what they all use."""

    hands: Mouse | Keyboard = Mouse()
    lead: Screen
    people: list[Screen]

    # ---- whose turn it is

    @contextmanager
    def at(self, screen: Screen) -> Iterator[None]:
        """Look over somebody’s shoulder."""
        before, self.screen = getattr(self, "screen", screen), screen
        yield
        self.screen = before

    def everybody(self) -> Iterator[int]:
        """Everybody who takes part, one after the other; gives who they are."""
        for number, person in enumerate(self.people):
            with self.at(person):
                yield number

    # ---- given

    def given_a_facilitator(self, name: str) -> None:
        self.given_i_am(name)
        self.lead = self.screen

    def given_people(self, count: int, **look: Any) -> None:
        self.people = [self.new_screen(**look) for _ in range(count)]

    # ---- when: with the hands of this journey

    def when_i_follow(self, name: str | re.Pattern[str]) -> None:
        self._to_another_page(self.link(name))

    def when_i_press(self, name: str | re.Pattern[str]) -> None:
        self._to_another_page(self.button(name))

    def when_i_press_here(self, name: str | re.Pattern[str]) -> None:
        """Press what changes this page and opens no other."""
        self.hands.press(self.screen, self.button(name))

    def when_i_type(self, words: str, *, into: str) -> None:
        self.hands.write(self.screen, words, self.page.get_by_label(into, exact=True))

    def when_i_choose(self, name: str | re.Pattern[str]) -> None:
        exactly = isinstance(name, str)
        self.hands.tick(self.screen, self.page.get_by_label(name, exact=exactly).first)

    def _to_another_page(self, target: Locator) -> None:
        self.screen.look()
        target.wait_for(timeout=SOON)
        with self.page.expect_navigation():
            self.hands.press(self.screen, target)

    # ---- planning

    def when_i_plan(self, title: str, *, script: str = "Two sessions") -> None:
        self.when_i_open("/workshops/")
        self.when_i_follow("New workshop")
        self.when_i_type(title, into="What is it called?")
        self.when_i_type("So that the next year is planned with you.", into="What is it for? (optional)")
        self.when_i_choose(re.compile(rf"{script}\."))
        self.when_i_type("Evening group", into="Groups")
        self.when_i_press("Plan the workshop")
        self.then_the_heading_is("The plan")

    def when_i_sign_its_assessment(self) -> None:
        self.when_i_follow("Write the assessment")
        hard = "What could be hard for people here, and what do you do about it?"
        self.when_i_type("People may be tired afterwards. Ruth is there.", into=hard)
        self.when_i_type("Jo Marsh", into="Who signs it?")
        again = self.page.get_by_role("group", name="It is looked at again on")
        for part, value in (("Day", "1"), ("Month", "6"), ("Year", "2199")):
            self.hands.write(self.screen, value, again.get_by_label(part))
        self.when_i_press("Save")

    def when_i_open_it(self, *, pairs: int = 3) -> None:
        self.when_i_press("Open the workshop")
        self.when_i_type(str(pairs), into="How many pairs?")
        self.when_i_press("Lay out boards")

    def when_i_lay_out_another_board_about(self, theme: str) -> None:
        self.hands.take(self.screen, theme, self.page.get_by_label("Another board about"))
        self.when_i_press("Lay out a board")

    def when_i_begin(self, part: str) -> None:
        """Begin what comes next; whatever is open ends."""
        if self.button(f"End it and begin: {part}").count():
            self.when_i_press(f"End it and begin: {part}")
        else:
            self.when_i_press("Begin it")

    def code(self) -> str:
        return str(self.lead.page.locator(".joincode").inner_text())

    # ---- taking part

    def when_i_join(self, code: str, *, board: str = "") -> None:
        self.when_i_open("/w/")
        self.when_i_type(code, into="Your code")
        self.when_i_press("Go on")
        self.when_i_choose("Printed word for word")
        self.when_i_press("Take a seat")
        if board:
            self.when_i_press(board)

    def when_i_write(self, *notes: str) -> None:
        for words in notes:
            self.when_i_type(words, into="Your note")
            self.when_i_press_here("Add a note")
            there = self.page.locator(".note:not(.note--waiting)", has_text=words)
            expect(there).to_have_count(1, timeout=SOON)

    def when_i_go_to(self, heading: str) -> None:
        """Press the way to what has just begun, or be led there by the page itself."""
        title = self.page.get_by_role("heading", level=1, name=heading, exact=True)
        expect(self.link("Go there").or_(title).first).to_be_visible(timeout=SOON)
        with suppress(Error):  # the page goes there while we look at it or are about to press
            self.screen.look()
            if not title.is_visible():
                self.hands.press(self.screen, self.link("Go there"))
        expect(title).to_be_visible(timeout=SOON)

    # ---- the wall

    def when_i_move(self, words: str, theme: str) -> None:
        self.hands.move(self.screen, self.page.locator(".note", has_text=words), theme)
        self.then_it_stands_in(words, theme)

    def then_it_stands_in(self, words: str, theme: str) -> None:
        there = self.page.get_by_role("region", name=theme).locator(".note", has_text=words)
        expect(there).to_have_count(1, timeout=SOON)

    # ---- what came of it

    def pdf(self, slug: str) -> str:
        """The words of the first version, as whoever opens the file reads them."""
        answer = self.screen.context.request.get(f"/workshops/{slug}/document/1.pdf")
        assert answer.status == 200
        document = pypdfium2.PdfDocument(BytesIO(answer.body()))
        pages = (page.get_textpage().get_text_bounded() for page in document)
        return " ".join(" ".join(pages).split())
