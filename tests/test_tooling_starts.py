"""The tools start, find and end the right things, whatever was killed on the way."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from pytest_socket import SocketConnectBlockedError

from scripts.tools import environment, places, postgres, processes, services, suite, topology
from scripts.tools.place_of_services import Place, taken
from scripts.tools.supervisor import Supervisor


def command(folder: Path, name: str, script: str) -> str:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return str(path)


def find_python(*candidates: str) -> subprocess.CompletedProcess[str]:
    settings = {**os.environ, "PYTHON": " ".join(candidates)}
    return subprocess.run(
        [places.ROOT / "scripts" / "python"], env=settings, capture_output=True, text=True, check=False
    )


def test_a_python_that_only_fails_is_passed_over(tmp_path: Path) -> None:
    broken = command(tmp_path, "broken", "echo 'not found' >&2; exit 127")
    good = command(tmp_path, "good", "echo 3.13.0; echo /somewhere/python3.13")
    answer = find_python(broken, "no-such-command", good)
    assert (answer.returncode, answer.stdout) == (0, "/somewhere/python3.13\n")


def test_an_old_python_is_refused_in_one_line_that_says_what_was_found(tmp_path: Path) -> None:
    pretend = "import sys; sys.version_info = (3, 10, 9); exec(sys.argv[1])"
    old = command(tmp_path, "old", f"exec {sys.executable} -c '{pretend}' \"$2\"")
    answer = find_python(old)
    assert (answer.returncode, answer.stdout) == (1, "")
    assert len(answer.stderr.splitlines()) == 1
    assert "3.11 or newer" in answer.stderr
    assert f"{old} is 3.10.9" in answer.stderr


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An environment that was finished, in a checkout of its own."""
    venv = tmp_path / ".venv"
    command_folder = venv / "bin"
    command_folder.mkdir(parents=True)
    python = command(command_folder, "python", "exit 0")
    (tmp_path / "requirements").mkdir()
    for name in ("base.txt", "dev.txt", "lock.txt"):
        (tmp_path / "requirements" / name).write_text(name)
    for name, value in {
        "VENV": venv,
        "VENV_PYTHON": Path(python),
        "MADE": venv / "made",
        "INSTALLING": venv / "installing",
        "REQUIREMENTS": tmp_path / "requirements",
    }.items():
        monkeypatch.setattr(environment, name, value)
    environment.MADE.touch()
    environment.stamp("base").write_text(environment.digest("base"))
    return tmp_path


def test_a_finished_environment_is_left_alone(checkout: Path) -> None:
    assert environment.ready("base")
    assert not environment.ready("dev")


@pytest.mark.parametrize("name", ["lock.txt", "base.txt"])
def test_other_pins_make_the_environment_stale(checkout: Path, name: str) -> None:
    (checkout / "requirements" / name).write_text("something else")
    assert environment.whole()
    assert not environment.ready("base")


def test_an_environment_in_which_an_installation_was_cut_off_is_not_whole(checkout: Path) -> None:
    environment.INSTALLING.touch()
    assert not environment.ready("base")


def test_an_environment_that_was_cut_off_itself_is_not_whole(checkout: Path) -> None:
    environment.MADE.unlink()
    assert not environment.ready("base")


@pytest.mark.parametrize("script", ["exit 1", None])
def test_an_environment_whose_python_is_gone_is_not_whole(checkout: Path, script: str | None) -> None:
    python = checkout / ".venv" / "bin" / "python"
    python.unlink()
    if script:
        command(python.parent, "python", script)
    assert not environment.ready("base")


def test_a_failed_installation_leaves_its_mark(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "install", lambda *_files, lock: 1)
    assert environment.fill("base", lock=0) == 1
    assert not environment.ready("base")
    assert not environment.whole()


def test_an_installation_with_the_tools_counts_for_both(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environment, "install", lambda *_files, lock: 0)
    assert environment.fill("dev", lock=0) == 0
    assert environment.ready("dev")
    assert environment.ready("base")


def test_a_number_that_another_process_has_by_now_is_not_the_server(tmp_path: Path) -> None:
    data = tmp_path / "postgres" / "data"
    data.mkdir(parents=True)
    place = Place("test", tmp_path, user=None)
    with sleeper("-D", str(data)) as server:
        (data / "postmaster.pid").write_text(f"{server.pid}\n{data}\n")
        assert postgres.running(place) == server.pid
        (data / "postmaster.pid").write_text(f"{os.getpid()}\n{data}\n")
        assert postgres.running(place) == 0
    assert not postgres.stop(place)


def sleeper(*words: str) -> subprocess.Popen[bytes]:
    """A process that has these words on its command line and ends with its input."""
    # Two commands, or some shells turn into the one and lose the words.
    program = ["sh", "-c", "cat; :", *words]
    process = subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
    while not processes.words(process.pid):
        time.sleep(0.001)  # the kernel shows the words a moment after the start
    return process


def test_the_password_and_a_free_port_are_kept(tmp_path: Path) -> None:
    place = Place("test", tmp_path, user=None)
    assert place.password() == place.password()
    assert place.free_port("redis") == place.free_port("redis")
    assert (tmp_path / "known.json").stat().st_mode & 0o077 == 0


def test_a_port_that_a_neighbour_has_taken_is_chosen_anew(tmp_path: Path) -> None:
    place = Place("test", tmp_path, user=None)
    port = place.free_port("redis")
    with socket.create_server(("127.0.0.1", port)):
        assert taken(port)
        assert place.free_port("redis") != port


def test_a_missing_service_is_said_and_fails_only_where_it_is_required(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in (*suite.ADDRESSES, "CI", "REQUIRE_SERVICES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(services, "missing", lambda: ["PostgreSQL", "Redis"])
    outcome = suite.team([])
    assert outcome.good
    assert outcome.text == "not run, PostgreSQL and Redis not installed"
    monkeypatch.setenv("CI", "true")
    assert not suite.team([]).good


def test_what_a_killed_supervisor_left_is_ended_and_nothing_else(tmp_path: Path) -> None:
    with sleeper("left", "over") as leftover, sleeper("a", "neighbour") as neighbour:
        (tmp_path / "web.pid").write_text(f"{leftover.pid} sh -c cat; : left over")
        (tmp_path / "asgi.pid").write_text(f"{neighbour.pid} some other command")
        Supervisor(tmp_path).end_leftovers()
        assert leftover.wait(timeout=5) < 0
        assert processes.words(neighbour.pid)
        assert neighbour.stdin
        neighbour.stdin.close()
        assert leftover.stdin
        leftover.stdin.close()
    assert list(tmp_path.glob("*.pid")) == []


def test_a_leftover_that_has_rewritten_its_command_line_is_ended_too(tmp_path: Path) -> None:
    title = "nginx: master process sleep 60"
    nginx = subprocess.Popen(["bash", "-c", f"exec -a '{title}' sleep 60"])
    with nginx:
        limit = time.monotonic() + 5
        while not processes.words(nginx.pid).startswith(title) and time.monotonic() < limit:
            time.sleep(0.01)
        (tmp_path / "nginx.pid").write_text(f"{nginx.pid} sleep 60")
        Supervisor(tmp_path).end_leftovers()
        assert nginx.wait(timeout=5) < 0


def test_nginx_is_found_where_an_ordinary_path_does_not_look(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setattr(topology, "SERVERS", (str(tmp_path),))
    assert topology.nginx_program() == ""
    program = command(tmp_path, "nginx", "exit 0")
    assert topology.nginx_program() == program
    assert topology.processes(topology.Ports((1,), 2, 3), 1, tmp_path)["nginx"][0] == program


def test_a_dead_child_is_started_again(tmp_path: Path) -> None:
    supervisor = Supervisor(tmp_path)
    supervisor.start("worker", ["sleep", "60"], os.environ)
    first = supervisor.children["worker"].process
    first.kill()
    first.wait()
    supervisor.children["worker"].started -= 60
    supervisor.restart_the_dead()
    second = supervisor.children["worker"].process
    assert second.poll() is None
    supervisor.end_all()
    assert second.poll() is not None


@pytest.mark.parametrize(
    ("family", "address"), [(socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1")]
)
@pytest.mark.filterwarnings("ignore:A test tried")  # pytest-socket also warns
def test_no_test_reaches_the_network(family: socket.AddressFamily, address: str) -> None:
    with socket.socket(family) as caller, pytest.raises(SocketConnectBlockedError):
        caller.connect((address, 80))


def test_stopping_all_reaches_every_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "VAR", tmp_path)
    for name in ("team", "bench"):
        (tmp_path / "services" / name).mkdir(parents=True)
    stopped: list[str] = []

    def stop(name: str) -> int:
        stopped.append(name)
        return 0

    monkeypatch.setitem(services.COMMANDS, "stop", stop)
    assert services.main(["stop", "--all"]) == 0
    assert stopped == ["bench", "team"]
