"""Reports beside one another: whatever is added and subtracted, a few people are never what is left."""

from itertools import product

import pytest

from alongside.outcomes.differencing import Told, TooNear, too_near
from alongside.outcomes.disclosure import STANDARD, STRICT, Profile

PROFILES = pytest.mark.parametrize("profile", [STRICT, STANDARD], ids=lambda profile: profile.name)


def people(first: int, last: int, said: str = "") -> dict[str, str]:
    return {f"c{n}": said for n in range(first, last)}


def near(new: Told, *earlier: Told, profile: Profile = STRICT) -> TooNear | None:
    return too_near(new, {f"report {n}": told for n, told in enumerate(earlier)}, profile, before=profile)


@PROFILES
def test_few_more_or_fewer_is_too_near_and_one_more_than_few_is_not(profile: Profile) -> None:
    before = people(0, 40)
    for few in range(1, profile.small + 1):
        assert near(people(0, 40 + few), before, profile=profile) == TooNear(beside=("report 0",), people=few)
        assert near(people(few, 40), before, profile=profile) == TooNear(beside=("report 0",), people=few)
    assert near(people(0, 40 + profile.small + 1), before, profile=profile) is None
    assert near(people(profile.small + 1, 40), before, profile=profile) is None


@PROFILES
def test_the_same_people_of_whom_a_few_said_something_else(profile: Profile) -> None:
    before = people(0, 40)
    for few in range(1, profile.small + 1):
        assert near(before | people(0, few, "else"), before, profile=profile) == TooNear(
            beside=("report 0",), people=few
        )
    assert near(before | people(0, profile.small + 1, "else"), before, profile=profile) is None


def test_somebody_who_left_and_somebody_who_came_are_two_people() -> None:
    assert near(people(1, 41), people(0, 40)) == TooNear(beside=("report 0",), people=2)


def test_what_was_published_before_can_be_published_again() -> None:
    before = people(0, 40)
    assert near(before, before) is None
    assert near(before, before, people(0, 43)) is None, "another report is near to it, and was when it was issued"


def test_two_parts_and_their_whole() -> None:
    north, south = people(0, 20), people(20, 40)
    assert near(people(0, 42), north, south) == TooNear(beside=("report 0", "report 1"), people=2)
    assert near(people(0, 40), north, south) is None, "all of it was published"
    assert near(people(20, 38), people(0, 40), north) == TooNear(beside=("report 0", "report 1"), people=2)
    assert near(people(0, 60), north, south) is None


def test_reports_about_a_few_people_hold_nothing_to_compare() -> None:
    assert near(people(0, 7), people(0, 6)) is None
    assert near(people(0, 9), people(0, 7)) is None
    assert too_near(people(0, 9), {"a": people(0, 7)}, STRICT, before=STANDARD), (
        "it may have been published as standard"
    )


def test_no_sum_of_three_reports_leaves_a_few_people() -> None:
    """Every three reports on four people, who may be told of in two ways, beside a rule that calls one person few."""
    rule = Profile("of one", small=1)
    ways = list(product((None, "a", "b"), repeat=4))
    checked = 0
    for new, one, other in product(ways[::2], ways[::3], ways[::5]):
        reports = [{f"c{n}": said for n, said in enumerate(way) if said} for way in (new, one, other)]
        if min(map(len, reports)) < 2 or reports[0] in reports[1:]:
            continue
        told = {(name, said) for report in reports for name, said in report.items()}
        left = [
            {
                name
                for name, said in told
                if sum(sign * (report.get(name) == said) for sign, report in zip(signs, reports, strict=True))
            }
            for signs in product((1,), (-1, 0, 1), (-1, 0, 1))
        ]
        assert (near(*reports, profile=rule) is not None) == any(len(some) == 1 for some in left)
        checked += 1
    assert checked > 10_000
