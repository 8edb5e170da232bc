"""What every phase is: it lists its units, and it works one of them. No control flow beyond that."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol, TypedDict

from biographies.models import BiographyJob, Chapter, ChapterRevision
from biographies.vocabulary import Origin, Phase
from engine.authors.base import Author


@dataclass(frozen=True, slots=True)
class UnitSpec:
    """A unit to be made: `key` is unique in its phase, `wave` says what it must wait for.

    One that is made `by_chapter` waits only for what is open of its own chapter.
    """

    key: str
    wave: int = 0
    chapter_id: int | None = None
    by_chapter: bool = False
    instruction: str = ""
    asked_by_id: int | None = None
    model: str = ""  # that writes it, instead of the job's own
    paragraphs: tuple[int, ...] = ()  # that are written anew; none: the whole text
    base_id: int | None = None  # the revision that has these paragraphs


class RevisionMaking(TypedDict):
    """What a unit says of the revision that it makes."""

    origin: Origin
    asked_by_id: int | None
    instruction: str
    paragraphs: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Work:
    """A unit being worked on, as a phase sees it."""

    key: str
    generation: int = 0
    chapter: Chapter | None = None
    instruction: str = ""
    asked_by_id: int | None = None
    paragraphs: tuple[int, ...] = ()
    base: ChapterRevision | None = None

    def revision(self) -> RevisionMaking:
        """How a revision that this unit makes came to be."""
        origin = Origin.REGENERATED if self.generation else Origin.GENERATED
        return {
            "origin": origin,
            "asked_by_id": self.asked_by_id,
            "instruction": self.instruction,
            "paragraphs": self.paragraphs,
        }


@dataclass(frozen=True, slots=True)
class Context:
    """What a phase may use: the job as it was when the unit began, and the author that writes it."""

    job: BiographyJob
    author: Author

    @property
    def job_id(self) -> uuid.UUID:
        """The job's id."""
        return self.job.pk


def nothing() -> None:
    """The effect of a unit that only computes."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a unit came to: a small JSON result, and the writes that belong to it.

    `apply` runs in the transaction that marks the unit done, after its fence was checked: either all
    of it is stored and the unit is done, or nothing is.
    """

    result: dict[str, Any] = field(default_factory=dict)
    apply: Callable[[], object] = nothing


class PhaseModule(Protocol):
    """The interface of `engine/phases/<phase>.py`."""

    PHASE: Phase
    VITAL: bool  # whether the job stops when a unit of this phase is parked

    @staticmethod
    def units(ctx: Context) -> tuple[UnitSpec, ...]:
        """The phase's units: a frozen list, the same whoever asks. Raises Stop when the job can't go on."""

    @staticmethod
    def work(unit: Work, ctx: Context) -> Outcome:
        """Work one unit; idempotent, no writes outside `Outcome.apply`. Raises UnitFailed when hopeless."""
