"""What a look at this installation comes to."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One sentence on what is so, and one on what to do; not `wrong` is only good to know."""

    what: str
    remedy: str
    wrong: bool = True
