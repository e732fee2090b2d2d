"""The site as `alongside demo` serves it, and somebody backstage who opens doors that a browser cannot."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import PIPE
from typing import Any

from alongside.core.tests.running import COMMAND, environment, free_port, wait_for

ROOT = Path(__file__).parents[2]
LINK = re.compile(r"([^,]+), .+: (http\S+)\n")
ROLES = ("Practitioner", "Service lead", "Funder’s reader")


class Site:
    """A site that is being served: its address, the sign-in link of each role, and the process backstage."""

    def __init__(self, address: str, links: dict[str, str], backstage: subprocess.Popen[str]) -> None:
        self.address, self.links, self._backstage = address, links, backstage
        self.seen: set[str] = set()  # what axe has looked at
        self.password = self.ask("give_passwords")

    def ask(self, verb: str, *words: str) -> Any:
        """Have something done backstage."""
        asked, answers = self._backstage.stdin, self._backstage.stdout
        assert asked
        assert answers
        asked.write(json.dumps([verb, *words]) + "\n")
        asked.flush()
        return json.loads(answers.readline())


@contextmanager
def demo(home: Path) -> Iterator[Site]:
    """Serve the demo from this home while the block runs; afterwards its log tells of no mistake."""
    port, log = free_port(), home.with_name("log")
    address = f"http://localhost:{port}"
    served = [COMMAND, "demo", "--port", str(port)]
    helping = [sys.executable, "-m", "tests.journeys.backstage"]
    inside = environment(home, demo="1", database="", address=address)
    with (
        log.open("w") as errors,
        subprocess.Popen(served, env=environment(home), stdout=PIPE, stderr=errors, text=True) as process,
    ):
        try:
            wait_for(process, port)
            assert process.stdout
            links = dict(LINK.fullmatch(process.stdout.readline()).groups() for _ in ROLES)
            assert set(links) == set(ROLES)
            with subprocess.Popen(helping, env=inside, cwd=ROOT, text=True, stdin=PIPE, stdout=PIPE) as backstage:
                yield Site(address, links, backstage)
                backstage.stdin.close()
        finally:
            process.terminate()
    said = log.read_text("utf-8")
    assert " ERROR " not in said, said
