"""Shapes of words that may tell who wrote them, for a person to look at. Nothing is decided here."""

import re
from typing import Final

SHAPES: Final = (
    ("an @, as in an email or a name elsewhere", re.compile(r"\S*@\S*")),
    (
        "a link",
        re.compile(r"https?://\S+|\bwww\.\S+|\b[\w-]+\.(?:com|org|net|info|uk|scot|cymru|wales)\b", re.IGNORECASE),
    ),
    ("a postcode", re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b", re.IGNORECASE)),
    ("a long number, as of a telephone", re.compile(r"\+?\d(?:[\s().-]{0,2}\d){6,}")),
    (
        "a number with a unit: an age, a time or an amount",
        re.compile(
            r"\b\d+(?:[.,]\d+)?[\s-]?(?:years?|yrs?|y/?o|months?|weeks?|days?|hours?|times|mg|g|kg|ml|stone|st|lbs?|cm|"
            r"miles?|tablets?|pills?|units?)\b|\baged?\s+\d+|\bI(?:['’]m| am) \d+",
            re.IGNORECASE,
        ),
    ),
    (
        "a day or a date",
        re.compile(
            r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|\b(?:19|20)\d{2}\b|\b\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\b|"
            r"\b(?:january|february|april|june|july|august|september|october|november|december)\b|"
            r"\b\d{1,2}(?:st|nd|rd|th)?(?: of)? (?:march|may)\b|\b(?:march|may) \d",
            re.IGNORECASE,
        ),
    ),
    (
        "a title, as before a name",
        re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Nurse|Sister|PC|Councillor)\.?\s+[A-Z]\w*"),
    ),
    (
        "what somebody is or does",
        re.compile(
            r"\b(?:I(?:['’]m| am| was) (?:an?|the|one of)|I work as an?|as an?) \w+|\bmy (?:name|son|daughter|child|"
            r"partner|husband|wife|mother|mum|father|dad|brother|sister|school|ward|job|boss)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "a capital inside a sentence, as of a name or a place",
        re.compile(r"(?<=[a-z,;] )(?!I\b)[A-Z][a-z]+(?: [A-Z][a-z]+)*"),
    ),
)


def shapes(text: str) -> list[tuple[str, str]]:
    """What in a text may tell who wrote it: each shape once, with the words that have it.

    >>> shapes("ring me on 01632 960 123 after work")
    [('a long number, as of a telephone', '01632 960 123')]
    >>> shapes("listen to us")
    []
    """
    return [(what, found[0]) for what, shape in SHAPES if (found := shape.search(text))]
