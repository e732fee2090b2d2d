"""Measures the site with 30,000 clients and 20 staff at once: seconds from asking to the whole page.

Each person asks for a page, thinks for a few seconds as people do, and asks for the next. The time is taken by the
browser's side of a connection on this machine, so it is the server's time and a little more.
"""

import http.client
import json
import os
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

CLIENTS, STAFF, SECONDS, THINKING = 30_000, 20, 90, 2.0
ALONGSIDE = Path(sys.executable).with_name("alongside")
ROOT = Path(__file__).parents[1]

PREPARE = """
import json, sys, django
django.setup()
from django.core.management import call_command
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from alongside.access import browsers
from alongside.access.sessions import SessionStore
call_command("migrate", verbosity=0)
from alongside.access.middleware import SECOND_FACTOR
from alongside.access.models import User
from alongside.care.models import Episode
from alongside.measures import actions as measures
from alongside.reporting.actions import reports
from alongside.reporting.models import Grant
from benchmarks.people import fill
if int(sys.argv[1]):
    fill(int(sys.argv[1]))
def signed_in(user):
    session = SessionStore()
    session.update({SESSION_KEY: user.pk, BACKEND_SESSION_KEY: "allauth.account.auth_backends.AuthenticationBackend",
                    HASH_SESSION_KEY: user.get_session_auth_hash(), SECOND_FACTOR: True,
                    browsers.BOUND: browsers.digest("w" * 43, browsers.in_words(""))})
    session.create()
    return f"{session.session_key}; browser={'w' * 43}"
lead = User.objects.filter(role="lead").first()
grant = Grant.objects.get()
import time
began = time.perf_counter()
report = reports.make(grant=grant, starts_on=grant.starts_on, ends_on=grant.ends_on, by=lead)
made = time.perf_counter() - began
people = []
for user in User.objects.filter(role="practitioner").order_by("?")[: int(sys.argv[2])]:
    episodes = list(Episode.objects.open().worked_by(user))
    form = measures.open_form(episode=episodes[0], occasion="fortnight", by=user)
    people.append({"session": signed_in(user), "caseload": "/today",
                   "client": [f"/clients/{one.client_id}" for one in episodes], "form": f"/forms/{form.pk}/5/"})
json.dump({"people": people, "lead": signed_in(lead), "report": f"/reports/{report.pk}", "made": made}, sys.stdout)
"""


def ask(port: int, session: str, path: str) -> float:
    """Ask for a page and return the seconds until the whole of it was there."""
    connection = http.client.HTTPConnection("localhost", port, timeout=60)
    began = time.perf_counter()
    connection.request("GET", path, headers={"Cookie": f"session={session}"})
    answer = connection.getresponse()
    answer.read()
    took = time.perf_counter() - began
    connection.close()
    if answer.status != 200:
        raise RuntimeError(f"{path} answered {answer.status}")
    return took


def main() -> None:
    """Fill a home, serve it, let people work, and print what they waited."""
    with tempfile.TemporaryDirectory() as folder, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        environment = os.environ | {
            "ALONGSIDE_HOME": f"{folder}/home", "DJANGO_SETTINGS_MODULE": "alongside.config.settings",
        }  # fmt: skip
        print(f"Making {CLIENTS:,} clients; this takes a few minutes.", file=sys.stderr)
        prepared = subprocess.run(
            [sys.executable, "-c", PREPARE, str(CLIENTS), str(STAFF)],
            env=environment, cwd=ROOT, check=True, stdout=subprocess.PIPE,
        )  # fmt: skip
        site = subprocess.Popen([ALONGSIDE, "serve", "--port", str(port)], env=environment)
        try:
            measure(port, json.loads(prepared.stdout))
        finally:
            site.terminate()
            site.wait()
        subprocess.run([sys.executable, "-m", "benchmarks.costs"], env=environment, cwd=ROOT, check=True)


def measure(port: int, prepared: dict) -> None:
    """Let everybody work for a while."""
    while True:
        try:
            for path in ("/help", prepared["report"]):
                ask(port, prepared["lead"], path)
            for path in ("/today", prepared["people"][0]["client"][0], prepared["people"][0]["form"]):
                ask(port, prepared["people"][0]["session"], path)
            break
        except OSError:
            time.sleep(0.2)
    waited: dict[str, list[float]] = {page: [] for page in ("caseload", "client", "form", "report")}
    until = time.monotonic() + SECONDS

    def work(person: dict, chance: random.Random) -> None:
        # people do not all press at the same moment, and not on a site that has just started
        time.sleep(3 + chance.uniform(0, 2 * THINKING))
        while time.monotonic() < until:
            page = chance.choices(list(waited), weights=(3, 4, 4, 1))[0]
            session = prepared["lead"] if page == "report" else person["session"]
            path = prepared["report"] if page == "report" else person[page]
            waited[page].append(ask(port, session, path if isinstance(path, str) else chance.choice(path)))
            time.sleep(chance.expovariate(1 / THINKING))

    workers = [
        threading.Thread(target=work, args=(person, random.Random(place)))
        for place, person in enumerate(prepared["people"])
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    print(f"The report of {CLIENTS:,} clients was made in {prepared['made']:.1f} s.")
    print("| page | asked | median ms | p95 ms | worst ms |\n|---|---|---|---|---|")
    for page, times in waited.items():
        ms = sorted(1_000 * one for one in times)
        p95 = statistics.quantiles(ms, n=20)[-1]
        print(f"| {page} | {len(ms)} | {statistics.median(ms):.0f} | {p95:.0f} | {ms[-1]:.0f} |")


if __name__ == "__main__":
    main()
