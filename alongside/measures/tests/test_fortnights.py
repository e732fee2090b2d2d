"""Counting fortnights: what came back, what is missing, what is due."""

from datetime import date, timedelta

import pytest

from alongside.measures.fortnights import Course, courses

START = date(2026, 5, 5)


def after(*days: int) -> list[date]:
    return [START + timedelta(days=number) for number in days]


@pytest.mark.parametrize(
    ("sent", "today", "came"),
    [
        ([], 0, ""),
        ([], 14, ""),
        ([], 15, "-"),
        ([0], 14, "x"),
        ([0], 15, "x-"),
        ([0, 14, 28], 30, "xxx"),
        ([0, 13, 29], 30, "xxx"),
        ([0, 1, 14], 14, "xx"),
        ([0, 6, 12, 18, 24], 24, "xxx"),
        ([0, 14, 56], 56, "xx--x"),
        ([21], 21, "-x"),
        ([14], 43, "x--"),
    ],
)
def test_what_came_back(sent: list[int], today: int, came: str) -> None:
    found = Course(START, None, after(*sent)).came_back(START + timedelta(days=today))
    assert "".join("x" if back else "-" for back in found) == came


@pytest.mark.parametrize(("sent", "due"), [([], 14), ([0], 14), ([0, 13], 27), ([13, 0], 27)])
def test_the_next_is_due_a_fortnight_after_the_last(sent: list[int], due: int) -> None:
    assert Course(START, None, after(*sent)).due_on == START + timedelta(days=due)


def test_nothing_is_due_or_missing_once_support_has_ended() -> None:
    ended = Course(START, START + timedelta(days=20), after(0, 14))
    assert ended.due_on is None
    assert ended.came_back(START + timedelta(days=400)) == [True, True]


def test_times_of_support_that_overlap_are_one() -> None:
    first, second, later = after(0)[0], after(30)[0], after(200)[0]
    joined = courses(
        [Course(later, None, after(205)), Course(second, after(90)[0], after(40)), Course(first, second, after(5))]
    )
    assert [(one.started_on, one.ended_on, one.sent_on) for one in joined] == [
        (first, after(90)[0], after(5, 40)),
        (later, None, after(205)),
    ]


def test_support_that_goes_on_swallows_one_that_ended() -> None:
    joined = courses([Course(START, None), Course(after(10)[0], after(20)[0])])
    assert [one.ended_on for one in joined] == [None]
