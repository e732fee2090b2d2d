"""What the person running `evaluate` may say about their file."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from alongside.outcomes.trajectory.model import Method, Model


@dataclass(frozen=True, kw_only=True)
class Options:
    """The options of `alongside evaluate`, read and checked.

    Measures and columns are named as the file names them. `ranges` gives lowest and highest score,
    `better` "lower" or "higher", `improved_by` the change that counts as improved. `covariates` are attributes that
    may move where somebody starts. `reliability` (0 to 1) with `sd`, "first" or "pooled", sets the change that counts
    as reliable, `cutoff` where difficulty begins; `recovered_by` the measures that must all
    improve reliably for somebody to be counted as recovered. `population_mean` is that of the people whom the
    clients come from, `rules` the word for a published set of rules. `days` and `window` choose the form nearest to
    a day.
    `earlier` are the files of scores behind reports that were published before.
    `bundle` keeps the rows, without names, for an evaluator.
    """

    instrument: str | None = None
    items: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    ranges: dict[str, tuple[float, float]] = field(default_factory=dict)
    better: dict[str, str] = field(default_factory=dict)
    improved_by: dict[str, float] = field(default_factory=dict)
    model: "Model" = "random_intercept_slope"
    method: "Method" = "reml"
    covariates: tuple[str, ...] = ()
    reliability: float | None = None
    sd: str = "first"
    cutoff: float | None = None
    recovered_by: tuple[str, ...] = ()
    population_mean: dict[str, float] = field(default_factory=dict)
    rules: str | None = None
    days: float = 100
    window: float = 28
    lenient: bool = False
    publish: str | None = None
    earlier: tuple[Path, ...] = ()
    bundle: bool = False
    max_bytes: int = 500_000_000

    @property
    def measures_named(self) -> set[str]:
        """Every measure that an option names."""
        return {*self.ranges, *self.better, *self.improved_by, *self.population_mean}
