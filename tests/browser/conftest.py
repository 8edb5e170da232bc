"""A whole desk in a process of its own, and a real browser before it.

Skipped where there is no Chromium, but for CI. To run these alone: `make browser`.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
# CI installs it, so there its absence is a failure.
MAY_SKIP = CHROMIUM is None and not os.environ.get("CI")
PATIENCE = 120  # seconds; machines that run tests are often busy


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "browser: drives the desk with a real Chromium")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(item.path).is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.long)
            item.add_marker(pytest.mark.skipif(MAY_SKIP, reason="Chromium isn't installed"))


class Desk:
    """`manage.py serve` on a free port, with its own data; it can be killed and started again."""

    def __init__(self, var: Path) -> None:
        self.var = var
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen[str] | None = None
        self.password = ""

    def start(self) -> None:
        """Start it and wait until it answers; the first start says the password."""
        own = {"BOOKGEN_VAR": str(self.var), "BOOKGEN_BOOKS": str(self.var / "books")}
        profile = {"DATABASE_URL": "", "REDIS_URL": "", "PYTHONUNBUFFERED": "1", "LIBREOFFICE": ""}
        log = self.var / "serve.log"
        with log.open("w") as written:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "serve", "--no-demo", "--port", str(self.port)],
                cwd=ROOT, env=os.environ | own | profile, stdout=written, stderr=subprocess.STDOUT, text=True,
            )  # fmt: skip
        deadline = time.monotonic() + PATIENCE
        while "BookGen is on" not in log.read_text() or not self._answers():
            assert self.process.poll() is None, log.read_text()
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.1)
        if found := re.search(r"First login.*/\s+(\S+)", log.read_text()):
            self.password = found[1]

    def _answers(self) -> bool:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1):
            return True
        return False

    def end(self, how: signal.Signals) -> float:
        """Send a signal and wait; returns how many seconds it took."""
        assert self.process is not None
        began = time.monotonic()
        self.process.send_signal(how)
        self.process.wait(timeout=PATIENCE)
        return time.monotonic() - began


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    running = Desk(tmp_path_factory.mktemp("desk"))
    try:
        running.start()
        yield running
    finally:  # also one that never answered
        if running.process is not None and running.process.poll() is None:
            running.end(signal.SIGKILL)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    # Not for the whole session: Playwright's event loop, while it runs, keeps other modules' tests from the database.
    # A second to import, in each of the processes that collect tests, of which one drives the browser.
    from playwright.sync_api import expect, sync_playwright  # noqa: PLC0415

    expect.set_options(timeout=PATIENCE / 4 * 1000)
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def complaints() -> list[str]:
    """What the browser complained of: violations of the policy, errors of scripts, dialogs."""
    return []


@pytest.fixture
def page(desk: Desk, chromium: Browser, complaints: list[str]) -> Iterator[Page]:
    """A page that is logged in as the first person."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(PATIENCE * 1000)
    opened = context.new_page()
    opened.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on("dialog", lambda dialog: complaints.append(dialog.message))
    opened.goto(f"{desk.url}/admin/login/")
    opened.fill("[name=username]", "editor")
    opened.fill("[name=password]", desk.password)
    opened.press("[name=password]", "Enter")
    opened.wait_for_url("**/admin/")
    yield opened
    context.close()
