"""What a practitioner does between two appointments: their day, and a client’s page."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.screen import SMALL_PHONE, ZOOMED
from tests.journeys.working import AMARA, CALLUM, DAFYDD, PRIYA, Practitioner

LOOKS = {
    "dark": {"color_scheme": "dark"},
    "forced colours": {"forced_colors": "active"},
    "320 px": SMALL_PHONE,
    "400% zoom": ZOOMED,
}


class TestADay(Practitioner):
    def test_begins_with_the_link_of_the_demo(self) -> None:
        self.given_a_screen()
        self.when_i_open(self.site.links["Practitioner"])
        self.then_the_heading_is("Sign in as Amara Osei, practitioner")
        self.when_i_press("Sign in as Amara Osei")
        self.then_i_see_my_day()
        self.pictured("today.png")
        self.when_i_press("Sign out")
        self.when_i_open(self.site.links["Practitioner"])
        self.then_the_heading_is("This link has been used")

    def test_begins_with_a_password_and_a_code(self) -> None:
        self.given_a_screen()
        self.when_i_open("/today")
        self.then_i_am_asked_to_sign_in()
        self.pictured("sign-in.png", height=740)
        self.when_i_type("callum@wrenstreet.example", into="Your work email")
        self.when_i_type("not my password", into="Your password")
        self.when_i_press("Continue")
        self.then_i_read("Check your email and password. One of them is not what we have.")
        self.when_i_sign_in_as(CALLUM)
        self.then_the_heading_is(re.compile(r"^\w+day \d+ \w+$"))
        self.then_i_read("Callum Reid")

    def test_finishes_a_check_in_and_puts_it_back(self) -> None:
        self.given_i_am(AMARA)
        self.when_i_open("/today")
        self.when_i_press(re.compile("^Please check in with Tomasz"))
        self.then_i_read("Done today")
        self.when_i_press(re.compile("^Put back"))
        self.then_i_do_not_read("Done today")
        expect(self.button(re.compile("^Please check in with Tomasz"))).to_be_visible()

    def test_finds_a_person_without_leaving_a_name_in_the_address(self) -> None:
        self.given_i_am(AMARA)
        self.when_i_open("/today")
        self.page.get_by_label("Find a person by name or code").fill("ro el")
        self.when_i_press_enter()
        self.then_i_read("Rowan Ellery")
        assert "ro" not in self.page.url.partition("?")[2]
        self.when_i_follow("Rowan Ellery")
        self.then_the_heading_is("Rowan Ellery")

    def test_finds_nobody(self) -> None:
        self.given_i_am(AMARA)
        self.when_i_open("/clients/find")
        self.when_i_type("zz", into="Name or code")
        self.when_i_press("Find")
        self.then_i_read("Nobody whose record you can see is called that.")

    def test_cannot_open_the_page_of_somebody_elses_client(self) -> None:
        self.given_i_am(PRIYA)
        self.when_i_open(self.site.ask("page_hidden_from", PRIYA))
        self.then_there_is_no_such_page()

    def test_goes_through_it_by_keyboard_alone(self) -> None:
        self.given_i_am(AMARA)
        self.when_i_open("/today")
        self.when_i_press_tab_until(self.link("Rowan Ellery"))
        self.when_i_press_enter()
        self.then_the_heading_is("Rowan Ellery")
        self.when_i_press_tab_until(self.link("Table"))
        self.when_i_press_enter()
        self.then_i_read("A dash means no form that fortnight.")

    @pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
    def test_reads_the_pages_used_most(self, look: dict[str, object]) -> None:
        self.given_i_am(AMARA, **look)
        client = self.site.ask("page_of", "Rowan Ellery")
        for path in ("/today", client, f"{client}?view=table", f"{client}/contacts/new"):
            self.when_i_open(path)
            self.then_the_page_does_not_scroll_sideways()
            if look == LOOKS["dark"]:
                self.then_the_page_is_dark()

    def test_reads_every_other_page_on_a_phone(self) -> None:
        self.given_i_am(AMARA, **SMALL_PHONE)
        client = self.site.ask("page_of", "Rowan Ellery")
        of_client = [client + rest for rest in ("/contacts", "/change", "/forms/new", "/events/new", "/support/new")]
        for path in ("/clients", "/clients?left", "/clients/find", "/clients/contact", "/clients/add", *of_client):
            self.when_i_open(path)
            self.then_the_page_does_not_scroll_sideways()

    def then_i_see_my_day(self) -> None:
        self.then_the_heading_is(re.compile(r"^\w+day \d+ \w+$"))
        self.then_i_read("people today.", "Rowan Ellery", "Please check in with Tomasz")
        names = self.page.locator("table.list tbody th").all_inner_texts()
        assert names == sorted(names, key=str.casefold)


class TestAClientsPage(Practitioner):
    def test_shows_how_things_have_been(self) -> None:
        self.given_i_am(AMARA)
        self.when_i_open_the_page_of("Rowan Ellery")
        self.then_i_read("Rowan has asked us to", "Text, don’t ring", "Since last time", "Last contact", "Form due")
        self.then_i_read("Get back to Tuesday choir without planning my exit", "13 of 15 fortnightly forms")
        expect(self.page.locator("svg[role=img].sm")).to_have_count(11)
        self.then_every_chart_says_what_it_shows()
        self.then_i_read("Who can see this", "Calder team (5 people)", "Nobody else.")
        self.pictured("client.png", height=1700)
        self.when_i_follow("Table")
        self.then_i_read("Scores from 0.0 (left end) to 10.0 (right end).")
        expect(self.page.locator("table.tv tbody tr")).to_have_count(11)
        self.pictured("client-table.png", part=self.page.get_by_role("region", name="How things have been"))

    def test_records_a_contact_on_a_day_that_exists(self) -> None:
        self.given_i_am(AMARA)
        self.when_i_open_the_page_of("Marcus Obianwu")
        self.when_i_follow("Record a contact")
        self.when_i_fill_in_the_date(31, 2, 2026)
        self.when_i_type("2.30pm", into="Time")
        self.when_i_choose("Came")
        self.when_i_choose("By phone")
        self.when_i_type("Rang the housing office together.", into="Note (optional)")
        self.when_i_press("Save")
        self.then_i_read("Please look at this again", "Enter a date that exists, such as 27 3 2026")
        expect(self.page.get_by_label("Note (optional)")).to_have_value("Rang the housing office together.")
        expect(self.page.get_by_label("Month")).to_have_value("2")
        self.when_i_follow("Enter a date that exists, such as 27 3 2026")
        expect(self.page.get_by_label("Day")).to_be_focused()
        self.when_i_fill_in_the_date(27, 3, 2026)
        self.when_i_press("Save")
        self.then_i_read("The contact is recorded.")
        self.then_i_read("Rang the housing office together.")

    def test_is_changed_by_two_people_at_once(self) -> None:
        self.given_i_am(AMARA)
        self.when_i_open_the_page_of("Gwen Tolland")
        self.when_i_follow("What we know")
        self.when_i_type("01632 960 111", into="Phone")
        amaras = self.screen
        self.given_i_am(DAFYDD)
        self.when_i_open(amaras.page.url)
        self.when_i_type("01632 960 222", into="Phone")
        self.when_i_type("she/her", into="Pronouns")
        self.when_i_press("Save")
        self.then_i_read("Saved.")
        self.screen = amaras
        self.when_i_press("Save")
        self.then_i_read("Somebody else changed this while you were writing", "Dafydd Pryce, today")
        self.then_i_read("01632 960 222", "01632 960 111")
        expect(self.page.get_by_label("Phone")).to_have_value("01632 960 111")
        self.when_i_press("Save")
        self.then_i_read("Saved.", "01632 960 111", "she/her")

    def test_is_begun_for_somebody_with_an_emoji_in_their_name(self) -> None:
        self.given_i_am(AMARA)
        self.when_i_open("/clients/add")
        self.when_i_type("Juno 🌻 Marlow", into="Name (optional)")
        self.when_i_choose("They asked themselves")
        self.when_i_press("Add them")
        self.then_i_read("Please look at this again", "Choose the support they will receive")
        expect(self.page.get_by_label("Name (optional)", exact=True)).to_have_value("Juno 🌻 Marlow")
        self.page.get_by_label("Support", exact=True).select_option("Counselling")
        self.when_i_press("Add them")
        self.then_the_heading_is("Juno 🌻 Marlow")
        self.then_i_read("Support has begun.", "No form yet.", "Juno has not said yet what they want.")

    def when_i_fill_in_the_date(self, day: int, month: int, year: int) -> None:
        for part, number in (("Day", day), ("Month", month), ("Year", year)):
            self.when_i_type(str(number), into=part)

    def then_every_chart_says_what_it_shows(self) -> None:
        for chart in self.page.locator("svg[role=img].sm").all():
            name = chart.evaluate("svg => [...svg.getAttribute('aria-labelledby').split(' ')]"
                                  ".map(id => document.getElementById(id).textContent).join(' ')")  # fmt: skip
            assert re.search(r"^\d+.+\.$", name.strip()), name
