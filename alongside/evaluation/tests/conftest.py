"""A small desk: write a file, run the command on it, look at what came back."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from alongside.evaluation import commands

app = typer.Typer(pretty_exceptions_enable=False)
app.callback()(lambda: None)  # keeps `evaluate` a command with a name, as it is in `alongside`
commands.register(app)

THREE_PEOPLE = """client,day,measure,score
ada,0,calm,6
ada,14,calm,4
bob,0,calm,5
bob,15,calm,5
cy,0,calm,7
"""


@dataclass(frozen=True)
class Answer:
    """What a run of the command gave."""

    code: int
    out: str
    err: str

    @property
    def results(self) -> dict[str, Any]:
        assert self.code == 0, self.err
        found: dict[str, Any] = json.loads(self.out)
        return found

    @property
    def sentence(self) -> str:
        """The one sentence that refuses the file."""
        assert self.code == 3, (self.code, self.out[:200], self.err)
        assert self.out == ""
        assert self.err.count("\n") == 1
        assert "Traceback" not in self.err
        return self.err.strip()


type Ask = Callable[..., Answer]


@pytest.fixture
def ask(tmp_path: Path) -> Ask:
    """Run `alongside evaluate` on a text, bytes or a path, with --json unless --out is given."""

    def run(content: str | bytes | Path, *options: str, name: str = "scores.csv") -> Answer:
        path = content if isinstance(content, Path) else tmp_path / name
        if isinstance(content, str):
            path.write_text(content, encoding="utf-8", newline="")
        elif isinstance(content, bytes):
            path.write_bytes(content)
        how = () if "--out" in options else ("--json",)
        done = CliRunner().invoke(app, ["evaluate", str(path), *options, *how])
        if done.exception and not isinstance(done.exception, SystemExit):
            raise done.exception
        return Answer(done.exit_code, done.stdout, done.stderr)

    return run
