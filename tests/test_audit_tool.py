"""What was not checked is never called clean, whatever a tool's exit code says."""

import json
from typing import Any

import pytest

from tools.audit import CLEAN, NOT_CHECKED, WEAK, Answer, Ran, ending, node, python

NOT_ON_PYPI = "ERROR:pip_audit._cli:django: Dependency not found on PyPI and could not be audited: django (6.1.3)"
REFUSED = {"message": "405 Method Not Allowed", "statusCode": 405, "error": {"summary": ""}}


def pip_audit(*packages: dict[str, Any], code: int = 0, said: str = "") -> Ran:
    return Ran(code, json.dumps({"dependencies": list(packages), "fixes": []}), said)


def npm(total: int, *names: str) -> Ran:
    about = {"vulnerabilities": {"high": total, "total": total}, "dependencies": {"total": 3}}
    return Ran(min(total, 1), json.dumps({"vulnerabilities": {name: {} for name in names}, "metadata": about}), "")


WHOLE = {"name": "django", "version": "6.1.3", "vulns": []}
TOUCHED = {"name": "jinja2", "version": "3.0.0", "vulns": [{"id": "PYSEC-2026-1"}, {"id": "GHSA-xxxx"}]}
SKIPPED = {"name": "typer", "skip_reason": "Dependency not found on PyPI and could not be audited: typer (0.29.2)"}


@pytest.mark.parametrize(
    ("ran", "said", "code"),
    [
        (pip_audit(WHOLE), "runtime: no known weakness in 1 checked.", CLEAN),
        (
            pip_audit(WHOLE, TOUCHED, code=1),
            "runtime: known weaknesses in jinja2 3.0.0 (PYSEC-2026-1, GHSA-xxxx).",
            WEAK,
        ),
        (pip_audit(SKIPPED, TOUCHED, code=1), "known weaknesses in jinja2", WEAK),
        (pip_audit(WHOLE, SKIPPED), "runtime: not checked.", NOT_CHECKED),
        (pip_audit(), "runtime: not checked.", NOT_CHECKED),
        (Ran(1, "", NOT_ON_PYPI), "runtime: not checked. The registry answered: ERROR:pip_audit", NOT_CHECKED),
        (
            Ran(127, "", "pip-audit is not on this machine"),
            "not checked. The registry answered: pip-audit",
            NOT_CHECKED,
        ),
        (Ran(0, "No known vulnerabilities found", ""), "runtime: not checked.", NOT_CHECKED),
    ],
    ids=["clean", "weak", "weak among skipped", "one skipped", "nothing looked at", "strict", "no tool", "words only"],
)
def test_what_pip_audit_answers(ran: Ran, said: str, code: int) -> None:
    answer = python("runtime", ran)
    assert said in answer.sentence
    assert answer.code == code
    assert ("no known weakness" in answer.sentence) is (code == CLEAN)


@pytest.mark.parametrize(
    ("ran", "said", "code"),
    [
        (npm(0), "npm: no known weakness in 3 checked.", CLEAN),
        (npm(2, "axe-core"), "npm: known weaknesses in axe-core.", WEAK),
        (Ran(1, json.dumps(REFUSED), "npm warn audit 405 Method Not Allowed"), "npm: not checked.", NOT_CHECKED),
        (Ran(0, json.dumps(REFUSED), ""), "npm: not checked.", NOT_CHECKED),
        (Ran(0, "", ""), "npm: not checked.", NOT_CHECKED),
    ],
    ids=["clean", "weak", "refused", "refused and exit 0", "nothing"],
)
def test_what_npm_answers(ran: Ran, said: str, code: int) -> None:
    answer = node(ran)
    assert said in answer.sentence
    assert answer.code == code


def test_the_ending_is_the_worst_of_all() -> None:
    clean, weak, unasked = Answer("", CLEAN), Answer("", WEAK), Answer("", NOT_CHECKED)
    assert ending([clean, clean]) == CLEAN
    assert ending([clean, unasked]) == NOT_CHECKED
    assert ending([unasked, weak, clean]) == WEAK
