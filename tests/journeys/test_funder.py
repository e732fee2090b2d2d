"""What a funder's reader does: they read the reports on their own grants, and see nothing else."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.reading import CLOSER, GROUPS, ONE_TO_ONE, Reading
from tests.journeys.screen import SMALL_PHONE
from tests.journeys.working import HELEN, JO

LOOKS = {"dark": {"color_scheme": "dark"}, "forced colours": {"forced_colors": "active"}, "320 px": SMALL_PHONE}


class TestAFundersReader(Reading):
    def test_reads_the_reports_on_their_own_grant(self) -> None:
        self.given_a_screen()
        self.when_i_open(self.site.links["Funder’s reader"])
        self.when_i_press("Sign in as Helen Marlowe")
        self.then_the_heading_is("Reports")
        self.then_i_read(ONE_TO_ONE)
        self.then_i_do_not_read(CLOSER, GROUPS, "Today", "Clients", "Add a grant", "Make the report")
        self.pictured("funder.png", height=420)
        self.when_i_open_the_report_on(ONE_TO_ONE)
        self.then_i_read_an_honest_report_on(ONE_TO_ONE)
        self.then_the_pdf_says(self.when_i_download("PDF"), ONE_TO_ONE, "Small numbers left out")
        self.then_the_tables_hold_nobody(self.when_i_download("Tables (CSV)"))

    def test_sees_nothing_else(self) -> None:
        another = self.given_a_report_for_another_funder()
        client = self.site.ask("page_of", "Rowan Ellery")
        self.given_i_am(HELEN)
        for path in ("/today", "/clients", "/clients/find", client, f"{client}/forms/new", "/reports/grants/add"):
            self.when_i_open(path)
            self.then_there_is_no_such_page()
        for part in ("", "/report.pdf", "/tables.zip"):
            self.when_i_open(another + part)
            self.then_there_is_no_such_page()

    def test_reads_a_report_by_keyboard_alone(self) -> None:
        self.given_i_am(HELEN)
        self.when_i_open("/reports/")
        self.when_i_press_tab_until(self.link(re.compile("^Version 1")))
        self.when_i_press_enter()
        self.then_i_read_an_honest_report_on(ONE_TO_ONE)
        self.when_i_press_tab_until(self.page.locator("main summary").first)
        self.page.keyboard.press("Enter")
        expect(self.page.locator("main details").first).to_have_attribute("open", "")
        self.when_i_press_tab_until(self.link("All reports"))
        self.when_i_press_enter()
        self.then_the_heading_is("Reports")

    def test_leaves_a_report_fast(self) -> None:
        self.given_i_am(HELEN)
        self.when_i_open("/reports/")
        self.when_i_open_the_report_on(ONE_TO_ONE)
        self.when_i_follow("Leave this page")
        self.then_the_heading_is("Another website")
        self.when_i_open("/reports/")
        self.then_i_am_asked_to_sign_in()

    @pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
    def test_reads_their_reports(self, look: dict[str, object]) -> None:
        self.given_i_am(HELEN, **look)
        self.when_i_open("/reports/")
        self.then_the_page_does_not_scroll_sideways()
        self.then_i_read(ONE_TO_ONE)

    def given_a_report_for_another_funder(self) -> str:
        """Its address."""
        self.given_i_am(JO)
        self.when_i_open("/reports/")
        self.screen.press(self.grant(GROUPS).get_by_role("button", name=re.compile("^Make the report")).first)
        return str(self.page.url)
