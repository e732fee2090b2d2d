"""A real browser, and the accessibility checker it runs."""

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[3]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser():
    """Return Chromium: the system's, or the one Playwright keeps."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def axe():
    """Return the source of axe-core."""
    if not AXE.exists():
        pytest.fail("axe-core is not here, so accessibility cannot be checked. Run `npm install` in the project.")
    return AXE.read_text("utf-8")
