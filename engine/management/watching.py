"""Progress bars for the six phases, read from the rows, on a terminal or as plain lines."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from biographies.models import BiographyJob
from biographies.vocabulary import JobStatus, Phase
from engine import queries
from engine.crew import Crew
from engine.models import Run

AT_WORK = {JobStatus.RUNNING, JobStatus.EXPORTING}


class PhaseBars:
    """One bar per phase; a phase's bar is full when all its units have ended."""

    def __init__(self, console: Console) -> None:
        self.progress = Progress(
            TextColumn("{task.description:<22}"),
            BarColumn(bar_width=36),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=console,
        )
        self.bars: dict[Phase, TaskID] = {
            phase: self.progress.add_task(str(phase.label), total=None, start=False) for phase in Phase
        }

    def update(self, job_id: uuid.UUID) -> None:
        """Bring the bars to where the rows are."""
        run = Run.objects.filter(job_id=job_id).order_by("-id").first()
        if run is None:
            return
        for phase, (done, total) in queries.unit_counts(run.pk).items():
            bar = self.bars[phase]
            self.progress.start_task(bar)
            self.progress.update(bar, completed=done, total=total)
            if done == total:
                self.progress.stop_task(bar)


def work_and_watch(job_id: uuid.UUID, threads: int, console: Console, then: Callable[[], bool]) -> None:
    """Work the job in this process until it rests; `then` may set it going again and says whether it did."""
    bars = PhaseBars(console)
    with bars.progress, Crew(job_id, threads) as crew:
        while crew.trouble is None:
            bars.update(job_id)
            status = BiographyJob.objects.values_list("status", flat=True).get(pk=job_id)
            if status not in AT_WORK and not then():
                break
            time.sleep(0.2)
        bars.update(job_id)
    if crew.trouble is not None:
        raise crew.trouble
