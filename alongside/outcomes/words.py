"""The sentences that say the numbers: plain, never causal, never about one person.

They take results as they will be shown, exact or treated by `disclosure.treat`: a hidden count is None and is
said as the profile says it ("fewer than 8").
"""

from collections.abc import Sequence

from alongside.outcomes.change import Improved, PairedChange
from alongside.outcomes.disclosure import rounded

TOO_FEW = "too few to average"
NOT_SHOWN = "not shown"


def points(value: float, *, decimals: int = 1) -> str:
    """Write a score or a change with a true minus sign, and never as minus nothing.

    >>> points(-8.49), points(0.04), points(-0.04), points(3)
    ('−8.5', '0.0', '0.0', '3.0')
    """
    text = f"{value:.{decimals}f}"
    return text.lstrip("-") if float(text) == 0 else text.replace("-", "−")


def signed(value: float) -> str:
    """Write a change with its sign.

    >>> signed(1.12), signed(-0.3), signed(0.02)
    ('+1.1', '−0.3', '0.0')
    """
    text = points(value)
    return f"+{text}" if value > 0 and float(text) else text


def size(value: float) -> str:
    """Write how large a change was, without its sign.

    >>> size(-2.44), size(0.01)
    ('2.4 points', 'less than 0.1 points')
    >>> size(-1)
    '1.0 points'
    """
    return f"{abs(value):.1f} points" if abs(value) >= 0.05 else "less than 0.1 points"


def count(n: int | None, hidden: str) -> str:
    """Write a count, or the words that stand where it is hidden.

    >>> count(1240, "fewer than 8"), count(None, "fewer than 8")
    ('1,240', 'fewer than 8')
    """
    return hidden if n is None else f"{n:,}"


def persons(n: int | None, hidden: str) -> str:
    """Write a number of people.

    >>> persons(1, ""), persons(97, ""), persons(None, "fewer than 8")
    ('1 person', '97 people', 'fewer than 8 people')
    """
    return "1 person" if n == 1 else f"{count(n, hidden)} people"


def percent(share: float) -> str:
    """Write a share in whole per cent.

    >>> percent(0.625), percent(1.0)
    ('62%', '100%')
    """
    return f"{share:.0%}"


def percents(ends: tuple[float, float]) -> str:
    """Write the two ends of an interval of a share.

    >>> percents((0.288, 0.501))
    '29% to 50%'
    """
    return f"{percent(ends[0])} to {percent(ends[1])}"


def interval(ends: tuple[float, float]) -> str:
    """Write the two ends of an interval, so that what is said of it can be seen in it.

    >>> interval((-3.04, -1.8)), interval((-0.503, -0.031))
    ('−3.0 to −1.8', '−0.50 to −0.03')
    """
    low, high = rounded(ends)
    decimals = 2 if any(end and not round(end, 1) for end in (low, high)) else 1
    return f"{points(low, decimals=decimals)} to {points(high, decimals=decimals)}"


def capital(text: str) -> str:
    """Begin a sentence.

    >>> capital("how often")
    'How often'
    """
    return text[:1].upper() + text[1:]


def joined(titles: Sequence[str]) -> str:
    """Join findings to one title.

    >>> joined(["How often went down by 2.4 points", "How severe went down by 1.8 points"])
    'How often went down by 2.4 points, and how severe went down by 1.8 points'
    """
    first, *others = titles
    return ", and ".join([first, *(title[:1].lower() + title[1:] for title in others)])


def clear(change: PairedChange) -> bool:
    """Say whether the interval of the mean change lies wholly on one side of no change.

    >>> from alongside.outcomes.change import paired
    >>> clear(paired([6, 5, 7, 8, 7], [4, 4, 5, 6, 6])), clear(paired([6, 5], [5, 6]))
    (True, False)
    """
    return change.ci95 is not None and (change.ci95[0] > 0 or change.ci95[1] < 0)


def change_title(name: str, change: PairedChange) -> str:
    """Return the finding of a first-to-last comparison as a title.

    Parameters
    ----------
    name : a noun phrase that fits in a sentence, such as "how often people self-harmed"
    change : the comparison

    Examples
    --------
    >>> from alongside.outcomes.change import paired
    >>> change_title("the bdi score", paired([6, 5, 7, 8, 7], [4, 4, 5, 6, 6]))
    'The bdi score went down by 1.6 points'
    >>> change_title("the bdi score", paired([], []))
    'The bdi score: nobody answered twice, so change cannot be seen'
    """
    if change.n == 0:
        return f"{capital(name)}: nobody answered twice, so change cannot be seen"
    if change.mean_change is None or change.n == 1:
        return f"{capital(name)}: too few people answered twice to say"
    if change.ci95 is None and change.sd_change is not None:
        same = f"changed by {signed(change.mean_change)} for everybody" if change.mean_change else "changed for nobody"
        return f"{capital(name)} {same}"
    if not clear(change):
        return f"No clear change in {name}"
    way = "down" if change.ci95 and change.ci95[1] < 0 else "up"
    return f"{capital(name)} went {way} by {size(change.mean_change)}"


def change_sentence(change: PairedChange, hidden: str) -> str:
    """Return one sentence with the numbers of a first-to-last comparison.

    Examples
    --------
    >>> from alongside.outcomes.change import paired
    >>> change_sentence(paired([6, 5, 7, 8, 7], [4, 4, 5, 6, 6]), "")
    '5 people answered twice or more: their average went from 6.6 to 5.0, a change of −1.6 \
(95% interval −2.3 to −0.9).'
    """
    if change.n == 0:
        return "Nobody answered twice or more, so change cannot be seen."
    who = capital(persons(change.n, hidden))
    if change.n == 1 or change.mean_change is None or change.mean_first is None or change.mean_last is None:
        return f"{who} answered twice or more, {TOO_FEW}."
    first, last = points(change.mean_first), points(change.mean_last)
    by = signed(change.mean_change) if abs(change.mean_change) >= 0.05 else "less than 0.1"
    said = f"{who} answered twice or more: their average went from {first} to {last}, a change of {by}"
    if change.ci95 is None:
        return f"{said}; there is too little spread or too few people for an interval."
    unclear = "" if clear(change) else ", which includes no change at all"
    return f"{said} (95% interval {interval(change.ci95)}{unclear})."


def improved_sentence(result: Improved, hidden: str) -> str:
    """Return one sentence that says how many improved, by which rule, of how many.

    Examples
    --------
    >>> from alongside.outcomes.change import improved
    >>> improved_sentence(improved([4, 6], [3, 6], by=1, lower_is_better=True, everyone=4,
    ...                            rule="last form lower than the first by 1 or more"), "")
    'Last form lower than the first by 1 or more: 1 of the 2 who answered twice (50%); of all 4 people, 25%.'
    """
    if result.rule is None:
        return result.why or ""
    if result.n == 0:
        return f"{capital(result.rule)}: nobody answered twice, so nobody can be counted."
    if result.n is None:
        return f"{capital(result.rule)}: too few people answered twice to show."
    of_twice = f" ({percent(result.share)})" if result.share is not None else ""
    if result.improved is None:
        return f"{capital(result.rule)}: how many of the {count(result.n, hidden)} who answered twice is not shown."
    who = f"{result.improved:,} of the {count(result.n, hidden)} who answered twice"
    said = f"{capital(result.rule)}: {who}{of_twice}"
    if result.share_of_everyone is None:
        return f"{said}."
    return f"{said}; of all {count(result.everyone, hidden)} people, {percent(result.share_of_everyone)}."
