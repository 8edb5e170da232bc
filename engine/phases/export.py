"""Phase 6: the approved book becomes files. One unit per format."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Final

from django.utils.text import slugify

from biographies.actions import record_export
from biographies.exports.manuscript import Manuscript
from biographies.exports.options import ExportOptions
from biographies.models import BiographyJob
from biographies.models.export import FORMATS
from biographies.vocabulary import Phase
from bookgen_site.lib import store
from engine import manuscript, printing
from engine.phases.base import Context, Outcome, UnitSpec, Work
from engine.units import DRAFT

PHASE: Final = Phase.EXPORT
VITAL: Final = True

Renderer = Callable[[Manuscript, ExportOptions], bytes]
RENDERERS: Final[dict[str, Renderer]] = {"docx": printing.docx}


def units(ctx: Context) -> tuple[UnitSpec, ...]:
    """One unit per format."""
    return specs(ctx.job.export_options)


def specs(options: Mapping[str, object], prefix: str = "") -> tuple[UnitSpec, ...]:
    """A unit per format; each keeps the options, so that all files of one export are printed alike."""
    told = json.dumps(options, sort_keys=True)
    return tuple(UnitSpec(key=prefix + one, instruction=told) for one in FORMATS)


def work(unit: Work, ctx: Context) -> Outcome:
    """Render the book from its revisions, keep the bytes, and write down what they are."""
    options = ExportOptions.of(json.loads(unit.instruction or "{}"))
    book, hashes = manuscript.build(ctx.job, draft=options.draft)
    form = unit.key.removeprefix(DRAFT)
    data = RENDERERS[form](book, options)
    blob = store.put(data)
    words = manuscript.words(ctx.job)

    def apply() -> None:
        record_export(
            job=ctx.job,
            blob=blob,
            format=form,
            filename=_filename(ctx.job, form, options),
            size=len(data),
            words=words,
            revision_hashes=hashes,
            draft=options.draft,
            options=options.as_json(),
        )

    return Outcome(result={"blob": blob, "bytes": len(data)}, apply=apply)


def _filename(job: BiographyJob, form: str, options: ExportOptions) -> str:
    name = slugify(job.character, allow_unicode=True) or "book"
    return f"{name}{'-draft' if options.draft else ''}.{form}"
