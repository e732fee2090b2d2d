"""Tests of the whole house; those in tests/shared read real data kept beside the project, not in it."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("ALONGSIDE_SHARED", ROOT.parent / "shared"))
PRESENT = (SHARED / "data").is_dir()

collect_ignore = [] if PRESENT else ["shared"]


def pytest_configure() -> None:
    if os.environ.get("ALONGSIDE_REQUIRE_SHARED") == "1" and not PRESENT:
        raise pytest.UsageError(
            f"The real data was asked for and {SHARED / 'data'} is not there. "
            "Set ALONGSIDE_SHARED to the folder that holds it, or unset ALONGSIDE_REQUIRE_SHARED."
        )


def pytest_report_header() -> str:
    return "real data: here" if PRESENT else "real data: not here, so tests/shared is left out"


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder whose data/ holds the real data sets and their values from R."""
    return SHARED
