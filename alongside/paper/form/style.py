"""Sizes of type and where columns stand, for the usual form and for large print."""

from dataclasses import dataclass

MM_PER_POINT = 25.4 / 72
PAGE_MM = (210.0, 297.0)
NUMBER_X, TEXT_X, RIGHT_X = 18.0, 26.0, 192.0
LINE_START, LINE_END = 55.0, 155.0  # 100.0 mm
LABEL_GAP = 5.0  # white between the end of a line and its words
CODE_X, CODE_Y, CODE_MM = 164.0, 10.0, 17.0
BAR_X, BAR_START, BAR_END = 196.2, 98.5, 198.5  # 100 mm, upright, far from every line
FOOT_X, FOOT_WIDTH, FOOT_Y = 27.0, 156.0, 287.0  # between the lower markers, ending level with them
BOX_MM = 5.0
ABOVE_LINE, BELOW_LINE = 5.5, 5.0  # white between words and a line
LINES_APART = 18.0  # at least
BETWEEN = 2.0  # at least, between questions
MOST_BETWEEN = 9.0
NEW_PART = 3.0  # more, where the questions turn to something else


@dataclass(frozen=True)
class Style:
    """Sizes in points, widths in mm."""

    title: float
    lead: float
    question: float
    label: float
    help: float
    small: float
    code: float
    header_width: float
    code_line_y: float
    large: bool

    @property
    def under_code(self) -> float:
        """Where there is room under the code and its letters, in mm."""
        return self.code_line_y + self.code * MM_PER_POINT + 3

    def one_line(self, size: float) -> float:
        """How high text of one line is at most, in mm."""
        return 1.2 * size * MM_PER_POINT


USUAL = Style(
    title=23, lead=12, question=11.5, label=10.5, help=10.5, small=8.5, code=8.5,
    header_width=128, code_line_y=30.5, large=False,
)  # fmt: skip
LARGE = Style(
    title=26, lead=16, question=17, label=16, help=16, small=16, code=16,
    header_width=104, code_line_y=30.5, large=True,
)  # fmt: skip
