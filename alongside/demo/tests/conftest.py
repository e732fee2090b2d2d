"""The demo, prepared once on a day that does not change."""

from pathlib import Path

import pytest
from django.db import connection

from alongside.core.tests.running import script

FILL = """
from datetime import date
from alongside.core import starting
from alongside.demo import prepare
starting.migrate()
prepare.fill(date({day}))
"""
MONDAY = "2026, 11, 23"


@pytest.fixture(autouse=True)
def only_once() -> None:
    """The demo is always on SQLite."""
    if connection.vendor == "postgresql":
        pytest.skip("the demo is always on SQLite")


def fill(home: Path, day: str = MONDAY) -> Path:
    """Prepare the demo as it would have been on this day."""
    script(home, FILL.format(day=day), demo="1")
    return home


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A prepared demo. Look, and do not touch."""
    return fill(tmp_path_factory.mktemp("demo") / "home")
