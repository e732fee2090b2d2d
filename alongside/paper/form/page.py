"""What stands round the questions: heading, how to mark, markers, code, check bar, where to turn and page number."""

from dataclasses import dataclass, replace

from alongside.paper.form import markers
from alongside.paper.form import style as at
from alongside.paper.form.setting import sizes
from alongside.paper.form.style import Style
from alongside.paper.form.things import Box, Drawing, Run, Shape, Stroke, Thing, plain
from alongside.paper.layout import Bar, Blank, Code, Page, corner_markers

HELP = (
    "Samaritans 116 123, free, any time.",
    "Text SHOUT to 85258.",
    "NHS 111, choose the mental health option.",
    "Life in danger: 999.",
)
CHANGED = "Changed your mind? Put a ring round the cross you mean."
FIRST_TOP, EXAMPLE_MM = 11.5, 6.0
LONGEST_TOGETHER = 45  # letters of a sentence that is not broken over two lines
CHECK = "For staff: 100 mm on a ruler, or print again at actual size"


@dataclass(frozen=True, kw_only=True)
class Heading:
    """What the first page begins with."""

    title: str
    organisation: str
    lines: bool
    boxes: bool

    @property
    def how(self) -> str:
        """Say how to mark, for what there is to mark."""
        if self.lines and self.boxes:
            return "Put one cross on each line, or in one box, wherever feels right."
        return "Put one cross on each line, wherever feels right." if self.lines else "Put one cross for each question."


def header(heading: Heading, style: Style) -> tuple[list[Thing], float]:
    """Begin the first page: whose form, which, how to mark, how to change one's mind.

    Parameters
    ----------
    heading
        What it says.
    style
        Sizes of type.

    Returns
    -------
    pair
        What stands there, and where it ends in mm from the top.

    Examples
    --------
    >>> from alongside.paper.form.style import USUAL
    >>> header(Heading(title="A form", organisation="", lines=True, boxes=False), USUAL)[1] < 60
    True
    """
    y, things = FIRST_TOP, list[Thing]()
    if heading.organisation:
        things = [
            Shape(x=at.TEXT_X, y=y, side=5.4, radius=1.5, colour="shape-a"),
            Shape(x=at.TEXT_X + 5.8, y=y, side=5.4, radius=2.7, colour="shape-b"),
        ]
        name = plain(heading.organisation, size=style.lead, width=style.header_width - 14, weight=600)
        things.append(replace(name, x=at.TEXT_X + 14, y=y + 0.4))
        y += max(sizes([name])[0][1], 5.4) + 3
    stacked = [
        (replace(plain(heading.title, size=style.title, width=style.header_width, weight=700), role="title"), 2.5),
        (plain(heading.how, size=style.lead, width=style.header_width), 0.8),
        (plain("Leave out any that you would rather not answer. No name is needed.", size=style.lead,
               width=style.header_width), 3.0),
    ]  # fmt: skip
    for (words, gap), (_, high) in zip(stacked, sizes([words for words, _ in stacked]), strict=True):
        things.append(replace(words, x=at.TEXT_X, y=y))
        y += high + gap
    shown, y = _example(heading, style, max(y, style.under_code))
    return [*things, *shown], y


def _example(heading: Heading, style: Style, y: float) -> tuple[list[Thing], float]:
    like = replace(plain("Like this", size=style.label, width=60), x=at.TEXT_X)
    changed = plain(CHANGED, size=style.label, width=at.RIGHT_X - at.TEXT_X)
    (wide, _), (changed_wide, high) = sizes([like, changed])
    middle = y + EXAMPLE_MM / 2
    x = at.TEXT_X + wide + 4
    things: list[Thing] = [replace(like, y=middle, middle=True)]
    if heading.lines:
        things += [Stroke(x=x, y=middle, across=32), *_cross(x + 13, middle, 2.4)]
        x += 38
    if heading.boxes:
        things += [Box(x=x, y=middle - at.BOX_MM / 2, side=at.BOX_MM), *_cross(x + at.BOX_MM / 2, middle, 2.1)]
        x += 12
    if x + changed_wide < at.RIGHT_X:
        return [*things, replace(changed, x=x, y=middle, width=at.RIGHT_X - x, middle=True)], y + EXAMPLE_MM
    return [*things, replace(changed, x=at.TEXT_X, y=y + EXAMPLE_MM + 1)], y + EXAMPLE_MM + 1 + high


def _cross(x: float, y: float, reach: float) -> list[Thing]:
    return [
        Stroke(x=x - reach, y=y - reach, across=2 * reach, down=2 * reach, thick=0.5),
        Stroke(x=x - reach, y=y + reach, across=2 * reach, down=-2 * reach, thick=0.5),
    ]


def continued(title: str, style: Style) -> tuple[list[Thing], float]:
    """Begin a later page.

    Parameters
    ----------
    title
        Of the form.
    style
        Sizes of type.

    Returns
    -------
    pair
        What stands there, and where it ends in mm from the top.

    Examples
    --------
    >>> from alongside.paper.form.style import USUAL
    >>> len(continued("A form", USUAL)[0])
    1
    """
    words = replace(plain(title, size=style.lead, width=style.header_width, weight=600), x=at.TEXT_X, y=FIRST_TOP)
    return [words], max(FIRST_TOP + sizes([words])[0][1], style.under_code)


def foot(title: str, page: int, of: int, turn_to: tuple[str, ...], style: Style) -> tuple[list[Thing], float]:
    """End a page: where to turn now, and its number.

    Parameters
    ----------
    title
        Of the form.
    page, of
        Which page, and how many there are.
    turn_to
        Where to turn now, one sentence each.
    style
        Sizes of type.

    Returns
    -------
    pair
        What stands there, and where it begins in mm from the top.

    Examples
    --------
    >>> from alongside.paper.form.style import USUAL
    >>> foot("A form", 1, 1, HELP, USUAL)[1] > 270
    True
    """
    runs = (
        Run(text=f"{_kept_together('We read this after you hand it in.')} "),
        Run(text="Need someone now?", weight=700),
        Run(text=" " + " ".join(map(_kept_together, turn_to))),
    )
    stacked = [
        (replace(plain("", size=style.help, width=at.FOOT_WIDTH), runs=runs), 1.6),
        (plain(f"{title} · page {page} of {of}", size=style.small, width=at.FOOT_WIDTH, soft=True), 0.0),
    ]
    highs = [high for _, high in sizes([words for words, _ in stacked])]
    begins = y = round(at.FOOT_Y - sum(highs) - sum(gap for _, gap in stacked), 2)
    things = list[Thing]()
    for (words, gap), high in zip(stacked, highs, strict=True):
        things.append(replace(words, x=at.FOOT_X, y=y, align="center"))
        y += high + gap
    return things, begins


def _kept_together(sentence: str) -> str:
    return sentence.replace(" ", "\N{NO-BREAK SPACE}") if len(sentence) <= LONGEST_TOGETHER else sentence


def check_bar(style: Style) -> list[Thing]:
    """Draw the bar that a ruler is held against, at the side.

    Parameters
    ----------
    style
        Sizes of type.

    Returns
    -------
    list of things
        The bar, its three ticks, and what it is for.

    Examples
    --------
    >>> from alongside.paper.form.style import USUAL
    >>> check_bar(USUAL)[0].down
    100.0
    """
    thin, middle = 0.2, (at.BAR_START + at.BAR_END) / 2
    ends = ((at.BAR_START + thin / 2, 1.5), (middle, 1.0), (at.BAR_END - thin / 2, 1.5))
    caption = replace(plain(CHECK, size=style.small, width=190, soft=True), turned=True, align="center")
    return [
        Stroke(x=at.BAR_X, y=at.BAR_START, across=0, down=at.BAR_END - at.BAR_START, thick=thin),
        *(Stroke(x=at.BAR_X - reach, y=y, across=2 * reach, thick=thin) for y, reach in ends),
        replace(caption, x=at.BAR_X + 2.1, y=middle - caption.width / 2),
    ]


def coded(page: int, form_id: str, style: Style) -> list[Thing]:
    """Draw what a machine looks for: four markers and the code, with its letters.

    Parameters
    ----------
    page
        Which page, from 1.
    form_id
        The id of this copy.
    style
        Sizes of type.

    Returns
    -------
    list of things
        Four markers, the code, and its letters under it.

    Examples
    --------
    >>> from alongside.paper.form.style import USUAL
    >>> len(coded(1, "7KC-4MP-XRT-96HT", USUAL))
    6
    """
    drawn: list[Thing] = [
        Drawing(x=marker.corners_mm[0][0], y=marker.corners_mm[0][1], svg=markers.drawn(marker.id),
                side=marker.corners_mm[1][0] - marker.corners_mm[0][0])
        for marker in corner_markers(page, at.PAGE_MM)
    ]  # fmt: skip
    import segno

    matrix = segno.make(form_id, error="q", micro=False, boost_error=False).matrix
    svg = markers.svg(tuple(tuple(bool(cell) for cell in row) for row in matrix))
    code = Drawing(x=at.CODE_X, y=at.CODE_Y, side=at.CODE_MM, svg=svg, alt=f"The code of this form: {form_id}")
    letters = replace(plain(form_id, size=style.code, width=64, weight=500), align="center", code=True)
    middle = min(at.CODE_X + at.CODE_MM / 2, at.RIGHT_X - sizes([letters])[0][0] / 2)
    return [*drawn, code, replace(letters, x=middle - letters.width / 2, y=style.code_line_y)]


def described(page: int, blank: str, px_per_mm: float) -> Page:
    """Say where all that is, for the layout.

    Parameters
    ----------
    page
        Which page, from 1.
    blank
        The page's picture before anybody wrote on it: a PNG in base64.
    px_per_mm
        Its pixels in a millimetre.

    Returns
    -------
    Page
        As the layout has it.

    Examples
    --------
    >>> described(1, "", 10).code.size_mm
    17.0
    """
    return Page(
        page=page,
        markers=corner_markers(page, at.PAGE_MM),
        code=Code(corner_mm=(at.CODE_X, at.CODE_Y), size_mm=at.CODE_MM),
        check_bar=Bar(start_mm=(at.BAR_X, at.BAR_START), end_mm=(at.BAR_X, at.BAR_END)),
        blank=Blank(px_per_mm=px_per_mm, png=blank),
    )
