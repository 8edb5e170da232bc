"""`manage.py doctor`: what is wrong with this installation, and how to mend it."""

from __future__ import annotations

import logging
from argparse import ArgumentParser
from typing import IO, Any, Final, cast

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bookgen_site.doctor.examining import examine
from bookgen_site.doctor.signs import Level, Sign

COLOURS: Final = {Level.GOOD: "green", Level.WARNING: "yellow", Level.WRONG: "bold red"}


class Command(BaseCommand):
    """Looks at everything; the exit status is 1 when something is wrong, warnings alone leave it 0."""

    help = "Say what is wrong with this installation, and how to mend it."
    requires_system_checks = []  # they are part of what is told

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What leaves this machine is asked only when that is wished."""
        parser.add_argument(
            "--online", action="store_true", help="also ask the model provider and the mail server"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Look, show, and fail if something is wrong."""
        logging.disable(logging.CRITICAL)  # the table says it all
        try:
            said = list(examine(online=options["online"]))
        finally:
            logging.disable(logging.NOTSET)
        console = Console(file=cast("IO[str]", self.stdout))
        console.print(_table(said))
        count = {level: sum(sign.level is level for _name, sign in said) for level in Level}
        told = f"{count[Level.WRONG]} wrong, {count[Level.WARNING]} warnings, {count[Level.GOOD]} good"
        if count[Level.WRONG]:
            raise CommandError(told)
        console.print(told)


def _table(said: list[tuple[str, Sign]]) -> Table:
    table = Table(box=None, pad_edge=False, show_header=False)
    for share in (None, None, 1):
        table.add_column(overflow="fold", ratio=share, no_wrap=share is None)
    for name, sign in said:
        told = Text(sign.told)
        if sign.mend:
            told.append(f"\n→ {sign.mend}", style="italic")
        table.add_row(Text(sign.level.value, style=COLOURS[sign.level]), Text(name), told)
    return table
