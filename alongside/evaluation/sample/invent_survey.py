"""Invents a survey: people who do not exist, and what nobody answered.

`python -m alongside.evaluation.sample.invent_survey` writes `survey.csv` again, byte for byte.
"""

from random import Random

from alongside.evaluation.sample import SURVEY
from alongside.evaluation.sample.invent import Row, as_csv

SHIPPED_PEOPLE = 142
SHIPPED_SEED = 142

WHO = {"young person": 0.55, "parent or carer": 0.3, "school staff": 0.12, "prefer not to say": 0.03}
SCHOOLS = "Should there be more of our work in schools?"
HELP = "What would help you most? Choose any."
ANY = {
    "somebody to talk to": 0.6,
    "a group of people my age": 0.35,
    "something to do with others": 0.3,
    "help for my family": 0.25,
    "advice online": 0.2,
    "a helpline at night": 0.03,
}
FIND = "How easy was it to find us? 1 hard, 5 easy"
EASE = {"1": 0.05, "2": 0.12, "3": 0.23, "4": 0.34, "5": 0.26}
ELSE = "Is there anything else?"
SAID = ("Thank you for asking, {}.", "Please open on a Saturday too, {}.", "I liked the kettle, {}.")


def invent(people: int, *, seed: int) -> list[Row]:
    """Make up who answered a survey, and what they said.

    Examples
    --------
    >>> [row["id"] for row in invent(2, seed=1)]
    ['S001', 'S002']
    """
    random = Random(seed)  # noqa: S311 - nothing here is secret
    return [_person(random, number) for number in range(1, people + 1)]


def _person(random: Random, number: int) -> Row:
    who = random.choices(list(WHO), weights=list(WHO.values()))[0]
    more = {"yes": 0.84, "no": 0.05, "not sure": 0.11} if who != "school staff" else {"yes": 0.7, "not sure": 0.3}
    help_ = [answer for answer, share in ANY.items() if random.random() < share]
    said = random.choice(SAID).format(f"from number {number}")
    return {
        "id": f"S{number:03}",
        "who": who,
        SCHOOLS: _left(random, random.choices(list(more), weights=list(more.values()))[0], 0.08),
        HELP: "; ".join(help_),
        FIND: _left(random, random.choices(list(EASE), weights=list(EASE.values()))[0], 0.15),
        ELSE: _left(random, said, 0.7),
    }


def _left(random: Random, answer: str, open_: float) -> str:
    return "" if random.random() < open_ else answer


def main() -> None:
    """Write the shipped file again."""
    SURVEY.write_text(as_csv(invent(SHIPPED_PEOPLE, seed=SHIPPED_SEED)), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
