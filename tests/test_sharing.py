"""Tests that are shared by processes: each runs once, and what any process found is told."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from bookgen_site.env import BASE_DIR

# Each waits until the other one runs, so no process can take both; each prints, and only the failed one's is shown.
MODULE = """
import os, pathlib, time, pytest

def test_beside_the_other():
    print("{own} was printed")
    pathlib.Path("{own}").write_text(str(os.getpid()))
    until = time.monotonic() + 60
    while not pathlib.Path("{other}").exists():
        assert time.monotonic() < until
        time.sleep(0.001)

def test_fails():
    assert "{own}" == "a"

def test_is_skipped():
    pytest.skip("{own} has a reason")
"""


def shared(folder: Path, **modules: str) -> subprocess.CompletedProcess[str]:
    for name, text in modules.items():
        (folder / f"test_{name}.py").write_text(text)
    order = ["-m", "pytest", "-p", "tests.sharing", "--processes", "2", "-ra", "-c", os.devnull]
    own = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONPATH": str(BASE_DIR)}
    return subprocess.run(
        [sys.executable, *order, "--rootdir", str(folder), str(folder)],
        cwd=folder, env=os.environ | own, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_two_processes_run_each_test_once_and_tell_all(tmp_path: Path) -> None:
    ran = shared(tmp_path, a=MODULE.format(own="a", other="b"), b=MODULE.format(own="b", other="a"))
    assert (tmp_path / "a").read_text() != (tmp_path / "b").read_text()
    assert "1 failed, 3 passed, 2 skipped" in ran.stdout
    assert "FAILED test_b.py::test_fails" in ran.stdout
    assert "a has a reason" in ran.stdout
    assert "b has a reason" in ran.stdout
    assert ran.returncode == 1


DEADLY = (
    MODULE.replace('"{own}" == "a"', "os.getpid() == FIRST or os._exit(7)")
    + "\nFIRST = os.getpid()  # the process that collects\n"
)


def test_a_fork_that_dies_is_a_failure(tmp_path: Path) -> None:
    ran = shared(tmp_path, a=DEADLY.format(own="a", other="b"), b=DEADLY.format(own="b", other="a"))
    assert "a process of the tests ended with 7" in ran.stdout
    assert "2 passed" in ran.stdout
    assert ran.returncode == 1
