"""Loading the rooms, for pages that are written from their models."""

import os
import tempfile
from pathlib import Path

from alongside.core import starting


def load_models() -> None:
    """Load every room as the site does, on an empty data folder that is gone at once; no database is opened."""
    from django.apps import apps

    if apps.ready:
        return
    with tempfile.TemporaryDirectory() as folder:
        for name in [name for name in os.environ if name.startswith("ALONGSIDE_")]:
            del os.environ[name]
        os.environ["ALONGSIDE_HOME"] = str(Path(folder) / "home")
        starting.set_up()
