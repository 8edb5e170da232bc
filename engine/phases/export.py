"""Phase 6: the approved book becomes files. One unit per format."""

from __future__ import annotations

from typing import Final

from django.utils.text import slugify

from biographies.actions import record_export
from biographies.exports.docx import render
from biographies.models.export import FORMATS
from biographies.vocabulary import Phase
from bookgen_site.lib import store
from engine import manuscript
from engine.phases.base import Context, Outcome, UnitSpec, Work

PHASE: Final = Phase.EXPORT
VITAL: Final = True

RENDERERS: Final = {"docx": render}


def units(ctx: Context) -> tuple[UnitSpec, ...]:
    """One unit per format."""
    return tuple(UnitSpec(key=one) for one in FORMATS)


def work(unit: Work, ctx: Context) -> Outcome:
    """Render the book from its approved revisions, keep the bytes, and write down what they are."""
    book, hashes = manuscript.build(ctx.job)
    data = RENDERERS[unit.key](book)
    blob = store.put(data)
    words = manuscript.words(ctx.job)
    filename = f"{slugify(ctx.job.character, allow_unicode=True) or 'book'}.{unit.key}"

    def apply() -> None:
        record_export(
            job=ctx.job,
            blob=blob,
            format=unit.key,
            filename=filename,
            size=len(data),
            words=words,
            revision_hashes=hashes,
        )

    return Outcome(result={"blob": blob, "bytes": len(data)}, apply=apply)
