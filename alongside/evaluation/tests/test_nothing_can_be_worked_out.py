"""A reader who knows every rule here, and tries every possibility, cannot find a hidden small number.

Every table up to a size is treated as the program treats it. Tables that look the same to a reader stand together;
a hidden small number is safe if it differs between two of them.
"""

import itertools
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator

import pytest

from alongside.evaluation.beyond import NearestForm
from alongside.evaluation.groups_as_shown import near_as_shown, near_told
from alongside.evaluation.results import People
from alongside.outcomes.change import Improved, paired
from alongside.outcomes.disclosure import AVERAGE_BASE, STANDARD, STRICT, Profile, treat, treated_count
from alongside.outcomes.missing import bounds
from alongside.outcomes.partitions import hidden_parts
from alongside.outcomes.proportions import proportion
from alongside.outcomes.reliable_change import ReliableChange

type Table = tuple[int, ...]

PROFILES = pytest.mark.parametrize("profile", [STRICT, STANDARD], ids=lambda profile: profile.name)


def found_out(
    tables: Iterable[Table], seen: Callable[[Table], Hashable], secrets: Callable[[Table], Table], profile: Profile
) -> list[tuple[Hashable, int]]:
    """What a reader sees, and the small number that it can only mean."""
    alike: dict[Hashable, list[Table]] = defaultdict(list)
    for table in tables:
        alike[seen(table)].append(secrets(table))
    return [
        (look, values[0])
        for look, secret in alike.items()
        for values in zip(*secret, strict=True)
        if 1 <= values[0] <= profile.small and len(set(values)) == 1
    ]


def parts_of(total: int, parts: int) -> Iterator[Table]:
    if parts == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in parts_of(total - first, parts - 1):
            yield (first, *rest)


@PROFILES
@pytest.mark.parametrize(("parts", "most"), [(2, 62), (3, 47), (4, 37)])
def test_no_part_of_a_total(profile: Profile, parts: int, most: int) -> None:
    def seen(table: Table) -> Hashable:
        total = treated_count(sum(table), profile)
        hidden = hidden_parts(table, profile)
        if total is None:
            return "few"
        if hidden is None:
            return "none"
        shown = (None if place in hidden else treated_count(part, profile) for place, part in enumerate(table))
        return total, *shown

    tables = (table for total in range(most + 1) for table in parts_of(total, parts))
    assert found_out(tables, seen, lambda table: table, profile) == []


@PROFILES
def test_nobody_who_did_not_improve(profile: Profile) -> None:
    """Beside the counts a reader sees whether averages are shown: they are from ten people on."""

    def seen(table: Table) -> Hashable:
        everyone, clients, n, improved = table
        shown_clients = treated_count(clients, profile)
        if shown_clients is None:
            return "few"
        row = Improved(
            rule="", by=1.0, n=n, improved=improved, share=0.5, ci95=None, everyone=everyone, share_of_everyone=0.5
        )
        return shown_clients, clients >= AVERAGE_BASE, n >= AVERAGE_BASE, treat(row, profile)

    def secrets(table: Table) -> Table:
        everyone, clients, n, improved = table
        return clients, n, improved, n - improved, clients - n, everyone - n, everyone - improved, everyone - clients

    most = 22
    tables = (
        (everyone, clients, n, improved)
        for everyone in range(most + 1)
        for clients in range(everyone + 1)
        for n in range(clients + 1)
        for improved in range(n + 1)
    )
    assert found_out(tables, seen, secrets, profile) == []


@PROFILES
def test_nobody_who_answered_once_or_never(profile: Profile) -> None:
    def seen(table: Table) -> Hashable:
        twice, once, none = table
        people = People(
            clients=sum(table), answered_twice=twice, share_twice=0.5, answered_once=once, no_form=none, forms=0
        )
        return treat(people, profile)

    tables = (table for total in range(43) for table in parts_of(total, 3))
    assert found_out(tables, seen, lambda table: (*table, table[1] + table[2]), profile) == []


@PROFILES
def test_nobody_who_got_worse(profile: Profile) -> None:
    def seen(table: Table) -> Hashable:
        improved, unchanged, deteriorated, without = table
        return treat(
            ReliableChange(
                rule="", threshold=2.0, source="", improved=improved, unchanged=unchanged, deteriorated=deteriorated,
                n=improved + unchanged + deteriorated, without_second=without, cutoff=None, recovered=None,
            ),
            profile,
        )  # fmt: skip

    tables = ((*table, without) for total in range(38) for table in parts_of(total, 3) for without in (0, 5, 12))
    assert found_out(tables, seen, lambda table: table[:3], profile) == []


@PROFILES
def test_no_part_of_a_share_or_of_its_bounds(profile: Profile) -> None:
    tables = [(n, count, everyone - n) for everyone in range(43) for n in range(everyone + 1) for count in range(n + 1)]

    def seen(table: Table) -> Hashable:
        n, count, missing = table
        return treat(proportion(count, n), profile), treat(bounds(count, of=n, missing=missing), profile)

    def secrets(table: Table) -> Table:
        n, count, missing = table
        return n, count, n - count, missing, n + missing - count

    assert found_out(tables, seen, secrets, profile) == []


@PROFILES
def test_nobody_without_a_form_near_the_day(profile: Profile) -> None:
    def seen(table: Table) -> Hashable:
        near, without = table
        everybody = treated_count(near + without, profile)
        if everybody is None:
            return "few"
        form = NearestForm(days=100.0, window=28.0, without=without, paired=paired(range(near), range(near)), by={})
        shown = near_as_shown(form, {}, {}, profile)
        return everybody, near + without >= AVERAGE_BASE, shown.paired.n, shown.paired.mean_first is None, shown.without

    tables = (table for total in range(43) for table in parts_of(total, 2))
    assert found_out(tables, seen, lambda table: table, profile) == []


@PROFILES
@pytest.mark.parametrize(("groups", "sizes"), [(2, range(5, 26)), (3, range(8, 14))])
def test_nobody_of_a_group_without_a_form_near_the_day(profile: Profile, groups: int, sizes: range) -> None:
    """Beside its people a reader sees of each group whether its means near the day are shown."""

    def seen(table: Table) -> Hashable:
        twice, near = table[:groups], table[groups:]
        shown = [treated_count(people, profile) for people in twice]
        if None in shown:
            return "few"
        means = (
            told and people >= AVERAGE_BASE for told, people in zip(near_told(twice, near, profile), near, strict=True)
        )
        of_all = (treated_count(sum(people), profile) for people in (twice, near))
        return *shown, *(people >= AVERAGE_BASE for people in (*twice, sum(near))), *of_all, *means

    def secrets(table: Table) -> Table:
        twice, near = table[:groups], table[groups:]
        return *near, *(both - one for both, one in zip(twice, near, strict=True))

    tables = (
        (*twice, *near)
        for twice in itertools.product(sizes, repeat=groups)
        for near in itertools.product(*(range(people + 1) for people in twice))
    )
    assert found_out(tables, seen, secrets, profile) == []
