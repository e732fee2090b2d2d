"""What anybody does who comes to the front door: they look for support, find help now, and get away fast."""

import pytest
from playwright.sync_api import expect

from tests.journeys.screen import LAPTOP, PHONE, SMALL_PHONE, ZOOMED
from tests.journeys.sentences import Journey

PUBLIC = ["/", "/help", "/help?nation=wales", "/accounts/login/", "/nowhere"]
ELSEWHERE = "https://www.bbc.co.uk/weather"
NO_SCRIPTS = {"java_script_enabled": False}
LOOKS = {
    "dark": {"color_scheme": "dark"},
    "forced colours": {"forced_colors": "active"},
    "320 px": SMALL_PHONE,
    "400% zoom": ZOOMED,
}


class TestAVisitor(Journey):
    def test_finds_out_what_there_is(self) -> None:
        self.given_a_screen()
        self.when_i_open("/")
        self.then_the_heading_is("Come as you are. There is a place for you here.")
        self.then_i_read("You do not have to stop, explain yourself or be in crisis to talk to us.")
        self.pictured("front.png")
        self.when_i_follow("Ask for support")
        self.then_i_see("Not sure what you need?")
        self.then_i_read("01632 960 001", "hello@wrenstreet.example")

    def test_finds_out_what_there_is_on_a_phone(self) -> None:
        self.given_a_screen(**PHONE)
        self.when_i_open("/")
        self.pictured("front-phone.png", height=667)
        self.when_i_follow("Menu")
        self.when_i_follow("What happens next")
        self.then_i_see("What happens next")
        self.then_help_and_the_way_out_stay_in_sight()

    def test_finds_help_now_where_they_live(self) -> None:
        self.given_a_screen()
        self.when_i_open("/")
        self.when_i_follow("Help now")
        self.then_the_heading_is("Help now")
        self.then_i_can_ring("116 123", "tel:116123")
        self.then_i_read("Choose the mental health option.")
        self.when_i_follow("Wales")
        self.then_i_read("NHS Wales", "Press 2.")
        self.then_i_do_not_read("Choose the mental health option.")
        self.when_i_follow("Scotland")
        self.then_i_read("NHS 24")
        self.when_i_follow("Northern Ireland")
        self.then_i_can_ring("116 123", "tel:116123")
        self.then_i_can_ring("999", "tel:999")

    def test_finds_help_by_keyboard_alone(self) -> None:
        self.given_a_screen()
        self.when_i_open("/")
        self.when_i_press_tab_until(self.link("Help now"))
        self.when_i_press_enter()
        self.then_the_heading_is("Help now")
        self.when_i_press_tab_until(self.link("116 123"))
        self.when_i_press_tab_until(self.link("Scotland"))
        self.when_i_press_enter()
        self.then_i_read("NHS 24")

    def test_skips_to_the_page_by_keyboard_alone(self) -> None:
        self.given_a_screen()
        self.when_i_open("/")
        self.when_i_press_tab_until(self.link("Skip to main content"))
        self.when_i_press_enter()
        assert self.page.evaluate("document.querySelector(':target').id") == "main"

    @pytest.mark.parametrize("look", [LAPTOP, PHONE, NO_SCRIPTS], ids=["laptop", "phone", "no JavaScript"])
    @pytest.mark.parametrize("path", ["/", "/help"])
    def test_leaves_by_the_button(self, path: str, look: dict[str, object]) -> None:
        self.given_a_screen(**look)
        self.when_i_open(path)
        self.when_i_follow("Leave this page")
        self.then_i_am_on_another_website()

    def test_leaves_by_pressing_shift_three_times(self) -> None:
        self.given_a_screen()
        self.when_i_open("/help")
        self.when_i_press_shift(times=3)
        self.then_i_am_on_another_website()
        self.then_going_back_shows_nothing_of_us()

    def test_does_not_leave_by_typing_capitals(self) -> None:
        self.given_a_screen()
        self.when_i_open("/accounts/login/")
        self.page.get_by_label("Your work email").focus()
        for key in "ABC":
            self.page.keyboard.press(f"Shift+{key}")
        assert self.screen.left_to == []
        expect(self.page.get_by_label("Your work email")).to_have_value("ABC")

    def test_reads_everything_without_javascript(self) -> None:
        self.given_a_screen(**NO_SCRIPTS)
        self.when_i_open("/")
        self.then_i_read("Come as you are. There is a place for you here.", "116 123")
        self.when_i_follow("Help now")
        self.when_i_follow("Scotland")
        self.then_i_read("NHS 24")

    @pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
    def test_reads_every_public_page(self, look: dict[str, object]) -> None:
        self.given_a_screen(**look)
        for path in PUBLIC:
            self.when_i_open(path)
            self.then_the_page_does_not_scroll_sideways()
            self.then_i_can_ring("999", "tel:999")
            if look == LOOKS["dark"]:
                self.then_the_page_is_dark()

    def test_follows_a_link_that_lost_a_piece(self) -> None:
        self.given_a_screen()
        self.when_i_open("/demo/sign-in/eyJ1c2VyIjoi")
        self.then_there_is_no_such_page()
        self.then_i_can_ring("116 123", "tel:116123")

    def when_i_press_shift(self, *, times: int) -> None:
        self.screen.look()
        with self.page.expect_navigation():
            for _ in range(times):
                self.page.keyboard.press("Shift")

    def then_i_see(self, heading: str) -> None:
        expect(self.page.get_by_role("heading", name=heading)).to_be_in_viewport()

    def then_i_can_ring(self, number: str, address: str) -> None:
        expect(self.page.locator(f"main a[href='{address}']").get_by_text(number).first).to_be_visible()

    def then_help_and_the_way_out_stay_in_sight(self) -> None:
        expect(self.link("Help now")).to_be_in_viewport()
        expect(self.link("Leave this page")).to_be_in_viewport()

    def then_i_am_on_another_website(self) -> None:
        self.then_the_heading_is("Another website")
        assert self.screen.left_to == [ELSEWHERE]

    def then_going_back_shows_nothing_of_us(self) -> None:
        self.page.go_back()
        assert "Help now" not in self.page.content()
