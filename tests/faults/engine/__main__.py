"""Runs the campaign of the engine and prints what came of it; docs/faults.md says what it proves.

python -m tests.faults.engine                     the short form, 25 faults, for CI
python -m tests.faults.engine --long --kills 200  the long form, by hand
python -m tests.faults.engine --break-lookup      breaks the engine on purpose: the campaign must fail, and says so
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import tempfile
import time
from pathlib import Path

import django

from tests.faults.engine.servers import Servers
from tests.faults.engine.surroundings import environment


def main() -> int:
    """The status is 0 when the campaign found nothing, or when it found what was broken on purpose."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.faults.engine",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--short", action="store_true", help="the short form, which is the default")
    parser.add_argument("--long", action="store_true", help="a large book, and more of each")
    parser.add_argument("--seed", type=int, default=1, help="which faults when (default: %(default)s)")
    parser.add_argument("--kills", type=int, default=None, help="kill -9 at random moments (3; 200)")
    parser.add_argument("--rounds", type=int, default=None, help="of all other faults (1; 3)")
    parser.add_argument(
        "--only", nargs="+", default=(), metavar="WORD", help="faults with a word in their names"
    )
    parser.add_argument("--no-cache", dest="caches", action="store_false", help="the provider caches nothing")
    parser.add_argument("--break-lookup", action="store_true", help="recorded answers are not looked up")
    told = "the time to the next progress is told, not judged: for machines that are busy with others"
    parser.add_argument("--untimed", dest="timed", action="store_false", help=told)
    parser.add_argument("--keep", type=Path, metavar="DIR", help="leave logs and files there")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bookgen-faults-") as place:
        root = asked.keep or Path(place)
        root.mkdir(parents=True, exist_ok=True)
        return _run(asked, root.resolve())


def _run(asked: argparse.Namespace, root: Path) -> int:
    began = time.monotonic()
    signal.signal(signal.SIGTERM, lambda *_told: sys.exit(143))  # everything that was started is ended
    servers = Servers()
    try:
        os.environ |= environment(root, servers) | {"LOG_LEVEL": "WARNING"}
        django.setup()
        from tests.faults.engine import campaign, telling, verdict  # noqa: PLC0415  # they need Django
        from tests.faults.engine.plan import Plan  # noqa: PLC0415

        plan = Plan(
            seed=asked.seed,
            kills=asked.kills if asked.kills is not None else (200 if asked.long else 3),
            rounds=asked.rounds if asked.rounds is not None else (3 if asked.long else 1),
            long=asked.long,
            caches=asked.caches,
            break_lookup=asked.break_lookup,
            timed=asked.timed,
            only=tuple(asked.only),
        )
        result = campaign.run(root, servers, plan)
        found = list(verdict.failures(result, plan))
        telling.tell(result, found, plan, time.monotonic() - began)
    finally:
        servers.stop()
    if asked.break_lookup:
        told = "The campaign noticed." if found else "The campaign did NOT notice what was broken on purpose."
        sys.stdout.write(f"{told}\n")
        return 0 if found else 1
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
