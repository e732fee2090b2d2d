"""The real reports of the shipped sample, and a visitor with a browser; axe looks at every page they see."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from alongside.evaluation.sample import CLIENTS, FORMS

type Visit = Callable[..., Page]


@pytest.fixture(scope="session")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The folders of two reports of the same file: "exact", and "published" by the strict rule."""
    folders = {}
    for name, how in (("exact", []), ("published", ["--publish", "strict"])):
        folders[name] = tmp_path_factory.mktemp("journey") / name
        command = [Path(sys.executable).with_name("alongside"), "evaluate", FORMS, "--attributes", CLIENTS]
        command += ["--instrument", "service-evaluation", "--by", "gender", "--by", "age", *how]
        subprocess.run([*command, "--out", folders[name]], check=True, capture_output=True)
    return folders


@pytest.fixture
def visit(browser: Browser, reports: dict[str, Path], axe: str) -> Iterator[Visit]:
    """Return a way to open a report from the file system, as "exact" or "published", in some look.

    As each page is left, axe finds nothing wrong with it, and nothing was asked of any other place. Axe is itself a
    script, so a page opened with scripts turned off, which looks the same, is left to the other journeys.
    """
    pages: list[Page] = []
    asked: list[str] = []

    def open_report(name: str = "exact", **look: object) -> Page:
        context = browser.new_context(**look)
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.goto((reports[name] / "report.html").as_uri())
        if look.get("java_script_enabled", True):
            pages.append(page)
        return page

    yield open_report
    for page in pages:
        accessible(page, axe)
        page.context.close()
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []


def accessible(page: Page, axe: str) -> None:
    page.evaluate(axe)
    found = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
    assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found] == []
