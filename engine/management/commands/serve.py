"""`manage.py serve`: the desk, the API, live progress and the worker in one process, with nothing else needed."""

from __future__ import annotations

import os
import socket
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

# First of all: it installs the reactor that everything after it must find.
from daphne.server import Server  # isort: skip

from daphne.endpoints import build_endpoint_description_strings
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from twisted.internet import reactor, threads

from biographies.errors import BookError
from bookgen_site.accounts.actions import ensure_first_login
from bookgen_site.accounts.models import User
from bookgen_site.env import EMBEDDED
from engine.management.demo_book import ensure_demo_book
from engine.management.embedded import EmbeddedWorker
from sources.errors import SourceError


class Command(BaseCommand):
    """Runs until it is stopped. Killed at any moment, it goes on with its books when started again."""

    help = "Serve the desk and the API, with the worker inside."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to listen; from outside of this machine only when told so."""
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument(
            "--no-demo", action="store_true", help="don't begin the demo book when there is no book"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Check, prepare, serve: 1 profile and port, 2 tables, 3 first login and demo book, 4 worker and server."""
        host, port = options["host"], options["port"]
        if not EMBEDDED:
            raise CommandError(
                "DATABASE_URL or REDIS_URL is set: that is the team's profile, which runs as several processes.\n"
                "Use `make team` or docker-compose.yml, or unset both for one process."
            )
        _require_free(host, port)
        call_command("migrate", verbosity=0, interactive=False)
        # WhiteNoise warns of a folder that isn't there; in this profile it serves from the apps' own.
        Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
        person, password = ensure_first_login()
        if not options["no_demo"]:
            self._begin_demo(person)
        self._serve(host, port, person, password)

    def _begin_demo(self, person: User) -> None:
        try:
            job = ensure_demo_book(by=person, say=self.stderr.write)
        except (BookError, SourceError) as error:
            self.stderr.write(self.style.WARNING(f"The demo book can't be made: {error}"))
        else:
            if job is not None:
                self.stdout.write(f"The demo book about {job.character} is being made: watch it on the desk.")

    def _serve(self, host: str, port: int, person: User, password: str) -> None:
        # The application loads the apps' sockets, which must not happen before the checks above.
        from bookgen_site.asgi import application  # noqa: PLC0415

        worker = EmbeddedWorker()
        ended: list[bool] = []
        server = Server(
            application=application,
            endpoints=build_endpoint_description_strings(host=host, port=port),
            ready_callable=lambda: self._ready(worker, host, port, person, password),
            server_name="",
        )
        stopping = lambda: threads.deferToThread(lambda: ended.append(worker.stop()))  # noqa: E731
        reactor.addSystemEventTrigger("before", "shutdown", stopping)  # type: ignore[arg-type]  # a module to the stubs
        server.run()
        self._leave(clean=ended == [True])

    def _ready(self, worker: EmbeddedWorker, host: str, port: int, person: User, password: str) -> None:
        worker.start()
        shown = "localhost" if host in {"127.0.0.1", "0.0.0.0", "::", "::1"} else host  # noqa: S104  # nosec B104  # compared
        self.stdout.write(self.style.SUCCESS(f"\nBookGen is on http://{shown}:{port}/  (Ctrl+C ends it)"))
        if password:
            self.stdout.write(f"First login, shown this once:  {person.get_username()}  /  {password}")
        else:
            self.stdout.write(
                f"Log in as {person.get_username()}; forgotten the password? "
                f"manage.py changepassword {person.get_username()}"
            )
        self.stdout.flush()

    def _leave(self, *, clean: bool) -> None:
        self.stdout.write("Ended." if clean else "Ended; the work goes on at the next start.")
        sys.stdout.flush()
        sys.stderr.flush()
        # Python would wait for threads that may be minutes into something; to leave them is as safe as a kill,
        # from which every start recovers.
        os._exit(0)


def _require_free(host: str, port: int) -> None:
    """Raise CommandError when the port can't be had, in one line that says what to do."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        # As the server does: a port at rest is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandError(
                f"Port {port} on {host} can't be used ({error.strerror}). "
                f"Choose another: manage.py serve --port {port + 1}"
            ) from error
        except OverflowError as error:
            raise CommandError("A port is a number from 1 to 65535.") from error
