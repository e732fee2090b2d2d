"""A file that has grown too long is two files."""

from pathlib import Path

import pytest

PURE_ROOMS = ("outcomes", "instruments", "press", "evaluation")
ALLOWED_LONGER: dict[str, str] = {}  # path: the reason it may be longer


def limit(path: Path) -> int:
    """How many lines the file at this path, given from the top of the project, may have."""
    if path.suffix == ".jinja":
        return 100
    pure = path.parts[0] == "alongside" and path.parts[1] in PURE_ROOMS and "tests" not in path.parts
    return 350 if pure else 400


def test_no_file_is_too_long(root: Path) -> None:
    too_long = []
    for folder in ("alongside", "tests", "benchmarks", "docs"):
        for file in (root / folder).rglob("*"):
            path = file.relative_to(root)
            written_by_the_framework = "migrations" in path.parts
            if file.suffix not in (".py", ".jinja") or str(path) in ALLOWED_LONGER or written_by_the_framework:
                continue
            lines = len(file.read_text(encoding="utf-8").splitlines())
            if lines > limit(path):
                too_long.append(f"{path} has {lines} lines; {limit(path)} are allowed")
    assert not too_long, "\n".join(too_long)


@pytest.mark.parametrize(
    ("path", "lines"),
    [
        ("alongside/outcomes/change.py", 350),
        ("alongside/outcomes/tests/test_change.py", 400),
        ("alongside/config/cli.py", 400),
        ("alongside/press/templates/report.html.jinja", 100),
        ("tests/test_floors.py", 400),
    ],
)
def test_limits(path: str, lines: int) -> None:
    assert limit(Path(path)) == lines
