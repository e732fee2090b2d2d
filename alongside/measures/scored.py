"""The scores of what was answered: always by the version that it was answered on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from alongside.instruments.checks import span
from alongside.instruments.schema import Instrument
from alongside.instruments.scores import Band, CutOff, ReliableChange
from alongside.instruments.scoring import Score, Scorer

type Kept = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, kw_only=True)
class Scale:
    """What one number is: its name, its whole range, and what was published of it."""

    key: str
    name: str
    low: float
    high: float
    lower_is_better: bool | None = None
    bands: tuple[Band, ...] = ()
    bands_source: str = ""
    reliable: ReliableChange | None = None
    cut_offs: tuple[CutOff, ...] = ()


def scores(form: Instrument, answers: Sequence[Kept]) -> list[dict[str, Score]]:
    """The scores of each response, as responses keep their answers; none of a form that is never scored.

    >>> from alongside.instruments import loader
    >>> worry = {"nervous": {"value": 2.0, "how": "choice"}, "control": {"declined": True}}
    >>> [made] = scores(loader.load("gad7"), [worry])
    >>> made["total"].value, made["total"].answered, made["total"].items
    (None, 1, 7)
    """
    if form.never_scored:
        return [{} for _ in answers]
    scorer = Scorer(form)
    return [scorer.score({key: kept["value"] for key, kept in one.items() if "value" in kept}) for one in answers]


def scales(form: Instrument) -> list[Scale]:
    """The scores of a form, in its order; each question by itself where it makes none of them.

    >>> from alongside.instruments import loader
    >>> [(one.name, one.low, one.high) for one in scales(loader.load("upps_p"))][0]
    ('Negative urgency', 1.0, 4.0)
    >>> [one.name for one in scales(loader.load("ssf4"))]
    ['Pain', 'Stress', 'Agitation', 'Hopelessness', 'Self-hate']
    """
    if form.never_scored or not form.scores:
        numbered = not form.never_scored
        return [
            Scale(
                key=f"q{item.number}" if numbered else item.key, name=item.topic, low=item.low, high=item.high,
                lower_is_better=item.lower_is_better,
            )
            for item in form.items
        ]  # fmt: skip
    found = []
    for score in form.scores:
        low, high = span(form, score)
        scale = Scale(
            key=score.key, name=score.name, low=low, high=high, lower_is_better=score.lower_is_better,
            bands=score.bands, bands_source=score.bands_source or "", reliable=score.reliable_change,
            cut_offs=score.cut_offs,
        )  # fmt: skip
        found.append(scale)
    return found
