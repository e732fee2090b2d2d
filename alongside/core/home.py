"""Where this organisation's data is: the folder ALONGSIDE_HOME, and what its settings say."""

import os
import tomllib
from functools import cache
from pathlib import Path

DATABASE = "alongside.sqlite3"


class Missing(Exception):
    """Something this machine should have is not here; the text says what, where, and what to do."""


def home() -> Path:
    """The data folder: database, media and settings."""
    return Path(os.environ.get("ALONGSIDE_HOME", "var")).resolve()


@cache
def _written(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    try:
        return {name: str(value) for name, value in tomllib.loads(path.read_text("utf-8")).items()}
    except tomllib.TOMLDecodeError as error:
        raise Missing(f"{path} cannot be read ({error}); mend that line, or run alongside init again.") from error


def setting(name: str, default: str = "") -> str:
    """A setting: ALONGSIDE_<NAME> in the environment, else the line in settings.toml in the data folder."""
    said = os.environ.get(f"ALONGSIDE_{name.upper()}")
    return said if said is not None else _written(home() / "settings.toml").get(name, default)


def listed(name: str, default: str) -> list[str]:
    """A setting that holds several words with commas between."""
    return [word.strip() for word in setting(name, default).split(",") if word.strip()]
