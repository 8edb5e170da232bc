"""Which processes a team needs and how each is started; docker-compose.yml says the same for containers."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Final

from scripts.tools.places import ROOT, VAR, VENV_PYTHON

SERVERS: Final = ("/usr/local/sbin", "/usr/sbin", "/sbin", "/opt/homebrew/bin")  # where servers are installed


@dataclass(frozen=True)
class Ports:
    """Where each listens; `nginx` is 0 when it isn't installed."""

    web: int
    asgi: int
    nginx: int

    @classmethod
    def from_first(cls, first: int, *, with_nginx: bool) -> Ports:
        """Neighbouring ports from the first on; the first is the one people use."""
        if with_nginx:
            return cls(nginx=first, web=first + 1, asgi=first + 2)
        return cls(nginx=0, asgi=first, web=first + 1)

    @property
    def front(self) -> int:
        """The port for people: nginx, else Daphne, which answers pages and live progress alike."""
        return self.nginx or self.asgi

    def listening(self) -> list[int]:
        """All ports that must be free."""
        return [port for port in (self.nginx, self.web, self.asgi) if port]

    def greeting(self) -> str:
        """What a person needs to know once everything has been started."""
        line = f"BookGen's team is up: http://127.0.0.1:{self.front}/ (Ctrl+C ends it)"
        if not self.nginx:
            line += (
                "\nnginx isn't installed: Daphne serves everything at that address, and gunicorn, for pages "
                f"and API alone, http://127.0.0.1:{self.web}/"
            )
        return line + "\nLogs: var/team/*.log"


def processes(ports: Ports, workers: int, folder: Path) -> dict[str, list[str]]:
    """Name and command of each process."""
    python = [str(VENV_PYTHON), "-m"]
    celery = [*python, "celery", "-A", "bookgen_site"]
    found = {  # gunicorn reads gunicorn.conf.py in the checkout
        "web": [*python, "gunicorn", "-b", f"127.0.0.1:{ports.web}", "bookgen_site.wsgi:application"],
        "asgi": [
            *python,
            "daphne",
            "-b",
            "127.0.0.1",
            "-p",
            str(ports.asgi),
            "bookgen_site.asgi:application",
        ],
        "beat": [*celery, "beat", "-s", str(folder / "beat-schedule"), "--pidfile="],
    }
    for number in range(1, workers + 1):
        found[f"worker-{number}"] = [
            *celery,
            "worker",
            "-P",
            "threads",
            "-c",
            "8",
            "-n",
            f"worker-{number}@%h",
        ]
    if ports.nginx:
        place = ["-p", str(folder), "-c", str(folder / "nginx.conf")]
        found["nginx"] = [nginx_program() or "nginx", *place, "-g", "daemon off;"]
    return found


def nginx_program() -> str:
    """Where nginx is, or nothing. Debian keeps it where an ordinary user's PATH doesn't look."""
    folders = (os.environ.get("PATH", os.defpath), *SERVERS)
    return shutil.which("nginx", path=os.pathsep.join(folders)) or ""


def nginx_settings(folder: Path, ports: Ports) -> None:
    """The containers' own nginx.conf with loopback addresses, inside the frame that an ordinary user needs."""
    server = Template((ROOT / "docker" / "nginx.conf").read_text()).safe_substitute(
        LISTEN=f"127.0.0.1:{ports.nginx}",
        WEB_ADDRESS=f"127.0.0.1:{ports.web}",
        ASGI_ADDRESS=f"127.0.0.1:{ports.asgi}",
        STATIC_ROOT=str(VAR / "static"),
    )
    folder.mkdir(parents=True, exist_ok=True)
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    scratch = "".join(f'  {kind}_temp_path "{folder}/nginx-{kind}";\n' for kind in kinds)
    # Started by root, nginx would serve under an account that can't reach a checkout in root's own folder.
    user = "user root;\n" if os.geteuid() == 0 else ""
    frame = (
        f'{user}pid "{folder}/nginx.number";\nerror_log stderr;\nevents {{}}\nhttp {{\n  access_log off;\n'
    )
    types = "  include /etc/nginx/mime.types;\n" if Path("/etc/nginx/mime.types").exists() else ""
    (folder / "nginx.conf").write_text(f"{frame}{scratch}{types}{server}}}\n")
