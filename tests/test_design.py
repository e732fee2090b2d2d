"""The colours are written once, and every theme has all of them."""

import re
from pathlib import Path

from alongside.press.theme import TEMPLATES


def tokens(root: Path) -> str:
    return (root / "alongside" / "core" / "static" / "core" / "tokens.css").read_text("utf-8")


def test_the_site_and_its_reports_have_the_same_tokens(root: Path) -> None:
    assert tokens(root) == (TEMPLATES / "tokens.css").read_text("utf-8")


def test_dark_says_the_same_by_device_and_by_choice(root: Path) -> None:
    blocks = re.findall(r":root[^{}]*\{([^{}]*--ground:[^{}]*)\}", tokens(root))
    dark = [re.sub(r"\s+", " ", block).strip() for block in blocks if "#1b161d" in block]
    assert len(dark) == 2
    assert dark[0] == dark[1]


def test_colours_are_written_only_in_the_tokens(root: Path) -> None:
    found = []
    for sheet in (root / "alongside").glob("*/static/**/*.css"):
        if sheet.name != "tokens.css":
            colours = re.findall(r"#(?!fff\b|000\b)[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(", sheet.read_text("utf-8"))
            found += [f"{sheet.relative_to(root)}: {colour}" for colour in colours]
    assert found == []
