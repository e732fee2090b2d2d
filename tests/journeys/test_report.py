"""What people do with a report: they read it, find help, hand it on. Each journey reads as sentences."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Visit

PICTURE = Path(__file__).parents[2] / "docs" / "images" / "report.png"
PHONE = {"viewport": {"width": 320, "height": 640}}
ZOOMED = {"viewport": {"width": 320, "height": 256}, "device_scale_factor": 4}
FINDING = "Frequency of self-harm went down by 2.4 points"
BRIGHTNESS = "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).slice(0, 3).reduce((a, b) => a + +b, 0)"
FITS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"


class Journey:
    """Someone with a report in front of them."""

    page: Page

    @pytest.fixture(autouse=True)
    def _somebody(self, visit: Visit, reports: dict[str, Path]) -> None:
        self.visit, self.reports = visit, reports

    def given_a_report(self, name: str = "exact", **look: object) -> None:
        self.page = self.visit(name, **look)

    def when_i_press_tab_until(self, target: Locator) -> None:
        for _ in range(60):
            self.page.keyboard.press("Tab")
            if target.evaluate("element => element === document.activeElement"):
                return
        pytest.fail(f"60 times Tab did not reach {target}")

    def when_i_press_enter(self) -> None:
        self.page.keyboard.press("Enter")

    def when_every_table_is_open(self) -> None:
        for summary in self.page.locator("summary").all():
            summary.click()

    def then_i_read(self, words: str) -> None:
        expect(self.page.get_by_text(words).first).to_be_visible()

    def then_the_page_does_not_scroll_sideways(self) -> None:
        assert self.page.evaluate(FITS)

    def first_table(self) -> Locator:
        return self.page.locator("summary").first


class TestAPractitioner(Journey):
    def test_reads_what_changed_with_scripts_turned_off(self) -> None:
        self.given_a_report(java_script_enabled=False)
        self.then_the_report_says_what_it_may_be_used_for()
        self.then_the_title_is_the_finding()
        self.then_i_read("119 people answered twice or more: their average went from 6.6 to 4.2")
        self.then_i_read("Change can only be seen in the 120.")
        self.then_i_read("There is no comparison group.")

    def test_opens_a_table_by_keyboard_alone(self) -> None:
        self.given_a_report()
        self.when_i_press_tab_until(self.first_table())
        self.then_the_table_is(open_=False)
        self.when_i_press_enter()
        self.then_the_table_is(open_=True)
        self.then_i_read("How often over time")

    def test_finds_help_by_keyboard_alone(self) -> None:
        self.given_a_report()
        self.when_i_press_tab_until(self.page.get_by_role("link", name="Help now"))
        self.when_i_press_enter()
        self.then_help_is_in_sight()
        self.when_i_press_tab_until(self.page.get_by_role("link", name="Samaritans, 116 123"))

    def test_skips_to_the_finding_by_keyboard_alone(self) -> None:
        self.given_a_report()
        self.when_i_press_tab_until(self.page.get_by_role("link", name="Skip to main content"))
        self.when_i_press_enter()
        self.then_i_am_in("main")

    @pytest.mark.parametrize("look", [PHONE, ZOOMED], ids=["320 px", "400% zoom"])
    def test_reads_on_a_small_screen(self, look: dict[str, object]) -> None:
        self.given_a_report(**look)
        self.then_the_page_does_not_scroll_sideways()
        self.when_every_table_is_open()
        self.then_the_page_does_not_scroll_sideways()

    def test_reads_in_the_dark(self) -> None:
        self.given_a_report(color_scheme="dark")
        self.when_every_table_is_open()
        assert self.page.evaluate(BRIGHTNESS) < 150

    def test_reads_in_colours_of_their_own(self) -> None:
        self.given_a_report(forced_colors="active")
        self.when_every_table_is_open()
        self.then_i_read(FINDING)

    def test_prints_it(self) -> None:
        self.given_a_report()
        self.page.emulate_media(media="print")
        self.then_i_read("May point at people: not for publication")
        expect(self.page.get_by_role("link", name="Leave this page")).to_be_hidden()
        expect(self.page.get_by_text("How often over time").last).to_be_visible()

    def test_is_pictured_in_the_documentation(self, request: pytest.FixtureRequest) -> None:
        self.given_a_report(viewport={"width": 1000, "height": 1400})
        end = self.page.get_by_role("row", name="Psychological wellbeing").bounding_box()
        assert end is not None
        picture = self.page.screenshot(clip={"x": 0, "y": 0, "width": 1000, "height": end["y"]})
        assert len(picture) < 250_000
        if request.config.getoption("--pictures", default=False):
            PICTURE.write_bytes(picture)

    def then_the_report_says_what_it_may_be_used_for(self) -> None:
        self.then_i_read("May point at people: not for publication")

    def then_the_title_is_the_finding(self) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(FINDING)

    def then_the_table_is(self, *, open_: bool) -> None:
        assert self.page.locator("details").first.evaluate("details => details.open") is open_

    def then_help_is_in_sight(self) -> None:
        expect(self.page.get_by_role("heading", name="If reading this has been hard")).to_be_in_viewport()
        self.then_i_am_in("help")

    def then_i_am_in(self, place: str) -> None:
        assert self.page.evaluate("document.activeElement.id") == place


class TestAFunder(Journey):
    def test_reads_what_may_be_published(self) -> None:
        self.given_a_report("published")
        self.when_every_table_is_open()
        self.then_i_read("Small numbers left out (strict rule)")
        self.then_i_read("fewer than 8")
        self.then_i_read("Numbers from 1 to 7 are left out and others are rounded to the nearest 5")
        self.then_every_number_of_people_is_rounded()
        assert "May point at people" not in self.page.content()

    def test_is_not_told_a_number_that_was_hidden(self) -> None:
        self.given_a_report("published")
        hidden = list(hidden_counts(self.results("exact"), self.results("published")))
        assert len(hidden) > 10
        said = self.page.inner_text("main")
        for exact in hidden:
            assert f": {exact['improved']} of the {exact['n']} who answered twice" not in said

    def test_is_given_no_one_person(self) -> None:
        codes = self.client_codes()
        assert len(codes) == 120
        for name, text in self.texts("published"):
            assert codes & set(re.findall(r"\w+", text)) == set(), name
        assert "changes.csv" not in {name for name, _ in self.texts("published")}
        assert "changes.csv" in {name for name, _ in self.texts("exact")}

    def then_every_number_of_people_is_rounded(self) -> None:
        said = self.page.inner_text("main")
        people = r"(?<!fewer than )\b([\d,]+) (?:of (?:the )?\d|people|forms|answered)|\bof (?:the |all )?([\d,]+)\b"
        numbers = [int((one or other).replace(",", "")) for one, other in re.findall(people, said)]
        assert len(numbers) > 100
        assert [number for number in numbers if number % 5] == []

    def results(self, name: str) -> Any:
        return json.loads((self.reports[name] / "results.json").read_text("utf-8"))

    def client_codes(self) -> set[str]:
        changes = (self.reports["exact"] / "tables" / "changes.csv").read_text("utf-8")
        return {line.partition(",")[0] for line in changes.splitlines()[1:]}

    def texts(self, name: str) -> Iterator[tuple[str, str]]:
        """Everything a report's folder says, by file; what only draws letters left out."""
        for file in self.reports[name].rglob("*.*"):
            if file.suffix == ".pdf":
                pages = pypdfium2.PdfDocument(file)
                yield file.name, " ".join(page.get_textpage().get_text_range() for page in pages)
                pages.close()
            else:
                yield file.name, re.sub(r"base64,[\w+/=]+", "", file.read_text("utf-8"))


def hidden_counts(exact: Any, published: Any) -> Iterator[dict[str, Any]]:
    """Yield each exact count of people who improved that is hidden in the published results."""
    if isinstance(exact, list) and published:
        for one, other in zip(exact, published, strict=False):
            yield from hidden_counts(one, other)
    elif isinstance(exact, dict) and isinstance(published, dict):  # what is hidden whole has no count to look for
        if exact.get("improved") and isinstance(exact["improved"], int) and published["improved"] is None:
            yield exact
        for key, value in exact.items():
            if key in published:  # small groups go by another name there
                yield from hidden_counts(value, published[key])
