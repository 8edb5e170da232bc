"""The subjects whose sources ship with BookGen, so that a first book needs nothing from outside."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from bookgen_site.env import BASE_DIR

DEMO_DIR: Final = BASE_DIR / "sources" / "demo"


def demo_folders() -> list[Path]:
    """The shipped folders of sources, each about one person, in a fixed order; empty when none were shipped."""
    if not DEMO_DIR.is_dir():
        return []
    return sorted(path for path in DEMO_DIR.iterdir() if path.is_dir())
