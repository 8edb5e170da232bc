"""Runs the benchmarks and prints their figures: `python -m tests.bench [--write] [name ...]`.

A benchmark is a module of this package with `measure() -> Iterable[Figure]` and `NAMES`, the figures that it
must hand back. A missing figure is a failure of the run; a poor one isn't, it is printed. With `--write` the figures
also go to `docs/benchmarks.md`.
"""

from __future__ import annotations

import importlib
import os
import pkgutil
import sys
import tempfile
from collections.abc import Iterable
from types import ModuleType

from rich.console import Console
from rich.table import Table

from tests.bench import pages

HERE, WRITE = "tests.bench", "--write"
NOT_BENCHMARKS = {
    "__main__",
    "bare",
    "crewman",
    "figure",
    "listeners",
    "load",
    "one_book",
    "pages",
    "scripted_book",
}


def main(wanted: list[str]) -> int:
    """Run all benchmarks, or those named; the status is 1 when a figure is missing."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bookgen_site.settings")
    names = [one.name for one in pkgutil.iter_modules([os.path.dirname(__file__)])]
    known = [name for name in names if name not in NOT_BENCHMARKS]
    if unknown := set(wanted) - {WRITE, *known}:
        sys.stderr.write(f"No such benchmark: {', '.join(sorted(unknown))}. There are: {', '.join(known)}.\n")
        return 2
    written, wanted = WRITE in wanted, [name for name in wanted if name != WRITE]
    with tempfile.TemporaryDirectory(prefix="bookgen-bench-") as var:
        os.environ |= {
            "BOOKGEN_VAR": var,
            "BOOKGEN_BOOKS": f"{var}/books",
            "DATABASE_URL": "",
            "REDIS_URL": "",
        }
        return _run([importlib.import_module(f"{HERE}.{name}") for name in wanted or known], written=written)


def _run(modules: Iterable[ModuleType], *, written: bool) -> int:
    missing: list[str] = []
    for module in modules:
        missing += _one(module, Console(width=140), written=written)
    if missing:
        sys.stderr.write(f"Missing figures: {', '.join(missing)}\n")
    return 1 if missing else 0


def _one(module: ModuleType, console: Console, *, written: bool) -> list[str]:
    """Run one benchmark and print its table; returns the names of the figures that it didn't hand back."""
    name = module.__name__.rpartition(".")[2]
    table = Table(title=name, title_justify="left")
    for heading in ("figure", "value", "aim", "raw samples"):
        table.add_column(heading)
    figures = []
    for figure in module.measure():
        figures.append(figure)
        samples = " ".join(f"{sample:.4g}" for sample in figure.samples)
        table.add_row(figure.name, f"{figure.value:,.4g} {figure.unit}", figure.aim, samples)
    console.print(table)
    if written and figures:
        pages.write(name, (module.__doc__ or "").strip().replace("`", ""), figures)
    return [wanted for wanted in module.NAMES if wanted not in {one.name for one in figures}]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
