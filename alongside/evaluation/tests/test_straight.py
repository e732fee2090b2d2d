"""A Parquet file of numbers gives what the same file gives as text, and what is wrong in it is said as well."""

import json
from pathlib import Path

import duckdb
import pytest

from alongside.evaluation.evaluate import evaluate
from alongside.evaluation.options import Options
from alongside.evaluation.problems import BadInput
from alongside.evaluation.results import as_json

LONG = """SELECT 7 + i % 30 AS client, (14 * (i // 60))::SMALLINT AS day,
    CASE i // 30 % 2 WHEN 0 THEN 'low' ELSE 'sad' END AS measure, ((i * 37) % 101 / 10)::DOUBLE AS score
    FROM range(300) AS t(i)"""
WIDE = """SELECT 7 + i % 30 AS client, DATE '2026-01-05' + (14 * (i // 30))::INTEGER AS date, (i * 37) % 11 AS low,
    CASE WHEN i % 13 > 0 THEN ((i * 53) % 101 / 10)::DOUBLE END AS sad FROM range(150) AS t(i)"""


def numbers_of(path: Path, **said: object) -> object:
    """Every number of the results to nine digits: people may be added up in another order."""
    results = evaluate(path, attributes_path=None, options=Options(**said), tell=lambda _: None).results
    return json.loads(as_json(results), parse_float=lambda number: f"{float(number):.9g}")["measures"]


def written(rows: str, path: Path) -> Path:
    duckdb.sql(f"COPY ({rows}) TO '{path}'")
    return path


@pytest.mark.parametrize(
    ("rows", "said"), [(LONG, {}), (WIDE, {"items": ("low", "sad")})], ids=["long, by day", "wide, by date"]
)
@pytest.mark.parametrize("order", ["", "ORDER BY hash(client)"], ids=["in order", "in no order"])
@pytest.mark.parametrize("client", ["client", "'c' || client"], ids=["numbered", "named"])
def test_columns_give_what_text_gives(
    rows: str, said: dict[str, object], order: str, client: str, tmp_path: Path
) -> None:
    chosen = f"SELECT * REPLACE ({client} AS client) FROM ({rows}) {order}"
    columns, text = (written(chosen, tmp_path / f"forms.{kind}") for kind in ("parquet", "csv"))
    assert numbers_of(columns, **said) == numbers_of(text, **said)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("'  ' AS client", "the client is missing"),
        ("NULL AS client", "the client is missing"),
        ("'inf'::DOUBLE AS score", "“inf” is not a number"),
        ("11.5 AS score", "outside 0 to 10"),
        ("(-9223372036854775808)::BIGINT AS day", "is not a number of days"),
        ("NULL AS day", "the day is missing"),
        ("NULL AS measure", "the measure is missing"),
        ("0 AS day", "this client already has a score for “low” on that day"),
    ],
)
def test_what_is_wrong_in_columns_is_said(change: str, said: str, tmp_path: Path) -> None:
    name = change.rpartition(" ")[2]
    wrong = f"SELECT * REPLACE ({change.rpartition(' AS ')[0]} AS {name}) FROM ({LONG}) LIMIT 1 OFFSET 60"
    rest = f"SELECT * REPLACE (client::VARCHAR AS client) FROM ({LONG})" if name == "client" else LONG
    path = written(f"({rest} LIMIT 60) UNION ALL ({wrong})", tmp_path / "forms.parquet")
    ranges = {"low": (0.0, 10.0), "sad": (0.0, 10.0)}
    with pytest.raises(BadInput, match=said):
        numbers_of(path, ranges=ranges)


def test_each_measures_people_stand_in_the_order_of_the_file(tmp_path: Path) -> None:
    many = f"SELECT * REPLACE ('m' || i AS measure) FROM ({LONG}), range(24) AS r(i) WHERE measure = 'low'"
    path = written(f"{many} ORDER BY i, day, client", tmp_path / "forms.parquet")
    evaluation = evaluate(path, attributes_path=None, options=Options(), tell=lambda _: None)
    assert list(evaluation.ends) == [f"m{place}" for place in range(24)] == list(evaluation.results.measures)
