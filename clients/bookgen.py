#!/usr/bin/env -S uv run --script
# /// script
# requires-python = ">=3.11"
# dependencies = ["httpx>=0.28", "rich>=13"]
# ///
"""BookGen from the command line of another machine: create a biography, follow it, list, download.

    export BOOKGEN_URL=https://books.example.org BOOKGEN_API_KEY=bg_…
    bookgen create "Ada Quill" --file memoir.pdf --source https://example.org/quill --follow
    bookgen list --status needs_review
    bookgen follow 7df410b5-4f8a-46ec-8450-2aa0846a28c0
    bookgen download 7df410b5-4f8a-46ec-8450-2aa0846a28c0 --to books

The status is 0 when it went well, 1 when the server refused or didn't answer, 2 for a wrong command, and 3 when the
book that was followed failed or was cancelled.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Final, NoReturn

import httpx
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn
from rich.table import Column, Table
from rich.text import Text

EVERY: Final = 2.0  # seconds between two looks at a book: half of what one address may ask by default
UUID_LENGTH: Final = 36  # a job's id is there to be copied, so it is never shortened
PATIENCE: Final = 60.0  # seconds for one answer
BUSY: Final = {429, 503}
TRIES: Final = 6  # when the server is away or has had enough requests
LONGEST_WAIT: Final = 120.0
FAILED: Final = frozenset({"failed", "cancelled"})
ENDED: Final = FAILED | {"completed"}
STANDS: Final = ENDED | {"needs_review", "paused"}  # nothing moves before a person does something
CONTROLS: Final = re.compile(r"[\x00-\x1f\x7f-\x9f]")


class Refused(Exception):
    """What the server said against it, as a sentence."""


class Server:
    """The API of one BookGen, asked with one key. It waits when it's told to, and tries again what may be tried."""

    def __init__(self, url: str, key: str) -> None:
        self.client = httpx.Client(
            base_url=f"{url.rstrip('/')}/api/v1/", headers={"X-API-Key": key}, timeout=PATIENCE
        )

    def ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        """One answer below 400; raises Refused. Only reading is tried again when no answer came."""
        for attempt in range(TRIES):
            try:
                answer = self.client.request(method, path, **more)
            except httpx.TransportError as error:
                if method != "GET" or attempt == TRIES - 1:
                    raise Refused(f"No answer from {self.client.base_url.host}: {error}") from error
                time.sleep(2**attempt / 2)
                continue
            if answer.status_code not in BUSY or attempt == TRIES - 1:
                return _checked(answer)
            time.sleep(_wait(answer))
        raise AssertionError("the last try returns or raises")

    @contextmanager
    def stream(self, path: str) -> Iterator[httpx.Response]:
        """One answer below 400 whose body is still to be read; raises Refused."""
        for attempt in range(TRIES):
            with self.client.stream("GET", path) as answer:
                if answer.status_code not in BUSY or attempt == TRIES - 1:
                    if answer.status_code >= 400:
                        answer.read()
                    yield _checked(answer)
                    return
            time.sleep(_wait(answer))

    def pages(self, path: str, **query: str) -> Iterator[dict[str, Any]]:
        """All rows of a list, page by page."""
        body = self.ask("GET", path, params=query).json()
        yield from body["results"]
        while body["next"]:
            # The query of the next page at the address that was given to us, not at one from an answer.
            body = self.ask("GET", path, params=httpx.URL(body["next"]).params).json()
            yield from body["results"]


def _wait(answer: httpx.Response) -> float:
    told = answer.headers.get("Retry-After", "")
    return min(LONGEST_WAIT, float(told)) if told.isdigit() else 5.0


def _checked(answer: httpx.Response) -> httpx.Response:
    if answer.status_code < 400:
        return answer
    try:
        body = answer.json()
        lines = [f"{field}: {' '.join(told)}" for field, told in body.get("errors", {}).items()]
        raise Refused("\n".join([str(body["detail"]), *lines]))
    except (ValueError, KeyError, AttributeError, TypeError):
        raise Refused(f"{answer.status_code} {answer.reason_phrase}") from None


def create(server: Server, told: argparse.Namespace, console: Console) -> int:
    """Order a book, send its files, start it."""
    if missing := [path for path in told.file if not path.is_file()]:
        raise Refused(f"There is no file {missing[0]}.")
    names = ("language", "mode", "wanted_chapters", "wanted_words", "description")
    wishes = {name: getattr(told, name) for name in names if getattr(told, name) is not None}
    order = {"character": told.name, "sources": told.source, "start": False, **wishes}
    job = server.ask("POST", "biographies", json=order).json()["job_id"]
    if told.file:
        _send(server, job, told.file)
    if not told.no_start:
        server.ask("POST", f"biographies/{job}/start")
    console.print(job, highlight=False)
    return _follow(server, job, console, wait=told.wait) if told.follow or told.wait else 0


def _send(server: Server, job: str, paths: list[Path]) -> None:
    with ExitStack() as open_files:
        files = [("files", (path.name, open_files.enter_context(path.open("rb")))) for path in paths]
        server.ask("POST", f"biographies/{job}/sources", files=files)


def follow(server: Server, told: argparse.Namespace, console: Console) -> int:
    """Show how far a book is until it needs somebody."""
    return _follow(server, told.job, console, wait=told.wait)


def _follow(server: Server, job: str, console: Console, *, wait: bool) -> int:
    until = ENDED if wait else STANDS
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as progress:
        line = progress.add_task("…", total=100)
        for status in _looks(server, job):
            shown = " ".join(part for part in (status["status"], status["current_phase"]) if part)
            progress.update(line, completed=status["progress"], description=_plain(shown.replace("_", " ")))
            if status["status"] in until:
                break
    if status["error_message"]:
        console.print(Text(_plain(status["error_message"])))
    if status["status"] == "needs_review":
        console.print(Text("It is written and waits for your approval on the desk."))
    return 3 if status["status"] in FAILED else 0


def _looks(server: Server, job: str) -> Iterator[dict[str, Any]]:
    """The status of a book, each time it has changed."""
    tag = ""
    while True:
        answer = server.ask("GET", f"biographies/{job}/status", headers={"If-None-Match": tag} if tag else {})
        if answer.status_code != 304:
            tag = answer.headers.get("ETag", "")
            yield answer.json()
        time.sleep(EVERY)


def list_books(server: Server, told: argparse.Namespace, console: Console) -> int:
    """The newest books first."""
    query = {name: getattr(told, name) for name in ("status", "text") if getattr(told, name)}
    whole = (Column(title, no_wrap=True) for title in ("status", "%", "begun"))
    table = Table(Column("job", no_wrap=True, min_width=UUID_LENGTH), "character", *whole, box=None)
    for number, job in enumerate(server.pages("biographies", **query)):
        if number == told.most:
            break
        cells = (
            job["job_id"],
            job["character"],
            job["status"],
            f"{job['progress']:.0f}",
            job["created_at"][:10],
        )
        table.add_row(*(Text(_plain(str(cell))) for cell in cells))
    console.print(table)
    return 0


def download(server: Server, told: argparse.Namespace, console: Console) -> int:
    """Fetch the newest file of each format, or of one, and compare it with its hash."""
    answer = server.ask("GET", f"biographies/{told.job}/exports").json()
    rows = answer["results"] if isinstance(answer, dict) else answer
    newest: dict[str, dict[str, Any]] = {}
    for row in rows:
        newest.setdefault(row["format"], row)
    chosen = [row for name, row in newest.items() if told.format in {None, name}]
    if not chosen:
        raise Refused("There is no such file yet. Files are made when every section is approved.")
    told.to.mkdir(parents=True, exist_ok=True)
    for row in chosen:
        console.print(Text(str(_fetched(server, told.job, row, told.to))))
    return 0


def _fetched(server: Server, job: str, row: dict[str, Any], folder: Path) -> Path:
    """The file, whole or not at all. Its name is the server's; only the last part of it counts."""
    name = _plain(Path(str(row["filename"]).replace("\\", "/")).name).lstrip(".") or f"{job}.{row['format']}"
    digest = hashlib.sha256()
    path = f"biographies/{job}/exports/{row['id']}/download"
    with tempfile.NamedTemporaryFile(dir=folder, delete=False) as draft:
        try:
            with server.stream(path) as answer:
                for piece in answer.iter_bytes():
                    draft.write(piece)
                    digest.update(piece)
            if digest.hexdigest() != row["sha256"]:
                raise Refused(f"{name} arrived damaged. Try again.")
            draft.close()
            Path(draft.name).replace(folder / name)
        except BaseException:
            Path(draft.name).unlink(missing_ok=True)
            raise
    return folder / name


def _plain(text: str) -> str:
    """Text from elsewhere without what steers a terminal."""
    return CONTROLS.sub(" ", text)


def parser() -> argparse.ArgumentParser:
    """The commands and their options."""
    told = argparse.ArgumentParser(prog="bookgen", description="BookGen on a server, from here.")
    told.add_argument("--url", default=os.environ.get("BOOKGEN_URL", ""), help="default: $BOOKGEN_URL")
    commands = told.add_subparsers(required=True, metavar="create | follow | list | download")
    _create_parser(commands.add_parser("create", help="order a biography"))
    one = commands.add_parser("follow", help="show how far a biography is, until it needs somebody")
    one.set_defaults(run=follow)
    one.add_argument("job")
    one.add_argument("--wait", action="store_true", help="until it has ended")
    one = commands.add_parser("list", help="list biographies")
    one.set_defaults(run=list_books)
    one.add_argument("--status")
    one.add_argument("--text", help="in the name or the description")
    one.add_argument("--most", type=int, default=50, metavar="N")
    one = commands.add_parser("download", help="fetch the files of a biography")
    one.set_defaults(run=download)
    one.add_argument("job")
    one.add_argument("--format")
    one.add_argument("--to", type=Path, default=Path(), metavar="FOLDER")
    return told


def _create_parser(one: argparse.ArgumentParser) -> None:
    one.set_defaults(run=create)
    one.add_argument("name", help="the person the book is about")
    one.add_argument("--source", action="append", default=[], metavar="URL", help="a web address; repeatable")
    one.add_argument("--file", action="append", default=[], type=Path, metavar="PATH", help="repeatable")
    one.add_argument("--description")
    one.add_argument("--language")
    one.add_argument("--mode", choices=["manual", "hybrid", "automatic"])
    one.add_argument("--chapters", dest="wanted_chapters", type=int, metavar="N")
    one.add_argument("--words", dest="wanted_words", type=int, metavar="N")
    one.add_argument("--no-start", action="store_true")
    one.add_argument("--follow", action="store_true", help="then show how far it is")
    one.add_argument("--wait", action="store_true", help="follow until it has ended")


def main(arguments: list[str] | None = None) -> int:
    """Run one command; the key comes from the environment alone, so that no list of processes shows it."""
    reader = parser()
    told = reader.parse_args(arguments)
    key = os.environ.get("BOOKGEN_API_KEY", "")
    if not told.url or not key:
        reader.error("set BOOKGEN_URL and BOOKGEN_API_KEY; a key is made on the desk, under API keys")
    try:
        status: int = told.run(Server(told.url, key), told, Console())
    except Refused as error:
        Console(stderr=True).print(Text(_plain_lines(str(error)), style="red"))
        return 1
    except KeyboardInterrupt:
        return 130
    return status


def _plain_lines(text: str) -> str:
    return "\n".join(_plain(line) for line in text.splitlines())


def run() -> NoReturn:
    """The installed command."""
    sys.exit(main())


if __name__ == "__main__":
    run()
