"""The look pages, figures and PDFs share: where the fonts and templates are, and colours by their role."""

import re
from functools import cache
from pathlib import Path
from typing import Literal

type Colours = Literal["tokens", "print"]

HERE = Path(__file__).parent
FONTS = HERE / "fonts"
TEMPLATES = HERE / "templates"
FONT = "Atkinson Hyperlegible Next"


def colour(role: str, *, colours: Colours) -> str:
    """Return a colour by its role in `templates/tokens.css`.

    Parameters
    ----------
    role
        The name of a design token without its dashes, as in "series-1".
    colours
        "tokens" leaves the choice to the page, which follows the reader's light, dark or forced colours;
        "print" gives the colour used on paper.

    Returns
    -------
    A CSS `var()` or a hex colour.

    Raises
    ------
    KeyError
        There is no such role on paper.

    Examples
    --------
    >>> colour("series-1", colours="tokens")
    'var(--series-1)'
    >>> colour("series-1", colours="print")
    '#5a2d5c'
    """
    return f"var(--{role})" if colours == "tokens" else printed()[role]


@cache
def printed() -> dict[str, str]:
    """Return every colour on paper, by role: the light values, with those of `@media print` over them."""
    css = (TEMPLATES / "tokens.css").read_text(encoding="utf-8")
    light = css.split("@media", 1)[0]
    paper = css.split("@media print", 1)[1].split("@media", 1)[0]
    declared = re.findall(r"--([\w-]+):\s*(#[0-9a-f]{3,8}|var\(--[\w-]+\))", light + paper)
    named: dict[str, str] = {}
    for role, value in declared:
        named[role] = named[value[6:-1]] if value.startswith("var(") else value
    return named


def plain(text: str) -> str:
    """Return text without what no page can show: control characters become spaces, half characters a box.

    Examples
    --------
    >>> plain("Wren\\x00Street\\ud800")
    'Wren Street□'
    """
    whole = re.sub(r"[\ud800-\udfff]", "□", text)
    return re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]+", " ", whole)
