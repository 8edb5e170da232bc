"""What the editor of a chapter's text shows: the text, what its marks cite, its preview, and a conflict."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from biographies.admin.chapter_rows import UNCITED_KINDS
from biographies.admin.printing import printed
from biographies.admin.sentences import Shown
from biographies.differences import Row, both, changes, rows
from biographies.models import BiographyJob, Chapter, ChapterRevision
from bookgen_site.lib.text import clean_text
from engine.authors.base import Span
from engine.editing import LONGEST, base_of, cited
from engine.reciting import rebased, spans_of

MOST_CITES: Final = 500
_CITE: Final = re.compile(r"([0-9]{1,6}):([0-9]{1,6}):([0-9]{1,9}):([0-9]{1,9})")


@dataclass(frozen=True, slots=True)
class Draft:
    """A text that isn't stored, the revision it was made of, and the stretches that its new marks name."""

    base: ChapterRevision
    text: str
    cites: Mapping[int, Span]

    @property
    def cites_sent(self) -> list[str]:
        """The stretches as the form sends them: "mark:source:start:end"."""
        return [f"{mark}:{one.source}:{one.start}:{one.end}" for mark, one in self.cites.items()]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Somebody else's text beside mine: what differs, and both people's changes in one (None where they clash)."""

    theirs: ChapterRevision
    rows: list[Row]
    both: str | None


def cites_of(sent: Iterable[str]) -> dict[int, Span]:
    """The stretches of a form; what is none is left out, and its mark then names nothing."""
    found = (_CITE.fullmatch(one) for one in list(sent)[:MOST_CITES])
    return {int(one[1]): Span(int(one[2]), int(one[3]), int(one[4])) for one in found if one}


def preview_rows(job: BiographyJob, chapter: Chapter, draft: Draft) -> dict[str, Any]:
    """The draft as it would print, with the verdicts that it would get."""
    text = clean_text(draft.text[:LONGEST]).strip()
    written = cited(job, base_of(draft.base), text, draft.cites)
    shown = {one.number: Shown(one.sentence, one.verdict) for one in written.citations}
    groups = printed(written.text, chapter.kind, shown, cited=chapter.kind not in UNCITED_KINDS)
    return {"job": job, "groups": groups, "flags": {}, "revision": draft.base, "words": written.words}


def on_top_of(theirs: ChapterRevision, mine: Draft) -> tuple[Draft, Conflict]:
    """My text as a change of theirs, each mark naming what it named, and what stands between the two."""
    own = {**mine.cites, **spans_of(base_of(mine.base).citations)}
    other = spans_of(base_of(theirs).citations)
    text, cites = rebased(mine.text, own, other)
    base, _unused = rebased(mine.base.text, own, other)
    merged = both(base, text, theirs.text)
    conflict = Conflict(theirs, rows(changes(theirs.text, text)), merged if merged != text else None)
    return Draft(theirs, text, cites), conflict
