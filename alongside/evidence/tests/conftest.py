"""The organisation that has begun, for the command."""

from alongside.core.tests.conftest import begun  # noqa: F401 - a fixture
