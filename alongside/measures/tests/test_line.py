"""What a screen reader is told of the line, in a real browser."""

import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from django.contrib.staticfiles.finders import find
from django.template import engines
from playwright.sync_api import sync_playwright

from alongside.instruments import loader
from alongside.measures.answers import Answer
from alongside.measures.forms.answer import LineForm

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
QUESTION = """
{% from "measures/line.jinja" import line, number_field %}
<h1 id="question">How often?</h1>
<form><input type="hidden" data-how>{{ line(item) }}{{ number_field(item, form) }}
<input type="checkbox" data-declined></form>
"""


def told(html: str, script: str) -> list[str | None]:
    """What the slider says: at first, after choosing not to answer, and after a mark; and the waiting line's role."""
    with sync_playwright() as playwright:
        chromium = os.environ.get("ALONGSIDE_CHROMIUM") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        page = browser.new_page()
        page.set_content(html)
        page.add_script_tag(content=script, type="module")
        slider = page.get_by_role("slider")
        said = [slider.get_attribute("aria-valuetext")]
        page.locator("[data-declined]").check()
        said.append(slider.get_attribute("aria-valuetext"))
        said.append(page.locator("[data-waiting]").get_attribute("role"))
        page.locator("[data-number]").fill("6.4")
        said.append(slider.get_attribute("aria-valuetext"))
        browser.close()
        return said


def test_a_screen_reader_is_told_that_somebody_chose_not_to_answer() -> None:
    item = loader.load("service-evaluation").items[0]
    page = engines["jinja2"].from_string(QUESTION).render({"item": item, "form": LineForm(item, kept=Answer())})
    script = Path(str(find("measures/line.js"))).read_text("utf-8")
    # in a thread of its own: the browser and the database cannot be used from one
    with ThreadPoolExecutor(1) as beside:
        said = beside.submit(told, page, script).result()
    ends = f"from {item.low_words} to {item.high_words}"
    assert said == [f"No mark yet, {ends}", f"You chose not to answer, {ends}", "status", f"6.4 out of 10, {ends}"]
