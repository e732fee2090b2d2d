"""Keeping times and clocks, day by day."""

from datetime import date

import pytest

from alongside.rights.dates import Years, answer_by, keep_until

SUPPORT = Years(years=8, child_until=25, at_17_until=26, after_death=8)
MENTAL_HEALTH = Years(years=20, child_until=25, at_17_until=26, after_death=10)
LEAP = date(2004, 2, 29)


@pytest.mark.parametrize(
    ("rule", "from_on", "born", "died_on", "until"),
    [
        pytest.param(SUPPORT, date(2026, 5, 4), date(1990, 1, 1), None, date(2034, 5, 4), id="a grown-up"),
        pytest.param(SUPPORT, date(2024, 2, 29), date(1990, 1, 1), None, date(2032, 2, 29), id="ended on 29 February"),
        pytest.param(SUPPORT, date(2020, 2, 28), LEAP, None, date(2029, 3, 1), id="born on 29 February, ended at 15"),
        pytest.param(SUPPORT, date(2020, 2, 29), LEAP, None, date(2029, 3, 1), id="ended on the 16th birthday"),
        pytest.param(SUPPORT, date(2021, 2, 28), LEAP, None, date(2029, 3, 1), id="still 16, on 28 February"),
        pytest.param(SUPPORT, date(2021, 3, 1), LEAP, None, date(2030, 3, 1), id="17 on 1 March"),
        pytest.param(SUPPORT, date(2022, 2, 28), LEAP, None, date(2030, 3, 1), id="the last day at 17"),
        pytest.param(SUPPORT, date(2022, 3, 1), LEAP, None, date(2030, 3, 1), id="grown up on 1 March"),
        pytest.param(MENTAL_HEALTH, date(2020, 1, 9), LEAP, None, date(2040, 1, 9), id="the years are longer"),
        pytest.param(SUPPORT, date(2026, 1, 2), None, None, date(2034, 1, 2), id="nobody knows when they were born"),
        pytest.param(SUPPORT, date(2026, 1, 2), LEAP, date(2026, 2, 1), date(2034, 2, 1), id="died"),
        pytest.param(MENTAL_HEALTH, None, LEAP, date(2026, 2, 1), date(2036, 2, 1), id="died while support went on"),
        pytest.param(SUPPORT, None, LEAP, None, None, id="support goes on"),
    ],
)
def test_how_long_a_record_is_kept(
    rule: Years, from_on: date | None, born: date | None, died_on: date | None, until: date | None
) -> None:
    assert keep_until(rule, from_on=from_on, born=born, died_on=died_on) == until


@pytest.mark.parametrize(
    ("received", "longer", "pauses", "by"),
    [
        pytest.param(date(2026, 11, 3), False, [], date(2026, 12, 3), id="a month"),
        pytest.param(date(2026, 1, 31), False, [], date(2026, 2, 28), id="a month without that day"),
        pytest.param(date(2026, 11, 30), True, [], date(2027, 2, 28), id="three months"),
        pytest.param(
            date(2026, 11, 3), False, [(date(2026, 11, 5), date(2026, 11, 12))], date(2026, 12, 10), id="paused"
        ),
        pytest.param(
            date(2026, 11, 3),
            False,
            [(date(2026, 11, 5), date(2026, 11, 12)), (date(2026, 11, 10), date(2026, 11, 14))],
            date(2026, 12, 12),
            id="days that two pauses share count once",
        ),
        pytest.param(date(2024, 1, 31), False, [], date(2024, 2, 29), id="a month that ends on 29 February"),
        pytest.param(date(2023, 11, 30), True, [], date(2024, 2, 29), id="three months that end on 29 February"),
        pytest.param(date(2026, 12, 31), False, [], date(2027, 1, 31), id="over the end of the year"),
        pytest.param(date(2026, 11, 3), False, [(date(2026, 11, 10), None)], date(2026, 12, 15), id="waiting still"),
    ],
)
def test_by_when_a_request_is_answered(received: date, longer: bool, pauses: list, by: date) -> None:
    assert answer_by(received, longer=longer, pauses=pauses, today=date(2026, 11, 22)) == by
