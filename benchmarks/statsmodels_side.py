"""The other side of trajectories.py, run in .venv-bench: waits for a line "path of a CSV file", reads its rows the
first time, fits them once more, and answers with seconds, slope, its error and the residual of statsmodels.
"""

import sys
import time
from functools import cache

import pandas as pd
from statsmodels.regression.mixed_linear_model import MixedLM


@cache
def rows(path: str) -> pd.DataFrame:
    """Read rows, and put a column of ones and time in hundreds of days beside them."""
    return pd.read_csv(path).assign(one=1.0, t100=lambda rows: rows["day"] / 100)


def main() -> None:
    """Answer until there are no more lines."""
    for line in sys.stdin:
        read = rows(line.strip())
        began = time.perf_counter()
        effects = read[["one", "t100"]]
        found = MixedLM(read["score"], effects, groups=read["client"], exog_re=effects).fit(reml=True)
        took = time.perf_counter() - began
        print(took, found.fe_params["t100"], found.bse_fe["t100"], found.scale**0.5, flush=True)


if __name__ == "__main__":
    main()
