"""What of a survey may leave the organisation: answers of a few people put together, without their own words."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import product

import numpy as np

from alongside.evaluation.publish import TOGETHER, shown_under
from alongside.evaluation.survey.results import Group, Question, Survey
from alongside.outcomes.disclosure import Profile, blank, treat, treated_count
from alongside.outcomes.partitions import could_be, hidden_cells, hidden_parts
from alongside.outcomes.proportions import Proportion, proportion

OTHERS = "other answers together"
TOO_FEW = "The answers of a few people could be worked out from the others, so none is shown."
FEW_LEFT_OUT = "Answers that only a few people gave, or did not give, are left out."
NO_GROUPS = "Too few people of a group gave some of the answers, so groups are not compared."


def published(exact: Survey, profile: Profile) -> Survey:
    """Return a survey as it may be published; groups of a few people were put together before it was counted.

    Beyond `treat`: an answer that a few people gave can be one person's own words, so it is not named. Where people
    gave one answer each, such answers stand together, with more until they are enough. Where they could give several,
    such answers are left out. By group those of a few are hidden, and others beside them where totals would tell.
    """
    questions = {name: question(found, profile) for name, found in exact.questions.items()}
    return replace(treat(replace(exact, questions={}), profile), questions=questions)


def question(exact: Question, profile: Profile) -> Question:
    """Return one question as it may be published."""
    if treated_count(exact.n or 0, profile) is None or _all_told(exact, profile):
        return blank(replace(exact, answers={}, by=(), gaps={}), profile)
    fewer = _without_few(exact, profile)
    left_out = exact.several and len(fewer.answers) < len(exact.answers)
    fewer = _with_room(fewer, profile, left_out=left_out)
    shown = treat(replace(fewer, gaps={}), profile)
    answers = dict(sorted(shown.answers.items(), key=_by_size))
    hidden = _hidden_in_groups(fewer, profile)
    by = tuple(
        _in_order(group, list(answers), {column for row, column in hidden if row == place}, profile)
        for place, group in enumerate(shown.by)
    )
    if all(found.count is None for group in by for found in group.answers.values()):
        by = ()
    notes = (
        TOO_FEW if exact.answers and not answers else None,
        FEW_LEFT_OUT if left_out and answers else None,
        NO_GROUPS if exact.by and answers and not by else None,
    )
    return replace(shown, answers=answers, by=by, note=" ".join(filter(None, notes)) or None)


def _by_size(answer: tuple[str, Proportion]) -> tuple[bool, int, str]:
    """The order by numbers as they are shown, which says nothing about two that look the same."""
    name, found = answer
    return name == OTHERS, -(found.count or 0), name


def _without_few(exact: Question, profile: Profile) -> Question:
    """Return a question without any answer of a few people: left out, or put together with others."""
    sizes = {answer: found.count or 0 for answer, found in exact.answers.items()}
    if exact.several:
        kept = _enough(sizes, exact.n or 0, profile)
        named = {answer: answer for answer in sizes if answer in kept}
    else:
        shown = shown_under(sizes, profile)
        named = {answer: answer if name == answer else OTHERS for answer, name in shown.items()}
        apart = {name for answer, name in shown.items() if name != answer}
        if apart - {TOGETHER} or (apart and len(set(shown.values())) == 1):
            named = {}
    groups = tuple(replace(group, answers=_together(group.answers, group.n or 0, named)) for group in exact.by)
    return replace(exact, answers=_together(exact.answers, exact.n or 0, named), by=groups)


def _enough(sizes: Mapping[str, int], n: int, profile: Profile) -> dict[str, int]:
    """Return the answers, of several that people could give, that neither a few gave nor all but a few.

    Everybody who answered gave one at least, so what the others do not make up is the least that those of a few are.
    Where it is all that they can be, the next smallest goes as well.
    """
    kept = {answer: size for answer, size in sizes.items() if not _few(size, n, profile)}
    few = sum(size <= profile.small for size in sizes.values())
    told = 0 < few == len(sizes) - len(kept)  # what all but a few gave could make up the rest
    while told and kept:
        most = {answer: could_be(size, profile)[1] for answer, size in kept.items()}
        least = could_be(n, profile)[0] - sum(most.values())
        beside = len(sizes) - len(kept) - few
        told = least >= profile.small * few + beside * min(most.values())
        if told:
            del kept[min(kept, key=lambda answer: kept[answer])]
    return kept


def _with_room(shown: Question, profile: Profile, *, left_out: bool) -> Question:
    """Return a question in which the people who left it open, where they are a few, may be more than one number.

    Everybody less the most who can have answered is the least that they are. Where that is all that they can be, the
    answers go; `left_out` says whether some have gone already.
    """
    left_open = shown.left_open or 0
    if left_open != profile.small or not shown.answers:
        return shown
    least = could_be((shown.n or 0) + left_open, profile)[0]
    told = least - _most_who_answered(shown, profile, left_out=left_out) >= left_open
    return replace(shown, answers={}, by=()) if told else shown


def _most_who_answered(shown: Question, profile: Profile, *, left_out: bool) -> int:
    """Return the most who can have answered, from all numbers shown: of answers, of groups, and of both."""
    from scipy.optimize import linprog

    def most(count: int | None) -> int:
        return could_be(count, profile)[1] if count else 0

    hidden = _hidden_in_groups(shown, profile)
    groups = shown.by if len(hidden) < len(shown.by) * len(shown.answers) else ()
    everyone = Group(level="", n=shown.n, left_open=None, answers=shown.answers)
    ends: list[tuple[int, int | None]] = []
    for row, group in enumerate(groups or (everyone,)):
        counts = enumerate(group.answers.values())
        ends += [(0, None if groups and (row, column) in hidden else most(found.count)) for column, found in counts]
        ends += [(0, None)] * left_out
    cells = np.arange(len(ends)).reshape(len(groups or (everyone,)), -1)
    lines = [(cells, shown.n), *((cells[row], group.n) for row, group in enumerate(groups))]
    lines += [(cells[:, column], found.count) for column, found in enumerate(shown.answers.values())]
    found = linprog(
        -np.ones(len(ends)),
        A_ub=[np.isin(cells, line).ravel().astype(float) for line, _ in lines],
        b_ub=[most(count) for _, count in lines],
        bounds=ends,
    )
    return round(-float(found.fun))


def _all_told(exact: Question, profile: Profile) -> bool:
    """Whether the number who answered tells how many gave each of several answers: each that of a few, and no more."""
    counts = [found.count or 0 for found in exact.answers.values()]
    only_few = exact.several and all(count <= profile.small for count in counts)
    return only_few and could_be(exact.n or 0, profile)[0] >= profile.small * len(counts)


def _together(answers: Mapping[str, Proportion], n: int, named: Mapping[str, str]) -> dict[str, Proportion]:
    counts: dict[str, int] = {}
    for answer, name in named.items():
        counts[name] = counts.get(name, 0) + (answers[answer].count or 0)
    return {name: proportion(count, n) for name, count in counts.items()}


def _hidden_in_groups(exact: Question, profile: Profile) -> set[tuple[int, int]]:
    """Return the places of groups and answers to hide: of a few people, or of others who would tell how many."""
    sizes = [group.n or 0 for group in exact.by]
    rows = [[found.count or 0 for found in group.answers.values()] for group in exact.by]
    cells = set(product(range(len(rows)), range(len(exact.answers))))
    if hidden_parts(sizes, profile) != set():
        return cells
    if not exact.several:
        return hidden_cells(rows, profile)
    few = {(row, column) for row, column in cells if _few(rows[row][column], sizes[row], profile)}
    return {(row, column) for row, column in cells if any(column == other for _, other in few)}


def _few(count: int, n: int, profile: Profile) -> bool:
    return None in {treated_count(count, profile), treated_count(n - count, profile)}


def _in_order(group: Group, order: list[str], hidden: set[int], profile: Profile) -> Group:
    """Return a group's answers in the order of everybody's, without the numbers of those that are hidden."""
    answers = {
        answer: replace(blank(found, profile), n=found.n) if place in hidden else found
        for place, (answer, found) in enumerate(group.answers.items())
    }
    return replace(group, answers={answer: answers[answer] for answer in order})
