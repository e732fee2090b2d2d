"""Any responses that could be given to any form, for the tests of what goes out and comes back."""

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import strategies as st

from alongside.instruments import loader
from alongside.instruments.exchange import Answered
from alongside.instruments.exchange.answered import Mark, fitted
from alongside.instruments.items import Asked, Choices, Item
from alongside.instruments.schema import Instrument

KEYS = loader.keys()

SEVERAL = """
key = "several"
name = "Several kinds"
version = "2"
informant = "the client"
reference_period = "today"
not_for = "Anything at all."
missing = "none"
never_scored = "Several kinds is never scored."
items = [
  { key = "helped", kind = "choices", topic = "Helped", wording = "What helped?", options = ["A friend", "Home; garden", "declined", "=1+1", "The \\"Hub\\""] },
  { key = "version", kind = "text", topic = "Words", wording = "Anything else?" },
  { key = "q1_total", kind = "number", low = -2, high = 2, topic = "Near", wording = "How near?" },
]

[licence]
status = "open"
holder = "We"
terms = "Free"
source = "Here"
date = "2026-11-22"
"""  # noqa: E501 - one line of TOML

SIGNS = st.sampled_from([*"=+-@＝'\"\n\r\t,;|\\ \x00\x07\u2028é😀", "declined", "Declined", "_x000D_", "<b>"])
TEXTS = (st.lists(SIGNS | st.characters(), min_size=1, max_size=12)).map("".join).filter(str.strip)
CODES = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._:/-]{0,20}", fullmatch=True)
MOMENTS = st.builds(
    lambda seconds, hours: datetime(2020, 1, 1, tzinfo=timezone(timedelta(hours=hours))) + timedelta(seconds=seconds),
    st.integers(0, 200_000_000),
    st.integers(-11, 12),
)


def several() -> Instrument:
    """A form that asks in every other way: several choices, words, and a number below nought."""
    return loader.parse(SEVERAL, "several.toml")


def marks(question: Asked) -> st.SearchStrategy[Mark]:
    if isinstance(question, Item):
        steps = st.integers(0, round((question.high - question.low) / question.step))
        plain = steps.map(lambda step: round(question.low + step * question.step, 9))
        return plain | st.sampled_from(sorted(question.also)) if question.also else plain
    if isinstance(question, Choices):
        return st.lists(st.sampled_from(question.options), min_size=1, unique=True).map(tuple)
    return TEXTS


@st.composite
def responses(draw: st.DrawFn, form: Instrument, most: int = 4) -> list[Answered]:
    """Any responses: marks, words, what was left and what was declined."""
    found = []
    for key in draw(st.lists(CODES, min_size=1, max_size=most, unique=True)):
        answers: dict[str, Mark] = {}
        declined = set()
        for question in form.questions:
            how = draw(st.sampled_from(["answered", "answered", "left", "declined"]))
            if how == "answered":
                answers[question.key] = draw(marks(question))
            elif how == "declined":
                declined.add(question.key)
        one = Answered(
            key=key,
            person=draw(CODES),
            on=draw(MOMENTS),
            version=form.version,
            answers=answers,
            declined=frozenset(declined),
            amended=draw(st.booleans()),
        )
        found.append(fitted(form, one))
    return found


def whole(form: Instrument, key: str = "R1", **changes: object) -> Answered:
    """A response with the highest mark everywhere, and words where words are asked for."""
    answers: dict[str, Mark] = {}
    for question in form.questions:
        if isinstance(question, Item):
            answers[question.key] = question.high
        elif not isinstance(question, Choices):
            answers[question.key] = "Walking by the river"
    told: dict[str, object] = {
        "key": key,
        "person": "C-12",
        "on": datetime(2026, 11, 2, 10, 15, tzinfo=UTC),
        "version": form.version,
        "answers": answers,
    }
    return Answered(**(told | changes))  # type: ignore[arg-type]
