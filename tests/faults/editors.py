"""Two editors and the machine at one chapter, with real threads: edit, approve, regenerate, restore, cancel.

Each editor acts on the text that is on the own screen, which may be old. A seed fixes what is tried and when threads
pause; what comes of it is for the checks of `tests.faults.history`.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from random import Random

from biographies.actions import approve, text_hash
from biographies.errors import BookError
from biographies.models import Chapter, ChapterRevision
from bookgen_site.accounts.models import User
from engine import actions, editing, runner
from tests.fakes.threads import at_once
from tests.faults.history import Op, Recorder

ACTS = ("edit", "edit", "approve", "approve", "regenerate", "restore")
MOST_PAUSE = 0.004  # seconds: about as long as an action takes


class Editor:
    """A person with a screen."""

    def __init__(self, who: User, chapter: Chapter, recorder: Recorder, seed: int) -> None:
        self._who, self._chapter, self._recorder = who, chapter, recorder
        self._chance = Random(seed)
        self._screen = self._read()

    def act(self, times: int, *, may_cancel: bool) -> None:
        """So many random acts; now and then the page is loaded anew."""
        for number in range(times):
            time.sleep(self._chance.random() * MOST_PAUSE)
            if self._chance.random() < 0.6:
                self._screen = self._read()
            last = number == times - 1
            name = (
                "cancel" if may_cancel and last and self._chance.random() < 0.3 else self._chance.choice(ACTS)
            )
            self._try(name, number)

    def _read(self) -> ChapterRevision:
        now = Chapter.objects.select_related("current_revision").get(pk=self._chapter.pk).current_revision
        assert now
        return now

    def _try(self, name: str, number: int) -> None:
        told = {"chapter": self._chapter.pk, "seen": self._screen.sha256}
        with self._recorder.op(self._who.get_username(), name, (BookError,), **told) as op:
            getattr(self, f"_{name}")(op, number)

    def _edit(self, op: Op, number: int) -> None:
        lead = f"*{op.who} looked at it, time {number}, {self._chance.random()}.*\n\n"
        made = editing.edit(
            chapter=self._chapter, by=self._who, text=lead + self._screen.text, sha256=op.seen
        )
        op.made = made.sha256
        assert text_hash(made.text) == made.sha256

    def _restore(self, op: Op, _number: int) -> None:
        number = self._chance.randint(1, 4)
        op.made = editing.restore(chapter=self._chapter, by=self._who, number=number, sha256=op.seen).sha256

    def _approve(self, op: Op, _number: int) -> None:
        approve(chapter=self._chapter, sha256=op.seen, by=self._who)

    def _regenerate(self, _op: Op, number: int) -> None:
        actions.regenerate(chapter=self._chapter, by=self._who, instruction=f"{number}")

    def _cancel(self, _op: Op, _number: int) -> None:
        actions.cancel(job=self._chapter.job, by=self._who)


def play(chapter: Chapter, people: tuple[User, User], seed: int, *, times: int = 3) -> Recorder:
    """One interleaving. Raises what an editor's thread raised and no refusal was."""
    recorder = Recorder()
    editors = [Editor(who, chapter, recorder, 2 * seed + place) for place, who in enumerate(people)]
    calls: list[Callable[[], None]] = [
        lambda: editors[0].act(times, may_cancel=False),
        lambda: editors[1].act(times, may_cancel=True),
        lambda: _machine(chapter, Random(-seed - 1)),
    ]
    for answer in at_once(calls):
        if isinstance(answer, BaseException):
            raise answer
    while runner.look(chapter.job_id, "at the end"):
        pass
    return recorder


def _machine(chapter: Chapter, chance: Random) -> None:
    for _round in range(4):
        time.sleep(chance.random() * MOST_PAUSE)
        runner.look(chapter.job_id, "w")
