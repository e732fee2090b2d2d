"""Each person's own line over time, as a table: for the organisation itself and its evaluator, never published."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from alongside.outcomes.trajectory.predictions import OwnLines

COLUMNS = ("client", "measure", "start", "start_error", "per_100_days", "per_100_days_error")

type PersonsLine = tuple[str, str, float, float, float, float | None]


@dataclass(frozen=True)
class PeoplesLines:
    """The lines of the clients who are in the model of a measure, in order of their numbers."""

    measure: str
    client: NDArray[np.int64]
    lines: OwnLines

    def rows(self, names: Mapping[int, str]) -> Iterator[PersonsLine]:
        """Yield a row for each client, under the names given."""
        errors = self.lines.per_100_days_error
        columns = (self.client, self.lines.start, self.lines.start_error, self.lines.per_100_days)
        paces = [None] * len(self.client) if errors is None else errors.tolist()
        for client, start, error, pace, pace_error in zip(*(column.tolist() for column in columns), paces, strict=True):
            yield names[client], self.measure, start, error, pace, pace_error
