"""Documents that harm their reader cost themselves, with a reason, and nothing else."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from sources.errors import Unreadable
from sources.extracting.process import Child, NoChild
from sources.extracting.reading import extract_here
from sources.extracting.sandbox import Allowance, Sandbox, extract
from sources.extracting.wire import MOST_NOTES, Garbled, notes_of, read_frame, unpack, write_frame
from tests.fakes.waiting import until

HOSTILE = (sys.executable, "-m", "tests.sources.extracting.hostile_child")
ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    """Children that do what a document says, one second of CPU each."""
    made = Sandbox(2, HOSTILE, Allowance(seconds=0.5, patience=4))
    yield made
    made.close()


def _text(sandbox: Sandbox, wish: str) -> str:
    return sandbox.read(wish.encode(), "a.txt").text


@pytest.mark.parametrize(
    ("wish", "reason"),
    [
        ("segfault", "crashed its reader"),
        ("loop", "takes too long"),
        ("sleep", "takes too long"),
        ("eat", "too much memory"),
        ("shell", "can't be read"),
        ("call_home", "can't be read"),
        ("write", "can't be read"),
        ("raise", "can't be read"),
        ("lie", "crashed its reader"),
        ("refuse", "^A reason"),
    ],
)
def test_a_harmful_document_has_its_reason_and_the_next_one_is_read(
    sandbox: Sandbox, wish: str, reason: str
) -> None:
    with pytest.raises(Unreadable, match=reason) as caught:
        _text(sandbox, wish)

    assert caught.value.reason.endswith(".")
    assert _text(sandbox, "good") == "good"
    assert not (ROOT / "stolen.txt").exists()


def test_a_document_that_forks_leaves_nothing_behind(sandbox: Sandbox) -> None:
    """As an ordinary user the system refuses; as root the whole group is ended with the child."""
    group = json.loads(_text(sandbox, "tell"))["pid"]

    with contextlib.suppress(Unreadable):
        assert _text(sandbox, "fork") == "refused"

    if json.loads(_text(sandbox, "tell"))["pid"] != group:  # it could fork, and died
        assert until(lambda: not _living(group)), "the group was killed, and still lives"


def _living(group: int) -> list[str]:
    """The states of the processes of a group, but for those that only wait to be buried."""
    told = subprocess.run(["ps", "-eo", "pgid=,stat="], capture_output=True, text=True, check=True).stdout
    rows = [line.split() for line in told.splitlines()]
    return [stat for pgid, stat in rows if pgid == str(group) and not stat.startswith("Z")]


def test_the_child_holds_no_secret_and_no_site(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "hush")
    fresh = Sandbox(1, HOSTILE)

    told = json.loads(_text(fresh, "tell"))
    fresh.close()

    assert "hush" not in str(told)
    assert told["django"] == []
    assert told["core"] == [0, 0]
    assert told["open"] <= 8, "standard streams, two pipes, the listing itself"


def test_what_a_library_prints_is_no_answer(sandbox: Sandbox) -> None:
    assert _text(sandbox, "noise") == "calm"


def test_signals_to_the_group_do_not_cost_a_document(sandbox: Sandbox) -> None:
    assert _text(sandbox, "signals") == "unheard"


def test_a_text_that_is_not_clean_is_not_believed(sandbox: Sandbox) -> None:
    """Offsets were worked out in it, and would point elsewhere once it is clean."""
    with pytest.raises(Unreadable, match="crashed its reader"):
        _text(sandbox, "dirty")
    assert _text(sandbox, "good") == "good"


def test_children_are_started_before_they_are_needed() -> None:
    two = Sandbox(2, HOSTILE)
    two.warm_up(b"good", "a.txt", 1)
    assert until(lambda: len(two._idle) == 1)
    (waiting,) = two._idle
    assert _text(two, "good") == "good"
    assert two._idle == [waiting]
    two.close()


def test_a_document_is_blamed_only_for_what_it_does_to_a_fresh_child(sandbox: Sandbox) -> None:
    assert _text(sandbox, "good") == "good"
    assert _text(sandbox, "unless_fresh") == "fresh"


def test_a_child_that_ended_unseen_is_replaced(sandbox: Sandbox) -> None:
    first = json.loads(_text(sandbox, "tell"))["pid"]
    os.kill(first, 9)

    assert json.loads(_text(sandbox, "tell"))["pid"] != first


def test_threads_share_the_children(sandbox: Sandbox) -> None:
    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(lambda number: _text(sandbox, f"text {number}"), range(40)))
        pids = set(pool.map(lambda _number: json.loads(_text(sandbox, "tell"))["pid"], range(40)))

    assert told == [f"text {number}" for number in range(40)]
    assert len(pids) <= 2


def test_one_child_serves_many_documents_but_not_for_ever() -> None:
    one = Sandbox(1, HOSTILE)
    pids = [json.loads(_text(one, "tell"))["pid"] for _number in range(150)]
    one.close()

    assert len(set(pids)) == 2
    assert len(set(pids[:100])) == 1


def test_a_child_of_a_large_process_is_no_large_child() -> None:
    """What Linux tells of a process's largest size it may have from its parent."""
    ballast = b"x" * 300_000_000
    one = Sandbox(1, HOSTILE)
    pids = [json.loads(_text(one, "tell"))["pid"] for _number in range(2)]
    one.close()

    assert pids[0] == pids[1], len(ballast)


def test_a_child_that_cannot_start_is_nobodys_fault() -> None:
    for command in ((sys.executable, "-c", "raise SystemExit(3)"), ("/nowhere/python",)):
        with pytest.raises(NoChild):
            Sandbox(1, command).read(b"good", "a.txt")


def test_the_child_ends_with_its_parent() -> None:
    code = (
        "import json, os\n"
        "from tests.sources.extracting.test_sandbox import HOSTILE\n"
        "from sources.extracting.sandbox import Sandbox\n"
        "print(json.loads(Sandbox(1, HOSTILE).read(b'tell', 'a').text)['pid'], flush=True)\n"
        "os.kill(os.getpid(), 9)\n"
    )
    killed = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert killed.returncode == -9, killed.stderr
    assert _ends(int(killed.stdout))


def _ends(pid: int) -> bool:
    """Whether a process that isn't our child ends within ten seconds."""
    wait = threading.Event()
    for _try in range(100):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        wait.wait(0.1)
    return False


def test_a_forked_process_has_children_of_its_own(sandbox: Sandbox) -> None:
    ours = json.loads(_text(sandbox, "tell"))["pid"]
    read, write = os.pipe()

    pid = os.fork()
    if pid == 0:
        os.write(write, _text(sandbox, "tell").encode())
        sandbox.close()
        os._exit(0)
    os.waitpid(pid, 0)

    assert json.loads(os.read(read, 60_000))["pid"] != ours
    assert json.loads(_text(sandbox, "tell"))["pid"] == ours


def test_the_real_child_reads_what_the_process_itself_would() -> None:
    for name in ("latin1-parkman-heroine-of-radium.txt", "duplicate-of-11-eb1911-curie-pierre.html"):
        data = (ROOT / "tests" / "data" / "edge" / name).read_bytes()
        assert extract(data, name) == extract_here(data, name)


def test_a_page_that_takes_minutes_is_ended_in_its_time() -> None:
    page = b"<html><body><nav>x</nav>" + b"<a href=x>y</a> " * 1_000_000
    small = Sandbox(1, allowance=Allowance(seconds=1, seconds_per_megabyte=0))

    with pytest.raises(Unreadable, match="too long"):
        small.read(page, "a.html")


@pytest.mark.parametrize("frame", [b"", b"[]", b"{", b"[" * 100_000, b"\xff"])
def test_what_is_no_answer_is_garbled(frame: bytes) -> None:
    with pytest.raises(Garbled):
        unpack(notes_of(frame), b"")


@pytest.mark.parametrize("notes", [{}, {"format": "exe", "warnings": []}, {"format": "txt", "warnings": "x"}])
def test_notes_of_another_shape_are_garbled(notes: dict[str, object]) -> None:
    with pytest.raises(Garbled):
        unpack(notes, b"text")


def test_frames_come_as_they_went_and_never_longer_than_allowed() -> None:
    read, write = os.pipe()
    with os.fdopen(read, "rb") as there, os.fdopen(write, "wb") as here:
        for payload in (b"", b"abc", b"x" * 100):
            write_frame(here, payload)
            assert read_frame(there, MOST_NOTES) == payload
        write_frame(here, b"x" * 100)
        with pytest.raises(Garbled):
            read_frame(there, 99)


def test_a_child_reads_one_document_after_another_and_ends_when_let_go() -> None:
    child = Child(HOSTILE)
    assert child.ask(b"one", "a", 5, 20)[1].endswith(b"one")
    assert child.ask(b"two", "a", 5, 20)[1].endswith(b"two")
    assert child.alive

    child.let_go()
    child._process.wait(10)

    assert not child.alive
