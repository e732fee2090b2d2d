"""What of a survey can be worked out from what is published: no small number, whatever a reader tries."""

import random
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from itertools import product

import pytest

from alongside.evaluation.survey.publishing import question
from alongside.evaluation.survey.results import Group, Question
from alongside.evaluation.tests.test_nothing_can_be_worked_out import PROFILES, Table, found_out, parts_of
from alongside.outcomes.disclosure import Profile, treated_count
from alongside.outcomes.proportions import Proportion
from alongside.outcomes.proportions import proportion as worked_out

proportion = cache(worked_out)
type Groups = tuple[Table, ...]  # for each group how many gave each answer


def answers(counts: Table, n: int, given: Table) -> dict[str, Proportion]:
    """How many of n gave each answer; what nobody gave is no answer."""
    return {
        f"answer {place}": proportion(count, n)
        for place, (count, of_all) in enumerate(zip(counts, given, strict=True))
        if of_all
    }


def one_each(left_open: int, groups: Groups) -> Question:
    """A question to which each person gave one answer; one group is nobody's."""
    counts = tuple(map(sum, zip(*groups, strict=True)))
    return Question(
        several=False,
        n=sum(counts),
        left_open=left_open,
        answers=answers(counts, sum(counts), counts),
        by=tuple(
            Group(level=f"group {place}", n=sum(group), left_open=0, answers=answers(group, sum(group), counts))
            for place, group in enumerate(groups if len(groups) > 1 else ())
        ),
    )


def several(left_open: int, sizes: Table, groups: Groups) -> Question:
    """A question to which people gave several answers: how many of each group answered, and gave each."""
    counts = tuple(map(sum, zip(*groups, strict=True)))
    return Question(
        several=True,
        n=sum(sizes),
        left_open=left_open,
        answers=answers(counts, sum(sizes), counts),
        by=tuple(
            Group(level=f"group {place}", n=n, left_open=0, answers=answers(group, n, counts))
            for place, (n, group) in enumerate(zip(sizes, groups, strict=True))
            if len(groups) > 1
        ),
    )


def look(found: Question, profile: Profile) -> str:
    """All that a reader sees, with the number of people in the file."""
    people = (found.n or 0) + (found.left_open or 0)
    return f"{treated_count(people, profile)} {question(found, profile)}"


@PROFILES
@pytest.mark.parametrize(("parts", "most"), [(2, 42), (3, 27)])
def test_who_left_it_open_and_who_gave_each_answer(profile: Profile, parts: int, most: int) -> None:
    def secrets(table: Table) -> Table:
        left_open, *counts = table
        return left_open, *counts, *(sum(counts) - count for count in counts)

    tables = (table for total in range(most + 1) for table in parts_of(total, parts + 1))
    found = found_out(tables, lambda table: look(one_each(table[0], (table[1:],)), profile), secrets, profile)
    assert found == []


@PROFILES
def test_several_answers(profile: Profile) -> None:
    """Everybody who answered gave one answer at least, and at most all."""

    def secrets(table: Table) -> Table:
        left_open, n, *counts = table
        return left_open, *counts, *(n - count for count in counts)

    def seen(table: Table) -> str:
        left_open, n, *counts = table
        return look(several(left_open, (n,), (tuple(counts),)), profile)

    tables = (
        (left_open, n, *counts)
        for n, left_open in product(range(18), range(23))
        if n + left_open <= 27
        for counts in product(range(n + 1), repeat=2)
        if sum(counts) >= n
    )
    assert found_out(tables, seen, secrets, profile) == []


@PROFILES
def test_two_groups_and_two_answers(profile: Profile) -> None:
    def seen(table: Table) -> str:
        return look(one_each(0, (table[:2], table[2:])), profile)

    def secrets(table: Table) -> Table:
        return *table, table[0] + table[2], table[1] + table[3]

    sizes = range(profile.small + 1, 18)
    tables = ((a, n - a, b, m - b) for n, m in product(sizes, repeat=2) for a in range(n + 1) for b in range(m + 1))
    assert found_out(tables, seen, secrets, profile) == []


STEPS = 4000


def still_told(
    table: Table,
    seen: Callable[[Table], str | None],
    secrets: Callable[[Table], Table],
    *,
    small: int,
    parts: int,
    far: Iterable[Table],
) -> list[int]:
    """The small numbers of a table that are the same in every other that looks the same, as far as a walk finds any."""
    chance, shown, first = random.Random(str(table)), seen(table), secrets(table)
    told = {place for place, number in enumerate(first) if 1 <= number <= small}
    here = table
    for there in far:
        if min(there) >= 0 and seen(there) == shown:
            told -= {place for place, number in enumerate(secrets(there)) if number != first[place]}
    for _ in range(STEPS):
        if not told:
            break
        there = moved(here, chance, parts)
        if min(there) >= 0 and seen(there) == shown:
            here = there
            told -= {place for place, number in enumerate(secrets(there)) if number != first[place]}
    return [first[place] for place in told]


def moved(table: Table, chance: random.Random, parts: int) -> Table:
    """A table near another: a few numbers are others, two change places, or somebody is in another place or group."""
    there, way = list(table), chance.random()
    if way < 0.3:
        for _ in range(chance.choice((1, 2, 2, 3, 4))):
            there[chance.randrange(len(there))] += chance.choice((-1, 1, -1, 1, -2, 2, -5, 5))
    elif way < 0.4:
        one, other = chance.sample(range(len(there)), 2)
        there[one], there[other] = there[other], there[one]
    elif way < 0.6:
        by = chance.choice((-1, 1))
        there[0] += by
        for place in chance.sample(range(1, len(there)), chance.choice((1, 2))):
            there[place] -= by
    else:
        rows = [list(range(len(there)))[at : at + parts] for at in range(len(there) - parts, 0, -parts)]
        one, other = (chance.choice(rows) for _ in range(2))
        left, right = chance.sample(range(parts), 2)
        by = chance.choice((1, 1, 2, 3))
        for place, change in ((one[left], by), (one[right], -by), (other[left], -by), (other[right], by)):
            there[place] += change
    return tuple(there)


def nearly_one_answer(sizes: Sequence[int], parts: int) -> Table:
    """Groups of these sizes in which nearly all gave the first answer, so that none is shown."""
    return tuple(cell for size in sizes for cell in (size - 1, 1, *[0] * (parts - 2)))


def rows_of(cells: Table, parts: int) -> Groups:
    return tuple(cells[at : at + parts] for at in range(0, len(cells), parts))


def some_number(chance: random.Random, small: int) -> int:
    return chance.choice((0, chance.randint(1, small), chance.randint(small + 1, 30)))


@PROFILES
@pytest.mark.parametrize(("groups", "parts"), [(1, 5), (2, 3), (3, 2), (3, 4)])
def test_groups_and_answers_of_larger_tables(profile: Profile, groups: int, parts: int) -> None:
    def seen(table: Table) -> str:
        return look(one_each(table[0], rows_of(table[1:], parts)), profile)

    def secrets(table: Table) -> Table:
        rows = rows_of(table[1:], parts)
        return *table, *(sum(row) - cell for row in rows for cell in row), *map(sum, zip(*rows, strict=True))

    for seed in range(50):
        chance = random.Random(seed)
        cells = tuple(some_number(chance, profile.small) for _ in range(groups * parts))
        if min(map(sum, rows_of(cells, parts))) > profile.small:
            left_open = chance.choice((0, profile.small, 20))
            first, *others = map(sum, rows_of(cells, parts))
            far = [
                (left_open + less, *nearly_one_answer((first + more, *others), parts))
                for less, more in product(range(-2, 3), range(-3, 4))
            ]
            table = (left_open, *cells)
            told = still_told(table, seen, secrets, small=profile.small, parts=parts, far=far)
            assert told == [], (table, seen(table))


@PROFILES
def test_several_answers_by_group(profile: Profile) -> None:
    """Two groups and three answers: each group's size, and then how many of it gave each answer."""

    def seen(table: Table) -> str | None:
        left_open, *sizes = table[:3]
        rows = rows_of(table[3:], 3)
        can_be = all(max(row) <= n <= sum(row) for n, row in zip(sizes, rows, strict=True))
        return look(several(left_open, tuple(sizes), rows), profile) if can_be else None

    def secrets(table: Table) -> Table:
        rows, n = rows_of(table[3:], 3), sum(table[1:3])
        of_all = tuple(map(sum, zip(*rows, strict=True)))
        rests = (size - cell for size, row in zip(table[1:3], rows, strict=True) for cell in row)
        return *table, *rests, *of_all, *(n - count for count in of_all)

    for seed in range(80):
        chance = random.Random(seed)
        cells = tuple(some_number(chance, profile.small) for _ in range(6))
        sizes = tuple(chance.randint(max(row), sum(row)) for row in rows_of(cells, 3))
        if min(sizes) > profile.small:
            left_open = chance.choice((0, profile.small, 20))
            far = [
                (left_open + less, sizes[0] + more, sizes[1], *nearly_one_answer((sizes[0] + more, sizes[1]), 3))
                for less, more in product(range(-2, 3), range(-3, 4))
            ]
            table = (left_open, *sizes, *cells)
            told = still_told(table, seen, secrets, small=profile.small, parts=3, far=far)
            assert told == [], (table, seen(table))
