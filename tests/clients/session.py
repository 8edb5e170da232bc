"""The whole session of docs/api.md as it is written there, and the command-line client, against a running `serve`.

    python -m tests.clients.session

1. `manage.py serve` on a port of its own, with data of its own and the limits that everybody begins with.
2. The document's script, word for word: a book is ordered, written, approved and fetched; the Word file opens.
3. The client makes the same book, follows it until it waits for somebody, and, once it is approved, to its end.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from tests.fuzz.server import ROOT, environment, free_port, manage

PATIENCE: Final = 900.0  # seconds for a book on a busy machine
HEADING: Final = "## A whole session"
MAKE_KEY: Final = (
    "from bookgen_site.accounts.actions import ensure_first_login; from bookgen_site.accounts.keys import make_key; "
    "print(make_key(user=ensure_first_login()[0], name='session')[1])"
)
SOURCES: Final = sorted((ROOT / "sources/demo/frederick-douglass").glob("[01]*"))


def main() -> int:
    """Raises when anything isn't as the document says."""
    with tempfile.TemporaryDirectory(prefix="bookgen-session-") as folder:
        place = Path(folder)
        variables = environment(place / "var")
        manage(variables, "migrate", "--verbosity", "0")
        key = _printed(
            [sys.executable, "manage.py", "shell", "--no-imports", "-c", MAKE_KEY], variables
        ).split()[-1]
        with _serving(variables) as address:
            _the_document(place, address, key)
            _the_client(place, address, key)
    return 0


def script() -> str:
    """The session as it stands in the document, without the two lines that name a key and an address."""
    document = (ROOT / "docs" / "api.md").read_text(encoding="utf-8").partition(HEADING)[2]
    found = re.search(r"^```bash\n(.*?)^```", document, re.MULTILINE | re.DOTALL)
    if found is None:
        raise AssertionError(f"no script under “{HEADING}”")
    return "\n".join(
        line for line in found[1].splitlines() if not line.startswith(("export KEY=", "export BASE="))
    )


def _the_document(place: Path, address: str, key: str) -> None:
    """Run where the project's files are, but for those that it writes."""
    (place / "sources").symlink_to(ROOT / "sources")
    told = {**os.environ, "KEY": key, "BASE": f"{address}/api/v1"}
    _say(_printed(["bash", "-eu", "-c", script()], told, place)[-600:])
    [book] = place.glob("*.docx")
    _opens(book)


def _the_client(place: Path, address: str, key: str) -> None:
    told = {**os.environ, "BOOKGEN_URL": address, "BOOKGEN_API_KEY": key, "COLUMNS": "100"}
    client = [sys.executable, str(ROOT / "clients" / "bookgen.py")]
    files = [word for source in SOURCES for word in ("--file", str(source))]
    made = _printed([*client, "create", "Frederick Douglass", *files, "--follow"], told, place)
    _say(made[-1500:])
    [job] = set(re.findall(r"[0-9a-f]{8}-[0-9a-f-]{27}", made))
    following = subprocess.Popen(
        [*client, "follow", job, "--wait"], env=told, stdout=subprocess.PIPE, text=True
    )
    _approve_all(f"{address}/api/v1/biographies/{job}", key)
    _say(following.communicate(timeout=PATIENCE)[0][-1500:])
    if following.returncode != 0:
        raise AssertionError(f"the client ended with {following.returncode}")
    _printed([*client, "download", job, "--to", "books"], told, place)
    [book] = (place / "books").glob("**/*.docx")
    _opens(book)


def _approve_all(book: str, key: str) -> None:
    for chapter in _asked(f"{book}/chapters", key):
        _asked(f"{book}/chapters/{chapter['id']}/approve", key, {"sha256": chapter["sha256"]})


def _asked(url: str, key: str, body: Mapping[str, Any] | None = None) -> Any:
    """The answer, when there have been too many requests after the wait that was asked for."""
    headers = {"X-API-Key": key, "Content-Type": "application/json"}
    data = json.dumps(body).encode() if body is not None else None
    while True:
        try:
            with urllib.request.urlopen(urllib.request.Request(url, data, headers), timeout=60) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            if error.code != 429:
                raise
            time.sleep(int(error.headers["Retry-After"]))


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _opens(book: Path) -> None:
    from docx import Document  # noqa: PLC0415  # a second that only the end needs

    words = sum(len(one.text.split()) for one in Document(str(book)).paragraphs)
    _say(f"{book.name}: {words} words")
    if words < 2_000:
        raise AssertionError(f"{book.name} has {words} words")


def _printed(command: list[str], variables: Mapping[str, str], place: Path = ROOT) -> str:
    run = subprocess.run(
        command,
        cwd=place,
        env=dict(variables),
        stdout=subprocess.PIPE,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    if run.returncode:
        raise AssertionError(f"{command[:4]} ended with {run.returncode}: {run.stdout[-2000:]}")
    return run.stdout


@contextmanager
def _serving(variables: Mapping[str, str]) -> Iterator[str]:
    port = free_port()
    command = [sys.executable, "manage.py", "serve", "--no-demo", "--port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, env=dict(variables), stdout=subprocess.DEVNULL)
    try:
        _await(f"http://127.0.0.1:{port}/health")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(60)


def _await(url: str) -> None:
    for _try in range(600):
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"{url} doesn't answer")


if __name__ == "__main__":
    sys.exit(main())
