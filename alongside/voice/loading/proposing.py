"""Proposes the boards of a text that has no layout: a printed workshop, or one typed up from paper."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from alongside.voice.loading import cues
from alongside.voice.loading.blocks import Block, blocks_of, lines_of, unmarked
from alongside.voice.loading.boards import LONGEST_TITLE, TITLES, Board, Guess, Past, Unreadable
from alongside.voice.loading.naming import Named, names_in

MOST_PARTS = 1_000


@dataclass
class _Part:
    """A heading of a kind and what stands under it, up to the next; or the words before the first heading."""

    kind: str
    why: str
    heading: Block | None
    before: list[Block] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)


def propose(text: str) -> Past:
    """Propose boards, their kinds and their notes, and say of each why. Every word is kept, in order.

    >>> past = propose("Pair 1\\n\\nmore light\\n\\nless noise\\n\\nClosing thoughts\\n\\nthank you all")
    >>> [(board.kind, board.title, board.notes) for board in past.boards]
    [('breakout', 'Pair 1', ('more light', 'less noise')), ('closing', 'Closing thoughts', ('thank you all',))]

    Raises
    ------
    Unreadable : there is no word in it, or there are too many headings
    """
    lines, aside = lines_of(text)
    blocks, each_line = _under_headings(blocks_of(lines))
    if not blocks:
        raise Unreadable("There is no word in this text. Check that it is the right one.")
    guessed = [Guess(line=line.number, guess=f"left out: {line.text}", why="it numbers a page") for line in aside]
    if each_line:
        guessed.append(Guess(line=1, guess="each line is a note", why="the notes have no blank lines between them"))
    boards: list[Board] = []
    known: dict[str, list[str]] = {}
    parts = _parts(blocks)
    if len(parts) > MOST_PARTS:
        raise Unreadable(f"This text has more than {MOST_PARTS:,} headings. Load one workshop at a time.")
    for part in parts:
        named = names_in(part.kind, part.heading, part.blocks, known)
        for board, guess in _boards(part, named):
            boards.append(board)
            guessed.append(guess)
            known.setdefault(part.kind, []).extend(board.notes if part.kind == "vote" else [board.title])
    return Past(boards=tuple(boards), guessed=tuple(guessed))


def _under_headings(blocks: list[Block]) -> tuple[list[Block], bool]:
    """Blocks with each heading in one of its own; whether each line of the others had to be taken as a note."""
    apart = [block for block in blocks if len(block.lines) == 1 and cues.cue(block)]
    above = {block.number for block in blocks if len(block.lines) > 1 and cues.cue(unmarked(Block(block.lines[:1])))}
    if len(above) <= len(apart):
        return blocks, False
    each_line = len(blocks) - len(apart) - len(above) < len(above)
    return [part for block in blocks for part in _split(block, above, each_line=each_line)], each_line


def _split(block: Block, above: set[int], *, each_line: bool) -> list[Block]:
    if each_line:
        return [part for line in block.lines for part in blocks_of([line])]
    if block.number not in above:
        return [block]
    return [unmarked(Block(block.lines[:1])), *blocks_of(block.lines[1:])]


def _parts(blocks: Sequence[Block]) -> list[_Part]:
    """The text cut at the headings that say a kind."""
    parts: list[_Part] = []
    before: list[Block] = []
    within, ended = "", True  # before the first heading, and after a line that only names a session
    for block in blocks:
        if cues.is_divider(block):
            before.append(block)
            ended = True
        elif cue := _begins(block, within):
            parts.append(_Part(kind=cue.kind, why=cue.why, heading=block, before=before))
            within, before, ended = cue.kind, [], False
        elif ended:
            before.append(block)
        else:
            parts[-1].blocks.append(block)
    if before and parts:
        parts[-1].blocks += before
    return parts or [_Part(kind="breakout", why="no heading that says a kind was found", heading=None, blocks=before)]


def _begins(block: Block, within: str) -> cues.Cue | None:
    """What a heading begins; one that names a board of the part it stands in begins nothing new."""
    cue = cues.cue(block, within)
    return None if cue and cue.own and cue.kind == within else cue


def _boards(part: _Part, named: Named) -> list[tuple[Board, Guess]]:
    """The boards of one part, each under its own name where the part has several."""
    first = part.heading
    own = first is not None and bool((cue := cues.cue(first)) and cue.own)
    title, why, before = first, part.why, list(part.before)
    notes: list[Block] = []
    found: list[tuple[Board, Guess]] = []
    for block in part.blocks:
        reason = named.why(block)
        if not reason:
            notes.append(block)
            continue
        if found or own:
            found.append(_board(part.kind, title, why, before, notes))
            before = []
        else:
            before += [*([title] if title else []), *notes]
        title, why, notes, own = block, f"{reason}, under “{_short(first)}”" if first else reason, [], True
    found.append(_board(part.kind, title, why, before, notes))
    return found


def _board(
    kind: str, title: Block | None, why: str, before: Sequence[Block], notes: Sequence[Block]
) -> tuple[Board, Guess]:
    """One board; the question that stands right under its heading is part of the heading."""
    asked = _asked(kind, notes) if title else []
    texts = [block.text for block in notes[len(asked) :]]
    if kind == "key_issues" and title and cues.cue(title) is None and texts:
        texts = [" ".join(texts)]
    heading = " ".join(block.text for block in ([title] if title else []) + asked)
    long = [heading] if len(heading) > LONGEST_TITLE else []
    board = Board(
        kind=kind,
        title=TITLES[kind] if long or not heading else heading,
        notes=tuple(texts),
        before=(*(block.text for block in before), *long),
    )
    line = next((block.number for block in (title, *notes, *before) if block), 1)
    return board, Guess(line=line, guess=f"{kind}: {_short(title) or board.title}", why=why)


def _asked(kind: str, notes: Sequence[Block]) -> list[Block]:
    """The question put to people under a heading, if the first note is one."""
    if not notes:
        return []
    first, others = notes[0], notes[1:]
    question = kind == "vote" and first.text.endswith("?") and others and not any(o.text.endswith("?") for o in others)
    return [first] if cues.PROMPT.match(first.text) or question else []


def _short(heading: Block | None) -> str:
    words = heading.words if heading else []
    return " ".join(words[:10]) + ("…" if len(words) > 10 else "")
