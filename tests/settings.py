"""The site's settings for tests: a home of its own, made anew, and a quick password hasher."""

import os
import tempfile
from pathlib import Path

_home = Path(tempfile.mkdtemp(prefix="alongside-tests-")) / "home"
os.environ["ALONGSIDE_HOME"] = str(_home)
os.environ.pop("ALONGSIDE_KEYS", None)
os.environ.setdefault("ALONGSIDE_DATABASE", "")

from alongside.config.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
DATABASES["default"]["OPTIONS"].pop("pool", None)  # noqa: F405 - a pool would hold the test database open
