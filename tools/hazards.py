"""Runs the tests that the hazard log names, and nothing else: the check before a release."""

import subprocess
import sys
import tomllib
from pathlib import Path

LOG = Path(__file__).parents[1] / "docs" / "assurance" / "hazards.toml"


def tests() -> list[str]:
    """Return every test that a control names, once."""
    hazards = tomllib.loads(LOG.read_text("utf-8"))["hazard"]
    return sorted({test for hazard in hazards for control in hazard["controls"] for test in control.get("tests", [])})


if __name__ == "__main__":
    sys.exit(subprocess.call([sys.executable, "-m", "pytest", "-q", *sys.argv[1:], *tests()]))
