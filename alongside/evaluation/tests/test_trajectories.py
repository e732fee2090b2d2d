"""The engine's six sums of each client are those of the rows, to the last digit, however they are added up."""

import duckdb
import numpy as np
import pytest

from alongside.evaluation.trajectories import answering
from alongside.outcomes.trajectory.sums import ClientSums, from_rows


@pytest.fixture
def con() -> duckdb.DuckDBPyConnection:
    return duckdb.connect()


def fill(con: duckdb.DuckDBPyConnection, day: str, days: list[float], score: str, scores: list[float]) -> None:
    """Make rows of 300 clients, mixed, with numbers that are not in a row."""
    client = np.resize(np.arange(300) * 3 + 1, len(days)).tolist()
    con.execute(f"CREATE TABLE forms (client INTEGER, day {day}, score {score})")
    con.executemany("INSERT INTO forms VALUES (?, ?, ?)", list(zip(client, days, scores, strict=True))[::-1])


def of_rows(con: duckdb.DuckDBPyConnection) -> ClientSums:
    rows = con.execute("SELECT client, day::DOUBLE AS day, score::DOUBLE AS score FROM forms").fetchnumpy()
    return from_rows(np.unique(rows["client"], return_inverse=True)[1], rows["day"], rows["score"])


@pytest.mark.parametrize(
    ("day", "days", "score", "scores"),
    [
        ("SMALLINT", (0, 300), "DOUBLE", (0, 100, 10)),
        ("SMALLINT", (-300, 300), "DECIMAL(4, 1)", (-100, 100, 10)),
        ("DOUBLE", (0, 300), "FLOAT", (0, 1000, 100)),
        ("INTEGER", (0, 1), "TINYINT", (0, 2, 1)),
        ("INTEGER", (0, 900_000), "INTEGER", (0, 900_000, 1)),
        ("INTEGER", (0, 30_000), "INTEGER", (-9, 9, 1)),
        ("INTEGER", (0, 9), "INTEGER", (-900_000, 900_000, 1)),
    ],
)
def test_whole_days_and_few_decimals_lose_no_digit(
    con: duckdb.DuckDBPyConnection, day: str, days: tuple[int, int], score: str, scores: tuple[int, int, int]
) -> None:
    chance = np.random.default_rng(3)
    points, (lowest, highest, times) = 2000, scores
    day_of, units = chance.integers(*days, points), chance.integers(lowest, highest, points)
    fill(con, day, day_of.tolist(), score, (units / times).tolist())
    found = answering(con, "FROM forms")
    place = np.resize(np.arange(300), points)
    assert found.client.tolist() == list(range(1, 900, 3))
    middle = round(found.sums.centre * times)
    assert found.sums.centre == middle / times
    for name, whole, unit in (
        ("n", np.ones(points, dtype=np.int64), 1),
        ("time", day_of, 100),
        ("time2", day_of**2, 100**2),
        ("score", units - middle, times),
        ("time_score", day_of * (units - middle), 100 * times),
        ("score2", (units - middle) ** 2, times**2),
    ):
        exact = np.zeros(300, dtype=np.int64)
        np.add.at(exact, place, whole)
        assert np.array_equal(getattr(found.sums, name), exact / unit), name


@pytest.mark.parametrize(
    ("day", "days", "score", "scores"),
    [
        ("DOUBLE", [0, 0.5, 3], "DOUBLE", [4, 3, 2]),
        ("INTEGER", [0, 5, 3], "DOUBLE", [1 / 3, 2 / 3, 1.1]),
        ("INTEGER", [-32_768, 5, 3], "DOUBLE", [1e9, 4, 3]),
        ("SMALLINT", [-32_768, 5, 3], "DOUBLE", [1, 4, 3]),
    ],
)
def test_other_days_and_scores_are_added_up_as_they_are(
    con: duckdb.DuckDBPyConnection, day: str, days: list[float], score: str, scores: list[float]
) -> None:
    fill(con, day, np.resize(days, 600).tolist(), score, np.resize(scores, 600).tolist())
    found, rows = answering(con, "FROM forms").sums, of_rows(con)
    for name in ("n", "time", "time2", "spread", "across"):
        np.testing.assert_allclose(getattr(found, name), getattr(rows, name), rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(found.score + found.n * found.centre, rows.score + rows.n * rows.centre, rtol=1e-9)


def test_nobody_is_nobody(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("CREATE TABLE forms (client INTEGER, day INTEGER, score DOUBLE)")
    assert len(answering(con, "FROM forms").sums) == 0
