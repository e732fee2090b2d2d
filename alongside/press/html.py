"""Sets a report as HTML: as one file that needs nothing else, or as what a site's page is to hold."""

import re
from base64 import b64encode
from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from alongside.press import dots, figures, people, small
from alongside.press.document import Dots, Figure, Interval, Ordered, Report, Scatter
from alongside.press.theme import FONT, FONTS, TEMPLATES, plain

FACES = {
    "atkinson-hyperlegible-next-latin-ext-wght-normal.woff2": (
        "U+0100-02BA, U+02BD-02C5, U+02C7-02CC, U+02CE-02D7, U+02DD-02FF, U+0304, U+0308, U+0329, "
        "U+1D00-1DBF, U+1E00-1E9F, U+1EF2-1EFF, U+2020, U+20A0-20AB, U+20AD-20C0, U+2113, U+2C60-2C7F, U+A720-A7FF"
    ),
    "atkinson-hyperlegible-next-latin-wght-normal.woff2": (
        "U+0000-00FF, U+0131, U+0152-0153, U+02BB-02BC, U+02C6, U+02DA, U+02DC, U+0304, U+0308, U+0329, "
        "U+2000-206F, U+20AC, U+2122, U+2191, U+2193, U+2212, U+2215, U+FEFF, U+FFFD"
    ),
}


def page(report: Report) -> str:
    """Set a report as one self-contained page.

    Parameters
    ----------
    report
        What to set. Its text is shown as it is: nothing in it is read as HTML.

    Returns
    -------
    A whole HTML document, with its styles, fonts and figures inside.

    Raises
    ------
    ValueError
        A figure has no line or more than three, or an axis that does not go up.

    Examples
    --------
    >>> report = Report(title="A <quiet> year", lede="", masthead="Wren Street", subject="Yearly report",
    ...                 blocks=(), caveats=(), made=("Issued 14 May 2026.",))
    >>> "A &lt;quiet&gt; year</h1>" in page(report)
    True
    """
    css = _styles() + _margins(report)
    return _templates().get_template("report.html.jinja").render(report=report, css=Markup(css))  # noqa: S704


def body(report: Report) -> str:
    """Set what a report says, from its title to how it was made, for a page of a site.

    Parameters
    ----------
    report
        What to set. Its text is shown as it is: nothing in it is read as HTML.

    Returns
    -------
    HTML without a script, a style or a style attribute, to stand inside an element of the class `report`. The
    page around it brings `tokens.css`, `report.css` and the font, and is the one to name the subject.

    Raises
    ------
    ValueError
        A figure has no line or more than three, or an axis that does not go up.

    Examples
    --------
    >>> report = Report(title="A <quiet> year", lede="", masthead="Wren Street", subject="Yearly report",
    ...                 blocks=(), caveats=(), made=("Issued 14 May 2026.",))
    >>> body(report).startswith('<h1 dir="auto">A &lt;quiet&gt; year</h1>')
    True
    """
    return _templates().get_template("content.html.jinja").render(report=report)


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: plain(value) if type(value) is str else value,
    )
    environment.filters["drawn"] = _drawn
    environment.filters["drawn_small"] = lambda figure: Markup(small.svg(figure))  # noqa: S704
    environment.filters["whole"] = _whole
    environment.filters["kind"] = lambda part: type(part).__name__
    return environment


def _whole(title: str) -> Markup:
    """Return a title in which no line ends inside "self-harm"."""
    return Markup(re.sub("self-harm", r'<span class="whole">\g<0></span>', escape(plain(title)), flags=re.IGNORECASE))  # noqa: S704


def _drawn(part: Figure | Dots | Scatter | Ordered | Interval) -> Markup:
    match part:
        case Figure():
            draw = figures.svg(part)
        case Dots():
            draw = dots.svg(part)
        case Scatter() | Ordered():
            draw = people.svg(part)
        case Interval():
            draw = figures.interval_svg(part)
    return Markup(draw)  # noqa: S704


@cache
def _styles() -> str:
    """Return the fonts, the design's tokens and the report's own styles."""
    faces = "".join(
        f'@font-face {{ font-family: "{FONT}"; font-weight: 200 800; font-display: swap; '
        f"src: url(data:font/woff2;base64,{b64encode((FONTS / name).read_bytes()).decode()}) "
        f'format("woff2"); unicode-range: {range_}; }}\n'
        for name, range_ in FACES.items()
    )
    return faces + "".join((TEMPLATES / name).read_text("utf-8") for name in ("tokens.css", "page.css", "report.css"))


def _margins(report: Report) -> str:
    """Return what stands in the margins of every printed page: the banner, the subject and the page number.

    Every character is written as its number, so that no text can end the string or the style element.
    """
    banner, subject = ("".join(f"\\{ord(c):x} " for c in plain(text)) for text in (report.banner, report.subject))
    return (
        f'@page {{ @top-left {{ content: "{banner}"; }} @bottom-left {{ content: "{subject}"; }} '
        '@bottom-right { content: counter(page) " of " counter(pages); } }'
    )
