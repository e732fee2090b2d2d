"""Scorers written a second time, plainly, each from another source than the definitions: nothing here reads them."""

from collections.abc import Sequence

# Hand lists of the two public scorers in R that agree with the sense of the questions (measures: UPPS-P, 59 questions).
UPPS_TURNED = (
    *(2, 3, 5, 7, 8, 9, 10, 12, 13, 15, 17, 18, 20, 22, 23, 25, 26, 29, 30, 31, 34, 35, 36, 39, 40, 41, 44, 45),
    *(46, 47, 49, 50, 51, 52, 54, 56, 57, 58, 59),
)
UPPS = {
    "negative_urgency": (2, 7, 12, 17, 22, 29, 34, 39, 44, 50, 53, 58),
    "lack_of_premeditation": (1, 6, 11, 16, 21, 28, 33, 38, 43, 48, 55),
    "lack_of_perseverance": (4, 9, 14, 19, 24, 27, 32, 37, 42, 47),
    "sensation_seeking": (3, 8, 13, 18, 23, 26, 31, 36, 41, 46, 51, 56),
    "positive_urgency": (5, 10, 15, 20, 25, 30, 35, 40, 45, 49, 52, 54, 57, 59),
}
# CamCOPS's documentation of SUPPS-P.
SUPPS_TURNED = (3, 6, 8, 9, 10, 13, 14, 15, 16, 17, 18, 20)
SUPPS = {
    "negative_urgency": (6, 8, 13, 15),
    "lack_of_premeditation": (2, 5, 12, 19),
    "lack_of_perseverance": (1, 4, 7, 11),
    "sensation_seeking": (9, 14, 16, 18),
    "positive_urgency": (3, 10, 17, 20),
}
# The independent scorer in R: an answer of agreement earns the point on these, one of disagreement on all others.
AQ_AGREE = (2, 4, 5, 6, 7, 9, 12, 13, 16, 18, 19, 20, 21, 22, 23, 26, 33, 35, 39, 41, 42, 43, 45, 46)
AQ_DOMAINS = {
    "social": (1, 11, 13, 15, 22, 36, 44, 45, 47, 48),
    "switching": (2, 4, 10, 16, 25, 32, 34, 37, 43, 46),
    "detail": (5, 6, 9, 12, 19, 23, 28, 29, 30, 49),
    "communication": (7, 17, 18, 26, 27, 31, 33, 35, 38, 39),
    "imagination": (3, 8, 14, 20, 21, 24, 40, 41, 42, 50),
}
# Klonsky and Glenn 2009: the first three columns of the form, thirteen functions in the same order in each.
ISAS = (
    *("affect_regulation", "interpersonal_boundaries", "self_punishment", "self_care", "anti_dissociation"),
    *("anti_suicide", "sensation_seeking", "peer_bonding", "interpersonal_influence", "toughness"),
    *("marking_distress", "revenge", "autonomy"),
)
ISAS_INTRAPERSONAL = ("affect_regulation", "self_punishment", "anti_dissociation", "anti_suicide", "marking_distress")

type Marks = Sequence[int]


def sums(marks: Marks) -> dict[str, float]:
    return {"total": sum(marks)}


def phq9(marks: Marks) -> dict[str, float]:
    return {"total": sum(marks[:9])}


def core10(marks: Marks) -> dict[str, float]:
    """Item by item, as CamCOPS stores it: questions 2 and 3 run from 4 (not at all) to 0 (most of the time)."""
    scale = (0, 1, 2, 3, 4)
    turned = (4, 3, 2, 1, 0)
    each = [turned[mark] if number in (2, 3) else scale[mark] for number, mark in enumerate(marks, 1)]
    return {"total": sum(each) / len(each) * 10}


def _means(marks: Marks, turned: Sequence[int], scales: dict[str, tuple[int, ...]]) -> dict[str, float]:
    found = {}
    for name, numbers in scales.items():
        each = [5 - marks[number - 1] if number in turned else marks[number - 1] for number in numbers]
        found[name] = sum(each) / len(each)
    return found


def upps_p(marks: Marks) -> dict[str, float]:
    return _means(marks, UPPS_TURNED, UPPS)


def supps_p(marks: Marks) -> dict[str, float]:
    return _means(marks, SUPPS_TURNED, SUPPS)


def aq_adult(marks: Marks) -> dict[str, float]:
    points = {number: (mark < 2) == (number in AQ_AGREE) for number, mark in enumerate(marks, 1)}
    found: dict[str, float] = {"total": sum(points.values())}
    return found | {name: sum(points[number] for number in numbers) for name, numbers in AQ_DOMAINS.items()}


def isas(marks: Marks) -> dict[str, float]:
    columns = [marks[start : start + 13] for start in (0, 13, 26)]
    each: dict[str, float] = {name: sum(column[place] for column in columns) for place, name in enumerate(ISAS)}
    inside = [each[name] for name in ISAS_INTRAPERSONAL]
    between = [each[name] for name in ISAS if name not in ISAS_INTRAPERSONAL]
    return each | {"intrapersonal": sum(inside) / 5, "interpersonal": sum(between) / 8}
