"""The form nearest to day 100 is found for everybody, whatever the order of the rows."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.outcomes.nearest import FirstAndNearest, first_and_nearest


def chosen(*days: float) -> list[float]:
    found = first_and_nearest([1] * len(days), list(days), [float(day) for day in days])
    return found.nearest.tolist()


@pytest.mark.parametrize(
    ("days", "nearest"),
    [
        ((0, 60, 95, 130), [95]),
        ((0, 90, 110), [90]),  # as near: the earlier
        ((0, 72), [72]),
        ((0, 128), [128]),
        ((0, 71), []),
        ((0, 129), []),
        ((0,), []),
        ((0, 99.9, 100.1), [99.9]),
    ],
)
def test_the_nearest_within_the_window(days: tuple[float, ...], nearest: list[float]) -> None:
    assert chosen(*days) == nearest


def test_days_are_counted_from_each_clients_own_first_form() -> None:
    found = first_and_nearest([1, 1, 2, 2], [-40, 60, 500, 605], [9, 5, 8, 4])
    assert (found.first.tolist(), found.nearest.tolist(), found.days.tolist()) == ([9, 8], [5, 4], [100, 105])


def test_the_first_form_is_never_its_own_second() -> None:
    found = first_and_nearest([1, 2, 2], [0, 0, 3], [9, 8, 4], days=10, window=30)
    assert (found.client.tolist(), found.nearest.tolist(), found.without.tolist()) == ([2], [4], [1])


def test_nobody_is_no_trouble() -> None:
    found = first_and_nearest([], [], [])
    assert (len(found.client), len(found.without)) == (0, 0)


@pytest.mark.parametrize(("days", "window"), [(0, 28), (-5, 28), (100, -1), (float("nan"), 28)])
def test_a_day_that_cannot_be_is_refused(days: float, window: float) -> None:
    with pytest.raises(ValueError, match="above 0"):
        first_and_nearest([1], [0], [5], days=days, window=window)


def test_what_is_no_number_or_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="finite"):
        first_and_nearest([1, 1], [0, float("nan")], [5, 4])
    with pytest.raises(ValueError, match="same forms"):
        first_and_nearest([1, 1], [0, 90], [5])


forms = st.lists(
    st.tuples(st.integers(1, 6), st.integers(-50, 300), st.integers(0, 100)),
    unique_by=lambda form: form[:2],
    max_size=40,
)


def one_by_one(rows: list[tuple[int, int, int]]) -> dict[int, tuple[int, int]]:
    """The same rule in words a person would use."""
    found = {}
    for client in sorted({row[0] for row in rows}):
        own = sorted(row[1:] for row in rows if row[0] == client)
        begin, first = own[0]
        near = [(abs(day - begin - 100), day, score) for day, score in own[1:] if abs(day - begin - 100) <= 28]
        if near:
            found[client] = (first, min(near)[2])
    return found


def as_dict(found: FirstAndNearest) -> dict[int, tuple[int, int]]:
    return {int(c): (int(a), int(b)) for c, a, b in zip(found.client, found.first, found.nearest, strict=True)}


@given(forms, st.randoms(use_true_random=False))
def test_it_is_the_rule_done_one_by_one_in_any_order(rows: list[tuple[int, int, int]], chance: random.Random) -> None:
    expected = one_by_one(rows)
    chance.shuffle(rows)
    client, day, score = zip(*rows, strict=True) if rows else ((), (), ())
    found = first_and_nearest(client, day, score)
    assert as_dict(found) == expected
    assert {*found.client.tolist(), *found.without.tolist()} == set(client)
