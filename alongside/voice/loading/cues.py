"""What a heading may tell about the board under it: the words that workshops are spoken of in, and their form."""

import re
from dataclasses import dataclass
from typing import Final

from alongside.voice.loading.blocks import Block

LONGEST_HEADING = 18  # words
LONGEST_LINE = 1_000  # letters, beyond which nothing is a heading, whatever it quotes
LONGEST_NAME = 8
EARLY = 5  # the word of a heading by which the kind is said

NUMBER = r"(?:\d{1,3}|[A-Z]|one|two|three|four|five|six|seven|eight|nine|ten)"
AFTER = r"(?:\s*(?:[:(,.–—-].*)?)"
OF_A_PAIR: Final = re.compile(
    rf"(?:pair|trio|duo|room|break-?out|break-?out (?:room|group|board))\s*(?:no\.?\s*)?{NUMBER}{AFTER}", re.IGNORECASE
)
OF_A_GROUP: Final = re.compile(rf"(?:(?:small |discussion )?group|table|team)\s*{NUMBER}{AFTER}", re.IGNORECASE)
OF_AN_ISSUE: Final = re.compile(rf"(?:key )?(?:issue|question)\s*{NUMBER}{AFTER}", re.IGNORECASE)
NAMED: Final = re.compile(
    r"(?:(?:small[- ]|sub-?)?group |table )?discussions?(?: of| on| about| board| group)?\s*[:–—]\s*\S.*", re.IGNORECASE
)

ORDINAL: Final = {"1st": 1, "first": 1, "2nd": 2, "second": 2, "3rd": 3, "third": 3, "4th": 4, "fourth": 4}
MEETING = r"(?:session|workshop|meeting|day|part|week)"
DIVIDER: Final = re.compile(
    rf"(?:{MEETING}\s*{NUMBER}|(?:the )?(?:{'|'.join(ORDINAL)}) {MEETING}){AFTER}", re.IGNORECASE
)

NEXT = r"(?![\s-]+(?:vot|reflect|closing|final))"
PHRASES: Final = (
    ("vote", r"(?:dot[- ])?\bvot(?:es?|ed|ing)\b|\bballots?\b|\bpoll\b|\bprioriti[sz](?:e|ing|ation)\b"),
    ("closing", r"\b(?:closing|final|last|parting) (?:thoughts?|words?|remarks?|comments?|reflections?|round)\b"),
    ("closing", r"\bcheck(?:ing)?[- ]?out\b|\btake-?aways?\b"),
    ("reflection", r"\breflect(?:ions?|ing)\b|\blooking back\b|\bcheck(?:ing)?[- ]in\b"),
    ("key_issues", r"\bkey (?:issues?|questions?)\b|\b(?:proposed|shortlisted) (?:issues?|questions?)\b"),
    ("whole_group", rf"\b(?:whole|full|entire)[ -](?:[\w'’-]+ ){{0,3}}(?:group|room|workshop)\b{NEXT}"),
    ("whole_group", rf"\bplenary\b{NEXT}"),
    ("discussion", r"\b(?:small|sub)[- ]?groups?['’]?s? discussions?\b|\b(?:group|table) discussions?\b"),
    ("discussion", r"^discussions?\b"),
    ("breakout", r"\b(?:in|into) (?:pairs|twos|threes|trios)\b|\bbreak-?outs?\b|^pairs\b"),
)  # fmt: skip
SEARCHES: Final = tuple((kind, re.compile(phrase, re.IGNORECASE)) for kind, phrase in PHRASES)
QUOTED: Final = re.compile(r'"([^"]*)"|“([^”]*)”')
SPOKEN: Final = re.compile(
    r"\b(?:i|i['’]m|we|we['’]re|us|our|my|me|you|your|it['’]s|was|were|is|are|has|have|had|thanks?)\b", re.IGNORECASE
)
LEADS_ON: Final = re.compile(
    r"\s*(?:$|[:(–—-]|(?:on|of|at|from|for|about|after|before|in|by|to|with)\b)", re.IGNORECASE
)
PROMPT: Final = re.compile(r"(?:question|prompt|task|instructions?)\s*:", re.IGNORECASE)


@dataclass(frozen=True)
class Cue:
    """What a block says as a heading: a kind, whether it names one board of its own, and why."""

    kind: str
    own: bool
    why: str


def cue(block: Block, within: str = "") -> Cue | None:
    """What a block says as a heading inside a part of this kind; None if it reads as a note."""
    if len(block.lines) == 1 and len(block.words) <= LONGEST_HEADING and (named := _named(block.text, within)):
        return named
    return _phrase(block)


def _named(text: str, within: str) -> Cue | None:
    if OF_A_PAIR.fullmatch(text):
        return Cue("breakout", own=True, why="it numbers a pair or a room")
    if OF_A_GROUP.fullmatch(text):
        return Cue(within or "breakout", own=True, why="it numbers a group")
    if within == "key_issues" and OF_AN_ISSUE.fullmatch(text):
        return Cue("key_issues", own=True, why="it numbers an issue")
    if NAMED.fullmatch(text):
        return Cue("discussion", own=True, why="it names what a discussion is about")
    return None


def _phrase(block: Block) -> Cue | None:
    """The first words that workshops are spoken of in, where the block is worded as a heading is."""
    if len(block.text) > LONGEST_LINE:
        return None
    text = " ".join(QUOTED.sub(" ", block.text).split())
    if not text or len(text.split()) > LONGEST_HEADING:
        return None
    found = [(match.start(), match.end(), kind) for kind, search in SEARCHES if (match := search.search(text))]
    if not found:
        return None
    start, end, kind = min(found)
    leads = start == 0 and LEADS_ON.match(text[end:])
    if not (block.strong or is_capitals(text) or leads or _worded_as_a_heading(text)):
        return None
    if len(text[:start].split()) > EARLY:
        return None
    return Cue(kind, own=False, why=f"it says “{text[start:end]}”")


def _worded_as_a_heading(text: str) -> bool:
    return not (text[0].islower() or text.endswith((".", "!", "?", "…")) or SPOKEN.search(text))


def is_divider(block: Block) -> bool:
    """Whether it only says which session begins."""
    return len(block.words) <= LONGEST_NAME and DIVIDER.fullmatch(block.text) is not None


def is_capitals(text: str) -> bool:
    """Whether a short text is set in capitals throughout.

    >>> is_capitals("RENT/HEATING"), is_capitals("GP"), is_capitals("Rent")
    (True, False, False)
    """
    letters = [letter for letter in text if letter.isalpha()]
    return text.isupper() and len(letters) > 3 and len(text.split()) <= LONGEST_NAME and text[-1] not in ".!?"


def session_said(text: str, now: int) -> int:
    """Which session a heading speaks of, or the one it was until now.

    >>> session_said("Closing thoughts after the 2nd session", 1), session_said("Session 3", 1), session_said("Vote", 1)
    (2, 3, 1)
    """
    for word, number in ORDINAL.items():
        if re.search(rf"\b{word}\b(?: [\w/'’-]+){{0,4}} {MEETING}\b", text, re.IGNORECASE):
            return max(number, now)
    if numbered := re.search(rf"\b{MEETING} (\d)\b", text, re.IGNORECASE):
        return max(int(numbered[1]), now)
    return now


def same(text: str) -> str:
    """A name by which two headings are the same: no case, no marks."""
    return " ".join(re.findall(r"\w+", text.casefold()))
