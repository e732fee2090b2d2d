"""How far pages stick out sideways: `python -m alongside.care.tests.widths page.html…` prints those that do.

It runs beside the tests, since the browser and the database cannot be used from one thread.
"""

import os
import shutil
import sys

from playwright.sync_api import sync_playwright

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
STICKS_OUT = """[...document.querySelectorAll("body *")]
  .filter(part => part.getBoundingClientRect().right > innerWidth + 1)
  .map(part => part.tagName + "." + part.className)"""
WIDER = """Math.max(
  document.documentElement.scrollWidth - document.documentElement.clientWidth,
  ...[...document.querySelectorAll("table")].map(table =>
    Math.round(table.getBoundingClientRect().right - table.parentElement.getBoundingClientRect().right)))"""


def main(pages: list[str]) -> None:
    chromium = os.environ.get("ALONGSIDE_CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        page = browser.new_page()
        for address in pages:
            page.goto(address)
            for width in (320, 640, 768, 1100, 1234, 1280):
                page.set_viewport_size({"width": width, "height": 800})
                if (wider := page.evaluate(WIDER)) > 0:
                    sys.stdout.write(f"{address} at {width}: {wider} px wider; {page.evaluate(STICKS_OUT)[:4]}\n")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
