"""The folder, the account, the ports and the password of the private services."""

from __future__ import annotations

import hashlib
import json
import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from scripts.tools.places import ROOT, VAR, complain, read_or_empty, write_whole

Known = dict[str, str | int]


class ServiceError(Exception):
    """A service can't be had; the text is for the person at the terminal."""


@dataclass(frozen=True)
class Place:
    """One set of services: `name` tells the tests' own set from the team's."""

    name: str
    folder: Path
    user: str | None  # the account that runs them when we're root: PostgreSQL refuses to run as root

    @property
    def owner(self) -> int:
        """The number of the account that the services run under."""
        return pwd.getpwnam(self.user).pw_uid if self.user else os.geteuid()

    def known(self) -> Known:
        """What is remembered between starts: the ports and the password."""
        text = read_or_empty(self.folder / "known.json")
        return json.loads(text) if text else {}

    def remember(self, **facts: str | int) -> Known:
        """Keep these facts too, readable by nobody else."""
        known = {**self.known(), **facts}
        write_whole(self.folder / "known.json", json.dumps(known, indent=1) + "\n", mode=0o600)
        return known

    def password(self) -> str:
        """Loopback is shared with everyone on the machine, so the services ask for a password."""
        return str(
            self.known().get("password") or self.remember(password=secrets.token_urlsafe(18))["password"]
        )

    def free_port(self, service: str) -> int:
        """The service's port of last time if it's still free, so that addresses last; else a new one."""
        port = int(self.known().get(service, 0))
        if not port or taken(port):
            with socket.socket() as asked:
                asked.bind(("127.0.0.1", 0))
                port = asked.getsockname()[1]
            self.remember(**{service: port})
        return port

    def own_folder(self, service: str) -> Path:
        """A folder that only the services' account can open."""
        folder = self.folder / service
        folder.mkdir(mode=0o700, exist_ok=True)
        if self.user:
            shutil.chown(folder, self.user)
        return folder

    def run(self, *command: str | Path, stdin: str = "", **extra: str) -> subprocess.CompletedProcess[str]:
        """Run a program under the services' account, in the services' folder, with `extra` environment."""
        return subprocess.run(
            [str(word) for word in command],
            cwd=self.folder,
            env={**os.environ, "LC_ALL": "C", **extra},
            input=stdin,
            user=self.user,
            group=pwd.getpwnam(self.user).pw_gid if self.user else None,
            extra_groups=[] if self.user else None,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )


def place_for(name: str) -> Place:
    """The set's place in the project; root in a closed place of the disk gets one under the temporary folder."""
    user = unprivileged() if os.geteuid() == 0 else None
    place = Place(name, VAR / "services" / name, user)
    place.folder.mkdir(parents=True, exist_ok=True)
    if user is None or place.run("/bin/sh", "-c", f"cd -P -- {shell_word(place.folder)}").returncode == 0:
        return place
    elsewhere = Place(name, temporary_folder(name), user)
    # To stderr: `eval "$(scripts/services env)"` reads the other.
    complain(f"The account {user} can't reach {VAR}: the services live in {elsewhere.folder}.")
    return elsewhere


def unprivileged() -> str:
    """The account to run under in root's stead: Debian's package makes `postgres`; every Unix has `nobody`."""
    for user in ("postgres", "nobody"):
        try:
            pwd.getpwnam(user)
        except KeyError:
            continue
        return user
    raise ServiceError("Neither the account postgres nor nobody exists: PostgreSQL can't run as root.")


def temporary_folder(name: str) -> Path:
    """A folder of this checkout's own; one that another account laid there isn't trusted."""
    key = hashlib.sha256(str(ROOT).encode()).hexdigest()[:12]
    top = Path(tempfile.gettempdir()) / f"bookgen-{key}"
    top.mkdir(mode=0o755, exist_ok=True)
    if top.is_symlink() or top.stat().st_uid != os.geteuid():
        raise ServiceError(f"{top} belongs to someone else.")
    (top / name).mkdir(mode=0o755, exist_ok=True)
    return top / name


def taken(port: int) -> bool:
    """True when something listens on this port of the loopback."""
    with socket.socket() as caller:
        caller.settimeout(1)
        return caller.connect_ex(("127.0.0.1", port)) == 0


def shell_word(path: Path) -> str:
    """The path as one word of a shell command."""
    return "'" + str(path).replace("'", "'\\''") + "'"
