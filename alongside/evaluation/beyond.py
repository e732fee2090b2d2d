"""The part of the results, for each measure, that goes beyond the first form and the last."""

from dataclasses import dataclass

from alongside.outcomes.both_times import BothTimes
from alongside.outcomes.change import PairedChange
from alongside.outcomes.disclosure import Few, Setting
from alongside.outcomes.missing import StartOfThoseWhoLeft, TippingPoint
from alongside.outcomes.proportions import Difference
from alongside.outcomes.regression import RegressionToTheMean
from alongside.outcomes.reliable_change import ReliableChange
from alongside.outcomes.time_to_change import LogRank, TimeToChange
from alongside.outcomes.trajectory.comparing import Checks, Comparisons
from alongside.outcomes.trajectory.model import Trajectory


@dataclass(frozen=True, kw_only=True)
class NearestForm:
    """First form against the form nearest to a day after it."""

    days: Setting
    """The day, counted from the first form."""
    window: Setting
    """How many days earlier or later the form may be; of two as near, the earlier."""
    without: Few
    """People with a first form and none so near."""
    paired: PairedChange
    """First against that form."""
    by: dict[str, dict[str, BothTimes]]
    """The means of the same people at both times by group, for each attribute asked for."""


@dataclass(frozen=True, kw_only=True)
class Beyond:
    """What goes beyond the first form and the last."""

    trajectory: Trajectory
    """A mixed model of all scores over days, told of the first attribute to compare by."""
    everybody: Trajectory
    """The same without groups."""
    comparisons: Comparisons | None
    """Whether people, and groups, differ by more than chance would make them; null when published."""
    checks: Checks
    """Whether a straight line with even scatter is a fair picture."""
    nearest: NearestForm
    """Change to the form nearest to a day."""
    differences: dict[str, dict[str, Difference]]
    """For each attribute, the share improved of each group beside that of the first in order; empty when published."""
    reliable_change: ReliableChange | None
    """How many changed by more than the measure's own unsteadiness; null unless reliability was stated."""
    time_to_change: TimeToChange | None
    """How long until the first reliable improvement; null unless reliability was stated."""
    time_to_change_by: dict[str, LogRank]
    """The same by group, for each attribute asked for, with a log-rank test; empty unless reliability was stated."""
    regression_to_the_mean: RegressionToTheMean | None
    """What change to expect with no help; null unless reliability and a mean to compare with were stated."""
    tipping_point: TippingPoint
    """How much worse those without a second form must be doing for the change to be in doubt."""
    left: StartOfThoseWhoLeft
    """Where those without a second form started, beside the others."""
