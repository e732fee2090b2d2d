"""What the tests of every room share: a real browser, and the accessibility checker it runs."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from playwright.sync_api import Browser, Error, expect, sync_playwright
from whitenoise.middleware import WhiteNoiseMiddleware

pytest_plugins = ["tests.people", "tests.begun"]

AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
NO_BROWSER = "Chromium is not here, so no page can be looked at. Run `make journeys`, which says how to get it."
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--pictures", action="store_true", help="write the pictures of the documentation again")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL, leave out what asks for no database in a room: it was tested on SQLite, and is the same.

    What is named file by file in the Makefile is kept whole.
    """
    if connection.vendor != "postgresql":
        return
    rooms = [config.rootpath / name for name in config.args if (config.rootpath / name).is_dir()]
    out = [item for item in items if set(rooms) & set(item.path.parents) and not _asks_for_a_database(item)]
    config.hook.pytest_deselected(items=out)
    left_out = set(out)
    items[:] = [item for item in items if item not in left_out]


def _asks_for_a_database(item: pytest.Item) -> bool:
    asked = {"db", "transactional_db", "database"}.intersection(getattr(item, "fixturenames", ()))
    return bool(asked) or item.get_closest_marker("django_db") is not None


@pytest.fixture(scope="session", autouse=True)
def static_files_are_found_once() -> Iterator[None]:
    """Find the site's own files once for the run: each browser of a test would look through every folder again."""
    look, found = WhiteNoiseMiddleware.add_files_from_finders, {}

    def add(served: WhiteNoiseMiddleware) -> None:
        if not found:
            look(served)
            found.update(served.files)
        served.files.update(found)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WhiteNoiseMiddleware, "add_files_from_finders", add)
        yield


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium; one for the whole run, since Playwright starts only once in a process."""
    chromium = os.environ.get("ALONGSIDE_CHROMIUM") or shutil.which("chromium")
    if chromium is None:
        pytest.fail(NO_BROWSER)
    expect.set_options(timeout=15_000)  # how soon a page has what it should on a busy machine is no test's business
    with sync_playwright() as playwright:
        try:
            started = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        except Error as error:
            pytest.fail(f"{NO_BROWSER} {error.message}")
        yield started
        started.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core."""
    if not AXE.exists():
        pytest.fail("axe-core is not here, so accessibility cannot be checked. Run `npm ci` in the project.")
    return AXE.read_text("utf-8")
