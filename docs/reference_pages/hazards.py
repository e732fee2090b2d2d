"""The hazard log as a page, from docs/assurance/hazards.toml."""

import tomllib
from pathlib import Path
from typing import Any

LOG = Path(__file__).parents[1] / "assurance" / "hazards.toml"
SEVERITIES = ("minor", "significant", "considerable", "major", "catastrophic")
LIKELIHOODS = ("very low", "low", "medium", "high", "very high")
LEVELS = ((1, 1, 2, 2, 3), (1, 2, 2, 3, 4), (2, 2, 3, 3, 4), (2, 3, 3, 4, 5), (3, 4, 4, 5, 5))

HEAD = """# Hazard log

What could go wrong for somebody because of this program, and what stands against it, in the form of DCB0129: for a
clinical safety officer, and for whoever decides about using it. **It is about the product, and never about a person**:
nothing in the program gives anybody a level.

**What it is for.** Alongside records and displays what people say and what workers write. It does not assess, diagnose,
foretell or advise, and it sends no alarm.

**What is left to the organisation.** A clinical safety officer, who is a registered clinician, looks at this log with
your own practice in mind, adds what is particular to you, and signs it. Nobody has signed it here. Whether the
standard binds you depends on who commissions you; ask them.

Each control names the tests that fail when it no longer works. A test looks that they exist, and `make hazards` runs
exactly those. What is a person’s practice says whose it is.

The level is looked up, 1 to 5, from how grave it would be and how likely it is. “Major” is lasting harm to one
person, or their death.

| likelihood | minor | significant | considerable | major | catastrophic |
|---|---|---|---|---|---|
"""


def read() -> list[dict[str, Any]]:
    """Return every hazard, as written."""
    found: list[dict[str, Any]] = tomllib.loads(LOG.read_text("utf-8"))["hazard"]
    return found


def level(hazard: dict[str, Any], when: str) -> int:
    """Look up the level of a hazard: `before` its controls, or at the `likelihood` they leave."""
    return LEVELS[LIKELIHOODS.index(hazard[when])][SEVERITIES.index(hazard["severity"])]


def page() -> str:
    """Return the page of every hazard."""
    rows = zip(reversed(LIKELIHOODS), reversed(LEVELS), strict=True)
    matrix = "".join(f"| {name} | {' | '.join(map(str, levels))} |\n" for name, levels in rows)
    return HEAD + matrix + "".join(map(_hazard, read()))


def _hazard(hazard: dict[str, Any]) -> str:
    causes = "\n".join(f"- {cause}" for cause in hazard["causes"])
    left = f"{hazard['severity']}, {hazard['likelihood']}: **{level(hazard, 'likelihood')}**"
    return f"""
## {hazard["id"]}. {hazard["title"]}

{hazard["effect"]}

It could come about like this:

{causes}

| | |
|---|---|
| with no control | {hazard["severity"]}, {hazard["before"]}: **{level(hazard, "before")}** |
| with the controls below | {left} |
| who owns it | {hazard["owner"]} |
| status | {hazard["status"]} |

{_controls(hazard["controls"])}
"""


def _controls(controls: list[dict[str, Any]]) -> str:
    if not controls:
        return "No control is claimed."
    lines = []
    for control in controls:
        tests = "".join(f"\n  - `{test}`" for test in control.get("tests", []))
        lines.append(
            f"- {control['what']}" + (f" *Practice of {control['practice']}.*" if "practice" in control else tests)
        )
    return "\n".join(lines)
