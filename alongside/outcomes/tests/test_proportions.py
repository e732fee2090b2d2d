"""Wilson's interval is R's, and never leaves 0 to 1."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.outcomes.proportions import wilson

# R 4.2.2: for (x in list(c(0,10), c(1,10), c(5,10), c(10,10), c(75,120)))
#   print(prop.test(x[1], x[2], correct = FALSE)$conf.int, digits = 15)
FROM_R = {
    (0, 10): (0.0, 0.277532799862889),
    (1, 10): (0.0178762130950729, 0.404150026795238),
    (5, 10): (0.236593090512564, 0.763406909487436),
    (10, 10): (0.722467200137111, 1.0),
    (75, 120): (0.535769506259792, 0.706475702135532),
}


@pytest.mark.parametrize(("share", "interval"), FROM_R.items())
def test_the_interval_is_what_r_gives(share: tuple[int, int], interval: tuple[float, float]) -> None:
    assert wilson(*share) == pytest.approx(interval, abs=1e-12)


def test_a_share_of_nobody_has_no_interval() -> None:
    assert wilson(0, 0) is None


@pytest.mark.parametrize(("count", "n"), [(-1, 10), (11, 10), (1, 0)])
def test_what_is_no_share_is_refused(count: int, n: int) -> None:
    with pytest.raises(ValueError, match="not a share"):
        wilson(count, n)


@given(st.integers(1, 5_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_holds_the_share_and_stays_within_0_and_1(share: tuple[int, int]) -> None:
    count, n = share
    low, high = wilson(count, n) or (1, 0)
    assert 0 <= low <= count / n <= high <= 1
