"""Amounts of money: whole micro-dollars in code and database, dollars for people."""

from __future__ import annotations

from typing import Final

MICROS: Final = 1_000_000


def dollars(micros: int) -> str:
    """An amount for people: cents, and less where it is less."""
    return f"${micros / MICROS:.2f}" if micros >= 10_000 or not micros else f"${micros / MICROS:.6f}"
