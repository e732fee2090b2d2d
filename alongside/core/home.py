"""Where this organisation's data is: the folder ALONGSIDE_HOME, and what its settings say."""

import json
import os
import re
import tomllib
from functools import cache
from pathlib import Path

from alongside.core import files

DATABASE = "alongside.sqlite3"


class Missing(Exception):
    """Something this machine should have is not here; the text says what, where, and what to do."""


def home() -> Path:
    """The data folder: database, media and settings."""
    folder = Path(os.environ.get("ALONGSIDE_HOME") or "var").resolve()
    if not folder.name:
        raise Missing(f"ALONGSIDE_HOME names {folder}, the top of this computer; name a folder of its own.")
    return folder


@cache
def _written(path: Path) -> dict[str, str]:
    return read_settings(path)


def read_settings(path: Path) -> dict[str, str]:
    """Every line of a settings.toml; none where there is no such file."""
    try:
        return {name: str(value) for name, value in tomllib.loads(path.read_text("utf-8")).items()}
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise Missing(f"{path} cannot be read ({error.strerror}); check who may read it.") from error
    except UnicodeDecodeError as error:
        raise Missing(f"{path} cannot be read: it is not saved as UTF-8; save it anew as UTF-8.") from error
    except ValueError as error:
        raise Missing(f"{path} cannot be read ({error}); mend that line.") from error


def write_setting(file: Path, name: str, value: str) -> None:
    """Write one line of a settings.toml, whole or not at all; other lines stay as they are."""
    lines = file.read_text("utf-8").splitlines() if file.exists() else []
    kept = [line for line in lines if not re.match(rf"\s*{name}\s*=", line)]
    files.replace(file, "\n".join([f"{name} = {json.dumps(value)}", *kept]) + "\n")


def setting(name: str, default: str = "") -> str:
    """A setting: ALONGSIDE_<NAME> in the environment, else the line in settings.toml in the data folder."""
    said = os.environ.get(f"ALONGSIDE_{name.upper()}")
    return said if said is not None else _written(home() / "settings.toml").get(name, default)


def listed(name: str, default: str) -> list[str]:
    """A setting that holds several words with commas between."""
    return [word.strip() for word in setting(name, default).split(",") if word.strip()]
