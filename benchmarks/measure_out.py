"""Takes 5,000 PHQ-9 responses out of the site's database as XLSX, CSV and FHIR, under codes as an evaluator does.

    python benchmarks/measure_out.py [responses]

500 clients in a home of its own; everything from the query to the file's bytes is counted, loading the libraries
included the first time. Each is done three times.
"""

import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).parents[1]
CLIENTS, INSIDE = 500, "ALONGSIDE_BENCHMARK_INSIDE"


def fill(many: int) -> None:
    """Invent clients, and a PHQ-9 of one after another."""
    from alongside.care.models import Episode
    from alongside.core import clock
    from alongside.instruments import loader
    from alongside.measures.models import Questionnaire, Response
    from benchmarks.people import fill as people

    people(CLIENTS + CLIENTS // 2)
    episodes = list(Episode.objects.select_related("practitioner")[:CLIENTS])
    form, chance, asked, sent = loader.load("phq9"), random.Random(1), [], []
    for number in range(many):
        episode = episodes[number % len(episodes)]
        one = Questionnaire(
            client_id=episode.client_id, episode=episode, instrument=form.key, version=form.version,
            occasion="review", reader=episode.practitioner, opened_by=episode.practitioner,
        )  # fmt: skip
        answers = {item.key: {"value": float(chance.randint(0, 3)), "how": "choice"} for item in form.items}
        at = clock.now() - timedelta(hours=number)
        asked.append(one)
        sent.append(Response(questionnaire=one, answers=answers, given="together", sent_at=at))
    Questionnaire.objects.bulk_create(asked)
    Response.objects.bulk_create(sent)


def measure(many: int) -> None:
    """Take them out in each kind of file."""
    import django

    django.setup()
    from django.core.management import call_command

    from alongside.reporting import codes

    call_command("migrate", verbosity=0)
    fill(many)
    for kind in ("xlsx", "csv", "fhir"):
        took, size = [], 0
        for _ in range(3):
            began = time.perf_counter()
            size = len(codes.of_measure("phq9", "1", kind))
            took.append(time.perf_counter() - began)
        print(f"{many:,} as {kind}: median {statistics.median(took):.2f} s, worst {max(took):.2f} s, {size:,} bytes")


def main() -> None:
    """Measure in a home of its own."""
    many = int(sys.argv[1]) if len(sys.argv) > 1 else 5_000
    if os.environ.get(INSIDE):
        measure(many)
        return
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {
            "ALONGSIDE_HOME": f"{folder}/home", "DJANGO_SETTINGS_MODULE": "alongside.config.settings",
            "PYTHONPATH": str(ROOT), INSIDE: "1",
        }  # fmt: skip
        subprocess.run([sys.executable, __file__, str(many)], env=environment, cwd=ROOT, check=True)


if __name__ == "__main__":
    main()
