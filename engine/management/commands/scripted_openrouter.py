"""`manage.py scripted_openrouter`: a provider without a model, so that everything can be tried without a key."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from engine.scripted.behaviour import FAULTS, LIES, Behaviour
from engine.scripted.server import Provider


class Command(BaseCommand):
    """Serves until it is interrupted."""

    help = "A scripted OpenRouter on loopback: real HTTP, real bills, no model."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8300)
        parser.add_argument("--latency", type=float, default=0.0, help="seconds before each answer")
        parser.add_argument(
            "--faults", type=float, default=0.0, help="share of requests that break, unbilled"
        )
        parser.add_argument("--kinds", nargs="+", choices=FAULTS, default=FAULTS, help="which faults")
        parser.add_argument(
            "--lies", type=float, default=0.0, help="share of answers that are billed and useless"
        )
        parser.add_argument("--lie", choices=LIES[1:], default="prose")
        parser.add_argument("--words", type=float, nargs=2, default=(1.0, 1.0), metavar=("FROM", "TO"))
        parser.add_argument("--obeys", action="store_true", help="do what commands hidden in sources say")
        parser.add_argument(
            "--hang", type=float, default=5.0, help="seconds of silence of a request that hangs"
        )
        parser.add_argument("--no-cache", dest="caches", action="store_false", help="every request is paid")
        parser.add_argument("--seed", type=int, default=0)

    def handle(self, *_arguments: Any, **options: Any) -> None:
        names = ("latency", "faults", "lies", "lie", "obeys", "hang", "caches", "seed")
        behaviour = Behaviour(
            **{name: options[name] for name in names},
            kinds=tuple(options["kinds"]),
            words=tuple(options["words"]),
        )
        try:
            server = Provider(behaviour).server(options["port"])
        except (OSError, OverflowError) as error:
            raise CommandError(f"Port {options['port']} can't be used: {error}") from error
        address = f"http://127.0.0.1:{server.server_address[1]}/api/v1"
        self.stdout.write(
            f"A scripted OpenRouter at {address} (its bill: {address}/bill). Use it with\n"
            f"  OPENROUTER_BASE_URL={address} OPENROUTER_MODEL=scripted/writer"
        )
        self.stdout.flush()  # its reader may be a pipe
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            self.stdout.write("Ended.")
        finally:
            server.server_close()
