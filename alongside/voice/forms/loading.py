"""What somebody says of a past workshop: its words, and what each block of them is."""

from collections.abc import Iterator, Mapping
from typing import Any, cast

from django import forms
from django.core.validators import RegexValidator
from django.http import QueryDict

from alongside.core.models import new_key
from alongside.voice.loading.boards import KINDS, LONGEST_TITLE, TITLES, Board, Past, Unreadable
from alongside.voice.loading.reading import LONGEST, read

PREFIX = "block"
ABOVE, WORDS = "above", "words"
CHOICES = [
    *KINDS.items(),
    (WORDS, "No board: words that stand before the next one"),
    (ABOVE, "No board of its own: notes of the board above"),
]
MOST_BOARDS = 80
TOO_MANY = f"This text has more than {MOST_BOARDS} boards. Load it in parts, or with alongside workshop import."
CHOOSE = "Choose what this is"
NO_BOARD = "Say for at least one block which kind of board it is."


class PastForm(forms.Form):
    """A past workshop, as it was written down."""

    key = forms.CharField(initial=new_key, widget=forms.HiddenInput, validators=[RegexValidator(r"\A[0-9a-f]{32}\Z")])
    title = forms.CharField(
        label="What was the workshop called?",
        max_length=LONGEST_TITLE,
        error_messages={
            "required": "Enter what the workshop was called",
            "max_length": f"Use {LONGEST_TITLE} letters or fewer",
        },
    )
    agreed = forms.BooleanField(
        label="The people who wrote these notes agreed that their words may be printed",
        required=False,
        help_text="Tick this only if they agreed. Without it, notes can be read here and stay out of the document.",
    )
    text = forms.CharField(
        label="The words of the workshop",
        help_text="Headings on lines of their own, and a blank line between two notes. Leave out people’s names.",
        strip=False,
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 16}),
        error_messages={"required": "Enter the words of the workshop", "max_length": "Load one workshop at a time"},
    )

    past: Past

    def clean_text(self) -> str:
        """It has words in it, and as many boards as fit on a page."""
        text: str = self.cleaned_data["text"]
        try:
            self.past = read(text)
        except Unreadable as error:
            raise forms.ValidationError(str(error)) from error
        if len(self.past.boards) > MOST_BOARDS:
            raise forms.ValidationError(TOO_MANY)
        return text


class SaidForm(PastForm):
    """What the whole workshop is called, once its words stand in blocks."""

    text = None  # type: ignore[assignment]


class BlockForm(forms.Form):
    """One block: its kind, its heading, its notes, and what stands before it."""

    line = forms.CharField(required=False, widget=forms.HiddenInput)
    why = forms.CharField(required=False, widget=forms.HiddenInput)
    before = forms.CharField(label="Words before this board", required=False, widget=forms.Textarea({"rows": 3}))
    kind = forms.ChoiceField(
        label="Kind",
        choices=CHOICES,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )
    heading = forms.CharField(
        label="Heading",
        required=False,
        max_length=LONGEST_TITLE,
        error_messages={"max_length": f"Use {LONGEST_TITLE} letters or fewer"},
    )
    notes = forms.CharField(
        label="Notes, with a blank line between two", required=False, widget=forms.Textarea({"rows": 6})
    )


class Blocks(forms.BaseFormSet):  # type: ignore[type-arg]
    """All blocks of a workshop."""

    def clean(self) -> None:
        """One of them at least is a board."""
        if not any(self.errors) and not self.boards():
            raise forms.ValidationError(NO_BOARD)

    def boards(self) -> tuple[Board, ...]:
        """What was said, as boards; words at the very end become notes of the last one."""
        boards: list[Board] = []
        before: list[str] = []
        for form in self.forms:
            said = form.cleaned_data
            own = _texts(said["before"])
            rest = [*([said["heading"]] if said["heading"] else []), *_texts(said["notes"])]
            if said["kind"] == WORDS or (said["kind"] == ABOVE and not boards):
                before += own + rest
            elif said["kind"] == ABOVE:
                boards[-1] = _longer(boards[-1], [*before, *own, *rest])
                before = []
            else:
                title = said["heading"] or TITLES[said["kind"]]
                notes = tuple(_texts(said["notes"]))
                boards.append(Board(kind=said["kind"], title=title, notes=notes, before=(*before, *own)))
                before = []
        if boards and before:
            boards[-1] = _longer(boards[-1], before)
        return tuple(boards)


_Set = forms.formset_factory(BlockForm, formset=Blocks, extra=0, max_num=MOST_BOARDS, absolute_max=MOST_BOARDS)


def blocks(said: QueryDict) -> Blocks:
    """The blocks as somebody said that they are."""
    return cast("Blocks", _Set(said, prefix=PREFIX))


def proposed(past: Past) -> Blocks:
    """The blocks of a text that was just read, with the kinds that were proposed."""
    whys = _whys(past)
    initial: list[Mapping[str, Any]] = [
        {
            "kind": board.kind,
            "heading": board.title,
            "notes": "\n\n".join(board.notes),
            "before": "\n\n".join(board.before),
            **next(whys, {}),
        }
        for board in past.boards
    ]
    return cast("Blocks", _Set(initial=initial, prefix=PREFIX))


def _whys(past: Past) -> Iterator[dict[str, str]]:
    """For each board its line and why it was taken to be one; other guesses stand above them."""
    for guess in past.guessed:
        if guess.guess.partition(":")[0] in KINDS:
            yield {"line": str(guess.line), "why": guess.why}


def _texts(said: str) -> list[str]:
    blocks = said.replace("\r\n", "\n").split("\n\n")
    return [line for block in blocks if (line := " ".join(block.split()))]


def _longer(board: Board, more: list[str]) -> Board:
    return Board(kind=board.kind, title=board.title, notes=(*board.notes, *more), before=board.before)
