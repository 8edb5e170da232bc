"""Starts a server, fills it, and lets schemathesis try every operation of its schema with all checks.

    python -m tests.fuzz [--examples 50] [--seed 1] [--seconds 0] [arguments for schemathesis]

The status is that of schemathesis: 0 when nothing was found.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.fuzz.server import ROOT, environment, manage, serving

# Operations that refuse a value for what it means, which no schema can say: an address that leads nowhere, settings
# that don't go together, a client that isn't known.
BY_MEANING = (
    *("order_biography", "change_biography", "add_sources", "get_client_token", "revoke_client_token"),
    *("put_outline", "change_chapter", "make_collection", "change_collection", "change_person", "take_next"),
    *("make_webhook", "change_webhook", "replay_webhook", "change_source", "close_finding", "import_people"),
    *("add_comment", "add_image", "change_image"),
    *("regenerate_chapter", "estimate_regeneration", "make_exports", "export_biography", "draft_biography"),
)
# What may be answered where a header is missing: 428 (RFC 6585) is made for If-Match.
NO_HEADER = "expected-statuses = [400, 401, 403, 406, 415, 422, 428]"
# As schemathesis has it, and 412: whether anybody has changed a row is asked before a body is read (RFC 9110, 13.2.2).
NEGATIVE = "expected-statuses = [400, 401, 403, 404, 405, 406, 409, 412, 415, 422, 428, 429, '5xx']"
PLACES = {
    "job_id": "jobs",
    "chapter_id": "chapters",
    "export_id": "exports",
    "finding_id": "findings",
    "collection_id": "collections",
    "person_id": "people",
    "check_id": "checks",
    "endpoint_id": "endpoints",
    "token": "tokens",
}  # parameters with rows behind them


def main(arguments: list[str]) -> int:
    """One campaign."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("--examples", type=int, default=50, help="of each operation and phase")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--seconds", type=int, default=0, help="end the search after so long; 0: when it is done"
    )
    told, more = parser.parse_known_args(arguments)
    with tempfile.TemporaryDirectory(prefix="bookgen-fuzz-") as folder:
        place = Path(folder)
        variables = environment(place, RATE_LIMIT_PER_MINUTE="0", RATE_LIMIT_PER_KEY="0")
        manage(variables, "migrate", "--verbosity", "0")
        seeded = _seeded(variables)
        config, rows = place / "schemathesis.toml", place / "seeded.json"
        config.write_text(_config(seeded))
        rows.write_text(json.dumps(seeded))
        log = place / "server.log"
        with serving(variables, log=log) as address:
            command = _command(config, address, told, more)
            status = subprocess.run(
                command, cwd=ROOT, check=False, env={**os.environ, "SEEDED": str(rows)}
            ).returncode
        _told_errors(log)
    return status


def _seeded(variables: Mapping[str, str]) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.fuzz.seed"]
    run = subprocess.run(command, cwd=ROOT, env=dict(variables), check=True, stdout=subprocess.PIPE)
    found: dict[str, Any] = json.loads(run.stdout)
    return found


def _config(seeded: Mapping[str, Any]) -> str:
    """What the command line can't say: the key, and ids that lead somewhere, half of the time."""
    lines = ['hooks = "tests.fuzz.hooks"', "[auth.openapi.apiKey]", f'api_key = "{seeded["key"]}"']
    for name in PLACES.values():
        lines += [f"[dictionaries.{name}]", f"values = {json.dumps(seeded[name])}"]
    lines.append("[parameters]")
    for parameter, name in PLACES.items():
        lines.append(f'"path.{parameter}" = {{ dictionary = "{name}", probability = 0.6 }}')
    # It takes the names of a problem's members for fields that the body lacked.
    lines += ["[phases.fuzzing.error-feedback]", "enabled = false"]
    lines += ["[checks.missing_required_header]", NO_HEADER, "[checks.negative_data_rejection]", NEGATIVE]
    for operation in BY_MEANING:
        # As schemathesis has it, and 400, and what If-Match is answered with.
        lines += ["[[operations]]", f'include-operation-id = "{operation}"']
        lines.append("[operations.checks.positive_data_acceptance]")
        lines.append('expected-statuses = ["2xx", "3xx", 400, 401, 403, 404, 409, 412, 428, 429, "5xx"]')
    return "\n".join(lines) + "\n"


def _command(config: Path, address: str, told: argparse.Namespace, more: list[str]) -> list[str]:
    program = str(Path(sys.executable).with_name("schemathesis"))
    options = ["--checks", "all", "--max-examples", str(told.examples), "--seed", str(told.seed)]
    limit = ["--max-time", str(told.seconds)] if told.seconds else []
    own = ["--config-file", str(config), "run", f"{address}/api/schema/?format=json"]
    quiet = ["--suppress-health-check", "all", "--no-shrink", "--generation-database", "none"]
    # The zero character is valid JSON and no text: everything refuses it.
    quiet += ["--generation-allow-x00", "false"]
    return [program, *own, *options, *limit, *quiet, *more]


def _told_errors(log: Path) -> None:
    """The server's own words about what broke, so that a 500 explains itself."""
    lines = log.read_text(errors="replace").splitlines() if log.exists() else []
    for line in [line for line in lines if "Traceback" in line or "[error" in line][:20]:
        sys.stderr.write(f"server: {line}\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
