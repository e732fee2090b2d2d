"""Which measures can be printed as a form that is read back, and what their questions say."""

from alongside.instruments.items import Item
from alongside.instruments.schema import Instrument

KINDS = {"number": "a number that is written down", "choices": "several choices at once", "text": "words"}


class CannotPrint(ValueError):
    """No form of this measure can be printed; the message says why and what to do."""


def asked(form: Instrument) -> tuple[Item, ...]:
    """Give the questions that stand on the form, or refuse.

    Parameters
    ----------
    form
        A definition.

    Returns
    -------
    tuple of Item
        Lines and single choices, in order.

    Raises
    ------
    CannotPrint
        If its wording is not here to be printed, or it asks something that is not read from a page.

    Examples
    --------
    >>> from alongside.instruments import loader
    >>> len(asked(loader.load("service-evaluation")))
    11
    >>> asked(loader.load("five_aspects"))
    Traceback (most recent call last):
    ...
    alongside.paper.form.asking.CannotPrint: Five aspects asks for words, and a pen’s words are not read from a page. \
Take it on screen, or type in its paper form.
    """
    if any(not question.wording for question in form.questions):
        raise CannotPrint(
            f"{form.name} comes without its words, which belong to {form.licence.holder}, so it cannot be printed. "
            "Use the paper form that you have leave to use, and type in its marks."
        )
    other = sorted({KINDS[question.kind] for question in form.questions if question.kind in KINDS})
    if other:
        raise CannotPrint(
            f"{form.name} asks for {' and for '.join(other)}, and "
            f"{'a pen’s words' if other == ['words'] else 'these'} are not read from a page. "
            "Take it on screen, or type in its paper form."
        )
    return form.items


def choices(item: Item) -> tuple[tuple[float, str], ...]:
    """Give each choice of a question: what it counts as a mark, and what it says.

    Parameters
    ----------
    item
        A question with one choice.

    Returns
    -------
    tuple of pairs
        From the lowest; where the choices have no words, their numbers, with the words of both ends.

    Examples
    --------
    >>> from alongside.instruments import loader
    >>> choices(loader.load("gad7").items[0])[0]
    (0.0, 'Not at all')
    >>> choices(loader.load("wsas").items[0])[0]
    (0.0, '0 no impairment')
    """
    if item.options:
        return tuple((item.low + place, words) for place, words in enumerate(item.options))
    numbers = [item.low + place for place in range(round(item.high - item.low) + 1)]
    ends = {numbers[0]: f" {item.low_words}", numbers[-1]: f" {item.high_words}"}
    return tuple((number, f"{number:g}{ends.get(number, '')}") for number in numbers)
