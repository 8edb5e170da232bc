"""`--processes 2`: once all is collected, this process is forked, and the forks share the modules.

Each worker of pytest-xdist imports and collects everything for itself, and its controller reads every result; that took
a twentieth of the whole suite's time. Here a pipe holds a number for each module, and who reads it runs that module.
What a fork has found comes back in pytest's own reports when all is done.
"""

from __future__ import annotations

import marshal
import os
import sys
import tempfile
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import IO, Any, Final

import pytest

Module = Sequence[pytest.Item]
NUMBER: Final = 4  # bytes of a module's number in the pipe


def pytest_addoption(parser: pytest.Parser) -> None:
    """One process, as pytest has it, unless more are asked for."""
    parser.addoption("--processes", type=int, default=1, help="how many processes share the modules")


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool | None:
    """In the place of pytest's own loop where there are several processes."""
    count: int = session.config.getoption("processes")
    if count < 2 or session.testsfailed or session.config.option.collectonly:
        return None
    # One folder for the temporary files of all: it is made here, and goes with this process.
    session.config._tmp_path_factory.getbasetemp()  # type: ignore[attr-defined]
    modules = [list(items) for _path, items in groupby(session.items, lambda item: item.path)]
    turns = _turns(len(modules))
    forks = [_forked(session, modules, turns) for _number in range(1, count)]
    _run(session, _claimed(modules, turns))
    for fork in forks:
        fork.take_over(session)
    return True


def _turns(count: int) -> int:
    """A pipe with the numbers of all modules: each is read once, whoever asks."""
    reading, writing = os.pipe()
    numbers = b"".join(number.to_bytes(NUMBER, "big") for number in range(count))
    assert os.write(writing, numbers) == len(numbers), "more modules than a pipe holds"
    os.close(writing)
    return reading


def _claimed(modules: Sequence[Module], turns: int) -> Iterator[pytest.Item]:
    while number := os.read(turns, NUMBER):
        yield from modules[int.from_bytes(number, "big")]


def _run(session: pytest.Session, items: Iterator[pytest.Item]) -> None:
    """As `_pytest.main` does: a test is told which comes next, so that fixtures of a module outlive it."""
    item = next(items, None)
    while item is not None:
        following = next(items, None)
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        if session.shouldfail:
            raise session.Failed(session.shouldfail)
        if session.shouldstop:
            raise session.Interrupted(session.shouldstop)
        item = following


@dataclass(frozen=True)
class Fork:
    """A process that takes its part; its reports lie in a file without a name."""

    pid: int
    reports: IO[bytes]

    def take_over(self, session: pytest.Session) -> None:
        """Wait for its end, and report what it found as if it were found here."""
        _pid, status = os.waitpid(self.pid, 0)
        hook = session.config.hook
        end = self.reports.tell()
        self.reports.seek(0)
        while self.reports.tell() < end:
            told = marshal.load(self.reports)  # our own fork wrote it
            report = hook.pytest_report_from_serializable(config=session.config, data=told)
            hook.pytest_runtest_logreport(report=report)
        if status:
            session.shouldfail = f"a process of the tests ended with {os.waitstatus_to_exitcode(status)}"
            raise session.Failed(session.shouldfail)


def _forked(session: pytest.Session, modules: Sequence[Module], turns: int) -> Fork:
    reports = tempfile.TemporaryFile()  # noqa: SIM115  # it is open as long as the fork is
    pid = os.fork()
    if pid:
        return Fork(pid, reports)
    status = 1
    try:
        _speak_apart(session.config, reports)
        _run(session, _claimed(modules, turns))
        status = 0
    except session.Failed:  # its report is written: no more tests were wanted after it
        status = 0
    except BaseException:  # noqa: BLE001  # nothing may leave a fork but its status
        traceback.print_exc(file=sys.__stderr__)
    finally:
        reports.flush()
        os._exit(status)


def _speak_apart(config: pytest.Config, reports: IO[bytes]) -> None:
    """A fork writes reports instead of the screen, and keeps what its tests print apart from the first process."""
    plugins = config.pluginmanager
    plugins.unregister(name="terminalreporter")
    plugins.register(Reports(config, reports))
    capturing: Any = plugins.getplugin("capturemanager")
    capturing.stop_global_capturing()
    capturing.start_global_capturing()
    capturing.suspend_global_capture()


class Reports:
    """Writes each report that says more than that a fixture went well."""

    def __init__(self, config: pytest.Config, file: IO[bytes]) -> None:
        self._config = config
        self._file = file

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """One report after the other."""
        if report.when == "call" or not report.passed:
            told = self._config.hook.pytest_report_to_serializable(config=self._config, report=report)
            marshal.dump(told, self._file)  # unlike JSON, it knows a tuple from a list, as pytest does
