"""The sentences of reading a funder's report: on its page, as a PDF, and as tables."""

import csv
import io
import re
import zipfile
from pathlib import Path

import pypdfium2
from playwright.sync_api import Locator, expect

from tests.journeys.sentences import Journey

ONE_TO_ONE, CLOSER, GROUPS = (
    "One to one support in Calderford",
    "Counselling closer to home",
    "Groups and hard evenings",
)
CODE = re.compile(r"\bWS-\d{4}\b")


class Reading(Journey):
    """Somebody with reports in front of them."""

    def grant(self, title: str) -> Locator:
        return self.page.get_by_role("region", name=title, exact=True)

    def when_i_open_the_report_on(self, title: str) -> None:
        self.screen.press(self.grant(title).get_by_role("link", name=re.compile("^Version 1")).first)

    def when_i_download(self, name: str) -> Path:
        with self.page.expect_download() as download:
            self.link(name).click()
        return Path(download.value.path())

    def then_i_read_an_honest_report_on(self, title: str) -> None:
        self.then_i_read(f"{title}: report to", "Small numbers left out", "people supported")
        self.then_i_read("We cannot say how much of that was our doing.", re.compile("people answered at least twice"))
        self.then_i_read("It does not describe how anyone hurts themselves.")
        expect(self.page.get_by_role("heading", level=1)).to_contain_text("self-harm")
        assert CODE.findall(self.page.content()) == []

    def then_the_pdf_says(self, file: Path, *words: str) -> None:
        pages = pypdfium2.PdfDocument(file)
        said = " ".join(" ".join(page.get_textpage().get_text_range() for page in pages).split())
        pages.close()
        assert [some for some in words if some not in said] == []
        assert CODE.findall(said) == []

    def then_the_tables_hold_nobody(self, file: Path) -> None:
        with zipfile.ZipFile(file) as tables:
            names = [name for name in tables.namelist() if name.endswith(".csv")]
            assert len(names) > 3
            for name in names:
                text = tables.read(name).decode("utf-8-sig")
                assert list(csv.reader(io.StringIO(text)))[1:], name
                assert CODE.findall(text) == [], name
