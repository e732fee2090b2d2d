"""How long `import alongside.outcomes` and every module in it take, in a process of its own, and what comes with them.

Run with `make bench`, or `python benchmarks/imports.py`.
"""

import statistics
import subprocess
import sys

CODE = """
import importlib, pkgutil, sys, time
began = time.perf_counter()
import alongside.outcomes
for module in pkgutil.walk_packages(alongside.outcomes.__path__, "alongside.outcomes."):
    if ".tests" not in module.name:
        importlib.import_module(module.name)
print(time.perf_counter() - began, "pandas" in sys.modules, "statsmodels" in sys.modules)
"""
RUNS = 9


def main() -> None:
    """Measure and print."""
    runs = [
        subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=True) for _ in range(RUNS)
    ]
    found = [run.stdout.split() for run in runs]
    seconds = [float(one[0]) for one in found]
    print(f"import alongside.outcomes: median {statistics.median(seconds):.3f} s, worst {max(seconds):.3f} s")
    print(f"  with pandas: {found[0][1]}, with statsmodels: {found[0][2]}")


if __name__ == "__main__":
    main()
