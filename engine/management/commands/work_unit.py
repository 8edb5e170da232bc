"""`manage.py work_unit`: the process of a trial, see `engine/trial.py`. Workers start it; nobody else has a claim."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError

from engine import runner, trial


class Command(BaseCommand):
    """Works one unit that the worker at the other end of the standard input holds."""

    help = "Work one unit in a process of its own. Workers start this for units that others have died at."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which unit, and by which claim."""
        parser.add_argument("unit", type=int)
        parser.add_argument("fence", type=int)

    def handle(self, **options: Any) -> None:
        """End with 0 when the rows say what came of it."""
        trial.submit(sys.stdin)
        try:
            runner.work_held(options["unit"], options["fence"])
        except DatabaseError as error:
            self.stderr.write(str(error))
            sys.exit(trial.DATABASE_AWAY)
