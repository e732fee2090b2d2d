"""What the tests of signing in share."""

from collections.abc import Callable

import pytest
from django.db import transaction


@pytest.fixture
def committing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test's transaction never commits, so what waits for that is done at once."""

    def at_once(done: Callable[[], None]) -> None:
        done()

    monkeypatch.setattr(transaction, "on_commit", at_once)
