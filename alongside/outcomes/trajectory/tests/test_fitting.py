"""How the best fit is found: exact curvature, and for many clients the same numbers by a shorter way."""

import numpy as np
import pytest

from alongside.outcomes.trajectory import fitting
from alongside.outcomes.trajectory.design import Column, Design, design, groups
from alongside.outcomes.trajectory.fitting import fit
from alongside.outcomes.trajectory.likelihood import Likelihood, in_entries
from alongside.outcomes.trajectory.sums import ClientSums, from_rows

type Scores = tuple[np.ndarray, np.ndarray, np.ndarray]


def scores(clients: int, *, start: float = 1.5, slope: float = 1.0, hand_in_hand: float = 0.0) -> Scores:
    chance = np.random.default_rng(clients)
    forms = chance.integers(1, 6, clients)
    client = np.repeat(np.arange(clients), forms)
    day = 14 * (np.arange(len(client)) - np.repeat(np.cumsum(forms) - forms, forms)) + chance.integers(
        0, 4, len(client)
    )
    begins = chance.normal(0, 1, clients)
    rises = hand_in_hand * begins + np.sqrt(1 - hand_in_hand**2) * chance.normal(0, 1, clients)
    score = 6 + start * begins[client] + (slope * rises[client] - 2) * day / 100
    return client, day, np.round(score + chance.normal(0, 0.8, len(client)), 1)


def told(sums: ClientSums, known: str) -> Design:
    people = len(sums)
    arm = groups("arm", np.resize(["a", "b", "b"], people))
    age = Column("age", np.linspace(18, 60, people))
    return design(sums, {"nothing": [], "arm": arm, "arm and age": [age, *arm]}[known])


@pytest.mark.parametrize("reml", [True, False])
@pytest.mark.parametrize("known", ["nothing", "arm", "arm and age"])
def test_the_curvature_is_how_the_slope_moves(known: str, *, reml: bool) -> None:
    sums = from_rows(*scores(300))
    likelihood = Likelihood(sums, told(sums, known), reml=reml, unit=0.4)
    here = np.array([2.0, -0.3, 0.9])
    point = likelihood.at(here)
    curvature, of_inverse = likelihood.curvature(here, point)
    for place in range(3):
        nudge = 1e-5 * np.eye(3)[place]
        after, before = likelihood.at(here + nudge), likelihood.at(here - nudge)
        slopes = [in_entries(one.w - one.scores / point.variance - one.reml) for one in (after, before)]
        np.testing.assert_allclose(curvature[place], (slopes[0] - slopes[1]) / 2e-5, rtol=1e-6)
        np.testing.assert_allclose(of_inverse[place], (after.inverse - before.inverse) / 2e-5, rtol=1e-5, atol=1e-12)


@pytest.mark.parametrize("known", ["nothing", "arm", "arm and age"])
@pytest.mark.parametrize("slopes", [True, False])
def test_many_clients_give_what_a_start_from_nowhere_gives(
    known: str, monkeypatch: pytest.MonkeyPatch, *, slopes: bool
) -> None:
    sums = from_rows(*scores(fitting.MANY + 5))
    made = told(sums, known)
    ours = fit(sums, made, slopes=slopes, reml=True)
    monkeypatch.setattr(fitting, "MANY", len(sums) + 1)
    from_nowhere = fit(sums, made, slopes=slopes, reml=True)
    np.testing.assert_allclose(ours.estimates, from_nowhere.estimates, rtol=0, atol=1e-9)
    for name in ("covariance", "d", "variance", "df"):
        np.testing.assert_allclose(getattr(ours, name), getattr(from_nowhere, name), rtol=1e-6)


def test_a_group_that_a_sixteenth_of_the_clients_does_not_show_is_told_apart() -> None:
    sums = from_rows(*scores(fitting.MANY))
    rare = np.where(np.arange(len(sums)) % fitting.EVERY == 1, "rare", "usual")
    found = fit(sums, design(sums, groups("arm", rare)), slopes=True, reml=True)
    assert found.columns == ("intercept", "per_100_days", "arm: usual", "arm: usual")
    assert not found.singular


@pytest.mark.parametrize(("start", "slope", "hand_in_hand"), [(1.5, 0, 0), (0, 1, 0), (1.5, 1, 1)])
def test_many_clients_at_the_edge_are_called_singular(start: float, slope: float, hand_in_hand: float) -> None:
    sums = from_rows(*scores(fitting.MANY, start=start, slope=slope, hand_in_hand=hand_in_hand))
    found = fit(sums, design(sums), slopes=True, reml=True)
    assert found.estimates[1] == pytest.approx(-2, abs=0.1)
    assert np.isfinite(found.df).all()
    assert found.singular == (np.linalg.eigvalsh(found.d)[0] < 1e-6)


def test_at_the_edge_nothing_beside_the_fit_is_better() -> None:
    """lme4 ends at no variance of starts here, from where the deviance falls on the other side."""
    sums = from_rows(*scores(90, start=0, slope=4))
    found = fit(sums, design(sums), slopes=True, reml=True)
    likelihood = Likelihood(sums, design(sums), reml=True, unit=1)
    least = likelihood.at(found.d[[0, 1, 1], [0, 0, 1]]).deviance
    assert least == pytest.approx(-2 * found.log_likelihood, rel=1e-9)
    begins, rises = np.sqrt(np.diag(found.d)) * [1, -1]
    for start, slope in ((0, rises), (begins, -rises), (1.1 * begins, rises), (begins, 1.1 * rises)):
        assert likelihood.at(np.array([start**2, start * slope, slope**2])).deviance > least
