"""A measure from the lead who switches it on to the page on which it is talked over."""

import re

from playwright.sync_api import expect

from tests.journeys.screen import PHONE
from tests.journeys.working import AMARA, JO, Practitioner

DARK = {"color_scheme": "dark"}


class TestManaging(Practitioner):
    def test_a_lead_looks_at_a_measure_and_switches_it_on(self) -> None:
        self.given_i_am(JO)
        self.when_i_open("/measures/")
        self.then_the_heading_is("Measures")
        self.when_i_follow("WSAS")
        self.when_i_follow("See it as a client does")
        self.then_i_read("Preview: nothing is kept.")
        self.when_i_follow("Back to WSAS")
        self.when_i_follow("Switch on")
        self.when_i_choose("In every service")
        self.when_i_press("Switch it on")
        self.then_i_read("In use")

    def test_words_wait_for_a_licence_and_stand_on_it(self) -> None:
        self.given_i_am(JO)
        self.when_i_open("/measures/core10/wording")
        self.then_i_read("Words can be kept once a licence is recorded that holds today.")
        self.when_i_follow("Record the licence first")
        self.when_i_type("CORE System Trust", into="Who gave it")

    def test_a_file_with_a_fault_is_shown_again_with_its_line(self) -> None:
        self.given_i_am(JO)
        self.when_i_open("/measures/add")
        self.page.locator("#text").fill('key = "ours"\nversion = 1\n')
        self.when_i_press("Check it and add it")
        self.then_i_read("line 2", "Nothing is saved.")

    def test_forms_are_brought_in_or_not_at_all(self) -> None:
        self.given_i_am(JO)
        self.when_i_open("/measures/gad7/")
        self.when_i_follow("Bring in forms")
        self.page.locator("#text").fill(
            "response,person,date,q1,q2,q3,q4,q5,q6,q7\nR1,WS-0101,2026-11-01,9,0,0,0,0,0,0\n"
        )
        self.when_i_press("Check it and bring it in")
        self.then_i_read("row 1, column q1: question 1 goes from 0 to 3, but the answer is “9”")


class TestTaking(Practitioner):
    def test_a_form_is_answered_with_keys_alone_and_its_score_is_there(self) -> None:
        self.given_i_am(AMARA, **PHONE)
        self.when_i_open_the_page_of("Gwen Tolland")
        self.when_i_follow("Take a form")
        self.when_i_follow("GAD-7")
        self.when_i_choose("Now")
        self.when_i_press("Go on")
        self.when_i_follow("Start together")
        for _ in range(7):
            self.page.get_by_label("Several days").focus()
            self.page.keyboard.press("Space")
            self.when_i_press("Continue")
        self.then_the_heading_is("Check your answers")
        self.when_i_press("Send my answers")
        self.then_the_heading_is("Thank you")
        self.when_i_follow("Back to the client’s page")
        self.when_i_follow("Measures")
        self.then_i_read(re.compile("One form so far: 7 on"))

    def test_question_9_offers_support_at_once(self) -> None:
        self.given_i_am(AMARA, **PHONE)
        self.when_i_open_the_page_of("Gwen Tolland")
        self.when_i_follow("Take a form")
        self.when_i_follow("PHQ-9")
        self.when_i_choose("Now")
        self.when_i_press("Go on")
        self.when_i_open(f"{self.page.url}9/")
        self.then_i_do_not_read("Thank you for saying so")
        self.when_i_choose("Several days")
        self.then_i_read("Thank you for saying so", "116 123")
        self.when_i_choose("Not at all")
        expect(self.page.get_by_text("Thank you for saying so")).to_be_hidden()
        self.when_i_choose("Prefer not to answer")
        expect(self.page.get_by_label("Not at all")).not_to_be_checked()

    def test_a_paper_form_is_typed_in(self) -> None:
        self.given_i_am(AMARA)
        self.when_i_open_the_page_of("Ines Carvalho")
        self.when_i_follow("Take a form")
        self.when_i_follow("CORE-10")
        self.when_i_choose("At a review")
        self.when_i_press("Go on")
        self.when_i_follow("Type in a form that was answered on paper")
        for number in range(1, 11):
            self.page.locator(f"[name='q{number}-mark'][value='0']").check()
        self.when_i_press("Keep these answers")
        self.then_the_heading_is("Check your answers")

    def test_words_are_written_and_shown_again(self) -> None:
        self.given_i_am(AMARA)
        self.when_i_open_the_page_of("Ali Rahmani")
        self.when_i_follow("Take a form")
        self.when_i_follow("Five aspects")
        self.when_i_choose("Now")
        self.when_i_press("Go on")
        self.then_i_do_not_read("hand the screen over")
        self.when_i_follow("Start together")
        self.when_i_type("The kitchen, late", into="What was going on around you?")
        self.when_i_press("Continue")
        self.when_i_press("Save and come back")
        self.then_the_heading_is("Your answers so far are kept")


class TestOverTime(Practitioner):
    def test_charts_and_table_say_the_same(self) -> None:
        self.given_i_am(AMARA, **DARK)
        self.when_i_open_the_page_of("Rowan Ellery")
        self.when_i_follow("Measures")
        self.then_the_heading_is("Measures over time")
        self.then_i_read("could be the measure’s own unsteadiness", "They do not predict anything")
        self.when_i_follow("Table")
        self.then_i_read("PHQ-9", "CORE-10")

    def test_it_fits_a_phone(self) -> None:
        self.given_i_am(AMARA, **PHONE)
        self.when_i_open_the_page_of("Rowan Ellery")
        self.when_i_follow("Measures")
        self.then_the_heading_is("Measures over time")

    def test_a_form_is_asked_for_and_stands_on_today(self) -> None:
        self.given_i_am(AMARA)
        self.when_i_open_the_page_of("Niamh Doyle-Fenn")
        self.when_i_follow("Ask for a form")
        self.when_i_choose("GAD-7")
        self.when_i_choose("Every fortnight")
        self.when_i_press("Ask for it")
        self.then_i_read("Every fortnight. None yet. Due today.")
        self.when_i_open("/today")
        self.then_i_read("Forms due", "GAD-7. Due today.")

    def test_answers_are_taken_out_under_the_clients_code(self) -> None:
        self.given_i_am(AMARA)
        self.when_i_open_the_page_of("Rowan Ellery")
        self.when_i_follow("Measures")
        self.when_i_follow("Take answers out in a file")
        self.then_i_read("no name")
