"""An organisation that has begun, copied for each test that spoils it."""

from pathlib import Path

import pytest

from tests.begun import copied


@pytest.fixture
def home(begun: Path, tmp_path: Path) -> Path:
    """A copy to spoil."""
    return copied(begun, tmp_path / "home")
