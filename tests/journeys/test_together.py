"""What a practitioner and a client do with a tablet between them: a form, answered, checked, sent and put right."""

import re

from playwright.sync_api import expect

from tests.journeys.answering import Answering
from tests.journeys.screen import TABLET
from tests.journeys.working import AMARA, DAFYDD, Practitioner


class TestAFormTakenTogether(Practitioner, Answering):
    def test_is_answered_on_a_tablet_checked_and_sent_once(self) -> None:
        self.given_i_am(AMARA, **TABLET)
        self.when_i_open_the_page_of("Ali Rahmani")
        before = self.forms_sent()
        self.when_i_take_a_form()
        self.then_i_read("Nobody else is watching as you answer.")
        self.when_i_follow("Start together")
        self.when_we_mark_the_line_in_every_way()
        self.when_we_leave_two_out()
        self.when_we_use_the_keys_and_go_back()
        self.when_i_skip_to(11)
        self.when_i_type_a_number("8")
        self.when_i_continue()
        self.then_the_heading_is("Check your answers")
        self.pictured("check.png")
        for number, said in {1: "6.4", 2: "4.8", 3: "2.7", 4: "No mark yet", 5: "You chose not to answer"}.items():
            self.then_the_answer_is(number, said)
        self.when_i_follow(re.compile("^Change question 1,"))
        self.then_my_mark_is(6.4)
        self.when_i_type_a_number("7")
        self.when_i_continue()
        self.then_the_answer_is(1, "7.0")
        self.when_i_press_twice("Send my answers")
        self.then_the_heading_is("Thank you")
        self.page.go_back()
        self.then_the_heading_is("Thank you")
        self.when_i_follow("Back to the client’s page")
        self.then_the_heading_is("Ali Rahmani")
        assert self.forms_sent() == before + 1
        self.when_i_open("/today")
        self.then_i_read("Please check in with Ali")

    def test_is_corrected_with_a_reason_and_the_old_answer_kept(self) -> None:
        self.given_i_am(AMARA)
        self.when_i_open_the_page_of("Niamh Doyle-Fenn")
        self.when_i_follow("Table")
        self.when_i_open_the_latest_form()
        self.then_the_heading_is(re.compile("^Niamh’s form, "))
        was = self.page.locator("table.answers td strong").first.inner_text()
        self.when_i_follow(re.compile("^Correct question 1,"))
        self.when_i_type("9.9", into="The mark")
        self.when_i_press("Correct this answer")
        self.then_i_read("Please look at this again", "Say why it is changed")
        expect(self.page.get_by_label("The mark")).to_have_value("9.9")
        self.when_i_type("We read the line the wrong way round.", into="Why is it changed?")
        self.when_i_press("Correct this answer")
        self.then_i_read(f"Said {was} until Amara Osei changed it to 9.9", "We read the line the wrong way round.")

    def test_goes_on_after_the_session_has_ended(self) -> None:
        self.given_i_am(AMARA)
        self.when_i_open_the_page_of("Ines Carvalho")
        self.when_i_take_a_form()
        self.when_i_follow("Start together")
        self.when_i_tap_the_line_at(3.3)
        self.when_i_continue()
        self.when_i_tap_the_line_at(5.1)
        self.given_an_hour_has_passed()
        self.when_i_continue()
        self.then_i_am_asked_to_sign_in()
        self.when_i_sign_in_as(AMARA)
        self.then_i_am_asked(2)
        self.then_i_read("We kept what you had put.")
        self.then_my_mark_is(5.1)
        self.when_i_continue()
        self.when_i_go_back()
        self.then_my_mark_is(5.1)
        self.when_i_go_back()
        self.then_my_mark_is(3.3)

    def test_before_a_session_is_linked_to_the_one_after(self) -> None:
        self.given_i_am(AMARA, **TABLET)
        self.when_i_open_the_page_of("Yusuf Adeyinka")
        for occasion, questions in (("Before today’s session", 9), ("After today’s session", 11)):
            self.when_i_follow("Take a form")
            self.when_i_follow("Service evaluation form")
            self.when_i_choose(occasion)
            self.when_i_press("Go on")
            self.when_i_follow("Start together")
            self.when_i_tap_the_line_at(5)
            self.then_i_read(f"of {questions}")
            self.when_i_continue()
            self.when_i_open(self.page.url.replace("/2/", "/check"))
            self.when_i_press("Send my answers")
            self.when_i_follow("Back to the client’s page")
        self.when_i_follow("Table")
        self.when_i_open_the_latest_form()
        self.when_i_follow("The form before this session")
        self.then_i_read("Before a session.")
        self.when_i_follow("The form after this session")

    def test_is_answered_on_two_screens_and_the_second_is_shown_the_first(self) -> None:
        self.given_i_am(AMARA)
        self.when_i_open_the_page_of("Beth Hollowell")
        self.when_i_take_a_form()
        self.when_i_follow("Start together")
        first = self.screen
        self.given_i_am(DAFYDD)
        self.when_i_open(first.page.url)
        self.when_i_tap_the_line_at(2)
        self.when_i_continue()
        self.screen = first
        self.when_i_tap_the_line_at(8)
        self.when_i_continue()
        self.then_i_read("This answer was changed on another screen. There it is 2.0.")
        self.then_my_mark_is(8)
        self.when_i_continue()
        self.when_i_go_back()
        self.then_my_mark_is(8)

    def when_we_mark_the_line_in_every_way(self) -> None:
        """By a tap and a little more, with a finger that slides, and by a number with a comma."""
        self.then_there_is_no_mark()
        self.when_i_tap_the_line_at(6.4)
        self.then_my_mark_is(6.4)
        self.when_i_move_it_a_little("very often")
        self.then_my_mark_is(6.5)
        self.when_i_move_it_a_little("not at all")
        self.when_i_continue()
        self.then_i_am_asked(2)
        self.when_i_slide_a_finger(start=2, end=4.8)
        self.then_my_mark_is(4.8)
        self.when_i_continue()
        self.then_i_am_asked(3)
        self.when_i_type_a_number("2,7")
        self.then_support_is_offered("Amara", asked=False)
        self.when_i_continue()
        self.then_i_am_asked(4)
        self.then_support_is_offered("Amara", asked=True)

    def when_we_leave_two_out(self) -> None:
        """One without a word, after a mark that was taken off; one that we say we prefer not to answer."""
        self.when_i_tap_the_line_at(1)
        self.when_i_take_my_mark_off()
        self.then_there_is_no_mark()
        self.when_i_continue()
        self.then_i_am_asked(5)
        self.when_i_prefer_not_to_answer()
        self.then_i_chose_not_to_answer()
        self.when_i_continue()

    def when_we_use_the_keys_and_go_back(self) -> None:
        self.then_i_am_asked(6)
        self.when_i_press_keys_on_the_line("ArrowRight", "ArrowRight", "PageUp", "End", "ArrowLeft")
        self.then_my_mark_is(9.9)
        self.when_i_continue()
        self.then_i_am_asked(7)
        self.page.go_back()
        self.then_my_mark_is(9.9)
        self.when_i_go_back()
        self.then_i_chose_not_to_answer()

    def when_i_press_twice(self, name: str) -> None:
        self.screen.look()
        self.button(name).dblclick()
        self.page.wait_for_url("**/thanks")

    def when_i_open_the_latest_form(self) -> None:
        self.screen.press(self.page.locator("table.tv thead a").last)

    def given_an_hour_has_passed(self) -> None:
        session = next(one for one in self.screen.context.cookies() if one["name"] == "session")
        self.site.ask("an_hour_passes", session["value"])

    def forms_sent(self) -> int:
        self.when_i_follow("Table")
        forms = self.page.locator("table.tv thead a").count()
        self.when_i_follow("Charts")
        return forms
