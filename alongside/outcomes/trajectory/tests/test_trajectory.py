"""What a trajectory says, what does not change it, and what it says when the scores cannot tell."""

import math
import warnings

import numpy as np
import pytest

from alongside.outcomes.disclosure import STRICT, treat
from alongside.outcomes.trajectory.comparing import checks, likelihood_ratio
from alongside.outcomes.trajectory.design import Column, design
from alongside.outcomes.trajectory.fitting import fit
from alongside.outcomes.trajectory.model import Model, Trajectory, trajectory
from alongside.outcomes.trajectory.predictions import predictions
from alongside.outcomes.trajectory.sums import ClientSums, from_integers, from_rows

type Rows = tuple[np.ndarray, np.ndarray, np.ndarray]


@pytest.fixture
def rows() -> Rows:
    chance = np.random.default_rng(4)
    client = np.repeat(np.arange(40), 6)
    day = np.tile(np.arange(6) * 14, 40) + chance.integers(0, 3, 240)
    start, slope = chance.normal(6, 1.5, 40), chance.normal(-2, 1, 40)
    score = start[client] + slope[client] * day / 100 + chance.normal(0, 0.8, 240)
    return client, day, np.round(score, 1)


def numbers(found: Trajectory) -> np.ndarray:
    effects = [value for one in found.fixed.values() for value in (one.estimate, one.se, one.df)]
    random = found.random
    return np.array([*effects, random.sd_intercept, random.sd_per_100_days, random.sd_residual, random.correlation])


def test_moving_every_score_moves_the_start_alone(rows: Rows) -> None:
    client, day, score = rows
    before, after = (trajectory(from_rows(client, day, score + moved)) for moved in (0, 1e6))
    expected = numbers(before)
    expected[0] += 1e6
    np.testing.assert_allclose(numbers(after), expected, rtol=1e-7)


def test_another_unit_of_score_scales_what_is_in_points(rows: Rows) -> None:
    client, day, score = rows
    before, after = (trajectory(from_rows(client, day, score * unit)) for unit in (1, 25))
    unit = np.array([25, 25, 1, 25, 25, 1, 25, 25, 25, 1])
    np.testing.assert_allclose(numbers(after), numbers(before) * unit, rtol=1e-6)


def test_another_unit_of_time_scales_the_slope(rows: Rows) -> None:
    client, day, score = rows
    before, after = (trajectory(from_rows(client, day * unit, score)) for unit in (1, 24))
    unit = np.array([1, 1, 1, 1 / 24, 1 / 24, 1, 1, 1 / 24, 1, 1])
    np.testing.assert_allclose(numbers(after), numbers(before) * unit, rtol=1e-5)


def test_the_same_clients_twice_are_as_sure_as_twice_as_many(rows: Rows) -> None:
    client, day, score = rows
    once = trajectory(from_rows(client, day, score), method="ml")
    twice = trajectory(
        from_rows(np.append(client, client + 40), np.append(day, day), np.append(score, score)), method="ml"
    )
    for name, effect in once.fixed.items():
        assert twice.fixed[name].estimate == pytest.approx(effect.estimate, rel=1e-6)
        assert twice.fixed[name].se == pytest.approx(effect.se / math.sqrt(2), rel=1e-6)
    assert twice.random.sd_intercept == pytest.approx(once.random.sd_intercept, rel=1e-5)


def test_the_order_of_rows_does_not_matter(rows: Rows) -> None:
    mixed = np.random.default_rng(1).permutation(len(rows[0]))
    np.testing.assert_allclose(
        numbers(trajectory(from_rows(*(part[mixed] for part in rows)))),
        numbers(trajectory(from_rows(*rows))),
        rtol=1e-7,
    )


def test_sums_of_whole_numbers_give_the_same(rows: Rows) -> None:
    client, day, score = rows
    tenths = np.round(score * 10).astype(np.int64)

    def total(values: np.ndarray) -> np.ndarray:
        return np.bincount(client, weights=values).astype(np.int64)

    sums = from_integers(
        n=np.bincount(client), day=total(day), day2=total(day * day), score=total(tenths),
        day_score=total(day * tenths), score2=total(tenths * tenths), decimals=1,
    )  # fmt: skip
    np.testing.assert_allclose(numbers(trajectory(sums)), numbers(trajectory(from_rows(*rows))), rtol=1e-6)


def test_a_group_that_changes_more_is_found(rows: Rows) -> None:
    client, day, score = rows
    group = np.where(np.arange(40) % 2, "b", "a")
    score = score - 3 * (group[client] == "b") * day / 100
    found = trajectory(from_rows(client, day, score), by=("arm", list(group)), known={"age": np.linspace(18, 60, 40)})
    assert found.by is not None
    assert (found.by.column, found.by.reference, [one.level for one in found.by.levels]) == ("arm", "a", ["b"])
    change = found.by.levels[0].per_100_days_difference
    assert change is not None
    assert change.estimate == pytest.approx(-3, abs=1)
    assert change.clients == 20
    assert list(found.fixed) == ["intercept", "per_100_days", "age"]


def test_what_the_others_already_say_is_left_out_and_named(rows: Rows) -> None:
    arm = ["a", "b"] * 20
    found = trajectory(from_rows(*rows), by=("arm", arm), known={"again": arm, "odd": np.tile([0.0, 1.0], 20)})
    assert found.dropped == ("odd", "arm: b")
    assert found.by is not None
    assert found.by.levels[0].start_difference is None
    assert found.by.levels[0].per_100_days_difference is not None


@pytest.mark.parametrize(
    ("client", "day", "score", "why"),
    [
        ([], [], [], "Fewer than two clients"),
        ([0, 0, 0], [0, 10, 20], [5, 4, 3], "Fewer than two clients"),
        ([0, 1, 2], [0, 0, 0], [5, 4, 3], "of the first day"),
        ([0, 1, 2], [0, 5, 9], [5, 4, 3], "too few"),
        ([0, 0, 1, 1, 1], [0, 10, 0, 10, 20], [5, 5, 5, 5, 5], "Every score is the same"),
        ([0, 0, 0, 1, 1, 1], [0, 10, 20] * 2, [5, 4, 3, 8, 7, 6], "exactly on a line"),
        ([0, 0, 1, 1], [0, 10, 0, 10], [5, 4, 8, 3], "too few"),
    ],
)
def test_when_the_scores_cannot_tell_it_says_why(client: list, day: list, score: list, why: str) -> None:
    found = trajectory(from_rows(client, day, score))
    assert found.fixed == {}
    assert why in str(found.why)


@pytest.mark.parametrize("bad", [math.nan, math.inf])
def test_a_score_that_is_no_number_is_refused(bad: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        from_rows([0, 1], [0, 0], [5, bad])


def test_odd_scores_never_give_a_warning_or_a_number_that_is_none(rows: Rows) -> None:
    chance = np.random.default_rng(3)
    client, day, score = rows
    odd = score.copy()
    odd[0] = 1e9
    for one in (odd, np.round(score), np.where(score > 6, 10.0, 0.0), score * 0 + (client == 1)):
        keep = chance.random(len(one)) > 0.7
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            found = trajectory(from_rows(client[keep], day[keep] - 40, one[keep]))
        values = [
            value for effect in found.fixed.values() for value in (effect.estimate, effect.se, effect.df, effect.p)
        ]
        assert all(map(math.isfinite, values))
        assert found.why or values


def test_a_variance_that_is_not_there_is_said(rows: Rows) -> None:
    client, day, _ = rows
    score = np.random.default_rng(2).normal(5, 1, len(day))
    assert trajectory(from_rows(client, day, score)).singular is True


def test_predictions_are_drawn_towards_everybody(rows: Rows) -> None:
    sums = from_rows(*rows)
    made = design(sums)
    fitted = fit(sums, made, slopes=True, reml=True)
    found = predictions(sums, made, fitted)
    own = sums.score / sums.n + sums.centre
    assert abs(found.start.mean()) < 1e-6
    assert np.corrcoef(found.start, own)[0, 1] > 0.5
    assert (found.start_error < np.sqrt(fitted.d[0, 0] * fitted.variance)).all()


def test_more_effects_are_tested_by_ml_alone(rows: Rows) -> None:
    sums = from_rows(*rows)
    age = Column("age", np.linspace(18, 60, 40))
    for reml in (False, True):
        larger, smaller = (fit(sums, design(sums, some), slopes=True, reml=reml) for some in ([age], []))
        if reml:
            with pytest.raises(ValueError, match="by ML"):
                likelihood_ratio(larger, smaller)
        else:
            tested = likelihood_ratio(larger, smaller)
            assert (tested.df, 0 < tested.p < 1) == (1, True)


def test_scores_at_the_floor_scatter_less(rows: Rows) -> None:
    client, day, score = rows
    low = np.where(client < 20, np.round(score) * 0.1, score + 5)
    found = checks(from_rows(client, day, low), at_lowest=3, at_highest=None)
    assert found.sd_of_lower_half is not None
    assert found.sd_of_upper_half is not None
    assert found.sd_of_lower_half < 0.5 * found.sd_of_upper_half
    assert found.at_lowest == 3


def test_a_published_trajectory_holds_no_exact_number(rows: Rows) -> None:
    found = trajectory(from_rows(*rows), by=("arm", ["rare"] * 4 + ["b"] * 36))
    shown = treat(found, STRICT)
    assert shown.n_clients == 40
    assert shown.fixed["per_100_days"].estimate == round(found.fixed["per_100_days"].estimate or 0, 1)
    assert shown.fixed["per_100_days"].se is None
    assert shown.by is not None
    assert shown.by.levels[0].clients is None
    assert shown.by.levels[0].start_difference is not None
    assert shown.by.levels[0].start_difference.estimate is None


def sums_of(*rows: tuple[int, float, float]) -> ClientSums:
    return from_rows(*zip(*rows, strict=True))


def test_sums_of_two_sites_are_the_sums_of_all() -> None:
    one, other = sums_of((0, 0, 5), (0, 10, 4)), sums_of((0, 0, 5), (0, 10, 4), (1, 0, 7))
    assert other.of(np.array([0])).n.tolist() == one.n.tolist()


@pytest.mark.parametrize("model", ["random_intercept", "random_intercept_slope"])
def test_however_large_scores_are_one_is_as_sure(rows: Rows, model: Model) -> None:
    client, day, score = rows
    before, after = (trajectory(from_rows(client, day, score * unit), model=model, until=70) for unit in (1, 1e9))
    for name, effect in before.fixed.items():
        assert after.fixed[name].df == pytest.approx(effect.df, rel=1e-4)
    for small, large in zip(before.lines[0].points, after.lines[0].points, strict=True):
        assert large.ci95 == pytest.approx([end * 1e9 for end in small.ci95 or ()], rel=1e-6)
