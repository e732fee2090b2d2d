"""How near somebody says they are to what they want: one small line, and the same in words."""

from dataclasses import dataclass
from datetime import date

from alongside.care.presenters.when import near, near_short
from alongside.care.queries.record import Wish

LEFT, RIGHT, GROUND, STEP = 16.0, 204.0, 60.0, 5.0


@dataclass(frozen=True, kw_only=True)
class Line:
    """Where the dots stand in a box 250 wide and 66 high."""

    dots: list[tuple[float, float]]
    first: int
    last: int

    @property
    def points(self) -> str:
        """The dots, as a polyline takes them."""
        return " ".join(f"{x:.1f},{y:.1f}" for x, y in self.dots)


def line(wish: Wish) -> Line | None:
    """The line of a goal, by date; None before it was ever rated."""
    if not wish.ratings:
        return None
    began, ended = wish.ratings[0][0], wish.ratings[-1][0]
    days = (ended - began).days or 1
    dots = [
        (LEFT + (RIGHT - LEFT) * (rated_on - began).days / days, GROUND - STEP * rating)
        for rated_on, rating in wish.ratings
    ]
    return Line(dots=dots, first=wish.ratings[0][1], last=wish.ratings[-1][1])


def sentence(wish: Wish) -> str:
    """Where they began and where they are: 2 on 5 May, 6 yesterday."""
    if not wish.ratings:
        return f"Added {near(wish.added_on)}"
    (began, first), (ended, last) = wish.ratings[0], wish.ratings[-1]
    if began == ended:
        return f"{last} {_on(ended)}"
    return f"{first} {_on(began)}, {last} {_on(ended)}"


def _on(day: date) -> str:
    said = near_short(day)
    return f"on {said}" if said[0].isdigit() else said.lower()
