"""An organisation that has begun: made once for every room whose tests run the command line on a data folder."""

import shutil
from pathlib import Path

import pytest
from django.db import connection

from alongside.core.tests.running import begin, script

THREE_CLIENTS = """
from alongside.access.models import User
from alongside.care.models import Client
from alongside.care.actions import clients
jo = User.objects.get()
for number, name in enumerate(("Rowan Ellery", "Tomasz Wronski", "Gwen Tolland"), start=1):
    clients.add(code=f"WS-{number:04}", name=name, address="3 Brook Lane, Calderford", by=jo)
"""


@pytest.fixture(scope="session")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder after `alongside init`, with three clients. Look, and do not touch."""
    if connection.vendor == "postgresql":
        pytest.skip("the command line on a folder of its own is tested once, with the tests on SQLite")
    home = tmp_path_factory.mktemp("begun") / "home"
    done = begin(home)
    assert done.returncode == 0, done.stderr
    script(home, THREE_CLIENTS)
    return home


@pytest.fixture
def home(begun: Path, tmp_path: Path) -> Path:
    """A copy to spoil."""
    return copied(begun, tmp_path / "home")


def copied(begun: Path, home: Path) -> Path:
    shutil.copytree(begun, home)
    shutil.copy2(begun.with_name(f"{begun.name}.keys"), home.with_name(f"{home.name}.keys"))
    return home
