"""The processes of the drill: commands one after the other, and the backup that waits for its moment."""

from __future__ import annotations

import ast
import sys
import time

import django
from django.core.management import call_command
from django.db import DatabaseError, connection

from tests.fakes.forking import run

HALF = 6  # units after which the first backup is made
PATIENCE = 600.0


def back_up_at_half(path: str) -> None:
    """Wait until the book is half made, then back up. Raises RuntimeError when that never comes."""
    from biographies.models import BiographyJob  # noqa: PLC0415  # the apps are loaded by now
    from engine.models import Unit  # noqa: PLC0415  # the same

    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            if Unit.objects.filter(status="done").count() >= HALF:
                call_command("backup", path)
                if BiographyJob.objects.get().status != "running":
                    raise RuntimeError("the book was finished before its backup")
                return
        except DatabaseError:  # the tables aren't there yet
            connection.close()
        time.sleep(0.05)
    raise RuntimeError("the book never got to its middle")


if __name__ == "__main__":
    django.setup()
    sys.exit(run(ast.literal_eval(sys.argv[1])))
