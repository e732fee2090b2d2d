"""Judges the pages of one call together: the same page twice, two pages with one id, pages of two people stapled."""

from collections import defaultdict
from dataclasses import replace
from itertools import pairwise

from alongside.paper.reading.results import Reading

AGAIN = "This page was read before, from {}, page {}."
SAME_ID = "Another page has the same code and other marks ({}, page {}); a person should say which is right."
STAPLED = "Pages of two forms lie together in this file: {} and {}. Look whose they are."
NEAR = 0.15  # scores of the same mark, read twice, lie nearer than this


def judged(readings: list[Reading]) -> list[Reading]:
    """Name the pages that contradict each other, and pages that were read before."""
    found = list(readings)
    alike: dict[tuple[str | None, int | None], list[int]] = defaultdict(list)
    for at, reading in enumerate(readings):
        if reading.outcome == "ok":
            alike[reading.form_id, reading.form_page].append(at)
    for group in alike.values():
        _same_page(found, group)
    _stapled(found)
    return found


def _same_page(found: list[Reading], group: list[int]) -> None:
    """The first of each stands; one like it is a duplicate, and any unlike it makes all of them a conflict."""
    first, unlike = found[group[0]], []
    for at in group[1:]:
        if same(first, found[at]):
            found[at] = replace(found[at], outcome="duplicate", why=AGAIN.format(first.file, first.page))
        else:
            unlike.append(at)
    for at in unlike:
        found[at] = replace(found[at], outcome="conflict", why=SAME_ID.format(first.file, first.page))
    if unlike:
        other = found[unlike[0]]
        found[group[0]] = replace(first, outcome="conflict", why=SAME_ID.format(other.file, other.page))


def same(one: Reading, other: Reading) -> bool:
    """Whether two readings are of the same marks: nearly every question agrees, and none that both are sure of differs.

    Parameters
    ----------
    one, other
        Readings of the same page of the same form.

    Returns
    -------
    bool
        True if they may be two pictures of one sheet of paper.

    Examples
    --------
    >>> from alongside.paper.reading.results import Answer
    >>> three = Reading("a.jpg", 1, "ok", items=(Answer("q1", 3.0, "ok", 0.99),))
    >>> four = Reading("b.jpg", 1, "ok", items=(Answer("q1", 4.0, "ok", 0.99),))
    >>> same(three, three), same(three, four)
    (True, False)
    """
    agree = 0
    for mine, yours in zip(one.items, other.items, strict=True):
        if mine.score is None or yours.score is None:
            sure = "ok" in (mine.status, yours.status) and "missing" in (mine.status, yours.status)
            if sure:
                return False
            agree += mine.score is None and yours.score is None
        elif abs(mine.score - yours.score) < NEAR:
            agree += 1
        elif mine.status == yours.status == "ok":
            return False
    return agree >= 0.6 * len(one.items)


def _stapled(found: list[Reading]) -> None:
    """Two pages in a row of one file that belong to two forms, each of which lacks the other page."""
    there = {(reading.file, reading.form_id, reading.form_page) for reading in found}
    for at, (one, other) in enumerate(pairwise(list(found))):
        if one.file != other.file or one.outcome != "ok" or other.outcome != "ok" or one.form_id == other.form_id:
            continue
        if one.form_page is None or other.form_page != one.form_page + 1:
            continue
        lacking = (one.file, one.form_id, other.form_page), (one.file, other.form_id, one.form_page)
        if not there & set(lacking):
            why = STAPLED.format(one.form_id, other.form_id)
            found[at] = replace(one, outcome="conflict", why=why)
            found[at + 1] = replace(other, outcome="conflict", why=why)
