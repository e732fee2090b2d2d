"""Puts a form together page by page: everything that all its copies share."""

from alongside.instruments.items import Item
from alongside.instruments.schema import Instrument
from alongside.paper.form.asking import CannotPrint, asked
from alongside.paper.form.blocks import Block, blocks
from alongside.paper.form.flow import pages
from alongside.paper.form.page import Heading, check_bar, continued, foot, header
from alongside.paper.form.style import Style
from alongside.paper.form.things import Thing
from alongside.paper.layout import MOST_PAGES, Choice, Line

ABOVE_QUESTIONS, ABOVE_FOOT = 3.0, 2.5


def composed(
    form: Instrument, style: Style, *, organisation: str, turn_to: tuple[str, ...], before_session: bool
) -> tuple[list[list[Thing]], list[Line | Choice]]:
    """Put a form together, without its markers and codes.

    Parameters
    ----------
    form
        A definition.
    style
        Sizes of type.
    organisation
        Whose form it is; empty for nobody's.
    turn_to
        Where to turn now, one sentence each.
    before_session
        Without the questions about the session.

    Returns
    -------
    pair
        What stands on each page, and where the questions are.

    Raises
    ------
    CannotPrint
        If the measure cannot be printed, or does not fit.

    Examples
    --------
    >>> from alongside.instruments import loader
    >>> from alongside.paper.form.style import USUAL
    >>> form = loader.load("service-evaluation")
    >>> sheets, items = composed(form, USUAL, organisation="", turn_to=(), before_session=True)
    >>> len(sheets), items[-1].id
    (1, 'q9')
    """
    questions = _chosen(form, before_session=before_session)
    kinds = {item.kind for item in questions}
    heading = Heading(title=form.name, organisation=organisation, lines="line" in kinds, boxes="choice" in kinds)
    first, later = header(heading, style), continued(form.name, style)
    bottom = foot(form.name, 1, 1, turn_to, style)[1] - ABOVE_FOOT

    def room(page: int) -> tuple[float, float]:
        return (first if page == 1 else later)[1] + ABOVE_QUESTIONS, bottom

    shared = pages(blocks(questions, form.stem, style), room)
    _refuse_what_does_not_fit(form, shared, bottom)
    sheets, items = list[list[Thing]](), list[Line | Choice]()
    for number, page in enumerate(shared, start=1):
        sheet = list((first if number == 1 else later)[0])
        for y, block in page:
            things, item = block.placed(y, number)
            sheet += things
            items += [item] if item else []
        sheets.append([*sheet, *foot(form.name, number, len(shared), turn_to, style)[0], *check_bar(style)])
    return sheets, items


def _chosen(form: Instrument, *, before_session: bool) -> tuple[Item, ...]:
    questions = tuple(item for item in asked(form) if not (before_session and item.occasion == "session"))
    if not questions:
        raise CannotPrint(f"{form.name} asks only about the session, so there is nothing to ask before it.")
    return questions


def _refuse_what_does_not_fit(form: Instrument, shared: list[list[tuple[float, Block]]], bottom: float) -> None:
    if len(shared) > MOST_PAGES:
        raise CannotPrint(
            f"{form.name} would need {len(shared)} pages, and a form has at most {MOST_PAGES}. "
            "Print it without large print, or leave questions out."
        )
    if any(y + block.height > bottom + 0.1 for page in shared for y, block in page):
        raise CannotPrint(
            f"A question of {form.name} is higher than the room for it. "
            "Shorten its words, or those at the foot of the page, or print it without large print."
        )
