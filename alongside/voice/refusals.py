"""What could not be done, in a sentence for whoever tried."""


class Refused(Exception):
    """Something cannot be done now; the text says why and what to do."""

    def __init__(self, sentence: str, *, status: int = 400) -> None:
        super().__init__(sentence)
        self.sentence, self.status = sentence, status


OVER = "This part is over, so notes can’t be changed now. What you wrote is still in the box."
NOT_YET = "This part has not begun. What you wrote is still in the box."
EMPTY = "Write something on the note first."
TOO_LONG = "That is longer than a note can be. Make two notes of it: each may have 500 letters."
TOO_MANY = "You have written as many notes as one seat can. Please tell a facilitator what is missing."
TOO_FAST = "That was a lot of notes at once. Please wait a minute, then add it again."
NOT_YOURS = "You can change only what was written from this seat."
GONE = "That note is not here any more."
SOMEBODY_ELSE = "Somebody else who leads this workshop changed this part just before you. Here it is as it stands now."
HAS_BEGUN = "That part has begun or is over, so its plan can’t be changed now. Add another part instead."
NOT_OPEN = "Open the workshop first. Its parts begin after that."
NOT_TOGETHER = "These two can’t be one board: both must be boards of pairs in the same part, and it must not be over."
NOT_HERE = "Notes are entered on the board of a pair, or on one that is written on. This one gathers them."
MERGED = "Your board is one with another now. Everything that was written is here."
MERGED_MEANWHILE = "This board became one with another just now. Load the page again; your words are still in the box."
TOO_MANY_CHOICES = "That is more than {n} choices. Nothing was changed: take some away, then save again."
ONE_CHOICE = "That is more than one choice. Nothing was changed: leave one, then save again."
NOT_A_CHOICE = "One of these can’t be chosen any more. Look at the list again, then save your choices."
VOTE_OVER = "This vote is over. What you had chosen before was counted."
VOTE_NOT_YET = "This vote has not begun."
NOT_MOVED = "Notes can’t be moved now. A facilitator can tell you when they can."
NO_THEME = "That theme is not here any more. Load the page again."
NO_TITLE = "Give the theme a name first."
SAME_THEME = "Choose another theme to merge it into."
NOTHING_TO_SPLIT = "Choose the notes that go to the new theme, and leave at least one."
NO_CLAUSE = "Choose why first: whoever wrote it reads that on their page."
NOT_KNOWN = "This part is over, so nobody knows any more which seat wrote it. Say something to the whole group instead."
FOR_SOMEBODY = "This note was entered for somebody, who has no page here. Offer it in the way you heard from them."
NO_PROPOSALS = "Key issues can’t be proposed now. What you wrote is still here."
