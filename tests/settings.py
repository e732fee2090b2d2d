"""The site's settings for tests: a home of its own, made anew, and a quick password hasher."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_home = Path(tempfile.mkdtemp(prefix="alongside-tests-")) / "home"
atexit.register(shutil.rmtree, _home.parent, ignore_errors=True)
os.environ["ALONGSIDE_HOME"] = str(_home)
os.environ.pop("ALONGSIDE_KEYS", None)
os.environ.setdefault("ALONGSIDE_DATABASE", "")

from alongside.config.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
DATABASES["default"]["OPTIONS"].pop("pool", None)  # noqa: F405 - a pool would hold the test database open
