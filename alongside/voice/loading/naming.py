"""Which lines inside a part of a workshop name a board of their own, and why they are taken to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from alongside.voice.loading import cues
from alongside.voice.loading.blocks import Block

SEVERAL = {"breakout", "discussion", "key_issues", "whole_group"}
EARLIER = {"discussion": ("vote",), "whole_group": ("key_issues", "vote")}  # what these parts take up again
OPENING = ('"', "“", "'", "‘")
SHORT = 6


@dataclass(frozen=True)
class Named:
    """The lines of one part that name a board, by their line number, with the reason for each."""

    reasons: Mapping[int, str] = field(default_factory=dict)

    def why(self, block: Block) -> str:
        """Why a block names a board; empty for a note."""
        return self.reasons.get(block.number, "")


def names_in(kind: str, heading: Block | None, blocks: Sequence[Block], known: Mapping[str, Sequence[str]]) -> Named:
    """Find what names a board in a part: numbers, then names that were announced, then the form of the line.

    `known` are the names met so far, by the kind of part they stood in.
    """
    if kind not in SEVERAL:
        return Named()
    numbered = {
        block.number: cue.why for block in blocks if (cue := cues.cue(block, kind)) and cue.own and cue.kind == kind
    }
    told = _matching(blocks, _announced(heading, blocks), "it was announced by that name")
    for earlier in EARLIER.get(kind, ()):
        told = told or _matching(blocks, known.get(earlier, ()), "it repeats something named before")
    formed = told or _by_form(kind, blocks) or (_after_questions(blocks) if kind == "key_issues" else {})
    return Named({**formed, **numbered})


def _announced(heading: Block | None, blocks: Sequence[Block]) -> list[str]:
    """Names that a heading lists or quotes, or that the blocks right under it open with in quotation marks."""
    if heading is None:
        return []
    lines = [line.text for line in heading.lines]
    colons = [place for place, line in enumerate(lines) if line.endswith(":")]
    listed = lines[colons[0] + 1 :] if colons else []
    quoting = [heading.text]
    for block in blocks:
        if not block.text.startswith(OPENING):
            break
        quoting.append(block.text[: cues.LONGEST_LINE])
    return listed + [straight or curly for text in quoting for straight, curly in cues.QUOTED.findall(text)]


def _matching(blocks: Sequence[Block], names: Sequence[str], why: str) -> dict[int, str]:
    wanted = {cues.same(name) for name in names} - {""}
    return {
        block.number: why for block in blocks if not block.text.startswith(OPENING) and cues.same(block.text) in wanted
    }


def _by_form(kind: str, blocks: Sequence[Block]) -> dict[int, str]:
    """Lines in bold; else lines in capitals, where there are several or a heading is sure to stand."""
    short = [block for block in blocks if len(block.words) <= cues.LONGEST_NAME]
    if strong := [block for block in short if block.strong]:
        return dict.fromkeys((block.number for block in strong), "it is set as a heading")
    capitals = [block for block in short if cues.is_capitals(block.text)]
    if len(capitals) > 1 or kind == "key_issues":
        return dict.fromkeys((block.number for block in capitals), "it is set in capitals")
    return {}


def _after_questions(blocks: Sequence[Block]) -> dict[int, str]:
    """Short lines that open a part or follow a question, with more under them: the titles of issues."""
    found = {}
    for before, block, after in zip([None, *blocks], blocks, blocks[1:], strict=False):
        opens = before is None or before.text.endswith("?")
        if opens and len(block.words) <= SHORT and block.text[-1] not in ".!?:" and len(after.words) > SHORT:
            found[block.number] = "it is a short line after a question"
    return found
