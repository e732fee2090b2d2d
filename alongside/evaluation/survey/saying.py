"""What a survey says and what it cannot say, in sentences made from the numbers as they are shown."""

from collections.abc import Iterator
from dataclasses import replace

from alongside.evaluation.results import Caveat
from alongside.evaluation.survey.publishing import OTHERS
from alongside.evaluation.survey.results import Question, Survey
from alongside.outcomes.disclosure import PROFILES
from alongside.outcomes.proportions import Proportion, difference, proportion, wilson
from alongside.outcomes.words import capital, percent, persons, points

SENTENCE_ENDS = ("?", ".", "!", ":")
WHO_WAS_ASKED = (
    "These are the answers of the people in the file, and not of everyone. Who was asked, and how, is not known here. "
    "An interval says what chance could do if they were drawn by lot from many more; it does not make up for anybody "
    "who was not asked."
)
WHO_DID_NOT_ANSWER = (
    "Each share is of the people who answered that question. Whoever left it open, or sent nothing, may think "
    "otherwise; we do not guess."
)
MORE_THAN_ONE = "Where people could give several answers, the shares add up to more than 100%."
BY_CHANCE = "Groups are set side by side. Of many differences about one in twenty seems clear by chance alone."

NO_CAUSE = "An answer says what somebody chose among the answers there were, on that day."


def with_caveats(found: Survey) -> Survey:
    """Return a survey with what its numbers cannot tell, each only where it applies."""
    questions = found.questions.values()
    said = (
        ("Who was asked", WHO_WAS_ASKED),
        ("Who did not answer", WHO_DID_NOT_ANSWER),
        ("More than one answer", MORE_THAN_ONE if any(one.several for one in questions) else ""),
        ("Differences between groups", BY_CHANCE if any(one.by for one in questions) else ""),
        ("What an answer is", NO_CAUSE),
    )
    return replace(found, caveats=tuple(Caveat(title=title, text=text) for title, text in said if text))


def hidden_words(found: Survey) -> str:
    """Return the words that stand where a count is hidden."""
    profile = found.publication.profile
    return PROFILES[profile].hidden if profile else ""


def title(name: str, question: Question) -> str:
    """Return what was found on one question, as a title.

    Examples
    --------
    >>> from alongside.outcomes.proportions import answers
    >>> found = answers(["yes", "yes", "yes", "no"])
    >>> title("More work in schools?", Question(several=False, n=4, left_open=1, answers=found))
    'More work in schools? 75% said “yes”'
    """
    first = next(((answer, found.share) for answer, found in question.answers.items() if answer != OTHERS), None)
    if first is None or first[1] is None:
        return name
    return f"{name}{'' if name.endswith(SENTENCE_ENDS) else ':'} {percent(first[1])} said “{first[0]}”"


def who(question: Question, hidden: str) -> str:
    """Say how many answered a question, and how many did not.

    Examples
    --------
    >>> who(Question(several=True, n=4, left_open=1, answers={}), "")
    '4 people answered; 1 left it open. They could give several answers.'
    """
    if question.n == 0:
        return "Nobody answered."
    left = f"; {question.left_open:,} left it open" if question.left_open else ""
    several = " They could give several answers." if question.several else ""
    return f"{capital(persons(question.n, hidden))} answered{left}.{several}"


def shown_interval(found: Proportion) -> tuple[float, float] | None:
    """Return Wilson's interval of a share from the counts as they are shown, so that it gives away no others."""
    return None if found.share is None or found.count is None or not found.n else wilson(found.count, found.n)


def by_group(question: Question) -> Iterator[tuple[str, dict[str, Proportion]]]:
    """Yield each answer that is shown of any group, with what is shown of every group."""
    for answer in question.answers:
        found = {group.level: group.answers[answer] for group in question.by}
        if any(one.count is not None for one in found.values()):
            yield answer, found


def gap(found: dict[str, Proportion]) -> tuple[str, str, str] | None:
    """Say how the first of two groups differs from the second: of whom, by how much, and the interval.

    It is worked out from the counts as they are shown.

    Examples
    --------
    >>> gap({"woman": proportion(56, 70), "man": proportion(48, 80)})
    ('“woman” less “man”', '+20 points', '+5 to +33')
    """
    shown = [proportion(each.count, each.n) for each in found.values() if each.count is not None and each.n]
    if len(found) != 2 or len(shown) != 2:
        return None
    apart = difference(*shown)
    if apart.difference is None or apart.ci95 is None:
        return None
    low, high = apart.ci95
    return (
        " less ".join(f"“{level}”" for level in found),
        f"{_points(apart.difference)} points",
        f"{_points(low)} to {_points(high)}",
    )


def _points(share: float) -> str:
    """Write a difference of shares in points of a hundred, with its sign."""
    text = points(100 * share, decimals=0)
    return f"+{text}" if share > 0 and text != "0" else text
