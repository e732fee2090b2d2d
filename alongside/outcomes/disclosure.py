"""Treats results so that no small number can point at a person.

Every number in a result says what kind it is, by annotation: `Count`, `Average`, `Share`, `Detail` or
`Setting`. `treat` walks a result and returns the same shape with each number treated by its kind. A number
without a kind is refused, so that a new one cannot slip out untreated.

Parts and the whole they make up are treated together, so that no total gives a hidden part away: `partitions`.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cache
from typing import Annotated, Any, get_args, get_type_hints

AVERAGE_BASE = 10
ROUND_TO = 5


@dataclass(frozen=True)
class Profile:
    """A rule for small numbers: counts from 1 to `small` are hidden, others rounded to the nearest 5."""

    name: str
    small: int

    @property
    def hidden(self) -> str:
        """What stands where a count is hidden.

        >>> STRICT.hidden
        'fewer than 8'
        """
        return f"fewer than {self.small + 1}"

    @property
    def sentence(self) -> str:
        """The rule in words, to print under a table."""
        return (
            f"Numbers from 1 to {self.small} are left out and others are rounded to the nearest {ROUND_TO}, "
            f"so rounded figures may not add up. Averages of fewer than {AVERAGE_BASE} people are left out. "
            "Where a total would give a number away that was left out, another is left out with it."
        )


STRICT = Profile("strict", small=7)
STANDARD = Profile("standard", small=4)
PROFILES = {profile.name: profile for profile in (STRICT, STANDARD)}


@dataclass(frozen=True)
class CountKind:
    """A number of people, forms or rows. `zero` says whether none of them may be told from a few."""

    zero: bool = True


@dataclass(frozen=True)
class PartKind:
    """A count that is a part of the counts in fields `wholes`; hidden as well where the rest of one is small."""

    wholes: tuple[str, ...]
    zero: bool = True


@dataclass(frozen=True)
class PartitionKind:
    """A count that makes up the count in field `whole` together with the others of its kind, all of them shown."""

    whole: str


@dataclass(frozen=True)
class AverageKind:
    """A mean, a median or the interval of a mean, over the number of people in the field `base`."""

    base: str


@dataclass(frozen=True)
class ShareKind:
    """A proportion, 0 to 1, of the count in field `part` among the count in field `whole`."""

    part: str
    whole: str


@dataclass(frozen=True)
class DetailKind:
    """A figure from which an exact number could be worked out; left out of anything published."""


@dataclass(frozen=True)
class ReasonKind:
    """Why exact numbers are null. It can say how many people there were, so another reason takes its place."""


@dataclass(frozen=True)
class SettingKind:
    """A number that is not about people: a threshold, a range, a fortnight."""


type Kind = CountKind | PartKind | PartitionKind | AverageKind | ShareKind | DetailKind | SettingKind | ReasonKind

Count = Annotated[int | None, CountKind()]
Detail = Annotated[float | None, DetailKind()]
DetailCount = Annotated[int | None, DetailKind()]
DetailInterval = Annotated[tuple[float, float] | None, DetailKind()]
Setting = Annotated[float | None, SettingKind()]
Reason = Annotated[str | None, ReasonKind()]
Few = Annotated[int | None, CountKind(zero=False)]
FewOfN = Annotated[int | None, PartKind(("n",), zero=False)]
PartOfN = Annotated[int | None, PartKind(("n",))]
OneOfN = Annotated[int | None, PartitionKind("n")]
AverageOfN = Annotated[float | None, AverageKind("n")]
IntervalOfN = Annotated[tuple[float, float] | None, AverageKind("n")]


def treat[Result](result: Result, profile: Profile) -> Result:
    """Return the result as it may be published under a profile.

    Counts from 1 to the profile's limit become None and others are rounded to the nearest 5; 0 stays 0. A part of a
    whole becomes None as well where the rest is small, or where the total would give another part away.
    Averages keep one decimal (an interval two where one would hide that it leaves 0 out) and become None below 10
    people. A share is worked out again from the treated
    counts in whole per cent, and is None when its part, its whole or the rest is small. Details become None.
    Where a result's own `clients` or `n` is hidden, so is every number in it, a 0 too: nobody out of a handful
    says something about each of them. `why` says what was left out.

    Parameters
    ----------
    result : a frozen dataclass, or a tuple, list or mapping of them; text and None pass unchanged
    profile : `STRICT` (1 to 7) or `STANDARD` (1 to 4)

    Raises
    ------
    TypeError : a number has no kind

    Examples
    --------
    >>> from alongside.outcomes.change import Improved
    >>> exact = Improved(rule="by 1 or more", by=1.0, n=41, improved=23, share=23 / 41,
    ...                  ci95=(0.41, 0.70), everyone=52, share_of_everyone=23 / 52)
    >>> shown = treat(exact, STRICT)
    >>> shown.improved, shown.n, shown.share, shown.ci95
    (25, 40, 0.62, None)
    """
    return _treated(result, profile)  # type: ignore[no-any-return]


def treated_count(count: int, profile: Profile) -> int | None:
    """Return a count as it may be shown: None when small, else to the nearest 5; 0 is 0.

    >>> [treated_count(n, STRICT) for n in (0, 1, 7, 8, 12, 13)]
    [0, None, None, 10, 10, 15]
    >>> [treated_count(n, STANDARD) for n in (4, 5, 8)]
    [None, 5, 10]
    """
    if 0 < count <= profile.small:
        return None
    return ROUND_TO * round(count / ROUND_TO)


def treated_share(part: int, whole: int, profile: Profile) -> float | None:
    """Return a share in whole per cent from the treated counts, or None when it would give one away.

    >>> treated_share(5, 100, STRICT), treated_share(95, 100, STRICT), treated_share(3, 40, STRICT)
    (None, None, None)
    >>> treated_share(30, 100, STRICT), treated_share(0, 40, STRICT)
    (0.3, 0.0)
    """
    shown_part, shown_whole, shown_rest = (treated_count(n, profile) for n in (part, whole, whole - part))
    if shown_part is None or not shown_whole or shown_rest is None:
        return None
    return min(round(shown_part / shown_whole, 2), 1.0)


def without_name(hidden: str, *, groups: int = 1) -> str:
    """Return what a group of a few people is called in place of its name, or several of them together.

    >>> without_name(STRICT.hidden), without_name(STRICT.hidden, groups=3)
    ('a group of fewer than 8', 'groups of fewer than 8 each')
    """
    return f"a group of {hidden}" if groups == 1 else f"groups of {hidden} each"


def rounded(ends: tuple[float, float]) -> tuple[float, float]:
    """Return an interval to one decimal, or to two where an end that is not 0 would become 0.

    So an interval that leaves no change out still does so as it is shown.

    >>> rounded((-3.04, -1.8)), rounded((-0.503, -0.031)), rounded((-0.6, -0.001)), rounded((0.0, 1.26))
    ((-3.0, -1.8), (-0.5, -0.03), (-0.6, -0.01), (0.0, 1.3))
    """
    decimals = 2 if any(end and not round(end, 1) for end in ends) else 1
    low, high = ((round(end, decimals) or math.copysign(0.01, end)) if end else 0.0 for end in ends)
    return low, high


def _treated(value: Any, profile: Profile) -> Any:  # noqa: ANN401 - walks any shape of result
    if value is None or isinstance(value, str | bool):
        return value
    if is_dataclass(value) and not isinstance(value, type):
        return _treated_dataclass(value, profile)
    if isinstance(value, Mapping):
        return {key: _treated(item, profile) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return tuple(_treated(item, profile) for item in value)
    raise TypeError(f"{value!r} stands in a result without a disclosure kind")


def _treated_dataclass(result: Any, profile: Profile) -> Any:  # noqa: ANN401
    kinds = _kinds(type(result))  # type: ignore[arg-type]
    if _few(result, kinds, profile):
        return blank(result, profile)
    hidden = _hidden(result, kinds, profile)
    shown: dict[str, Any] = {}
    reasons: list[str] = []
    for field in fields(result):
        exact, kind = getattr(result, field.name), kinds[field.name]
        if kind is None:
            shown[field.name] = _treated(exact, profile)
        else:
            gone = field.name in hidden or (isinstance(kind, ShareKind) and hidden & {kind.part, kind.whole})
            shown[field.name] = None if gone else _shown(result, exact, kind, profile)
        if kind and shown[field.name] is None:
            reasons.append(_reason(kind, profile))
    return replace(result, **shown | _why(result, kinds, reasons))


def _hidden(result: Any, kinds: Mapping[str, Kind | None], profile: Profile) -> set[str]:  # noqa: ANN401
    """The counts that are hidden for the sake of another: parts with a small rest, and parts of a total."""
    from alongside.outcomes.partitions import hidden_parts

    hidden: set[str] = set()
    partitions: dict[str, list[str]] = {}
    for name, kind in kinds.items():
        if isinstance(kind, PartKind):
            part, wholes = getattr(result, name), [getattr(result, whole) for whole in kind.wholes]
            rests = [whole - part for whole in wholes if whole is not None and part is not None]
            hidden |= {name} if any(treated_count(rest, profile) is None for rest in rests) else set()
        if isinstance(kind, PartitionKind) and getattr(result, name) is not None:
            partitions.setdefault(kind.whole, []).append(name)
    for whole, names in partitions.items():
        places = hidden_parts([getattr(result, name) for name in names], profile)
        hidden |= {whole, *names} if places is None else {names[place] for place in places}
    return hidden


def _why(result: Any, kinds: Mapping[str, Kind | None], reasons: list[str]) -> dict[str, str | None]:  # noqa: ANN401
    """Return the reason to print: a reason for exact numbers gives way, one for a rule stays in front."""
    if not hasattr(result, "why"):
        return {}
    stays = [result.why] if kinds["why"] is None and result.why else []
    said = stays or [reason for reason in dict.fromkeys(reasons) if reason]
    return {"why": " ".join(said) or None}


def _few(result: Any, kinds: Mapping[str, Kind | None], profile: Profile) -> bool:  # noqa: ANN401
    whole = next((name for name in ("clients", "n") if isinstance(kinds.get(name), CountKind)), None)
    exact = getattr(result, whole) if whole else None
    return exact is not None and treated_count(exact, profile) is None


def blank[Result](result: Result, profile: Profile) -> Result:
    """Return a result about a few people: its words and settings, and no number."""
    return _blank(result, profile)  # type: ignore[no-any-return]


def _blank(result: Any, profile: Profile) -> Any:  # noqa: ANN401
    kinds = _kinds(type(result))  # type: ignore[arg-type]
    blank: dict[str, Any] = {}
    for field in fields(result):
        value, kind = getattr(result, field.name), kinds[field.name]
        if isinstance(kind, SettingKind):
            continue
        blank[field.name] = None if kind else _blank_part(value, profile)
    reasons = {"why": _reason(CountKind(), profile)} if "why" in blank else {}
    return replace(result, **blank | reasons)


def _blank_part(value: Any, profile: Profile) -> Any:  # noqa: ANN401
    if isinstance(value, Mapping):
        return {key: _blank_part(item, profile) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return tuple(_blank_part(item, profile) for item in value)
    return _blank(value, profile) if is_dataclass(value) and not isinstance(value, type) else value


@cache
def _kinds(shape: Any) -> Mapping[str, Kind | None]:  # noqa: ANN401
    """What kind of number each field of a dataclass holds; None for anything else."""
    return {name: _kind(hint) for name, hint in get_type_hints(shape, include_extras=True).items()}


def _kind(hint: Any) -> Kind | None:  # noqa: ANN401
    return next((mark for mark in get_args(hint)[1:] if isinstance(mark, Kind.__value__)), None)


def _shown(result: Any, exact: Any, kind: Kind, profile: Profile) -> Any:  # noqa: ANN401
    if exact is None or isinstance(kind, SettingKind):
        return exact
    if isinstance(kind, CountKind | PartKind) and not kind.zero:
        return treated_count(exact, profile) or None
    if isinstance(kind, CountKind | PartKind | PartitionKind):
        return treated_count(exact, profile)
    if isinstance(kind, ShareKind):
        return treated_share(getattr(result, kind.part), getattr(result, kind.whole), profile)
    if isinstance(kind, DetailKind | ReasonKind) or getattr(result, kind.base) < AVERAGE_BASE:
        return None
    return rounded(exact) if isinstance(exact, tuple) else round(exact, 1)


def _reason(kind: Kind, profile: Profile) -> str:
    if isinstance(kind, CountKind | PartKind | PartitionKind | ShareKind):
        return f"A number from 1 to {profile.small} could point at a person, so it is left out."
    if isinstance(kind, AverageKind):
        return f"Fewer than {AVERAGE_BASE} people, or too little spread to show."
    return "Figures that would give exact numbers away are left out." if isinstance(kind, DetailKind) else ""
