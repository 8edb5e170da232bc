"""HTTPS as `make team ARGS=--tls` brings it: the containers' nginx settings, a certificate, and the site behind them.

One Daphne in place of all processes: what is asked here is what nginx and the site say to each other, and to browsers.
"""

from __future__ import annotations

import base64
import os
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import httpx
import pytest
from cryptography import x509

from scripts.tools import team, topology
from scripts.tools.certificate import certificate
from scripts.tools.topology import Ports
from tests.fuzz.server import ROOT, daphne, environment, free_port, manage

MISSING: Final = not topology.nginx_program() and not os.environ.get("CI")  # CI installs it
pytestmark = pytest.mark.skipif(MISSING, reason="nginx isn't installed")
PASSWORD: Final = "a long enough passphrase 7"
PATIENCE: Final = 60.0  # seconds until it answers
LOGIN: Final = "/admin/login/"


class Site:
    """Where it is, and what trusts its certificate."""

    def __init__(self, ports: Ports, chain: Path) -> None:
        self.ports, self.trust = ports, ssl.create_default_context(cafile=str(chain))
        self.client = httpx.Client(
            base_url=ports.address, verify=self.trust, timeout=PATIENCE, trust_env=False
        )

    def log_in(self) -> httpx.Response:
        """Fill in the form as a browser does; returns the answer to it."""
        self.client.get(LOGIN)
        told = {"username": "chief", "password": PASSWORD, "next": "/admin/"}
        return self.client.post(LOGIN, data=told, headers=self.signed)

    @property
    def signed(self) -> dict[str, str]:
        """What a browser sends along with a form."""
        token = self.client.cookies.get("__Host-csrftoken") or ""
        return {"X-CSRFToken": token, "Referer": f"{self.ports.address}{LOGIN}"}

    def socket(self, path: str, origin: str) -> bytes:
        """The first line of the answer to a WebSocket's handshake, with the browser's cookies."""
        cookies = "; ".join(f"{name}={value}" for name, value in self.client.cookies.items())
        head = {
            "Host": f"localhost:{self.ports.tls}",
            "Upgrade": "websocket",
            "Connection": "Upgrade",
            "Sec-WebSocket-Key": base64.b64encode(os.urandom(16)).decode(),
            "Sec-WebSocket-Version": "13",
            "Origin": origin,
            "Cookie": cookies,
        }
        lines = [f"GET {path} HTTP/1.1", *(f"{name}: {value}" for name, value in head.items()), "", ""]
        bare = socket.create_connection(("127.0.0.1", self.ports.tls), timeout=PATIENCE)
        with self.trust.wrap_socket(bare, server_hostname="localhost") as line:
            line.sendall("\r\n".join(lines).encode())
            return line.recv(4096).split(b"\r\n", 1)[0]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("tls")
    behind = free_port()
    ports = Ports(web=(behind,), asgi=behind, nginx=free_port(), tls=free_port())
    variables = environment(folder / "var", **team.seen_from(ports), LOG_LEVEL="ERROR")
    manage(variables, "migrate", "--verbosity", "0")
    person = {"DJANGO_SUPERUSER_PASSWORD": PASSWORD, "DJANGO_SUPERUSER_EMAIL": "chief@example.org"}
    manage({**variables, **person}, "createsuperuser", "--noinput", "--username", "chief")
    chain = certificate(folder / "certificates") / "fullchain.pem"
    file = topology.nginx_settings(folder, ports)
    nginx = [topology.nginx_program(), "-p", str(folder), "-c", str(file), "-g", "daemon off;"]
    with _running(daphne(behind), variables), _running(nginx, os.environ):
        made = Site(ports, chain)
        _await(made)
        yield made


@contextmanager
def _running(command: list[str], variables: Mapping[str, str]) -> Iterator[None]:
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, cwd=ROOT, env=dict(variables), **quiet) as process:  # type: ignore[call-overload]
        try:
            yield
        finally:
            process.terminate()


def _await(site: Site) -> None:
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends:
        try:
            if site.client.get("/health").status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    raise TimeoutError("the site doesn't answer by HTTPS")


def test_who_comes_without_encryption_is_sent_to_where_there_is_some(site: Site) -> None:
    told = httpx.get(f"http://localhost:{site.ports.nginx}/admin/books/?a=b", trust_env=False)
    assert (told.status_code, told.headers["location"]) == (308, f"{site.ports.address}/admin/books/?a=b")
    assert "set-cookie" not in told.headers


def test_a_login_has_cookies_that_no_other_site_can_plant_or_read(site: Site) -> None:
    told = site.log_in()
    assert (told.status_code, told.headers["location"]) == (302, "/admin/")
    cookies = {one.split("=", 1)[0]: one for one in told.headers.get_list("set-cookie")}
    assert set(cookies) == {"__Host-sessionid", "__Host-csrftoken"}
    for one in cookies.values():
        assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(one.split("; "))
        assert "Domain" not in one
    assert site.client.get("/admin/").status_code == 200


def test_browsers_are_told_to_stay_with_https_but_not_for_long(site: Site) -> None:
    assert site.client.get(LOGIN).headers["strict-transport-security"] == "max-age=300"


def test_live_progress_comes_by_wss_and_only_to_pages_of_the_site(site: Site) -> None:
    site.log_in()
    made = site.client.post("/api/v1/biographies", json={"character": "Ada Quill"}, headers=site.signed)
    path = f"/ws/biographies/{made.json()['job_id']}/?after=0"
    assert site.socket(path, site.ports.address).startswith(b"HTTP/1.1 101")
    for stranger in (f"http://localhost:{site.ports.tls}", "https://localhost", "https://example.org"):
        assert site.socket(path, stranger).startswith(b"HTTP/1.1 403"), stranger


def test_the_certificate_stays_as_long_as_it_lasts(tmp_path: Path) -> None:
    first = (certificate(tmp_path) / "fullchain.pem").read_bytes()
    assert (certificate(tmp_path) / "fullchain.pem").read_bytes() == first
    assert (tmp_path / "privkey.pem").stat().st_mode & 0o777 == 0o600
    names = x509.load_pem_x509_certificate(first).extensions.get_extension_for_class(
        x509.SubjectAlternativeName
    )
    assert names.value.get_values_for_type(x509.DNSName) == ["localhost"]
    (tmp_path / "privkey.pem").unlink()
    assert (certificate(tmp_path) / "fullchain.pem").read_bytes() != first


def test_https_has_a_port_of_its_own_and_needs_nginx(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ports = Ports.from_first(8000, with_nginx=True, tls=True)
    assert (ports.nginx, ports.tls, ports.asgi, ports.web) == (8000, 8001, 8002, (8003, 8004, 8005))
    assert ports.front == 8001
    assert set(ports.listening()) == set(range(8000, 8006))
    monkeypatch.setattr(team, "nginx_program", lambda: "")
    assert team.main(["--tls"]) == 1
    assert "nginx" in capsys.readouterr().err
