"""The pure rooms run where Django is not installed, and the arithmetic loads nothing heavy."""

import subprocess
import sys
from pathlib import Path

WITHOUT_DJANGO = """
import importlib, pkgutil, sys

class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == "django":
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Absent())
for room in ("outcomes", "instruments", "press", "evaluation", "paper"):
    package = importlib.import_module(f"alongside.{room}")
    for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        if ".tests" not in module.name:
            importlib.import_module(module.name)
            print(module.name)
"""

HEAVY_AFTER_OUTCOMES = """
import sys, alongside.outcomes
print(*{"pandas", "statsmodels", "duckdb"} & set(sys.modules))
"""


def run(root: Path, code: str) -> str:
    command = [sys.executable, "-W", "error", "-c", code]
    result = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    return result.stdout


def test_every_pure_module_imports_without_django(root: Path) -> None:
    imported = run(root, WITHOUT_DJANGO).split()
    assert {name.split(".")[1] for name in imported} == {"outcomes", "instruments", "press", "evaluation", "paper"}


def test_the_arithmetic_loads_no_heavy_library(root: Path) -> None:
    assert run(root, HEAVY_AFTER_OUTCOMES).split() == []
