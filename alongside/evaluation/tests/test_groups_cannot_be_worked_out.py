"""The same of groups beside one another and of people judged by rules: no hidden small number can be found.

Here the totals of a table are known as well, since another table shows them.
"""

from collections.abc import Hashable, Iterator
from functools import cache

import pytest

from alongside.evaluation.publish import _levels, answered_as_shown, judged_as_shown, times_as_shown
from alongside.evaluation.results import Level, People
from alongside.evaluation.tests.test_nothing_can_be_worked_out import PROFILES, Table, found_out, parts_of
from alongside.outcomes.change import Improved, paired
from alongside.outcomes.disclosure import STRICT, Profile, treat, treated_count
from alongside.outcomes.missing import Answered
from alongside.outcomes.partitions import hidden_cells
from alongside.outcomes.proportions import Proportion, proportion
from alongside.outcomes.rules import TALKING_THERAPIES, Judged
from alongside.outcomes.time_to_change import Compared, LogRank

# up to here the tables are all those that a reader who sees their rounded total has to think of
MOST = {"strict": 22, "standard": 17}

share = cache(proportion)


def judged(n: int, labels: Table, away: int, recovered: int, reliably: int) -> Judged:
    improved, unchanged, deteriorated, without = labels
    return Judged(
        rules=TALKING_THERAPIES,
        n=n,
        without_scores=without,
        improved=share(improved, n),
        unchanged=share(unchanged, n),
        deteriorated=share(deteriorated, n),
        not_at_caseness=away,
        recovered=share(recovered, n - away),
        reliably_recovered=share(reliably, n - away),
    )


def told(found: Proportion) -> Hashable:
    return found.count, found.n, found.share, found.why


@PROFILES
def test_nobody_whom_a_set_of_rules_judges(profile: Profile) -> None:
    def seen(table: Table) -> Hashable:
        n = sum(table)
        found = judged_as_shown(judged(n, table, 0, 0, 0), profile)
        labels = found.improved, found.unchanged, found.deteriorated
        return treated_count(n, profile), found.without_scores, found.why, *map(told, labels)

    most = 32 if profile is STRICT else 22  # all four can be small up to here
    tables = [
        table for total in (*range(profile.small + 1, 18), *range(most - 4, most + 1)) for table in parts_of(total, 4)
    ]
    assert found_out(tables, seen, lambda table: (*table, *(sum(table) - part for part in table)), profile) == []


@PROFILES
def test_nobody_who_recovered_or_was_not_at_caseness(profile: Profile) -> None:
    def seen(table: Table) -> Hashable:
        n, away, recovered, reliably = table
        found = judged_as_shown(judged(n, (n, 0, 0, 0), away, recovered, reliably), profile)
        shares = found.recovered, found.reliably_recovered
        return treated_count(n, profile), found.not_at_caseness, found.why, *map(told, shares)

    def secrets(table: Table) -> Table:
        n, away, recovered, reliably = table
        base = n - away
        return away, base, recovered, reliably, base - recovered, base - reliably, recovered - reliably

    tables = [
        (n, away, recovered, reliably)
        for n in range(MOST[profile.name] + 1)
        for away in range(n + 1)
        for recovered in range(n - away + 1)
        for reliably in range(recovered + 1)
    ]
    assert found_out(tables, seen, secrets, profile) == []


def two_groups(most: int) -> Iterator[Table]:
    """People, and how many of them improved, in each of two groups."""
    for one in range(most + 1):
        for other in range(most + 1 - one):
            for improved in range(one + 1):
                yield from ((one, improved, other, better) for better in range(other + 1))


def of_each(table: Table) -> Table:
    one, improved, other, better = table
    return one, improved, one - improved, other, better, other - better


@PROFILES
def test_nobody_of_a_group_who_improved_or_did_not(profile: Profile) -> None:
    nobody = paired([], [])

    @cache
    def level(name: str, n: int, improved: int) -> Level:
        found = Improved(
            rule="", by=1.0, n=n, improved=improved, share=0.5, ci95=None, everyone=n, share_of_everyone=0.5
        )
        return Level(level=name, clients=n, paired=paired([0.0] * n, [0.0] * n) if n else nobody, improved=found)

    whole = cache(lambda n, improved: treat(level("", n, improved).improved, profile))

    def time(n: int, improved: int) -> Compared:
        return Compared(n=n, improved=improved, expected=1.0, median_days=1.0, median_low=None, median_high=None)

    everybody = cache(lambda n, improved: treat(time(n, improved), profile))

    def seen(table: Table) -> Hashable:
        one, improved, other, better = table
        levels = _levels((level("one", one, improved), level("other", other, better)), profile)
        exact = LogRank(
            n=one + other, groups={"one": time(one, improved), "other": time(other, better)}, chi2=1.0, df=1, p=0.5
        )
        times = times_as_shown(exact, levels, profile)
        sums = one + other, improved + better
        return whole(*sums), everybody(*sums), tuple(found.improved for found in levels), *times.groups.values()

    assert found_out(two_groups(MOST[profile.name]), seen, of_each, profile) == []


@PROFILES
def test_nobody_of_a_group_who_answered_once_or_never(profile: Profile) -> None:
    """Groups by an attribute are never of a few people: they are put together before anything is counted."""

    @cache
    def group(twice: int, once: int, none: int) -> Answered:
        return Answered(n=twice + once + none, paired=twice, first_only=once, none=none, share_paired=0.5)

    @cache
    def whole(twice: int, once: int, none: int) -> People:
        n = twice + once + none
        return treat(
            People(clients=n, answered_twice=twice, share_twice=0.5, answered_once=once, no_form=none, forms=0), profile
        )

    def seen(table: Table) -> Hashable:
        shown = answered_as_shown({"one": group(*table[:3]), "other": group(*table[3:])}, profile)
        return whole(*(one + other for one, other in zip(table[:3], table[3:], strict=True))), *shown.values()

    fewest, most = profile.small + 1, 17
    tables = (
        (*one, *other)
        for n in range(fewest, most + 1)
        for rest in range(fewest, most + 1 - n)
        for one in parts_of(n, 3)
        for other in parts_of(rest, 3)
    )
    assert found_out(tables, seen, lambda table: (*table, table[1] + table[2], table[4] + table[5]), profile) == []


@pytest.mark.parametrize("rows", [[], [[30, 0], [25, 0]], [[30, 40], [8, 9]]])
def test_a_table_without_a_small_number_is_shown_whole(rows: list[list[int]]) -> None:
    assert hidden_cells(rows, STRICT) == set()
