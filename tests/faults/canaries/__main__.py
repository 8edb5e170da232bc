"""Runs the campaign: `python -m tests.faults.canaries`. Fails when a secret is where it isn't due."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path


def main() -> int:
    """A folder for the campaign, named in the environment before anything of BookGen is loaded and reads it."""
    with tempfile.TemporaryDirectory(prefix="bookgen-canaries-") as folder:
        var = Path(folder) / "var"
        var.mkdir()
        os.environ.update({"BOOKGEN_VAR": str(var), "DATABASE_URL": "", "REDIS_URL": ""})
        from tests.faults.canaries.campaign import run  # noqa: PLC0415  # see above

        return run(var)


if __name__ == "__main__":
    sys.exit(main())
