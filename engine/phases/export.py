"""Phase 6: the approved book becomes files. One unit per format."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Final

from django.utils.text import slugify
from django.utils.translation import gettext as _

from biographies.actions import record_export
from biographies.errors import FormatUnavailable
from biographies.exports.dossier import Dossier
from biographies.exports.formats import DEFAULT, filename
from biographies.exports.manuscript import Manuscript
from biographies.exports.options import ExportOptions
from biographies.images import as_printed
from biographies.models import BiographyJob, Image
from biographies.vocabulary import Phase
from bookgen_site.lib import store
from engine import dossier, manuscript, printing
from engine.errors import UnitFailed
from engine.illustrating import printable
from engine.phases.base import Context, Outcome, UnitSpec, Work
from engine.plans import DRAFT

PHASE: Final = Phase.EXPORT
VITAL: Final = True

Renderer = Callable[[Manuscript, ExportOptions], bytes]
Packer = Callable[[Manuscript, ExportOptions, Dossier], bytes]
RENDERERS: Final[dict[str, Renderer]] = printing.RENDERERS
PACKERS: Final[dict[str, Packer]] = {"zip": printing.bundle_of_all, "kdp": printing.kdp_pack}


def units(ctx: Context) -> tuple[UnitSpec, ...]:
    """One unit per format."""
    return specs(ctx.job.export_formats, ctx.job.export_options)


def specs(formats: Iterable[str], options: Mapping[str, object], prefix: str = "") -> tuple[UnitSpec, ...]:
    """A unit per format; each keeps the options, so that all files of one export are printed alike."""
    told = json.dumps(options, sort_keys=True)
    return tuple(UnitSpec(key=prefix + one, instruction=told) for one in formats or DEFAULT)


def work(unit: Work, ctx: Context) -> Outcome:
    """Render the book from its revisions, keep the bytes, and write down what they are."""
    options = ExportOptions.of(json.loads(unit.instruction or "{}"))
    images = printable(ctx.job)
    book, hashes = _built(ctx.job, options, images)
    form = unit.key.removeprefix(DRAFT)
    data = _rendered(form, book, options, ctx.job)
    blob = store.put(data)
    words = manuscript.words(ctx.job)

    def apply() -> None:
        record_export(
            job=ctx.job,
            blob=blob,
            format=form,
            filename=filename(_stem(ctx.job), form, draft=options.draft),
            size=len(data),
            words=words,
            revision_hashes=hashes,
            images=as_printed(images),
            draft=options.draft,
            options=options.as_json(),
        )

    return Outcome(result={"blob": blob, "bytes": len(data)}, apply=apply)


def _built(
    job: BiographyJob, options: ExportOptions, images: list[Image]
) -> tuple[Manuscript, dict[str, str]]:
    """The book. A lost image parks the unit at once, with what to do."""
    try:
        return manuscript.build(job, draft=options.draft, images=images)
    except store.BlobMissing as error:
        told = _("The file of an image is missing or damaged: %s. Take the image out and add it again.")
        raise UnitFailed(told % error) from error


def _rendered(form: str, book: Manuscript, options: ExportOptions, job: BiographyJob) -> bytes:
    """The file. A format that this machine can't make parks its unit at once: trying again installs nothing."""
    try:
        if form in PACKERS:
            return PACKERS[form](book, options, dossier.of(job, book))
        return RENDERERS[form](book, options)
    except FormatUnavailable as error:
        raise UnitFailed(str(error)) from error


def _stem(job: BiographyJob) -> str:
    return slugify(job.character, allow_unicode=True) or "book"
