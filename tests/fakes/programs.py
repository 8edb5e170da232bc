"""Programs that some tests need beside BookGen. On a person's machine they may be missing; in CI they may not."""

from __future__ import annotations

import os
import shutil

import pytest


def needs(program: str) -> pytest.MarkDecorator:
    """Skips a test where the program isn't installed; in CI the test runs, and fails."""
    missing = not shutil.which(program) and not os.environ.get("CI")
    return pytest.mark.skipif(missing, reason=f"{program} isn't installed")
