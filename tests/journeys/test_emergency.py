"""A record that is not one’s own is opened in an emergency and reviewed, and its client reads who opened it."""

import re

from tests.journeys.screen import SMALL_PHONE
from tests.journeys.working import AMARA, CALLUM, JO, Practitioner

WHY = "They rang from the station and nobody in their team answers"


class TestAnEmergency(Practitioner):
    def test_is_opened_with_a_reason_and_reviewed_by_a_lead(self) -> None:
        self.given_i_am(CALLUM)
        self.when_i_open(self.site.ask("page_hidden_from", CALLUM))
        self.then_there_is_no_such_page()
        self.when_i_open("/clients")
        self.when_i_follow("Open a record in an emergency")
        self.when_i_press("Open it for an hour")
        self.then_i_read("Enter the client’s code", "Enter why you need it now")
        self.when_i_type(self.site.ask("code_hidden_from", CALLUM), into="The client’s code")
        self.when_i_type(WHY, into="Why you need it now")
        self.when_i_press("Open it for an hour")
        self.then_i_read("You opened this record in an emergency.")
        self.when_i_follow("Who opened it")
        self.then_i_read("Opened it in an emergency", CALLUM)

        self.given_i_am(JO)
        self.when_i_open("/today")
        self.then_i_read("Somebody opened a record in an emergency")
        self.when_i_follow(re.compile("^Review "))
        self.then_i_read(CALLUM, WHY, "Client viewed: overview")
        self.when_i_choose("It was needed")
        self.when_i_type("Callum rang them back and told their worker", into="What you found, and what follows")
        self.when_i_press("Keep the review")
        self.then_the_heading_is("Who did what")
        self.then_i_read("Thank you. The review is kept.", "Emergency reviewed")
        self.when_i_open("/today")
        self.then_i_do_not_read("Somebody opened a record in an emergency")


class TestWhoOpenedIt(Practitioner):
    def test_is_read_by_the_client_on_their_own_phone(self) -> None:
        self.given_i_am(AMARA)
        self.when_i_open_the_page_of("Rowan Ellery")
        self.when_i_follow("Who opened it")
        self.when_i_press("Make a link for Rowan")
        link = self.page.get_by_text(re.compile("^http://localhost")).inner_text().strip()

        self.given_a_screen(**SMALL_PHONE)
        self.when_i_open(link)
        self.then_the_heading_is("Who opened your record")
        self.when_i_press("Show me the list")
        self.then_i_read(AMARA, "Looked at it")
        self.then_i_do_not_read("Rowan", "Ellery")
        self.when_i_open(link)
        self.then_the_heading_is("This link is used up")
