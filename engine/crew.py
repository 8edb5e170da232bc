"""The threads that work without a broker: the sweep of every worker process, and the crew of a command."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable
from functools import partial

import structlog
from django.conf import settings
from django.db import DatabaseError, connection

from bookgen_site.lib import heaps
from bookgen_site.lib.lending import let_go
from engine import queries, returning, runner, workers
from engine.calls import gate, spool
from engine.stopping import stirring
from sources import checking

log = structlog.get_logger(__name__)

IDLE = 0.5  # seconds between two looks of the thread that keeps watch: other processes work on the job too


class Sweep(threading.Thread):
    """Every few seconds: free what dead workers held, and work whatever in the database has no message."""

    def __init__(self) -> None:
        super().__init__(name="sweep", daemon=True)
        self._stop_asked = threading.Event()

    def stop(self) -> None:
        """Ask the thread to end after its present unit."""
        self._stop_asked.set()

    def run(self) -> None:
        """Sweep until asked to stop; a database that is away is tried again at the next round."""
        heaps.give_back_freely()
        heaps.collect_seldom()
        while not self._stop_asked.wait(settings.ENGINE_SWEEP_SECONDS):
            try:
                sweep_once(self._stop_asked.is_set)
            except DatabaseError as error:
                log.warning("database_away", error=str(error))
            except Exception:  # the next round may be better; without the sweep, books stand still
                log.exception("sweep_failed")
            finally:
                connection.close()


def sweep_once(stop: Callable[[], bool] = lambda: False) -> int:
    """One round of the sweep; returns how many units it worked. First what dead processes and outages have left."""
    for take_up in (workers.release_dead, returning.hand_back_all, gate.give_back_tickets, spool.recover_all):
        _apart(take_up)
    done = sum(_look(job_id, stop) for job_id in queries.jobs_in_work())
    _apart(partial(checking.sweep, stop))
    return done


def _apart(step: Callable[[], object]) -> None:
    """One thing of a round; should it break, the others are done all the same."""
    try:
        step()
    except DatabaseError:
        raise
    except Exception:  # without the rest of the round, books stand still
        log.exception("sweep_step_failed")


def _look(job_id: uuid.UUID, stop: Callable[[], bool]) -> int:
    try:
        with structlog.contextvars.bound_contextvars(job_id=str(job_id)):
            return runner.look(job_id, workers.me(), stop)
    except DatabaseError:
        raise
    except Exception:  # one bad job must not hold up all others
        log.exception("look_failed", job_id=str(job_id))
        return 0


class Crew:
    """Threads that work one job to its next rest, in a process of their own (the command line's)."""

    def __init__(self, job_id: uuid.UUID, threads: int) -> None:
        self._job_id = job_id
        self._stop_asked = threading.Event()
        self._threads = [threading.Thread(target=self._work, daemon=True) for _number in range(threads)]
        self.trouble: BaseException | None = None

    def __enter__(self) -> Crew:
        heaps.give_back_freely()
        heaps.collect_seldom()
        workers.release_dead()
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._stop_asked.set()
        for thread in self._threads:
            while thread.is_alive():  # who ends a unit meanwhile tells another number
                stirring.tell(len(self._threads))
                thread.join(IDLE)

    def _work(self) -> None:
        try:
            while not self._stop_asked.is_set():
                if not runner.look(self._job_id, workers.me(), self._stop_asked.is_set):
                    self._rest()
        except BaseException as error:  # noqa: BLE001  # handed to the command, which tells it and ends
            self.trouble = error
        finally:
            connection.close()

    def _rest(self) -> None:
        """Until somebody tells of units; who keeps watch sees what nobody here told, and tells the others."""
        let_go()
        if not stirring.wait(IDLE, self._job_id):
            stirring.tell(queries.units_ready(self._job_id))
