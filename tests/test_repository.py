"""What no file of ours may hold: addresses to install from, places on one machine, words judging people."""

import re
import subprocess
from pathlib import Path

import pytest

SETTINGS = re.compile(r'"resolved"|https?://|--(extra-)?index-url|--find-links')
MACHINE_PATH = re.compile(r"(?<![\w.$}])/(work|home|root)/")
JUDGING = re.compile(
    r"\b(high|low|medium)[\s-]+risk\b|\bat[\s-]+risk\b|\bcommitted\s+suicide\b|\battention[\s-]seeking\b",
    re.IGNORECASE,
)
READ_BY_PEOPLE = {".py", ".jinja", ".typ", ".toml", ".md"}

# A page that names such words to say that we do not use them: path, and the reason.
QUOTES_WHAT_WE_DO_NOT_SAY: dict[str, str] = {}


@pytest.fixture(scope="module")
def files(root: Path) -> dict[str, str]:
    """Every text file of the project, by its path; this file, which must name the words, left out."""
    listing = [
        "git",
        "-c",
        "safe.directory=*",
        "ls-files",
        "-z",
        "--cached",
        "--others",
        "--exclude-standard",
    ]
    names = subprocess.run(listing, cwd=root, capture_output=True, text=True, check=True).stdout.split("\0")
    texts = {}
    for name in filter(None, names):
        path = root / name
        if path.is_file() and path != Path(__file__):
            content = path.read_bytes()
            if b"\0" not in content:
                texts[name] = content.decode("utf-8")
    return texts


def found(pattern: re.Pattern[str], files: dict[str, str]) -> list[str]:
    return [f"{name}: {match[0]!r}" for name, text in files.items() for match in pattern.finditer(text)]


def test_locks_and_settings_carry_no_address(files: dict[str, str]) -> None:
    locks = [name for name in files if name.startswith("requirements/")]
    locks += ["package.json", "package-lock.json", ".npmrc", "pyproject.toml"]
    assert found(SETTINGS, {name: files[name] for name in locks}) == []


def test_no_file_names_a_place_on_one_machine(files: dict[str, str]) -> None:
    assert found(MACHINE_PATH, files) == []


def test_no_page_judges_people(files: dict[str, str]) -> None:
    pages = {
        name: text
        for name, text in files.items()
        if Path(name).suffix in READ_BY_PEOPLE and name not in QUOTES_WHAT_WE_DO_NOT_SAY
    }
    assert found(JUDGING, pages) == []


@pytest.mark.parametrize("words", ["high risk", "at\nrisk", "Low-risk", "committed suicide", "attention-seeking"])
def test_the_words_are_seen(words: str) -> None:
    assert JUDGING.search(words)


@pytest.mark.parametrize("place", [f"'/{top}/y" for top in ("home", "work", "root")])
def test_the_places_are_seen(place: str) -> None:
    assert MACHINE_PATH.search(place)
