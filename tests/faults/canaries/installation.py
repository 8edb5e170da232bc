"""An installation whose every setting that is a secret is a canary: one process, with its own folder and its log."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from bookgen_site.env import BASE_DIR
from tests.faults.canaries.canary import Canary, fresh
from tests.faults.canaries.outside import Outside
from tests.faults.mail import free_port

PATIENCE: Final = 900.0  # seconds; machines that run this are often busy


def settings_of(outside: Outside, var: Path) -> tuple[dict[str, str], list[Canary]]:
    """The environment, and the canaries in it."""
    names = ("SECRET_KEY", "SECRETS_KEY", "OPENROUTER_API_KEY", "OPENALEX_API_KEY", "SMTP_PASSWORD")
    canaries = {name: fresh(name) for name in (*names, "METRICS_TOKEN", "ALERT_PAGERDUTY_KEY")}
    slack, discord = fresh("ALERT_SLACK_URL"), fresh("ALERT_DISCORD_URL")
    place = outside.receivers.removeprefix("http://")
    env = {name: one.text for name, one in canaries.items()} | {
        "BOOKGEN_VAR": str(var),
        "BOOKGEN_BOOKS": str(var / "books"),
        "DATABASE_URL": "",
        "REDIS_URL": "",
        "LOG_LEVEL": "DEBUG",
        "LOG_FORMAT": "json",
        "OPENROUTER_BASE_URL": outside.provider,
        "OPENROUTER_MODEL": "scripted/writer",
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": str(outside.smtp_port),
        "SMTP_USER": "bookgen",
        "SMTP_TLS": "false",
        "ALERT_EMAILS": "ops@example.org",
        "ALERT_SLACK_URL": f"{outside.receivers}/{slack.text}",
        "ALERT_DISCORD_URL": f"{outside.receivers}/{discord.text}",
        "ALERT_PAGERDUTY_URL": f"{outside.receivers}/pagerduty",
        "WEBHOOK_ALLOWED_HOSTS": place,
        "RATE_LIMIT_PER_MINUTE": "0",
        "RATE_LIMIT_PER_KEY": "0",
        "LIBREOFFICE": "",
        "DJANGO_SETTINGS_MODULE": "bookgen_site.settings",
    }
    return env, [*canaries.values(), slack, discord]


@contextmanager
def serving(var: Path, env: dict[str, str]) -> Iterator[str]:
    """Serve it; hands out its address. The log is `serve.log` beside the folder, not in it."""
    port = free_port()
    command = [sys.executable, "manage.py", "serve", "--no-demo", "--port", str(port)]
    with log_of(var).open("wb") as log:
        process = subprocess.Popen(command, cwd=BASE_DIR, env=os.environ | env, stdout=log, stderr=log)
    try:
        _wait(process, log_of(var))
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=60)


def log_of(var: Path) -> Path:
    """What the process wrote."""
    return var.with_name(f"{var.name}.log")


def _wait(process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while b"BookGen is on" not in log.read_bytes():
        if process.poll() is not None or time.monotonic() > end:
            raise RuntimeError(log.read_text())
        time.sleep(0.1)
