"""The questions about the service itself: how many people marked them at seven tenths of the line or above."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from alongside.evaluation.overview import shown
from alongside.evaluation.results import Measure, Satisfaction, Satisfied
from alongside.evaluation.scores import FirstAndLast
from alongside.instruments.schema import Item
from alongside.outcomes.change import DECIMALS
from alongside.outcomes.proportions import wilson
from alongside.outcomes.words import NOT_SHOWN, capital, count, percent, persons, points
from alongside.press.document import Cell, Column, Dot, Dots, Group, Number, Place, Row, Table, Words

PART_OF_LINE = 0.7
EVERYONE = "Everyone"
NOBODY = "nobody answered"

KINDER = "People usually answer where the support is given, which may make their marks kinder."
LEFT_OUT = (
    "A share is not shown where a few people are on one side of it; "
    "its interval is worked out from the numbers as they are shown."
)


def satisfaction(
    found: FirstAndLast,
    item: Item,
    *,
    measure: str,
    by: Mapping[str, Mapping[str, NDArray[np.int64]]],
) -> Satisfaction:
    """Count, once each, the people whose last answer to a question is at seven tenths of its line or above.

    Parameters
    ----------
    found : each client's first and last answer
    item : the question; a higher score is better
    measure : its name in the file
    by : for each attribute its levels, each with the clients in it
    """
    at_least = round(item.low + PART_OF_LINE * (item.high - item.low), DECIMALS)
    enough = np.round(found.last, DECIMALS) >= at_least

    def group(level: str, chosen: NDArray[np.bool_]) -> Satisfied:
        clients, satisfied = int(chosen.sum()), int((chosen & enough).sum())
        return Satisfied(
            level=level,
            clients=clients,
            satisfied=satisfied,
            share=satisfied / clients if clients else None,
            ci95=wilson(satisfied, clients),
            why=None if clients else "Nobody answered.",
        )

    return Satisfaction(
        measure=measure,
        label=item.topic,
        at_least=at_least,
        everyone=group(EVERYONE, np.ones(len(found.client), dtype=np.bool_)),
        by={
            column: tuple(group(level, np.isin(found.client, members)) for level, members in groups.items())
            for column, groups in by.items()
        },
    )


def shown_interval(found: Satisfied) -> tuple[float, float] | None:
    """Return Wilson's interval of the share from the counts as they are shown, so that it gives away no others."""
    if found.share is None or found.clients is None or found.satisfied is None:
        return None
    return wilson(found.satisfied, found.clients)


def satisfaction_table(found: Satisfaction, measure: Measure, hidden: str) -> Table:
    """Return the part of the report about one question on the service."""
    marked = f"marked {found.at_least:g} or above"
    share = found.everyone.share
    average = f" Their average is {points(measure.last.mean)}." if measure.last.mean is not None else ""
    groups = [Group(title="", rows=(_row(found.everyone),))]
    groups += [
        Group(title=f"By {attribute}", rows=tuple(map(_row, levels)))
        for attribute, levels in found.by.items()
        if levels
    ]
    figure = _figure(found, marked)
    drawn = f" Drawn: the share who {marked}, with its 95% interval shaded." if figure else ""
    return Table(
        title=f"{found.label}: {f'{percent(share)} {marked}' if share is not None else f'how many {marked}'}",
        lede=f"Each person’s last answer.{average}{drawn}",
        figure=figure,
        columns=(
            Column(title="Who"),
            Column(title="People who answered", numeric=True),
            Column(title=capital(marked), numeric=True),
            Column(title="Share (95% interval)", numeric=True),
        ),
        groups=tuple(groups),
        notes=(f"{LEFT_OUT} {KINDER}" if hidden else KINDER,),
    )


def _figure(found: Satisfaction, marked: str) -> Dots | None:
    """Return a row for everyone and for each group; nothing where no share may be shown."""
    named = {EVERYONE: found.everyone}
    named |= {f"{capital(column)}: {one.level}": one for column, levels in found.by.items() for one in levels}
    if all(one.share is None for one in named.values()):
        return None
    said = (f"{name}, {_said(one)}." for name, one in named.items())
    return Dots(
        names=("Share",),
        places=tuple(_place(name, one) for name, one in named.items()),
        ticks=((0, "0%"), (0.5, "50%"), (1, "100%")),
        start_words="nobody",
        stop_words="everybody",
        alt=f"{found.label}, the share who {marked}. {' '.join(said)}",
    )


def _place(name: str, found: Satisfied) -> Place:
    if found.share is None:
        return Place(name=name, under="", kept=_said(found))
    low, high = shown_interval(found) or (None, None)
    return Place(
        name=name,
        under=f"{count(found.satisfied, NOT_SHOWN)} of {persons(found.clients, NOT_SHOWN)}",
        dots=(Dot(at=found.share, text=percent(found.share), low=low, high=high),),
    )


def _said(found: Satisfied) -> str:
    if found.share is None:
        return NOBODY if found.clients == 0 else NOT_SHOWN
    return percent(found.share)


def _row(found: Satisfied) -> Row:
    people, enough = shown(found.clients), shown(found.satisfied)
    return Row(cells=(Words(text=capital(found.level)), people, enough, _share(found)))


def _share(found: Satisfied) -> Cell:
    if found.share is None:
        return Words(text=_said(found))
    ends = shown_interval(found)
    return Number(strong=_said(found), soft=f" ({percent(ends[0])} to {percent(ends[1])})" if ends else "")
