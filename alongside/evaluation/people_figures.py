"""The report's figures in which each person is seen: first form against last, and every change in order.

They are drawn from each person's own scores, so they stand in exact reports only: there are no such scores in an
evaluation treated for publication.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from alongside.evaluation.axes import axis, near, rounded
from alongside.evaluation.evaluate import Evaluation
from alongside.evaluation.finding import BETTER, leading
from alongside.evaluation.results import Measure
from alongside.evaluation.scores import FirstAndLast
from alongside.outcomes.change import DECIMALS
from alongside.outcomes.proportions import proportion
from alongside.outcomes.reliable_change import direction
from alongside.outcomes.scales import Scale
from alongside.outcomes.words import count, percent, percents, persons, points, signed
from alongside.press.document import (
    Bars,
    Column,
    Group,
    Individuals,
    Number,
    Ordered,
    Row,
    Scatter,
    Spots,
    Table,
    Words,
)

MOST_DOTS, CELLS = 3000, 50
MOST_BARS = 600
DOTS = "Each dot is a person; a larger one is several people at or near one spot. Across: the first form. Up: the last."
BARS = "Each bar is one person’s change from the first form to the last."
MANY_BARS = "People’s changes from the first form to the last, side by side, several people to a bar."
UNSTEADY = "Shaded: smaller than the measure’s own unsteadiness makes in nineteen of twenty who have not changed."
NO_BAND = "No reliability was stated, so these figures cannot tell a change from the measure’s own unsteadiness."

ENDS = {
    "lower": ("went down: better", "went up: worse", "most for the better", "most for the worse"),
    "higher": ("went down: worse", "went up: better", "most for the better", "most for the worse"),
    None: ("went down", "went up", "went down most", "went up most"),
}

type Scores = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class _People:
    """Everybody with two forms on one measure, those who changed most for the better first."""

    measure: Measure
    scale: Scale
    first: Scores
    last: Scores

    @cached_property
    def changes(self) -> Scores:
        return self.last - self.first

    @cached_property
    def went(self) -> Scores:
        """Say for each person whether the score went up (1), down (-1) or neither (0)."""
        return np.sign(np.round(self.changes, DECIMALS))

    @property
    def threshold(self) -> float | None:
        found = self.measure.reliable_change
        return found.threshold if found else None

    @cached_property
    def ways(self) -> NDArray[np.int8]:
        """Say for each person: better (1), worse (-1), or by less than the threshold (0)."""
        return np.zeros(len(self.first), np.int8) if self.threshold is None else self._ways_by(self.threshold)

    @cached_property
    def by(self) -> str:
        """Write the threshold with the fewest decimals that count the same people."""
        said = [points(self.threshold or 0.0, decimals=decimals) for decimals in (1, 2, 3)]
        same = (text for text in said if float(text) and np.array_equal(self._ways_by(float(text)), self.ways))
        return f"{next(same, said[-1])} points or more"

    def _ways_by(self, by: float) -> NDArray[np.int8]:
        return direction(self.first, self.last, by=by, lower_is_better=self.scale.better != "higher")


def people_figures(evaluation: Evaluation) -> list[Individuals]:
    """Return two figures for each of the measures that matter most; none when results are for publication.

    Parameters
    ----------
    evaluation : results with each person's change
    """
    results, items = evaluation.results, evaluation.items
    if results.publication.profile:
        return []
    everybody = [
        _in_order(evaluation.ends[name], results.measures[name], evaluation.scales[name])
        for name in leading(results, items)
        if evaluation.ends[name].twice.any()
    ]
    return [figure for people in everybody for figure in (_first_and_last(people), _each_change(people))]


def _in_order(ends: FirstAndLast, measure: Measure, scale: Scale) -> _People:
    first, last = ends.first[ends.twice], ends.last[ends.twice]
    order = np.argsort(first - last if scale.better == "higher" else last - first, kind="stable")
    return _People(measure=measure, scale=scale, first=first[order], last=last[order])


def _first_and_last(people: _People) -> Individuals:
    bottom, top = axis(near(np.concatenate([people.first, people.last])), people.scale)
    spots = {way: Spots(name=name, places=_spots(people, way, bottom, top)) for way, name in _names(people).items()}
    figure = Scatter(
        better=spots.get(1),
        between=spots[0],
        worse=spots.get(-1),
        band=people.threshold,
        bottom=bottom,
        top=top,
        bottom_words=people.scale.low_words,
        top_words=people.scale.high_words,
        first_words="First form",
        last_words="Last form",
        diagonal_words="No change",
        alt=f"{people.measure.label}, first form against last: {_said(people)}",
    )
    outside = np.minimum(people.first, people.last) < bottom
    outside |= np.maximum(people.first, people.last) > top
    return Individuals(
        title=f"Each person’s first and last form: {people.measure.label}",
        lede=f"{DOTS} {BETTER[people.scale.better]}{_shaded(people)}",
        figure=figure,
        sentences=(_said(people), *_why_no_band(people), *_at_the_edge(int(outside.sum()))),
        table=_counted(people),
    )


def _each_change(people: _People) -> Individuals:
    changes, better = people.changes, people.scale.better
    bottom, top = _around(changes, people.threshold)
    bars = {way: Bars(name=name, changes=_bars(people, way)) for way, name in _names(people).items()}
    down, up, start, stop = ENDS[better]
    low, middle, high = (signed(float(change)) for change in (changes.min(), np.median(changes), changes.max()))
    figure = Ordered(
        better=bars.get(1),
        between=bars[0],
        worse=bars.get(-1),
        band=people.threshold,
        bottom=bottom,
        top=top,
        bottom_words=down,
        top_words=up,
        start_words=start,
        stop_words=stop,
        alt=f"{people.measure.label}, every change in order, from {low} to {high} points with {middle} in the middle: "
        f"{_said(people)}",
    )
    outside = int(((changes < bottom) | (changes > top)).sum())
    return Individuals(
        title=f"Each person’s change, in order: {people.measure.label}",
        lede=f"{MANY_BARS if len(changes) > MOST_BARS else BARS} {BETTER[better]}{_shaded(people)}",
        figure=figure,
        sentences=(
            f"Every change is {low} points."
            if low == high
            else f"Changes go from {low} to {high} points; the middle one is {middle}.",
            *_at_the_edge(outside),
        ),
        table=_sizes(people),
    )


def _names(people: _People) -> dict[int, str]:
    """Return what each kind of people is called beside the drawing; all are of one kind without a threshold."""
    if people.threshold is None:
        return {0: persons(len(people.first), "")}
    better, between, worse = _counts(people.ways, 1, 0, -1)
    return {
        1: f"{better} better by {people.by}",
        0: f"{between} by less, either way",
        -1: f"{worse} worse by {people.by}",
    }


def _said(people: _People) -> str:
    """Say in one sentence how many changed, and how."""
    everybody = persons(len(people.first), "")
    if people.threshold is None:
        down, same, up = _counts(people.went, -1, 0, 1)
        return (
            f"Of {everybody}, {down} marked lower at the last form than at the first, {same} the same and {up} higher."
        )
    better, between, worse = _counts(people.ways, 1, 0, -1)
    return (
        f"{better} of {everybody} changed for the better by {people.by}, {worse} for the worse, and {between} by less."
    )


def _counts(kinds: NDArray[np.generic], *wanted: int) -> list[str]:
    return [count(int((kinds == kind).sum()), "") for kind in wanted]


def _shaded(people: _People) -> str:
    return "" if people.threshold is None else f" {UNSTEADY}"


def _why_no_band(people: _People) -> tuple[str, ...]:
    """Say why no change is called better; which way is better, where that is why, stands above the figure."""
    found = people.measure.reliable_change
    if people.threshold is not None or people.scale.better is None:
        return ()
    return (found.why if found and found.why else NO_BAND,)


def _at_the_edge(outside: int) -> tuple[str, ...]:
    if not outside:
        return ()
    are, stand = ("is", "stands") if outside == 1 else ("are", "stand")
    return (f"{persons(outside, '')} {are} further out than the axis goes, and {stand} at its edge.",)


def _spots(people: _People, way: int, bottom: float, top: float) -> tuple[tuple[float, float, int], ...]:
    """Return people of one kind by the spot they stand on; where spots are many, by the middle of those nearby."""
    among = people.ways == way
    both = np.round(people.first[among], DECIMALS) + 1j * np.round(people.last[among], DECIMALS)
    spots, on_each = np.unique(both, return_counts=True)
    if len(people.first) > MOST_DOTS and len(spots) > MOST_DOTS / 3:
        across, up = (np.clip((side - bottom) / (top - bottom), 0, 0.999) for side in (spots.real, spots.imag))
        _, cell = np.unique(np.floor(across * CELLS) * CELLS + np.floor(up * CELLS), return_inverse=True)
        in_each = np.bincount(cell, on_each)
        spots = (np.bincount(cell, on_each * spots.real) + 1j * np.bincount(cell, on_each * spots.imag)) / in_each
        on_each = in_each.astype(int)
    return tuple((spot.real, spot.imag, n) for spot, n in zip(spots.tolist(), on_each.tolist(), strict=True))


def _bars(people: _People, way: int) -> tuple[tuple[float, int], ...]:
    """Return the changes of one kind in order; where people are many, the middle one of each few."""
    changes = people.changes[people.ways == way]
    each = max(1, math.ceil(len(people.first) / MOST_BARS))
    few = [changes[start : start + each] for start in range(0, len(changes), each)]
    return tuple((float(np.median(some)), len(some)) for some in few)


def _around(changes: Scores, threshold: float | None) -> tuple[float, float]:
    """Return round numbers around the changes and no change, and around the band unless it dwarfs them."""
    drawn = np.append(near(changes), 0.0)
    band = [] if threshold is None or threshold > 2 * np.abs(drawn).max() > 0 else [-threshold, threshold]
    return rounded(np.append(drawn, band))


def _counted(people: _People) -> Table:
    found = people.measure.reliable_change
    if people.threshold is None or found is None:
        ways = {"Lower at the last form": -1, "The same": 0, "Higher at the last form": 1}
        return _table(people, "First form against last", {name: people.went == way for name, way in ways.items()})
    ways = {f"Better by {people.by}": 1, "By less, either way": 0, f"Worse by {people.by}": -1}
    counted = {name: people.ways == way for name, way in ways.items()}
    return _table(people, "First form against last", counted, f"{found.rule}; reliability {found.source}.")


def _sizes(people: _People) -> Table:
    toward = people.went if people.scale.better == "higher" else -people.went
    better, worse = ("Went down", "Went up") if people.scale.better is None else ("Better", "Worse")
    if people.threshold is None:
        counted = {better: toward == 1, "No change at all": toward == 0, worse: toward == -1}
        return _table(people, "Every change", counted)
    less = people.ways == 0
    counted = {
        f"{better} by {people.by}": people.ways == 1,
        f"{better} by less": less & (toward == 1),
        "No change at all": toward == 0,
        f"{worse} by less": less & (toward == -1),
        f"{worse} by {people.by}": people.ways == -1,
    }
    return _table(people, "Every change", counted)


def _table(people: _People, title: str, counted: Mapping[str, NDArray[np.bool_]], *notes: str) -> Table:
    everybody = len(people.first)
    parts = {name: proportion(int(those.sum()), everybody) for name, those in counted.items()}
    rows = tuple(
        Row(
            cells=(
                Words(text=name),
                Number(strong=count(part.count, ""), soft=f" of {count(everybody, '')}"),
                Words(text="" if part.share is None else percent(part.share)),
                Words(text="" if part.ci95 is None else percents(part.ci95)),
            )
        )
        for name, part in parts.items()
    )
    alone = people.measure.tipping_point.missing
    return Table(
        title=f"{title}: {people.measure.label}",
        columns=(
            Column(title="Change"),
            *(Column(title=said, numeric=True) for said in ("People", "Share", "95% interval")),
        ),
        groups=(Group(title="", rows=rows),),
        notes=(*notes, *([f"Not in the figure, without a second form: {persons(alone, '')}."] if alone else [])),
    )
