"""Forms on paper, from the printer to the record: a scan with a mouse and with keys alone, and a phone's camera."""

import io
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Browser, expect

from alongside.instruments import loader
from alongside.paper.form.printing import printed
from alongside.paper.layout import Layout
from conftest import ARGUMENTS
from tests.journeys.screen import LAPTOP, PHONE, Screen
from tests.journeys.site import Site
from tests.journeys.working import AMARA, Practitioner

pytest.importorskip("cv2")
PX = 150 / 25.4
FRAME = (1280, 960)
WREN_STREET = "Wren Street"


def marked(pdf: bytes, *, without: str = "", large: bool = False, of: str = WREN_STREET) -> Image.Image:
    """The first page of the form as a scanner gives it: a cross in the middle of every line but one."""
    layout = _layout(large=large, of=of)
    document = pypdfium2.PdfDocument(pdf)
    page = document[0].render(scale=150 / 72).to_pil().convert("L")
    document.close()
    drawn = ImageDraw.Draw(page)
    for item in layout.items:
        if item.key != without and item.kind == "line" and item.page == 1:
            x, y = (item.start_mm[0] + 42) * PX, item.start_mm[1] * PX
            drawn.line([x - 15, y - 15, x + 15, y + 15], fill=25, width=3)
            drawn.line([x - 15, y + 15, x + 15, y - 15], fill=25, width=3)
    return page


def _layout(*, large: bool, of: str) -> Layout:
    """Everything stands in the same place on every copy."""
    return printed(loader.load("service-evaluation"), seed=1, large=large, organisation=of).layout


class TestScanning(Practitioner):
    def print_a_form(self, client: str, *, large: bool = False) -> bytes:
        self.when_i_open_the_page_of(client)
        self.when_i_follow("Measures")
        self.when_i_follow("Print a paper form")
        if large:
            self.when_i_choose("Large print")
        with self.page.expect_download() as download:
            self.page.get_by_role("button", name="Make the PDF").click()
        return Path(download.value.path()).read_bytes()

    def bring_in(self, picture: Image.Image) -> None:
        out = io.BytesIO()
        picture.save(out, "JPEG", quality=90)
        self.when_i_open("/measures/paper/")
        self.page.set_input_files("#scans", {"name": "s.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()})
        self.when_i_press("Bring them in")
        self.page.wait_for_selector("#progress[data-going-on=no]")

    def test_a_form_is_printed_filled_in_scanned_and_judged_with_keys_alone(self) -> None:
        self.given_i_am(AMARA)
        pdf = self.print_a_form("Gwen Tolland")
        self.bring_in(marked(pdf, without="future"))
        self.then_i_read("1 page read.", "Read. Some marks are still to be looked at.")
        self.when_i_follow("Look at doubtful marks")
        self.judge_with_keys()
        self.when_i_open_the_page_of("Gwen Tolland")
        self.then_i_read("on paper")

    def judge_with_keys(self) -> None:
        self.when_i_open("/measures/paper/look")
        for _ in range(11):  # the empty line, and whatever was chosen to be shown all the same
            if not self.page.locator("#mark").count():
                break
            box = self.page.locator("#mark")
            expect(box).to_be_focused()
            with self.page.expect_navigation():
                if "Nothing is marked here" in self.page.content():
                    self.page.keyboard.press("m")
                else:
                    box.fill("4.2")
                    self.page.keyboard.press("Enter")
        self.then_the_heading_is("Nothing to look at")

    def judge_and_come_back(self) -> None:
        """Whatever was chosen to be looked at all the same is looked at."""
        here = self.page.url
        self.judge_with_keys()
        self.when_i_open(here)

    def bring_in_and_open(self, picture: Image.Image) -> None:
        self.bring_in(picture)
        self.when_i_follow("Open page 1")
        self.judge_and_come_back()

    def test_a_form_without_its_other_page_is_kept_and_no_form_is_taken_for_another(self) -> None:
        client, _page = self.site.ask("new_client_of", AMARA)
        self.given_i_am(AMARA, **PHONE)
        self.bring_in_and_open(marked(self.print_a_form(client, large=True), large=True))
        self.then_i_read("Read. Another page of this form has not come in yet.", "Page 2 has not come in")
        self.when_i_follow("Paper forms")
        self.then_i_read("Forms that wait for a page")
        self.when_i_follow(client)
        self.when_i_follow("Type in what is on it")
        self.then_the_heading_is("Type in what is on the other page")
        self.page.go_back()
        self.when_i_press("Keep the form without it")
        self.then_i_read("Read, and in the record.")
        for says, becomes in (
            ("It is another: take it in as well", "Read, and in the record."),
            ("It is the same form: take nothing from it", "It was in the record already"),
        ):
            self.bring_in_and_open(marked(self.print_a_form(client)))
            self.then_i_read("Read, and not taken in: a form like this")
            self.when_i_press(says)
            self.judge_and_come_back()
            self.then_i_read(becomes)
        self.when_i_open_the_page_of(client)
        self.when_i_take_a_form()
        self.when_i_follow("Type in a form that was answered on paper")
        self.then_i_read("A form like this was read from paper")

    def test_a_page_that_is_no_form_is_named_and_thrown_away(self) -> None:
        self.given_i_am(AMARA, **PHONE)
        self.bring_in(Image.new("L", (1240, 1754), 255))
        self.then_i_read("No form was found on this page.")
        self.when_i_follow("Open page 1")
        self.when_i_press("Throw this page away")
        self.then_i_read("Nothing of it is in any record.")


@pytest.fixture
def phone(browser: Browser, tmp_path: Path) -> Iterator[Callable[[Image.Image], Browser]]:
    """Return a browser whose camera sees a page that lies on a table."""
    opened: list[Browser] = []

    def looking_at(page: Image.Image) -> Browser:
        film = tmp_path / "camera.y4m"
        _film(film, page)
        seeing = [
            "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream",
            f"--use-file-for-fake-video-capture={film}",
        ]  # fmt: skip
        chromium = os.environ.get("ALONGSIDE_CHROMIUM") or shutil.which("chromium")
        opened.append(browser.browser_type.launch(executable_path=chromium, args=[*ARGUMENTS, *seeing]))
        return opened[-1]

    yield looking_at
    for one in opened:
        one.close()


def _film(file: Path, page: Image.Image) -> None:
    """A few frames of the page, slightly turned, on a wooden table."""
    small = page.convert("RGB").resize((660, 933)).rotate(2, expand=True, fillcolor=(120, 90, 60))
    table = Image.new("RGB", FRAME, (120, 90, 60))
    table.paste(small, ((FRAME[0] - small.width) // 2, (FRAME[1] - small.height) // 2))
    luma, blue, red = (np.asarray(part) for part in table.convert("YCbCr").split())
    frame = b"FRAME\n" + luma.tobytes() + blue[::2, ::2].tobytes() + red[::2, ::2].tobytes()
    file.write_bytes(f"YUV4MPEG2 W{FRAME[0]} H{FRAME[1]} F10:1 Ip A1:1 C420\n".encode() + frame * 5)


def test_the_camera_takes_the_picture_by_itself_when_it_sees_four_corners(
    phone: Callable[[Image.Image], Browser], site: Site, axe: str
) -> None:
    pdf = printed(loader.load("service-evaluation"), seed=7).pdf
    screen = Screen(phone(marked(pdf, of="")), site, axe, **LAPTOP)
    screen.sign_in(AMARA)
    screen.open("/measures/paper/camera")
    taken = screen.page.locator("[data-taken] a")
    expect(taken).to_have_count(1, timeout=20_000)
    expect(screen.page.locator("[data-said]")).to_have_text("Sent. Turn to the next page.")
    screen.look()
    screen.page.wait_for_timeout(1_500)
    expect(taken).to_have_count(1)  # the page has not left: it is taken once
    taken.click()
    screen.page.wait_for_selector("#progress[data-going-on=no]")
    # it was not printed by this site, and it was seen well enough to say so
    expect(screen.page.locator("table")).to_contain_text("This form was not printed here")
    screen.close()


def test_nothing_is_taken_while_no_page_is_seen(phone: Callable[[Image.Image], Browser], site: Site, axe: str) -> None:
    screen = Screen(phone(Image.new("L", (1240, 1754), 235)), site, axe, **LAPTOP)
    screen.sign_in(AMARA)
    screen.open("/measures/paper/camera")
    expect(screen.page.locator("[data-camera]")).to_be_visible()
    screen.page.wait_for_timeout(2_500)
    expect(screen.page.locator("[data-taken] a")).to_have_count(0)
    screen.close()
