"""The plan of the book as a prompt shows it: a model's words, made of what sources say, and so no less foreign."""

from __future__ import annotations

from collections.abc import Iterator

from engine.authors.base import Brief
from engine.prompts import Block


def planned(brief: Brief, *, this: bool = False, neighbours: bool = False) -> list[Block]:
    """The titles of all chapters; what `this` one tells; what its neighbours tell. Never a block without words."""
    return [block for block in _all(brief, this=this, neighbours=neighbours) if block.text.strip()]


def _all(brief: Brief, *, this: bool, neighbours: bool) -> Iterator[Block]:
    synopses = {one.number: one.synopsis for one in brief.outline}
    if this:
        yield Block("plan-this", brief.synopsis)
    if neighbours or not this:
        yield Block("plan", "\n".join(f"{one.number}. {one.title}" for one in brief.outline))
    if neighbours and brief.number is not None:
        yield Block("plan-before", synopses.get(brief.number - 1, ""))
        yield Block("plan-after", synopses.get(brief.number + 1, ""))
