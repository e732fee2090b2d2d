"""The same sums from DuckDB, PostgreSQL and Spark. `make test-engines` runs all of this; the rest needs no Ibis."""

import importlib.util
import math
import os
import random
import sys
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import psycopg
import pytest

from alongside.evaluation.engines import TableSums, client_sums, spark_session, sums_of
from alongside.evaluation.problems import BadInput
from alongside.evaluation.tests.conftest import Ask
from alongside.evaluation.trajectories import answering
from alongside.outcomes.trajectory.sums import ClientSums

DATABASE = os.environ.get("ALONGSIDE_DATABASE", "")
SPARK = "spark://local"
WHOLE, OTHER = ("calm", "steps", "sum_of_quarters"), "continuous"
type Row = tuple[str | None, str | None, float | None, float | None]

with_ibis = pytest.mark.skipif(
    importlib.util.find_spec("ibis") is None or not DATABASE,
    reason="Ibis and a PostgreSQL of its own are not here: make test-engines has both",
)


def forms() -> list[Row]:
    """Sixty people, one to six forms each, on days before and after the first; some questions left unanswered."""
    chance = random.Random(4)
    rows: list[Row] = []
    for person in range(60):
        client = f"Zoë {person}" if person % 2 else str(person)
        for form in range(chance.choice([1, 2, 3, 6])):
            day = 14 * form + chance.randint(-3, 3)
            score = chance.gauss(5, 2)
            rows += [
                (client, "calm", day, round(score, 1)),
                (client, "steps", day, round(10 * score) if chance.random() < 0.9 else None),
                (client, "sum_of_quarters", day, round(4 * score) / 4),
                (client, "continuous", day, score if chance.random() < 0.9 else None),
            ]
    return rows


def attributes(client: str) -> tuple[str | None, int | None, float, bool]:
    """Somebody's area, age, distance and whether they came alone; some areas and ages are not known."""
    chance = random.Random(client)
    area = chance.choice(["North", "south ", "Ærø", None, ""])
    return area, chance.choice([None, *range(14, 70)]), round(chance.uniform(0, 9), 2), chance.random() < 0.5


def forms_of_known_people() -> list[Any]:
    return [(*row, *attributes(str(row[0]))) for row in forms()]


OF_PEOPLE = "area text, age int, distance float8, alone boolean"


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as con:
        con.execute("CREATE TABLE scores (client VARCHAR, measure VARCHAR, day INTEGER, score DOUBLE)")
        con.executemany("INSERT INTO scores VALUES (?, ?, ?, ?)", forms())
        con.execute(f"CREATE TABLE people (client VARCHAR, measure VARCHAR, day INTEGER, score DOUBLE, {OF_PEOPLE})")
        con.executemany("INSERT INTO people VALUES (?, ?, ?, ?, ?, ?, ?, ?)", forms_of_known_people())
        yield con


@pytest.fixture(scope="module")
def parquet(con: duckdb.DuckDBPyConnection, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("spark") / "scores.parquet"
    con.execute(f"COPY scores TO '{path}' (FORMAT parquet)")
    return path


type Fill = Callable[..., str]


@pytest.fixture(scope="module")
def postgresql() -> Iterator[Fill]:
    """Give a function that makes a table and returns its name."""
    made = []

    def fill(rows: list[Any], types: str = "client text, measure text, day float8, score float8") -> str:
        name = f"engines.scores_{len(made)}"
        made.append(name)
        server.execute(f"CREATE TABLE {name} ({types})")
        if rows:
            cells = ", ".join("%s" for _ in rows[0])
            server.cursor().executemany(f"INSERT INTO {name} VALUES ({cells})", rows)
        return name

    with psycopg.connect(DATABASE, autocommit=True) as server:
        server.execute("CREATE SCHEMA engines")
        yield fill
        server.execute("DROP SCHEMA engines CASCADE")


@pytest.fixture(scope="module")
def in_postgresql(postgresql: Fill) -> dict[str, TableSums]:
    return client_sums(DATABASE, postgresql(forms()))


@pytest.fixture(scope="module")
def in_spark(parquet: Path) -> dict[str, TableSums]:
    """The sums of a view; the command is given the path of the file itself."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Spark 4.0 with pandas 3
        spark_session(SPARK).read.parquet(str(parquet)).createOrReplaceTempView("scores")
    return client_sums(SPARK, "scores")


def own(con: duckdb.DuckDBPyConnection, measure: str) -> ClientSums:
    """What the command's own SQL adds up from a file."""
    numbered = "SELECT dense_rank() OVER (ORDER BY client) AS client, measure, day, score FROM scores"
    return answering(con, f"FROM ({numbered}) WHERE measure = '{measure}' AND score IS NOT NULL").sums


def totals(sums: ClientSums) -> np.ndarray[Any, Any]:
    """The sums with scores counted from 0, one row for each client, in the order of the rows."""
    score = sums.score + sums.n * sums.centre
    time_score = sums.time_score + sums.time * sums.centre
    score2 = sums.score2 + 2 * sums.centre * sums.score + sums.n * sums.centre**2
    columns = np.stack([sums.n, sums.time, sums.time2, sums.spread, score, time_score, score2], axis=1)
    return columns[np.lexsort(np.round(columns, 6).T[::-1])]


@with_ibis
@pytest.mark.parametrize("measure", WHOLE)
@pytest.mark.parametrize("engine", ["in_postgresql", "in_spark"])
def test_scores_with_few_decimals_give_the_same_sums_to_the_last_digit(
    con: duckdb.DuckDBPyConnection, request: pytest.FixtureRequest, measure: str, engine: str
) -> None:
    sums = request.getfixturevalue(engine)[measure].sums
    assert sums.centre == own(con, measure).centre
    assert np.array_equal(totals(sums), totals(own(con, measure)))


@with_ibis
@pytest.mark.parametrize("engine", ["in_postgresql", "in_spark"])
def test_other_scores_give_the_same_sums_to_a_million_millionth(
    con: duckdb.DuckDBPyConnection, request: pytest.FixtureRequest, engine: str
) -> None:
    sums = request.getfixturevalue(engine)[OTHER].sums
    np.testing.assert_allclose(totals(sums), totals(own(con, OTHER)), rtol=1e-12, atol=1e-14)


@with_ibis
@pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")  # Ibis 12 with DuckDB 2.0
def test_the_expression_is_for_duckdb_as_well_and_lets_no_name_out(parquet: Path) -> None:
    import ibis

    answer = sums_of(ibis.duckdb.connect().read_parquet(parquet)).to_pyarrow()
    assert answer.num_rows == 60 * 4
    assert "client" not in answer.column_names
    assert "Zoë" not in str(answer.to_pydict())


@with_ibis
@pytest.mark.parametrize("engine", [DATABASE, SPARK], ids=["postgresql", "spark"])
def test_the_command_says_what_it_says_of_a_file(
    con: duckdb.DuckDBPyConnection, ask: Ask, postgresql: Fill, parquet: Path, tmp_path: Path, engine: str
) -> None:
    con.execute(f"COPY scores TO '{tmp_path / 'scores.csv'}' (HEADER)")
    said = ("--lower-is-better", "calm", "--improved-by", "calm=1", "--range", "calm=-10:20", "--model", "ri")
    of_file = ask(tmp_path / "scores.csv", *said).results["measures"]
    table = Path(parquet if engine == SPARK else postgresql(forms()))
    found = ask(table, *said, "--engine", engine).results
    assert found["engine"] == ("Spark" if engine == SPARK else "PostgreSQL")
    assert "not for publication" in found["publication"]["heading"]
    assert set(found["measures"]) == {*WHOLE, OTHER}
    for measure, parts in found["measures"].items():
        for part, numbers in parts.items():
            assert_alike(numbers, of_file[measure][part], (measure, part))
    assert found["measures"]["calm"]["improved"]["improved"] > 0
    assert found["measures"]["steps"]["unanswered"] > 0


@with_ibis
@pytest.mark.parametrize("engine", [DATABASE, SPARK], ids=["postgresql", "spark"])
def test_groups_and_covariates_give_what_a_file_gives(
    con: duckdb.DuckDBPyConnection, ask: Ask, postgresql: Fill, tmp_path: Path, engine: str
) -> None:
    con.execute(f"COPY people TO '{tmp_path / 'people.csv'}' (HEADER)")
    con.execute(f"COPY people TO '{tmp_path / 'people.parquet'}' (FORMAT parquet)")
    said = ("--by", "Area", "--by", "age", "--covariates", "distance,alone", "--lower-is-better", "calm")
    said += ("--improved-by", "calm=1", "--model", "ri")
    of_file = ask(tmp_path / "people.csv", *said).results["measures"]
    types = f"client text, measure text, day float8, score float8, {OF_PEOPLE}"
    table = tmp_path / "people.parquet" if engine == SPARK else Path(postgresql(forms_of_known_people(), types))
    found = ask(table, *said, "--engine", engine).results["measures"]
    levels = {column: [level["level"] for level in groups] for column, groups in found["calm"]["by"].items()}
    assert levels["Area"] == ["not recorded", "North", "south", "Ærø"]
    assert levels["age"] == ["under 20", "20 to 40", "over 40", "not recorded"]
    assert list(found["calm"]["trajectory"]["fixed"]) == ["intercept", "per_100_days", "distance", "alone: true"]
    assert found["calm"]["trajectory"]["by"]["column"] == "Area"
    assert found["calm"]["everybody"]["by"] is None
    for measure in (*WHOLE, OTHER):
        for part in ("by", "trajectory", "everybody"):
            assert_alike(found[measure][part], of_file[measure][part], (measure, part))


@with_ibis
def test_the_sums_stand_beside_what_is_known_of_the_same_client(
    con: duckdb.DuckDBPyConnection, postgresql: Fill, tmp_path: Path
) -> None:
    con.execute(f"COPY people TO '{tmp_path / 'people.parquet'}' (FORMAT parquet)")
    types = f"client text, measure text, day float8, score float8, {OF_PEOPLE}"
    columns = ("age", "area", "distance", "alone")
    in_postgresql = client_sums(DATABASE, postgresql(forms_of_known_people(), types), columns)["calm"]
    in_spark = client_sums(SPARK, str(tmp_path / "people.parquet"), columns)["calm"]
    assert np.array_equal(in_spark.sums.n, in_postgresql.sums.n)
    assert np.array_equal(in_spark.sums.score, in_postgresql.sums.score)
    for column in columns:
        assert in_spark.known[column].tolist() == in_postgresql.known[column].tolist(), column
    told = zip(*(in_spark.known[column].tolist() for column in ("area", "age", "distance")), strict=True)
    people = [attributes(client) for client in {str(row[0]) for row in forms()}]
    assert sorted(told) == sorted(((area or "").strip(), f"{age or ''}", f"{far:g}") for area, age, far, _ in people)


@with_ibis
def test_columns_that_cannot_be_used(ask: Ask, postgresql: Fill) -> None:
    types = "client text, measure text, day int, score float8, area text, age float8"
    two = postgresql([("ada", "calm", 0, 5, "north", 20), ("ada", "sleep", 0, 5, "south", 20)], types)
    refused = ask(Path(two), "--engine", DATABASE, "--by", "area")
    assert refused.sentence == f"“{two}”, column “area”: some clients have two values; give each client one."
    missing = ask(Path(two), "--engine", DATABASE, "--covariates", "gender")
    assert (missing.code, missing.err.count("\n")) == (2, 1)
    assert "“gender”: there is no such column to compare by; choose from “area”, “age”." in missing.err
    assert ask(Path(two), "--engine", DATABASE, "--by", "score").code == 2
    many = postgresql([(f"c{n}", "calm", 0, 5, f"area {n}", math.nan) for n in range(25)], types)
    assert "25 different values" in ask(Path(many), "--engine", DATABASE, "--by", "area").err
    unknown = ask(Path(many), "--engine", DATABASE, "--by", "age").results["measures"]["calm"]["by"]["age"]
    assert [(level["level"], level["clients"]) for level in unknown] == [("not recorded", 25)]


def assert_alike(numbers: Any, expected: Any, where: object) -> None:
    """The same words, and the same numbers to a millionth; mean lines need every day, so only a file has them."""
    ours, theirs = ({at: one for at, one in flat(part).items() if ".lines" not in at} for part in (numbers, expected))
    assert ours.keys() == theirs.keys()
    for place, one in ours.items():
        near = isinstance(one, float) and one == pytest.approx(theirs[place], rel=1e-6, abs=1e-9)
        assert near or one == theirs[place], (where, place, one, theirs[place])


def flat(part: Any, at: str = "") -> dict[str, Any]:
    """Every number and word below a part of the results, by where it stands."""
    if isinstance(part, dict | list):
        inside = part.items() if isinstance(part, dict) else enumerate(part)
        return {place: one for key, value in inside for place, one in flat(value, f"{at}.{key}").items()}
    return {at: part}


@with_ibis
def test_how_the_table_keeps_numbers_and_names_does_not_matter(postgresql: Fill) -> None:
    rows: list[Row] = [(str(n // 3), "calm", n % 3 * 7, round(0.7 * n % 10, 1)) for n in range(30)]
    found = [
        client_sums(DATABASE, postgresql(rows, types))["calm"]
        for types in (
            "client text, measure text, day int, score float8",
            "client bigint, measure varchar(10), day numeric, score numeric(3, 1)",
            "client char(9), measure text, day smallint, score real",
        )
    ]
    shuffled = random.Random(1).sample(rows, len(rows))
    found.append(client_sums(DATABASE, postgresql([(f" {who} ", *rest) for who, *rest in shuffled]))["calm"])  # type: ignore[misc]
    for other in found[1:]:
        for name in ("n", "time", "time2", "score", "time_score", "score2", "spread"):
            assert np.array_equal(getattr(other.sums, name), getattr(found[0].sums, name)), name
        assert other.ends.first.tolist() == found[0].ends.first.tolist()
        assert other.ends.last.tolist() == found[0].ends.last.tolist()


@with_ibis
@pytest.mark.parametrize(
    ("row", "words"),
    [
        ((None, "calm", 7, 5), "column client"),
        (("  ", "calm", 7, 5), "column client"),
        (("ada", None, 7, 5), "column measure"),
        (("ada", "", 7, 5), "column measure"),
        (("ada", "calm", None, 5), "column day: 1 scores have no whole number"),
        (("ada", "calm", 7.5, 5), "column day: 1 scores have no whole number"),
        (("ada", "calm", math.inf, 5), "column day"),
        (("ada", "calm", math.nan, 5), "column day"),
        (("ada", "calm", 1e300, 5), "column day"),
        (("ada", "calm", 7, math.nan), "column score"),
        (("ada", "calm", 7, -math.inf), "column score"),
        (("ada", "calm", 7, 1e300), "column score"),
        (("ada", "calm", 0, 5), "two scores for one measure on the same day"),
    ],
)
def test_a_row_that_cannot_be_used_is_said_without_naming_anybody(postgresql: Fill, row: Row, words: str) -> None:
    table = postgresql([("ada", "calm", 0, 6.0), ("bob", "calm", 0, 5.0), row])
    with pytest.raises(BadInput) as refused:
        client_sums(DATABASE, table)
    assert words in str(refused.value)
    assert "ada" not in str(refused.value)


@with_ibis
def test_tables_that_cannot_be_used(ask: Ask, postgresql: Fill) -> None:
    def refused(table: str, *options: str) -> str:
        return ask(Path(table), "--engine", DATABASE, *options).sentence

    assert "There is no table “nothing”" in refused("nothing")
    assert "There is no table" in refused('scores"; DROP SCHEMA engines CASCADE; --')
    assert "has no score that can be used" in refused(postgresql([]))
    assert "has no score that can be used" in refused(postgresql([("ada", "calm", 0, None)]))
    types = "client text, measure text, day float8, points float8"
    assert "has no column score" in refused(postgresql([("ada", "calm", 0, 5)], types))
    assert "column score: it holds no numbers" in refused(
        postgresql([("ada", "calm", 0, "five")], "client text, measure text, day int, score text")
    )
    assert "there are 61 measures" in refused(postgresql([("ada", f"m{n}", 0, 5) for n in range(61)]))
    assert "There is no table “nothing”" in ask(Path("nothing"), "--engine", SPARK).sentence
    assert "outside 0 to 10" in refused(postgresql([("ada", "calm", 0, 11)]), "--range", "calm=0:10")
    strange = ask(Path(postgresql([("ada", "calm", 0, 5)])), "--engine", DATABASE, "--lower-is-better", "clam")
    assert (strange.code, strange.err.count("\n")) == (2, 1)


@with_ibis
@pytest.mark.parametrize(
    "rows",
    [
        [("ada", "calm", 0, 5)],
        [("ada", "calm", 0, 5), ("bob", "calm", 0, 5), ("bob", "calm", 9, 5), ("cy", "calm", 9, None)],
        [("ada", "calm", 0, math.pi), ("ada", "calm", 1, math.pi)],
        [("ada", "calm", 0, 999_999_999.5), ("ada", "calm", 1, 0.1), ("bob", "calm", 0, -5)],
    ],
    ids=["one score", "all the same", "one person, not whole", "an outlier"],
)
def test_few_scores_give_reasons_and_no_traceback(ask: Ask, postgresql: Fill, rows: list[Row]) -> None:
    found = ask(Path(postgresql(rows)), "--engine", DATABASE).results["measures"]["calm"]
    assert found["forms"] == len([row for row in rows if row[3] is not None])
    assert found["trajectory"]["why"]
    assert found["paired"]["why"]


@with_ibis
def test_a_server_that_does_not_answer_is_said(ask: Ask) -> None:
    answer = ask(Path("scores"), "--engine", "postgresql://nobody@127.0.0.1:1/nothing")
    assert (answer.code, answer.out) == (4, "")
    assert "PostgreSQL could not do it" in answer.err
    assert "Traceback" not in answer.err


# ---- what needs no engine ----


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--engine", "mysql://host/db"), "--engine is postgresql://"),
        (("--engine", "scores.db"), "--engine is postgresql://"),
        (("--engine", SPARK, "--out", "folder"), "--engine goes with --json"),
        (("--engine", SPARK, "--attributes", "clients.csv"), "no second file"),
        (("--engine", SPARK, "--days", "50"), "--days goes with a file"),
        (("--engine", SPARK, "--reliability", "0.9"), "--reliability goes with a file"),
        (("--engine", SPARK, "--publish", "strict"), "--publish goes with a file"),
        (("--engine", SPARK, "--max-size", "1MB"), "--max-size goes with a file"),
    ],
)
def test_an_option_that_needs_rows_is_refused(ask: Ask, options: tuple[str, ...], words: str) -> None:
    answer = ask(Path("scores"), *options)
    assert (answer.code, answer.out) == (2, "")
    assert words in answer.err


def test_without_ibis_it_says_how_to_get_it(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ibis", None)
    answer = ask(Path("scores"), "--engine", SPARK)
    assert (answer.code, answer.out) == (4, "")
    assert "make engines" in answer.err
