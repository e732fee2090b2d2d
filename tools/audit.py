"""Asks whether a known weakness touches a package, and writes the bills of materials: `make audit`.

A registry that only serves packages offers no advisories, and a tool may then say that all is well, having looked at
nothing. So what was not asked is called "not checked". Ends with 0 when every package was checked and none is known
to be weak, with 1 when one is, and with 4 when something could not be checked.
"""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
LOCKS = ("runtime", "scan", "dev", "engines", "bench", "audit")
CLEAN, WEAK, NOT_CHECKED = 0, 1, 4


@dataclass(frozen=True)
class Ran:
    """What a tool came to: its exit code, and what it wrote."""

    code: int
    out: str
    said: str


@dataclass(frozen=True)
class Answer:
    """One sentence, and the exit code that goes with it."""

    sentence: str
    code: int


def python(lock: str, ran: Ran) -> Answer:
    """What pip-audit's answer on one lock file means."""
    found = _json(ran.out)
    packages = found.get("dependencies") or []
    weak = [f"{one['name']} {one['version']} ({_ids(one)})" for one in packages if one.get("vulns")]
    skipped = [one["name"] for one in packages if "skip_reason" in one]
    if weak:
        return Answer(f"{lock}: known weaknesses in {', '.join(weak)}.", WEAK)
    if skipped or not packages or ran.code:
        return Answer(f"{lock}: not checked. {_why(ran)}", NOT_CHECKED)
    return Answer(f"{lock}: no known weakness in {len(packages)} checked.", CLEAN)


def node(ran: Ran) -> Answer:
    """What npm's answer means."""
    found = _json(ran.out)
    counts = found.get("metadata", {}).get("vulnerabilities")
    if not isinstance(counts, dict) or "error" in found or "statusCode" in found:
        return Answer(f"npm: not checked. {_why(ran)}", NOT_CHECKED)
    if counts.get("total"):
        return Answer(f"npm: known weaknesses in {', '.join(sorted(found['vulnerabilities']))}.", WEAK)
    if ran.code:
        return Answer(f"npm: not checked. {_why(ran)}", NOT_CHECKED)
    return Answer(f"npm: no known weakness in {found['metadata']['dependencies']['total']} checked.", CLEAN)


def ending(answers: list[Answer]) -> int:
    """The exit code of all together: what is weak counts more than what was not checked."""
    codes = {answer.code for answer in answers}
    return WEAK if WEAK in codes else NOT_CHECKED if NOT_CHECKED in codes else CLEAN


def _json(text: str) -> dict[str, Any]:
    try:
        read = json.loads(text)
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}


def _ids(package: dict[str, Any]) -> str:
    return ", ".join(str(one["id"]) for one in package["vulns"])


def _why(ran: Ran) -> str:
    lines = [line.strip() for line in ran.said.splitlines() if line.strip()]
    telling = [line for line in lines if "rror" in line or "405" in line]
    return "The registry answered: " + (telling or lines or ["nothing"])[0][:160]


def run(*command: str) -> Ran:
    """Run a tool from the top of the project."""
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return Ran(127, "", f"{command[0]} is not on this machine")
    return Ran(done.returncode, done.stdout, done.stderr)


def bills(folder: Path, tools: Path) -> list[str]:
    """Write what Alongside is made of, in CycloneDX; gives what could not be written."""
    folder.mkdir(parents=True, exist_ok=True)
    failed = []
    for lock in LOCKS:
        made = run(
            str(tools / "cyclonedx-py"), "requirements", f"requirements/{lock}.txt", "--output-reproducible",
            "--of", "JSON", "-o", str(folder / f"{lock}.cdx.json"),
        )  # fmt: skip
        failed += [f"{lock}.cdx.json"] if made.code else []
    listed = run("npm", "sbom", "--sbom-format", "cyclonedx", "--sbom-type", "application", "--package-lock-only")
    if listed.code:
        return [*failed, "npm.cdx.json"]
    (folder / "npm.cdx.json").write_text(listed.out, encoding="utf-8")
    return failed


def main(tools: Path, folder: Path) -> int:
    """Ask, write and say."""
    locks = [(lock, f"requirements/{lock}.txt") for lock in LOCKS]
    asked = ("--strict", "--format", "json", "--disable-pip", "--require-hashes", "--progress-spinner", "off")
    answers = [python(lock, run(str(tools / "pip-audit"), *asked, "-r", file)) for lock, file in locks]
    answers.append(node(run("npm", "audit", "--json")))
    failed = bills(folder, tools)
    for answer in answers:
        print(answer.sentence)
    print(f"Bills of materials are in {folder}." + (f" Not written: {', '.join(failed)}." if failed else ""))
    return ending(answers) or (NOT_CHECKED if failed else CLEAN)


if __name__ == "__main__":
    sys.exit(main(Path(sys.executable).parent, Path(sys.argv[1])))
