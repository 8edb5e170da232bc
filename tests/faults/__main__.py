"""Runs campaigns: `python -m tests.faults [name [options]]`, or `make faults ARGS="name options"`.

    engine    a model's book on PostgreSQL, Redis and Celery, killed and cut off; `engine --help` for its options
    kill      a book of the embedded profile, killed at ten moments, set-up included: the same bytes
    demo      the demo book from all its sources, held against what it promises
    mail      mail under kills: `--events 500 --kills 100`
    webhooks  webhooks under kills: 500 events, 100 kills
    sockets   listeners of live progress

Without a name, the engine's short form, then mail and webhooks, ten times as long as in the ordinary tests. The
ordinary tests have the shortest form of all but the engine's, which CI runs as a part of its own.
"""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Final

MODULE: Final = ["-m"]
PYTEST: Final = ["-m", "pytest", "-n", "0", "-s", "-o", "faulthandler_timeout=0"]
CAMPAIGNS: Final = {
    "engine": [*MODULE, "tests.faults.engine"],
    "kill": [*PYTEST, "tests/engine/test_kill.py"],
    "demo": [*PYTEST, "tests/engine/test_demo_book.py"],
    "mail": [*MODULE, "tests.faults.mail"],
    "webhooks": [*PYTEST, "tests/faults/test_webhooks.py"],
    "sockets": [*MODULE, "tests.faults.sockets"],
}
WHOLE: Final = {"kill": {"CAMPAIGN_MOMENTS": "all"}, "demo": {"CAMPAIGN_DEMO": "whole"}}
ALONE: Final = {"engine": ["--short"], "mail": ["--events", "140", "--kills", "30"], "webhooks": []}


def main(words: list[str]) -> int:
    """The status is 0 when every campaign that was asked for is good."""
    if words and words[0] not in CAMPAIGNS:
        sys.stdout.write(f"{__doc__}\n")
        return 0 if words[0] in {"-h", "--help"} else 2
    chosen = {words[0]: words[1:]} if words else ALONE
    return max(_run(name, options, long=bool(words)) for name, options in chosen.items())


def _run(name: str, options: list[str], *, long: bool) -> int:
    sizes = ("500", "100") if long else ("140", "30")
    told = os.environ | dict(zip(("CAMPAIGN_EVENTS", "CAMPAIGN_KILLS"), sizes, strict=True))
    told |= WHOLE.get(name, {})
    return subprocess.run([sys.executable, *CAMPAIGNS[name], *options], env=told, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
