"""The team in containers, as far as it can be known without an engine: each file is read by the program it is for."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from django.conf import settings as of_django

from scripts.tools import team_secrets, topology
from scripts.tools.certificate import certificate
from scripts.tools.places import ROOT

BIN: Final = Path(sys.executable).parent
OURS: Final = ("prepare", "web", "asgi", "worker", "beat")
EVERY: Final = {"postgres", "redis", "nginx", *OURS}
SERVER: Final = shutil.which("redis-server") or shutil.which("valkey-server")

needs_nginx = pytest.mark.skipif(not topology.nginx_program(), reason="nginx isn't installed")
needs_redis = pytest.mark.skipif(not SERVER, reason="Redis isn't installed")


@cache
def compose(*files: str) -> dict[str, Any]:
    """The team as Docker Compose itself reads it; it fails on whatever it doesn't understand."""
    named = [word for name in ("docker-compose.yml", *files) for word in ("-f", name)]
    plain = {"PATH": os.environ["PATH"], "HOME": "/nonexistent"}
    command = [str(BIN / "docker-compose"), *named, "--env-file", os.devnull, "config"]
    done = subprocess.run(
        command, cwd=ROOT, env=plain, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    assert not done.stderr, done.stderr
    loaded = yaml.safe_load(done.stdout)
    assert isinstance(loaded, dict)
    return loaded


def services(*files: str) -> dict[str, Any]:
    found: dict[str, Any] = compose(*files)["services"]
    return found


def seconds(told: str) -> int:
    found = re.fullmatch(r"(?:(\d+)m)?(?:(\d+)s)?", told)
    assert found
    return 60 * int(found[1] or 0) + int(found[2] or 0)


def test_they_are_the_teams_topology() -> None:
    assert set(services()) == EVERY
    assert [name for name in services() if "ports" in services()[name]] == ["nginx"]
    for name in EVERY - {"prepare"}:
        assert services()[name]["healthcheck"]["test"], name
        assert services()[name]["restart"] == "unless-stopped", name
    assert services()["prepare"]["restart"] == "no"


@pytest.mark.parametrize("name", sorted(EVERY))
def test_each_has_no_more_rights_than_it_needs(name: str) -> None:
    found = services()[name]
    assert found["read_only"]
    assert found["cap_drop"] == ["ALL"]
    assert found["security_opt"] == ["no-new-privileges:true"]
    assert int(found["deploy"]["resources"]["limits"]["memory"]) > 0
    assert found["deploy"]["resources"]["limits"]["pids"] > 0
    writable = {one["target"] for one in found.get("volumes", []) if not one.get("read_only")}
    allowed = {"/app/var", "/app/var/media", "/app/var/static", "/var/lib/postgresql/data", "/data"}
    assert writable <= allowed


def test_nobody_runs_as_root() -> None:
    assert {name: services()[name]["user"] for name in ("postgres", "redis")} == {
        "postgres": "postgres",
        "redis": "redis",
    }
    assert services()["nginx"]["image"].startswith("nginxinc/nginx-unprivileged:")
    dockerfile = (ROOT / "docker" / "Dockerfile").read_text()
    assert re.search(r"^USER [1-9]\d+$", dockerfile, flags=re.MULTILINE)


def test_only_workers_have_a_way_out_and_only_the_door_is_reached() -> None:
    networks = compose()["networks"]
    assert networks["inside"]["internal"] is True
    reaching = {name: set(services()[name]["networks"]) for name in EVERY}
    assert {name for name, on in reaching.items() if "outside" in on} == {"worker"}
    assert {name for name, on in reaching.items() if "front" in on} == {"nginx"}
    assert all("inside" in on for on in reaching.values())


def test_secrets_are_files_and_stand_in_no_environment() -> None:
    for name in (*OURS, "postgres", "redis"):
        environment = services()[name].get("environment", {})
        given = {one["source"] for one in services()[name]["secrets"]}
        named = {Path(str(value)).name for key, value in environment.items() if key.endswith("_FILE")}
        assert named <= given
        plain = [key for key in environment if re.search(r"PASSWORD|SECRET|KEY|TOKEN", key)]
        assert [key for key in plain if not key.endswith("_FILE")] == []
        assert "@" not in str(environment.get("DATABASE_URL", "")).replace("bookgen@postgres", "")
    files = {Path(one["file"]).name for one in compose()["secrets"].values()}
    assert files == {*team_secrets.MADE, *team_secrets.YOURS}


def test_a_worker_is_waited_for_longer_than_a_model_call_takes() -> None:
    assert seconds(services()["worker"]["stop_grace_period"]) > of_django.MODEL_CALL_SECONDS


def test_one_image_is_built_once() -> None:
    """Compose builds each service's by itself: five of them would be five images of the same name."""
    assert [name for name in services() if "build" in services()[name]] == ["prepare"]
    assert {(services()[name]["image"], services()[name]["pull_policy"]) for name in OURS} == {
        ("bookgen", "never")
    }


def test_more_of_them_can_be_had() -> None:
    """Neither a name nor a port of its own keeps a second one from starting."""
    for name in ("web", "asgi", "worker"):
        assert not {"container_name", "ports", "hostname"} & set(services()[name])
    for name, service in {"WEB_SERVERS": "web", "ASGI_SERVERS": "asgi"}.items():
        assert services()["nginx"]["environment"][name] == f"server {service}:8000 resolve;"


def test_with_certificates() -> None:
    door = services("docker/tls.yml")["nginx"]
    assert [(one["published"], one["target"]) for one in door["ports"]] == [("80", 8080), ("443", 8443)]
    templates = {Path(one["source"]).name: one["target"] for one in door["volumes"] if "source" in one}
    assert templates["tls.conf"] == "/etc/nginx/templates/server.conf.template"
    assert "plain.conf" not in templates


@pytest.mark.parametrize(
    ("door", "files"), [("plain", ("docker-compose.yml",)), ("tls", ("docker-compose.yml", "docker/tls.yml"))]
)
def test_nginx_is_given_every_name_that_its_settings_ask_for(door: str, files: tuple[str, ...]) -> None:
    texts = [
        (ROOT / "docker" / "nginx" / f"{name}.conf").read_text() for name in ("http", "site", "errors", door)
    ]
    asked = set(re.findall(r"\$\{([A-Z_]+)\}", "".join(texts)))
    assert asked == set(services(*files[1:])["nginx"]["environment"])


def test_the_image_is_written_as_its_judge_wants_it() -> None:
    done = subprocess.run(
        [BIN / "hadolint", "docker/Dockerfile"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "")


def test_the_image_takes_the_pinned_packages_and_nothing_of_ours() -> None:
    assert "-c requirements/lock.txt" in (ROOT / "docker" / "Dockerfile").read_text()
    ignored = (ROOT / ".dockerignore").read_text().splitlines()
    assert {".env", ".git", "var", "books", "secrets", "certificates"} <= set(ignored)


def test_secrets_are_made_once(tmp_path: Path) -> None:
    folder = tmp_path / "secrets"
    assert set(team_secrets.make(folder)) == {*team_secrets.MADE, *team_secrets.YOURS}
    first = {file.name: file.read_text() for file in folder.iterdir()}
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {file.stat().st_mode & 0o777 for file in folder.iterdir()} == {0o644}
    assert all(len(first[name]) > 60 for name in team_secrets.MADE)
    assert len({first[name] for name in team_secrets.MADE}) == len(team_secrets.MADE)
    (folder / "redis_password").unlink()
    assert team_secrets.make(folder) == ["redis_password"]
    assert {name: (folder / name).read_text() for name in first if name != "redis_password"} == {
        name: text for name, text in first.items() if name != "redis_password"
    }


# --- the real programs, with our settings --------------------------------------------------------------------


def free() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


@needs_nginx
@pytest.mark.parametrize("door", ["plain", "tls"])
def test_nginx_takes_the_settings(tmp_path: Path, door: str) -> None:
    more = {
        "CERTIFICATES": str(certificate(tmp_path / "certificates")),
        "FRONT_PROXIES": "10.0.0.0/24",
    }
    ports = topology.Ports(web=(8101, 8102), asgi=8103, nginx=free(), tls=free() if door == "tls" else 0)
    file = topology.nginx_settings(tmp_path, ports, **more)
    assert "${" not in re.sub(
        r"\$\{page\}", "", "".join(one.read_text() for one in file.parent.rglob("*.conf"))
    )
    command = [topology.nginx_program(), "-t", "-p", str(tmp_path), "-c", str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.fixture
def door(tmp_path: Path) -> Iterator[tuple[str, int]]:
    """A running nginx with nobody behind it, that lets two requests a second through; gives folder and port."""
    ports = topology.Ports(web=(free(),), asgi=free(), nginx=free())
    few = {"REQUESTS_PER_SECOND": "1", "REQUESTS_BURST": "1", "LARGEST_UPLOAD": "1k"}
    static = tmp_path / "static"
    static.mkdir()
    (static / "site.css").write_text("p { color: red }" * 200)
    file = topology.nginx_settings(tmp_path, ports, STATIC_ROOT=str(static), **few)
    command = [topology.nginx_program(), "-p", str(tmp_path), "-c", str(file), "-g", "daemon off;"]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as running:
        limit = time.monotonic() + 10
        while time.monotonic() < limit:
            with socket.socket() as caller:
                if caller.connect_ex(("127.0.0.1", ports.nginx)) == 0:
                    break
            time.sleep(0.02)
        yield str(tmp_path), ports.nginx
        running.terminate()


def asked(port: int, path: str, body: bytes = b"", **headers: str) -> tuple[int, str, str]:
    """Status, headers and body, as they come over the wire."""
    lines = [
        f"{'POST' if body else 'GET'} {path} HTTP/1.1",
        "Host: localhost",
        "Connection: close",
        f"Content-Length: {len(body)}",
    ]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    with socket.create_connection(("127.0.0.1", port), timeout=10) as caller:
        caller.sendall("\r\n".join([*lines, "", ""]).encode() + body)
        told = b"".join(iter(lambda: caller.recv(65536), b""))
    head, _, rest = told.partition(b"\r\n\r\n")
    return int(head.split()[1]), head.decode(), rest.decode("latin-1")


@needs_nginx
@pytest.mark.parametrize(
    ("path", "headers", "status", "kind", "word"),
    [
        ("/", {}, 503, "text/html", "<h1>Service Unavailable</h1>"),
        ("/static/nothing.css", {}, 404, "text/html", "<h1>Not Found</h1>"),
        (f"/{'a' * 9000}", {}, 414, "text/html", "The address is too long."),
        ("/%zz", {}, 400, "text/html", "The request is malformed."),
        ("/admin/", {"X_Long": "a" * 9000}, 431, "text/html", "The headers of the request are too large."),
        ("/api/v1/status", {"X_Long": "a" * 9000}, 431, "application/problem+json", "headers_too_large"),
        ("/api/v1/status", {"Transfer_Encoding": "odd"}, 501, "application/problem+json", "not_implemented"),
    ],
)
def test_what_the_door_refuses_by_itself_is_told_like_everything_else(
    door: tuple[str, int], path: str, headers: dict[str, str], status: int, kind: str, word: str
) -> None:
    told, head, body = asked(door[1], path, b"", **headers)
    assert (told, f"Content-Type: {kind}" in head, "nosniff" in head, word in body) == (
        status,
        True,
        True,
        True,
    )
    assert "nginx" not in body
    if kind.endswith("json"):
        assert json.loads(body)["status"] == status


@needs_nginx
def test_the_door_answers_when_nobody_is_behind_it(door: tuple[str, int]) -> None:
    folder, port = door
    status, head, body = asked(port, "/api/v1/status")
    assert (status, '"code":"unavailable"' in body) == (503, True)
    assert "application/problem+json" in head
    assert "Retry-After: 5" in head
    assert asked(port, "/api/v1/biographies", b"x" * 2000)[0] == 413
    refused = [asked(port, "/api/v1/status") for _time in range(4)]
    assert [one[0] for one in refused][-1] == 429
    assert '"code":"throttled"' in refused[-1][2]
    status, head, _body = asked(port, "/static/site.css", Accept_Encoding="gzip")
    assert (status, "Content-Encoding: gzip" in head, "nosniff" in head) == (200, True, True)
    assert "nosniff" in asked(port, "/ws/notifications/")[1]
    token = "a-token-of-an-author-0123456789abcdefghijkl"
    for path in (
        f"/book/{token}/",
        f"/file/{token}/",
        f"/api/v1/files/{token}",
        f"/ws/notifications/?ticket={token}",
    ):
        asked(port, path)
    log = (Path(folder) / "access.log").read_text()
    assert "/book/***" in log
    assert token not in log


@needs_redis
def test_redis_takes_the_settings(tmp_path: Path) -> None:
    """It starts with them, and says of itself what the documentation says of it."""
    port = free()
    text = (ROOT / "docker" / "redis.conf").read_text() + f"port {port}\nbind 127.0.0.1\ndir {tmp_path}\n"
    with subprocess.Popen([SERVER or "", "-"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as running:
        assert running.stdin
        running.stdin.write(text.encode())
        running.stdin.close()
        limit = time.monotonic() + 10
        told = b""
        while not told and time.monotonic() < limit:
            try:
                with socket.create_connection(("127.0.0.1", port), timeout=5) as caller:
                    caller.sendall(b"CONFIG GET maxmemory-policy\r\nCONFIG GET appendonly\r\nQUIT\r\n")
                    told = b"".join(iter(lambda: caller.recv(4096), b""))
            except ConnectionRefusedError:
                time.sleep(0.02)
        running.terminate()
    assert b"volatile-lru" in told
    assert b"yes" in told


@needs_redis
def test_redis_has_its_password_and_hears_the_word_to_stop(tmp_path: Path) -> None:
    """What the container runs. A shell that stays before Redis keeps the word to itself, and Redis is killed."""
    port, word = free(), 'of redis: "half" \\ #1'
    with _redis_of_the_container(tmp_path, port, f" {word}\r\n") as running:
        try:
            assert "NOAUTH" in _said_by_redis(port, "PING")
            quoted = word.replace("\\", "\\\\").replace('"', '\\"')
            assert "PONG" in _said_by_redis(port, f'AUTH "{quoted}"\r\nPING')
        finally:
            running.terminate()
        assert running.wait(10) == 0


@needs_redis
def test_redis_without_a_password_does_not_start(tmp_path: Path) -> None:
    with _redis_of_the_container(tmp_path, free(), "\n") as running:
        try:
            assert running.wait(10) == 1
        finally:
            running.terminate()
        assert running.stderr
        assert b"secrets/redis_password is empty" in running.stderr.read()


def _redis_of_the_container(folder: Path, port: int, password: str) -> subprocess.Popen[bytes]:
    text = (ROOT / "docker" / "redis.conf").read_text() + f"port {port}\nbind 127.0.0.1\ndir {folder}\n"
    (folder / "redis.conf").write_text(text)
    (folder / "password").write_text(password, newline="")
    told = str(services()["redis"]["command"][-1]).replace("$$", "$").replace("redis-server", str(SERVER))
    told = told.replace("/etc/redis.conf", f"{folder}/redis.conf")
    told = told.replace("/run/secrets/redis_password", f"{folder}/password")
    return subprocess.Popen(["sh", "-c", told], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def _said_by_redis(port: int, words: str) -> str:
    limit = time.monotonic() + 10
    while True:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=5) as caller:
                caller.sendall(f"{words}\r\nQUIT\r\n".encode())
                return b"".join(iter(lambda: caller.recv(4096), b"")).decode()
        except ConnectionRefusedError:
            assert time.monotonic() < limit
            time.sleep(0.02)
