"""Invents the sample: clients who do not exist and the forms they never filled in.

`python -m alongside.evaluation.sample.invent` writes `forms.csv` and `clients.csv` again, byte for byte.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from alongside.evaluation.sample import CLIENTS, FORMS

SHIPPED_CLIENTS = 185
SHIPPED_SEED = 185

NO_FORM = 25 / 185
ONE_FORM = 40 / 185
MOST_FORMS = 14
STAYS = 0.87  # chance of one more form
BLANK = 0.02  # chance that a line is left unanswered
FIRST_DAY = date(2024, 1, 9)  # a Tuesday
WEEKS_OF_STARTS = 72

GENDERS = {"woman": 0.76, "man": 0.14, "non-binary": 0.07, "prefer not to say": 0.03}
FUNDERS = {"Example Borough Council": 0.5, "Invented Lantern Fund": 0.3, "Imaginary Health Trust": 0.2}
AREAS = {"Exampleton": 0.4, "Inventham": 0.3, "Madeupwick": 0.2, "Pretendby": 0.1}

type Row = dict[str, str]


@dataclass(frozen=True)
class Course:
    """How answers to one question run: where people start, and the points they move in 100 days.

    `better` is 1 when higher is better and -1 when lower is. `starts_apart` and `moves_apart` are how far
    people differ in each, `wobble` how far one answer strays from the person's own line (as SDs).
    """

    better: int
    start: float
    starts_apart: float
    moves: float
    moves_apart: float
    wobble: float


COURSES = {
    "self_harm_frequency": Course(-1, 6.4, 1.9, -2.8, 1.6, 0.9),
    "self_harm_severity": Course(-1, 5.5, 1.9, -2.0, 1.4, 1.0),
    "suicidal_thoughts": Course(-1, 4.2, 2.4, -0.05, 1.1, 1.0),
    "suicidal_planning": Course(-1, 2.6, 2.0, -0.15, 0.8, 0.9),
    "tolerate_distress": Course(1, 3.6, 1.7, 1.1, 1.2, 0.9),
    "tolerate_thoughts": Course(1, 3.7, 1.7, 0.9, 1.2, 0.9),
    "relationships": Course(1, 4.4, 1.9, 0.9, 1.1, 0.9),
    "daily_activities": Course(1, 4.1, 1.8, 1.1, 1.2, 0.9),
    "future": Course(1, 3.8, 1.9, 0.8, 1.1, 0.9),
    "listened_to": Course(1, 8.9, 0.7, 0.0, 0.3, 0.7),
    "moving_forwards": Course(1, 8.2, 0.9, 0.2, 0.4, 0.9),
}


def invent(clients: int, *, seed: int) -> tuple[list[Row], list[Row]]:
    """Make up a service: who its clients are and what their forms say.

    Parameters
    ----------
    clients
        How many clients. 25 of every 185 have no form and 40 exactly one; the others have 2 to 14.
    seed
        The same seed gives the same service.

    Returns
    -------
    tuple of two lists
        The rows of `forms.csv`, by date, and the rows of `clients.csv`.

    Raises
    ------
    ValueError
        If `clients` is below 1.

    Examples
    --------
    >>> forms, clients = invent(3, seed=1)
    >>> [client["client"] for client in clients]
    ['W001', 'W002', 'W003']
    >>> sorted(forms[0])[:3]
    ['client', 'daily_activities', 'date']
    """
    if clients < 1:
        raise ValueError(f"clients is {clients}; ask for at least 1.")
    random = Random(seed)  # noqa: S311 - nothing here is secret
    width = max(3, len(str(clients)))
    people = [_person(random, f"W{number:0{width}}") for number in range(1, clients + 1)]
    order = random.sample(people, clients)
    none, one = round(clients * NO_FORM), round(clients * ONE_FORM)
    forms = [form for person in order[none : none + one] for form in _forms(random, person["client"], 1)]
    for person in order[none + one :]:
        forms += _forms(random, person["client"], _how_many(random))
    return sorted(forms, key=lambda form: (form["date"], form["client"])), people


def _person(random: Random, client: str) -> Row:
    return {
        "client": client,
        "gender": _one_of(random, GENDERS),
        "age": str(14 + int(54 * random.random() ** 1.8)),
        "funder": _one_of(random, FUNDERS),
        "area": _one_of(random, AREAS),
    }


def _one_of(random: Random, shares: dict[str, float]) -> str:
    return random.choices(list(shares), weights=list(shares.values()))[0]


def _how_many(random: Random) -> int:
    count = 2
    while count < MOST_FORMS and random.random() < STAYS:
        count += 1
    return count


def _days(random: Random, count: int) -> Iterator[int]:
    """Give the days from the first form to each form: every fortnight, some skipped, some a day off."""
    due = 0
    yield due
    for _ in range(count - 1):
        due += 14 * random.choices((1, 2, 3), weights=(80, 15, 5))[0]
        yield due + random.choice((-1, 0, 0, 0, 1))


def _forms(random: Random, client: str, count: int) -> Iterator[Row]:
    """Give one person's forms. Somebody who starts better, or moves faster, tends to on every question."""
    first = FIRST_DAY + timedelta(days=7 * random.randrange(WEEKS_OF_STARTS) + random.randrange(3))
    wellness, pace = random.gauss(), random.gauss()
    lines = {}
    for key, course in COURSES.items():
        start = course.start + course.starts_apart * (0.6 * course.better * wellness + 0.8 * random.gauss())
        moves = course.moves + course.moves_apart * (0.6 * course.better * pace + 0.8 * random.gauss())
        lines[key] = (start, moves / 100, course.wobble)
    for day in _days(random, count):
        answers = {key: _answer(random, start + daily * day, wobble) for key, (start, daily, wobble) in lines.items()}
        yield {"client": client, "date": (first + timedelta(days=day)).isoformat(), **answers}


def _answer(random: Random, expected: float, wobble: float) -> str:
    """Give one mark on the line, to 0.1; marks cannot pass its ends, and a few are not made."""
    mark = min(10.0, max(0.0, random.gauss(expected, wobble)))
    return "" if random.random() < BLANK else f"{mark:.1f}"


def as_csv(rows: Sequence[Row]) -> str:
    """Write rows as the text of a CSV file.

    Parameters
    ----------
    rows
        Rows with the same keys in the same order.

    Returns
    -------
    str
        A header and one line for each row, with line feeds.

    Examples
    --------
    >>> as_csv([{"client": "W001", "age": "30"}])
    'client,age\\nW001,30\\n'
    """
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def main() -> None:
    """Write the two shipped files again."""
    forms, clients = invent(SHIPPED_CLIENTS, seed=SHIPPED_SEED)
    FORMS.write_text(as_csv(forms), encoding="utf-8", newline="\n")
    CLIENTS.write_text(as_csv(clients), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
