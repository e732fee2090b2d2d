"""What the person running `evaluate` may say about their file."""

from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Options:
    """The options of `alongside evaluate`, read and checked.

    Measures and columns are named as the file names them. `ranges` gives lowest and highest score,
    `better` "lower" or "higher", `improved_by` the change that counts as improved.
    """

    instrument: str | None = None
    items: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    ranges: dict[str, tuple[float, float]] = field(default_factory=dict)
    better: dict[str, str] = field(default_factory=dict)
    improved_by: dict[str, float] = field(default_factory=dict)
    lenient: bool = False
    publish: str | None = None
    max_bytes: int = 500_000_000

    @property
    def measures_named(self) -> set[str]:
        """Every measure that an option names."""
        return {*self.ranges, *self.better, *self.improved_by}
