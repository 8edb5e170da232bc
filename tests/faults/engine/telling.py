"""The campaign's figures, for a person."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from rich.console import Console
from rich.table import Table

from tests.faults.engine import judge
from tests.faults.engine.arena import BOUND, Line
from tests.faults.engine.plan import Plan
from tests.faults.engine.verdict import Result, p95


def tell(result: Result, failures: Sequence[str], plan: Plan, seconds: float) -> None:
    """Print the table, and what should not be."""
    console = Console(width=120)
    console.print(_faults(result.lines))
    console.print(_figures(result, plan, seconds))
    for tale in result.tales:
        console.print(f"- {tale}")
    for sentence in failures:
        console.print(f"[bold red]NOT GOOD[/] {sentence}", markup=True, highlight=False)
    if not failures:
        console.print("[bold green]All good.[/]")


def _faults(lines: Sequence[Line]) -> Table:
    table = Table("fault", "times", "seconds to the next progress", title="Faults", title_justify="left")
    named = sorted(lines, key=lambda line: line.fault)
    for name, group in groupby(named, key=lambda line: line.fault):
        waits = [line.seconds for line in group]
        told = " ".join("never" if wait is None else f"{wait:.1f}" for wait in waits[:12])
        table.add_row(name, str(len(waits)), told + (" …" if len(waits) > 12 else ""))
    return table


def _figures(result: Result, plan: Plan, seconds: float) -> Table:
    table = Table("figure", "value", "must be", title="What the judge found", title_justify="left")
    units = judge.differences(result.calm, result.storm)
    bill = result.storm.bill
    same = bool(result.calm.docx) and result.calm.docx == result.storm.docx
    rows = [
        ("faults", str(len(result.lines)), ""),
        ("workers that fell", str(result.deaths), ""),
        ("units of the book", str(len(result.calm.rows["units"])), ""),
        ("units lost or changed", str(units["units"][0]), "0"),
        ("units done twice", str(units["units"][1]), "0"),
        ("texts, citations, facts, files changed", str(sum(map(sum, units.values()))), "0"),
        ("calls of the book", str(len(result.calm.rows["calls"])), ""),
        ("requests, answered for nothing", f"{bill['requests']}, {bill['hits']}", ""),
        ("calls paid again", str(bill["paid_again"]), "0" if plan.caches else f"at most {result.in_flight}"),
        ("calls made again though recorded", str(len(result.storm.asked_again)), "0"),
        (
            "paid, and unknown to the ledger",
            f"{result.storm.lost_money} µ$ of {bill['micros']}",
            "0" if plan.caches else "",
        ),
        ("p95 to the next progress", f"{p95(result.lines):.1f} s", f"at most {BOUND:.0f} s"),
        (
            "the book is the same to the byte",
            f"{'yes' if same else 'NO'} ({len(result.calm.docx)} bytes)",
            "yes",
        ),
        ("seconds in all", f"{seconds:.0f} ({_parts(result)})", ""),
    ]
    for row in rows:
        table.add_row(*row)
    for what, good, figures in result.notes:
        table.add_row(what, f"{'yes' if good else 'NO'} {figures}", "yes")
    return table


def _parts(result: Result) -> str:
    return ", ".join(f"{value:.0f} {name}" for name, value in result.seconds.items())
