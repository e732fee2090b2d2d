"""What somebody does who is given the screen: they answer, leave out what they like, and hand it back.

A form without JavaScript is walked too; axe, itself a script, cannot look at it there, so only its width is looked at.
"""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.answering import Answering
from tests.journeys.screen import PHONE, SMALL_PHONE
from tests.journeys.working import CALLUM, DAFYDD, PRIYA, Practitioner

QUESTIONS = 11
LOOKS = {
    "dark": {**PHONE, "color_scheme": "dark"},
    "forced colours": {**PHONE, "forced_colors": "active"},
    "320 px": SMALL_PHONE,
    "400% zoom": {"viewport": {"width": 320, "height": 256}, "device_scale_factor": 4},
}


class TestAClient(Practitioner, Answering):
    client: str
    form: str

    def test_answers_alone_and_gives_the_screen_back(self) -> None:
        self.given_the_screen_is_handed_to_me_by(PRIYA, **PHONE)
        self.then_the_heading_is("Your form")
        self.then_i_read("Eleven questions about the last fortnight and today’s session.", "Nobody is watching")
        self.then_i_can_reach_nothing_else()
        self.when_i_open(self.form)
        self.when_i_follow("Start")
        self.then_there_is_no_mark()
        self.when_i_tap_the_line_at(6.4)
        self.then_my_mark_is(6.4)
        self.pictured("question-phone.png", height=720)
        self.when_i_continue()
        self.when_i_type_a_number("12")
        self.then_i_read("Type a number from 0 to 10, such as 6.4")
        self.when_i_continue()
        self.then_i_read("Please look at this again")
        expect(self.page.get_by_label("Or type a number")).to_have_value("12")
        self.when_i_type_a_number("1.2")
        self.when_i_continue()
        self.then_i_am_asked(3, "suicidal thoughts")
        self.when_i_type_a_number("0")
        self.then_i_do_not_read("Thank you for saying so")
        self.when_i_tap_the_line_at(0.4)
        self.then_support_is_offered("Priya", asked=False)
        self.pictured("support.png")
        self.when_i_continue()
        self.then_i_am_asked(4)
        self.then_support_is_offered("Priya", asked=True)
        self.when_i_prefer_not_to_answer()
        self.when_i_continue()
        self.when_i_skip_to(QUESTIONS)
        self.when_i_tap_the_line_at(10)
        self.when_i_continue()
        self.then_the_heading_is("Check your answers")
        self.then_the_answer_is(1, "6.4")
        self.then_the_answer_is(3, "0.4")
        self.then_the_answer_is(4, "You chose not to answer")
        self.then_the_answer_is(5, "No mark yet")
        self.then_the_answer_is(QUESTIONS, "10.0")
        self.when_i_press("Send my answers")
        self.then_the_heading_is("Thank you")
        self.when_i_follow("A copy to keep")
        self.then_the_heading_is("Your answers")
        self.then_the_answer_is(1, "6.4")
        self.then_i_do_not_read(self.name)
        self.when_i_go_back()
        self.when_i_follow("Give the screen back")
        self.then_i_am_asked_to_sign_in()
        self.then_going_back_shows_no_answers()
        self.when_i_sign_in_as(PRIYA)
        self.then_the_heading_is(self.name)

    def test_answers_without_javascript(self) -> None:
        self.given_the_screen_is_handed_to_me_by(CALLUM, **SMALL_PHONE, java_script_enabled=False)
        self.when_i_follow("Start")
        self.then_there_are_eleven_buttons_and_none_is_pressed()
        self.when_i_choose_the_number(7)
        self.pictured("question-without-javascript.png")
        self.when_i_continue()
        self.when_i_type_a_number("eleven")
        self.when_i_continue()
        self.then_i_read("Type a number from 0 to 10, such as 6.4")
        self.when_i_type_a_number("2.5")
        self.when_i_continue()
        self.when_i_choose_the_number(1)
        self.when_i_continue()
        self.then_support_is_offered("Callum", asked=True)
        self.when_i_prefer_not_to_answer()
        self.when_i_continue()
        self.when_i_skip_to(QUESTIONS)
        self.when_i_continue()
        self.when_i_follow(re.compile("^Change question 1,"))
        expect(self.page.get_by_role("radio", name="7", exact=True)).to_be_checked()
        self.when_i_press("Take my mark off")
        self.then_there_are_eleven_buttons_and_none_is_pressed()
        self.when_i_choose_the_number(8)
        self.when_i_continue()
        for number, said in {1: "8.0", 2: "2.5", 3: "1.0", 4: "You chose not to answer"}.items():
            self.then_the_answer_is(number, said)
        self.when_i_press("Send my answers")
        self.then_the_heading_is("Thank you")

    def test_answers_by_keyboard_alone(self) -> None:
        self.given_the_screen_is_handed_to_me_by(DAFYDD)
        self.when_i_press_tab_until(self.link("Start"))
        self.when_i_press_enter()
        self.when_i_press_tab_until(self.page.get_by_role("slider"))
        for key in ("ArrowRight", "PageDown", "ArrowLeft"):
            self.page.keyboard.press(key)
        self.then_my_mark_is(3.9)
        self.when_i_press_tab_until(self.button("Continue"))
        self.when_i_press_enter()
        self.then_i_am_asked(2)
        self.when_i_press_tab_until(self.page.get_by_label("Or type a number"))
        self.page.keyboard.type("5.5")
        self.when_i_press_enter()
        self.then_i_am_asked(3)
        self.when_i_press_tab_until(self.page.get_by_label("Prefer not to answer"))
        self.page.keyboard.press("Space")
        self.then_i_chose_not_to_answer()
        self.when_i_press_tab_until(self.button("Continue"))
        self.when_i_press_enter()
        self.then_i_am_asked(4)

    def test_stops_and_deletes_it(self) -> None:
        self.given_the_screen_is_handed_to_me_by(PRIYA, **PHONE)
        self.when_i_follow("Start")
        self.when_i_tap_the_line_at(2)
        self.when_i_press("Save and come back")
        self.then_the_heading_is("Your answers so far are kept")
        self.when_i_follow("Go on with the form")
        self.when_i_follow("Go on")
        self.then_i_am_asked(2)
        self.when_i_go_back()
        self.then_my_mark_is(2)
        self.when_i_press("Save and come back")
        self.when_i_follow("Delete this form")
        self.when_i_press("Delete this form")
        self.then_the_heading_is("This form was deleted")

    def test_leaves_fast_and_the_answers_are_kept(self) -> None:
        self.given_the_screen_is_handed_to_me_by(CALLUM, **PHONE)
        self.when_i_follow("Start")
        self.when_i_tap_the_line_at(2)
        self.when_i_continue()
        self.when_i_follow("Leave this page")
        self.then_the_heading_is("Another website")
        self.when_i_open(self.form)
        self.then_the_heading_is("No form is open on this screen")
        self.then_i_read("your answers so far are kept")

    @pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
    def test_sees_a_question_in_every_state(self, look: dict[str, object]) -> None:
        self.given_the_screen_is_handed_to_me_by(DAFYDD, **look)
        self.when_i_open(f"{self.form}3/")
        self.then_there_is_no_mark()
        self.screen.look()
        self.when_i_tap_the_line_at(6)
        self.then_my_mark_is(6)
        self.then_support_is_offered("Dafydd", asked=False)
        self.screen.look()
        self.when_i_type_a_number("10.5")
        self.then_i_read("Type a number from 0 to 10, such as 6.4")
        self.screen.look()
        self.when_i_prefer_not_to_answer()
        self.then_i_chose_not_to_answer()
        self.when_i_continue()
        self.when_i_open(f"{self.form}check")
        self.then_the_page_does_not_scroll_sideways()

    def given_the_screen_is_handed_to_me_by(self, worker: str, **look: object) -> None:
        """By a worker with whom my counselling begins today."""
        self.given_i_am(worker, **look)
        self.name, self.client = self.site.ask("new_client_of", worker)
        self.when_i_open(self.client)
        self.when_i_take_a_form()
        self.form = self.page.url
        self.when_i_press("Sign me out and hand over")

    def when_i_choose_the_number(self, number: int) -> None:
        self.page.get_by_role("radio", name=re.compile(rf"^{number}\b")).check()

    def then_i_can_reach_nothing_else(self) -> None:
        """Neither the day of the worker, nor any record, nor what comes after the form."""
        for path in ("/today", self.client, f"{self.client}/contacts", "/reports/"):
            self.when_i_open(path)
            self.then_i_do_not_read(self.name)
            expect(self.page.get_by_role("heading", level=1)).to_have_text(re.compile("^(Sign in|Your form)$"))

    def then_there_are_eleven_buttons_and_none_is_pressed(self) -> None:
        expect(self.page.get_by_role("radio")).to_have_count(QUESTIONS)
        expect(self.page.get_by_role("radio", checked=True)).to_have_count(0)
        expect(self.page.get_by_label("Or type a number")).to_have_value("")

    def then_going_back_shows_no_answers(self) -> None:
        self.page.go_back()
        self.then_i_do_not_read("You chose not to answer", "6.4")
        self.page.go_forward()
