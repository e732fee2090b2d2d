"""What a service lead does when the year is over: a report for a funder, in one press, and what is in it."""

import re

import pypdfium2
import pytest
from playwright.sync_api import expect

from tests.journeys.reading import CLOSER, ONE_TO_ONE, Reading
from tests.journeys.screen import SMALL_PHONE, ZOOMED
from tests.journeys.sentences import keep_picture
from tests.journeys.working import JO

A4_SCALE = 1.3
LOOKS = {
    "dark": {"color_scheme": "dark"},
    "forced colours": {"forced_colors": "active"},
    "320 px": SMALL_PHONE,
    "400% zoom": ZOOMED,
}


class TestALead(Reading):
    def test_makes_a_report_in_one_press(self) -> None:
        self.given_a_screen()
        self.when_i_open(self.site.links["Service lead"])
        self.when_i_press("Sign in as Jo Marsh")
        self.when_i_follow("Reports")
        self.when_i_make_the_report_on(CLOSER)
        self.then_i_read_an_honest_report_on(CLOSER)
        self.then_i_read("Version 1, made on")
        pdf = self.when_i_download("PDF")
        self.then_the_pdf_says(pdf, CLOSER, "Small numbers left out", "people supported")
        self.then_the_tables_hold_nobody(self.when_i_download("Tables (CSV)"))

    def test_reads_the_report_of_a_year(self) -> None:
        self.given_i_am(JO)
        self.when_i_open("/reports/")
        self.when_i_open_the_report_on(ONE_TO_ONE)
        self.then_i_read_an_honest_report_on(ONE_TO_ONE)
        self.pictured("report.png", height=1680)
        self.then_it_prints_on_paper("report-a4.png")
        self.when_every_table_is_open()
        self.then_i_read("Improved by 1 or more, of everyone", "no clear change")

    def test_makes_one_report_however_often_the_button_is_pressed(self) -> None:
        self.given_i_am(JO)
        self.when_i_open("/reports/")
        whole = self.grant(CLOSER).get_by_role("row").filter(has_text="The whole grant so far")
        whole.get_by_role("button").dblclick()
        self.page.wait_for_url(re.compile("/reports/[0-9a-f]{32}$"))
        self.when_i_follow("All reports")
        expect(whole.get_by_role("link")).to_have_count(1)
        self.screen.press(whole.get_by_role("button", name=re.compile("^Make a new version")))
        self.then_i_read("Version 2, made on", re.compile("Version 1, made on .+: the same figures"))

    def test_makes_the_report_of_a_year_in_which_nobody_came(self) -> None:
        self.given_i_am(JO)
        self.when_i_open("/reports/")
        self.when_i_follow("Add a grant")
        self.when_i_type("Walks by the river", into="What the grant is called")
        self.page.get_by_label("Funder", exact=True).select_option("The Lantern Trust")
        self.when_i_fill_in("First day", 31, 4, 2019)
        self.when_i_fill_in("Last day", 31, 3, 2020)
        self.when_i_press("Add the grant")
        self.then_i_read("Please look at this again", "Enter a date that exists, such as 27 3 2026")
        expect(self.page.get_by_label("What the grant is called")).to_have_value("Walks by the river")
        self.when_i_fill_in("First day", 1, 4, 2019)
        self.when_i_press("Add the grant")
        self.then_i_read("The grant is added.")
        self.when_i_make_the_report_on("Walks by the river")
        self.then_i_read("Walks by the river: report to The Lantern Trust", re.compile("[Nn]obody|0 people|[Nn]o form"))
        self.then_the_pdf_says(self.when_i_download("PDF"), "Walks by the river", "Small numbers left out")

    def test_is_told_of_a_grant_that_has_not_begun(self) -> None:
        self.given_i_am(JO)
        self.when_i_open("/reports/")
        expect(self.grant("A place for families").get_by_text("It begins on")).to_be_visible()
        expect(self.grant("A place for families").get_by_role("button")).to_have_count(0)

    @pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
    def test_reads_reports(self, look: dict[str, object]) -> None:
        self.given_i_am(JO, **look)
        self.when_i_open("/reports/")
        self.then_the_page_does_not_scroll_sideways()
        self.when_i_open_the_report_on(ONE_TO_ONE)
        self.when_every_table_is_open()
        self.then_the_page_does_not_scroll_sideways()
        self.when_i_open("/reports/grants/add")
        self.then_the_page_does_not_scroll_sideways()
        if look == LOOKS["dark"]:
            self.then_the_page_is_dark()

    def when_i_make_the_report_on(self, title: str) -> None:
        """Of the last year that is over."""
        years = self.grant(title).get_by_role("row").filter(has_not_text="Not over yet")
        self.screen.press(years.get_by_role("button", name=re.compile("^Make the report")).first)

    def when_i_fill_in(self, date: str, *numbers: int) -> None:
        group = self.page.get_by_role("group", name=date, exact=True)
        for part, number in zip(("Day", "Month", "Year"), numbers, strict=True):
            group.get_by_label(part).fill(str(number))

    def when_every_table_is_open(self) -> None:
        for summary in self.page.locator("main summary").all():
            summary.click()

    def then_it_prints_on_paper(self, name: str) -> None:
        """Its first page says what it is and how it may be used, and nothing that only a screen needs."""
        printed = self.page.pdf(format="A4")
        pages = pypdfium2.PdfDocument(printed)
        first = pages[0].get_textpage().get_text_range()
        assert "Small numbers left out" in first
        assert ONE_TO_ONE in first
        assert "Sign out" not in first
        if self.pictures:
            keep_picture(pages[0].render(scale=A4_SCALE).to_pil(), name)
        pages.close()
