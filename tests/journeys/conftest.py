"""The real reports of the shipped sample, the real site with its invented people, and browsers in front of them.

Axe looks at every page that anybody sees.
"""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from alongside.evaluation.sample import CLIENTS, FORMS
from tests.journeys.screen import Screen, accessible
from tests.journeys.site import Site, demo

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


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site, served by the real command with its invented people; one for the whole run."""
    with demo(tmp_path_factory.mktemp("site") / "home") as served:
        yield served


@pytest.fixture
def new_screen(browser: Browser, site: Site, axe: str) -> Iterator[Callable[..., Screen]]:
    """Return a way to open a browser in front of the site, in some look."""
    screens: list[Screen] = []

    def open_screen(**look: object) -> Screen:
        screens.append(Screen(browser, site, axe, **look))
        return screens[-1]

    yield open_screen
    for screen in screens:
        screen.close()
