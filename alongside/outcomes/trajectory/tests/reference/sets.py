"""Makes sets.csv: small invented sets of scores, plain and awkward, for lme4 (lme4.R) and for us. Run it from here."""

import csv
import random
from pathlib import Path

HERE = Path(__file__).parent


def scores(
    chance: random.Random, *, clients: int, forms: int, start: float, slope: float, together: float, noise: float,
    floor: bool = False, step: int = 14, missing: float = 0.2,
) -> list[tuple[int, int, float, str, int]]:  # fmt: skip
    rows = []
    for client in range(clients):
        arm, age = chance.choice("ab"), chance.randint(15, 60)
        common = chance.gauss(0, 1)
        begins = 6 + start * common
        rises = -1.5 + slope * (together * common + (1 - together**2) ** 0.5 * chance.gauss(0, 1)) - (arm == "b") * 0.7
        for form in range(forms):
            if form and chance.random() < missing:
                continue
            day = form * step + (chance.randint(-3, 3) if form else 0)
            score = begins + rises * day / 100 + chance.gauss(0, noise)
            score = min(max(score, 0), 10) if floor else score
            rows.append((client, day, round(score, 1), arm, age))
    return rows


SETS = {
    "plain": {"clients": 60, "forms": 8, "start": 1.5, "slope": 1.0, "together": -0.3, "noise": 0.8},
    "few": {"clients": 9, "forms": 5, "start": 1.5, "slope": 1.5, "together": 0.0, "noise": 0.7},
    "noisy": {"clients": 40, "forms": 4, "start": 0.8, "slope": 0.5, "together": 0.0, "noise": 2.0},
    "no slope variance": {"clients": 50, "forms": 5, "start": 1.5, "slope": 0.0, "together": 0.0, "noise": 1.5},
    "no variance": {"clients": 30, "forms": 4, "start": 0.0, "slope": 0.0, "together": 0.0, "noise": 1.5},
    "hand in hand": {"clients": 40, "forms": 5, "start": 1.5, "slope": 1.0, "together": 1.0, "noise": 1.0},
    "at the floor": {"clients": 60, "forms": 8, "start": 3.0, "slope": 2.0, "together": -0.5, "noise": 1.5,
                     "floor": True},
    "mostly missing": {"clients": 80, "forms": 6, "start": 1.5, "slope": 1.0, "together": 0.2, "noise": 1.0,
                       "missing": 0.7},
    "years": {"clients": 30, "forms": 10, "start": 1.5, "slope": 0.2, "together": -0.4, "noise": 0.8, "step": 180},
}  # fmt: skip

if __name__ == "__main__":
    with (HERE / "sets.csv").open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("set", "client", "day", "score", "arm", "age"))
        for seed, (name, how) in enumerate(SETS.items()):
            writer.writerows((name, *row) for row in scores(random.Random(seed), **how))
