"""The command line mounts every room and loads Django for none of them until it must."""

import subprocess
import sys

import pytest
import typer

from alongside.config.cli import app

LOADED = "import sys, alongside.config.cli\nprint(*{'django', 'uvicorn', 'cryptography'} & set(sys.modules))"


def test_asking_for_help_loads_nothing_heavy() -> None:
    ran = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == []


@pytest.mark.parametrize("name", ["evaluate", "instruments", "init", "serve", "doctor", "backup", "restore", "demo"])
def test_every_command_says_what_it_does(name: str) -> None:
    command = typer.main.get_command(app).commands[name]  # type: ignore[attr-defined]
    assert command.help
    assert all(option.help for option in command.params)
