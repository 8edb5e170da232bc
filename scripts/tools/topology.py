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
    """Where each listens; `nginx` is 0 when it isn't installed, `tls` where there is no HTTPS."""

    web: tuple[int, ...]
    asgi: int
    nginx: int
    tls: int = 0

    @classmethod
    def from_first(cls, first: int, *, with_nginx: bool, webs: int = 3, tls: bool = False) -> Ports:
        """Neighbouring ports from the first on; the first is the one people use, with HTTPS the second."""
        nginx = first if with_nginx else 0
        secure = first + 1 if tls else 0
        asgi = first + bool(nginx) + bool(secure)
        return cls(nginx=nginx, tls=secure, asgi=asgi, web=tuple(range(asgi + 1, asgi + 1 + webs)))

    @property
    def front(self) -> int:
        """The port for people: nginx, else Daphne, which answers pages and live progress alike."""
        return self.tls or self.nginx or self.asgi

    @property
    def address(self) -> str:
        """The site's."""
        return f"https://localhost:{self.tls}" if self.tls else f"http://127.0.0.1:{self.front}"

    def listening(self) -> list[int]:
        """All ports that must be free."""
        return [port for port in (self.nginx, self.tls, self.asgi, *self.web) if port]

    def greeting(self) -> str:
        """What a person needs to know once everything has been started."""
        line = f"BookGen's team is up: {self.address}/ (Ctrl+C ends it)"
        if self.tls:
            line += "\nIts certificate is signed by itself (var/team/certificates): browsers warn, once."
        if not self.nginx:
            webs = ", ".join(f"http://127.0.0.1:{port}/" for port in self.web)
            line += (
                "\nnginx isn't installed: Daphne serves everything at that address, and gunicorn, for pages "
                f"and API alone, {webs}"
            )
        return line + "\nLogs: var/team/*.log"


def processes(ports: Ports, workers: int, folder: Path) -> dict[str, list[str]]:
    """Name and command of each process."""
    python = [str(VENV_PYTHON), "-m"]
    celery = [*python, "celery", "-q", "-A", "bookgen_site"]  # no banner among the lines of its log
    found = {  # gunicorn reads gunicorn.conf.py in the checkout
        f"web-{number}": [
            *(*python, "gunicorn", "-w", "1", "-b", f"127.0.0.1:{port}", "bookgen_site.wsgi:application")
        ]
        for number, port in enumerate(ports.web, 1)
    }
    # Daphne's own log of requests (-v 1) would hold the tickets in the addresses of WebSockets.
    found["asgi"] = [
        *(*python, "daphne", "-v", "0", "-b", "127.0.0.1", "-p", str(ports.asgi)),
        "bookgen_site.asgi:application",
    ]
    found["beat"] = [*celery, "beat", "-s", str(folder / "beat-schedule"), "--pidfile="]
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


def nginx_settings(folder: Path, ports: Ports, **more: str) -> Path:
    """The containers' own settings of nginx with loopback addresses, inside the frame that an ordinary user needs.

    `more` are names that the files ask for, by other values. Returns the file to start with.
    """
    door = "tls" if ports.tls else "plain"
    told = {**values(folder, ports), **more}
    parts = folder / "conf.d"
    shutil.rmtree(parts, ignore_errors=True)
    parts.mkdir(parents=True)
    for source, made in {
        "http": "http.conf",
        "site": "site.inc",
        "errors": "errors.inc",
        door: "server.conf",
    }.items():
        text = (ROOT / "docker" / "nginx" / f"{source}.conf").read_text()
        (parts / made).write_text(Template(text).safe_substitute(told))
    (folder / "nginx.conf").write_text(frame(folder))
    return folder / "nginx.conf"


def values(folder: Path, ports: Ports) -> dict[str, str]:
    """What the names in braces mean on one machine's loopback."""
    return {
        "RESOLVER": "",
        "WEB_SERVERS": " ".join(f"server 127.0.0.1:{port};" for port in ports.web),
        "ASGI_SERVERS": f"server 127.0.0.1:{ports.asgi};",
        "FRONT_PROXIES": "192.0.2.0/32",  # nobody
        "LISTEN": f"127.0.0.1:{ports.nginx}",
        "LISTEN_TLS": f"127.0.0.1:{ports.tls}",
        "HTTPS_PORT": f":{ports.tls}",
        "CERTIFICATES": str(folder / "certificates"),
        "CHALLENGES": str(folder / "challenges"),
        "ACCESS_LOG": str(folder / "access.log"),
        "STATIC_ROOT": str(VAR / "static"),
        "LARGEST_UPLOAD": os.environ.get("LARGEST_UPLOAD", "256m"),
        "REQUESTS_PER_SECOND": os.environ.get("REQUESTS_PER_SECOND", "50"),
        "REQUESTS_BURST": os.environ.get("REQUESTS_BURST", "200"),
    }


def frame(folder: Path) -> str:
    """What stands around the settings: the image of nginx brings its own."""
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    scratch = "".join(f'  {kind}_temp_path "{folder}/nginx-{kind}";\n' for kind in kinds)
    # Started by root, nginx would serve under an account that can't reach a checkout in root's own folder.
    user = "user root;\n" if os.geteuid() == 0 else ""
    types = "  include /etc/nginx/mime.types;\n" if Path("/etc/nginx/mime.types").exists() else ""
    head = f'{user}pid "{folder}/nginx.number";\nerror_log stderr;\nevents {{}}\nhttp {{\n  access_log off;\n'
    return f"{head}{scratch}{types}  include conf.d/*.conf;\n}}\n"
