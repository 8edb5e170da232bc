"""`make secrets`: the files in `secrets/` that docker-compose.yml hands to its containers. What is there stays.

The folder can be opened by you alone. The files in it can be read by everyone, since the containers' accounts aren't
yours, and Docker hands each container single files, whatever the folder says.
"""

from __future__ import annotations

import secrets
import sys
from pathlib import Path
from typing import Final

from scripts.tools.places import ROOT, say, write_whole

MADE: Final = ("postgres_password", "redis_password", "secret_key", "secrets_key", "metrics_token")
YOURS: Final = ("openrouter_api_key", "smtp_password")  # empty: there is none


def make(folder: Path) -> list[str]:
    """Make what is missing; returns the names of what was made."""
    folder.mkdir(mode=0o700, exist_ok=True)
    folder.chmod(0o700)
    fresh = [name for name in (*MADE, *YOURS) if not (folder / name).exists()]
    for name in fresh:
        write_whole(folder / name, secrets.token_urlsafe(48) if name in MADE else "")
        (folder / name).chmod(0o644)  # whatever the umask is
    return fresh


def main() -> int:
    """Make them and say what a person has to do."""
    fresh = make(ROOT / "secrets")
    say(f"Made in secrets/: {', '.join(fresh)}." if fresh else "All secrets are there already.")
    if empty := [name for name in YOURS if not (ROOT / "secrets" / name).read_text().strip()]:
        say(f"Empty, for you to fill in if you have them: {', '.join(empty)}.")
    say("Keep a copy of secrets/secret_key and secrets/secrets_key where your backups are not.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
