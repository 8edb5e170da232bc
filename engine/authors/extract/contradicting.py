"""Statements about the subject's birth and death that can't both be true."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from engine.authors.base import FactDate, FactDraft
from engine.authors.extract.life import is_landmark_of
from engine.authors.extract.person import Person


def with_contradictions(facts: list[FactDraft], person: Person) -> list[FactDraft]:
    """The facts, those that disagree on birth or death marked with the key of the better-attested one."""
    against: dict[str, str] = {}
    for kind in ("birth", "death"):
        against.update(_disagreeing(kind, facts, person))
    return [replace(fact, contradicts=against.get(fact.key, fact.contradicts)) for fact in facts]


def _disagreeing(kind: str, facts: list[FactDraft], person: Person) -> dict[str, str]:
    told = [fact for fact in facts if is_landmark_of(kind, fact, person)]
    if len(told) < 2:
        return {}
    support: dict[str, int] = defaultdict(int)
    for one in told:
        support[one.key] = sum(_agree(one.date, other.date) for other in told) + len(
            {span.source for span in one.also}
        )
    best = min(told, key=lambda fact: (-support[fact.key], -fact.score, fact.key))
    return {one.key: best.key for one in told if one.key != best.key and not _agree(one.date, best.date)}


def _agree(one: FactDate | None, other: FactDate | None) -> bool:
    """Whether two dates overlap; an approximate one is allowed a year."""
    if one is None or other is None:
        return True
    slack = 366 if "circa" in (one.precision, other.precision) else 0
    return (one.start - other.end).days <= slack and (other.start - one.end).days <= slack
