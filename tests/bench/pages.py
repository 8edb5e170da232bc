"""The page of figures, `docs/benchmarks.md`: a section for each benchmark, made anew when that one is run."""

from __future__ import annotations

import datetime as dt
import os
import platform
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from tests.bench.figure import Figure

PAGE: Final = Path(__file__).parents[2] / "docs" / "benchmarks.md"
FIRST: Final = 8  # raw samples of a figure that are shown; `make bench` prints all
HEAD: Final = """# Benchmarks

What BookGen's own parts take, as `make bench` measures it. Each section says when and where it was measured; ratios
compare two things in one run, since machines differ. `make bench ARGS="--write support"` makes a section anew.
A figure that misses its aim is left standing here.
"""


def write(name: str, about: str, figures: Sequence[Figure], page: Path = PAGE) -> None:
    """Put this benchmark's section in the place of the last one, or after the others."""
    text = page.read_text(encoding="utf-8") if page.exists() else HEAD
    _head, *sections = re.split(r"^(?=## )", text, flags=re.M)
    others = [one for one in sections if not one.startswith(f"## {name}\n")]
    ordered = sorted([*others, _section(name, about, figures)])
    page.write_text("\n".join(one.strip() + "\n" for one in (HEAD, *ordered)), encoding="utf-8")


def _section(name: str, about: str, figures: Sequence[Figure]) -> str:
    table = ["| figure | value | aim | first samples |", "|---|---|---|---|", *map(_row, figures)]
    return "\n".join([f"## {name}", "", about, "", _where(), "", *table, ""])


def _row(one: Figure) -> str:
    samples = " ".join(f"{each:.4g}" for each in one.samples[:FIRST])
    return f"| {one.name} | {one.value:,.4g} {one.unit} | {one.aim} | {samples} |"


def _where() -> str:
    busy = os.getloadavg()[0]
    today = f"{dt.datetime.now(dt.UTC).date():%d %B %Y}".lstrip("0")
    return f"{today}, {os.cpu_count()} cores, Python {platform.python_version()}, load at the end {busy:.1f}."
