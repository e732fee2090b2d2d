"""A key issue as it was written down, told apart into its tension, its questions and its principles."""

import re
from typing import NamedTuple

ENDS = re.compile(r"(?<=[.!?…])\s+")
PRINCIPLES = re.compile(r"\bprinciples?\b", re.IGNORECASE)


class Issue(NamedTuple):
    """One key issue without its title; joined by blanks the parts are what was written."""

    tension: str
    questions: tuple[str, ...]
    principles: str


def told_apart(text: str) -> Issue:
    """Take a text apart: up to its first question, its questions, and a last one about principles.

    >>> told_apart("Rooms stand empty. Who has the keys? What are the principles?")
    Issue(tension='Rooms stand empty.', questions=('Who has the keys?',), principles='What are the principles?')
    """
    sentences = ENDS.split(text) if text else []
    first = next((place for place, one in enumerate(sentences) if one.endswith("?")), len(sentences))
    questions: list[str] = []
    open_before = False
    for one in sentences[first:]:
        if open_before:
            questions[-1] = f"{questions[-1]} {one}"
        else:
            questions.append(one)
        open_before = not one.endswith("?")
    principles = questions.pop() if questions and PRINCIPLES.search(questions[-1]) else ""
    return Issue(" ".join(sentences[:first]), tuple(questions), principles)
