"""Does this passage support this sentence? `check` answers by rules, without a model and without the database."""

from __future__ import annotations

from sources.support.verdict import Support, check, check_all

__all__ = ["Support", "check", "check_all"]
