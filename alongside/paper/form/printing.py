"""Makes the form of a measure: the PDF to print, and the layout to read it back with."""

import json
from dataclasses import asdict, dataclass, field

from alongside.instruments.schema import Instrument
from alongside.paper.form import ids, setting
from alongside.paper.form.page import HELP, coded, described
from alongside.paper.form.sheets import composed
from alongside.paper.form.style import LARGE, PAGE_MM, USUAL
from alongside.paper.form.things import LINE_MM
from alongside.paper.layout import VERSION, Asks, Layout


@dataclass(frozen=True, kw_only=True)
class Printed:
    """A form: its PDF, and its layout."""

    pdf: bytes = field(repr=False)
    layout: Layout


def printed(
    form: Instrument,
    *,
    large: bool = False,
    copies: int = 1,
    organisation: str = "",
    turn_to: tuple[str, ...] = HELP,
    before_session: bool = False,
    seed: int | None = None,
) -> Printed:
    """Make the form of a measure, to be marked with a pen.

    Parameters
    ----------
    form
        A definition of lines and single choices, with its wording.
    large
        Large print: 16 points and more, on more pages; the lines stay 100 mm long.
    copies
        How many, each with an id of its own.
    organisation
        Whose form it is; the only name on it.
    turn_to
        Where to turn now, one sentence each: on every page.
    before_session
        Without the questions about the session, for a form that is given before it.
    seed
        Any number, for the same ids again; without it nobody can guess them.

    Returns
    -------
    Printed
        The PDF of all copies, and the layout that they share.

    Raises
    ------
    CannotPrint
        If the measure cannot be printed, or does not fit.

    Examples
    --------
    >>> from alongside.instruments import loader
    >>> made = printed(loader.load("service-evaluation"), seed=1)
    >>> made.pdf[:5], len(made.layout.items), made.layout.page_numbers
    (b'%PDF-', 11, (1,))
    """
    style = LARGE if large else USUAL
    sheets, items = composed(form, style, organisation=organisation, turn_to=turn_to, before_session=before_session)
    content = json.dumps([VERSION, form.key, form.version, [[asdict(thing) for thing in sheet] for sheet in sheets]])
    begun = ids.derived(form.key, ids.MEASURE) + ids.derived(content, ids.EDITION)
    made = [ids.whole(begun + _copy(seed, number)) for number in range(copies)]
    whole = [
        [[*sheet, *coded(number, form_id, style)] for number, sheet in enumerate(sheets, start=1)] for form_id in made
    ]
    layout = Layout(
        page_mm=PAGE_MM,
        form_id=made[0],
        copies=tuple(made) if copies > 1 else (),
        instrument=Asks(key=form.key, version=form.version),
        large=large,
        line_mm=LINE_MM,
        items=tuple(items),
        pages=tuple(
            described(number, setting.blank(sheet, title=form.name), setting.PX_PER_MM)
            for number, sheet in enumerate(whole[0], start=1)
        ),
    )
    pdf = setting.pdf([sheet for copy in whole for sheet in copy], title=form.name, author=organisation)
    return Printed(pdf=pdf, layout=layout)


def _copy(seed: int | None, number: int) -> str:
    return ids.at_random(ids.COPY) if seed is None else ids.derived(f"{seed}/{number}", ids.COPY)
