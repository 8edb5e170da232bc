"""Judging one source: read it, cut it into passages, score it, say why. Pure but for reading the store."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from biographies.models import BiographyJob
from bookgen_site.lib import store
from bookgen_site.lib.fetching import FetchError, fetch
from sources.duplicates import Signature, near, signature
from sources.errors import Unreadable
from sources.extracting import Extracted, extract
from sources.language import detect
from sources.models import Source
from sources.passages import split_passages
from sources.scoring import classify, credibility, relevance

LEAST_RELEVANCE: Final = 0.1
LEAST_WORDS: Final = 40


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was found out about a source: columns of its row, and its passages."""

    valid: bool
    columns: dict[str, Any] = field(default_factory=dict)
    passages: list[tuple[int, int]] = field(default_factory=list)


def judge(source: Source, job: BiographyJob) -> Judgement:
    """Everything that can be said of one source by itself. A bad source is a verdict, never an error."""
    with translation.override("en"):
        try:
            data, found = _bytes(source)
            return _judge_text(source, job, extract(data, source.filename or source.url), found)
        except (Unreadable, FetchError) as error:
            return _rejected(error.reason)
        except store.BlobMissing as error:
            return _rejected(_("Its file can't be read: %s. Add the source again.") % error)


def _rejected(because: str, **columns: Any) -> Judgement:
    return Judgement(False, {"valid": False, "rejected_because": because, **columns})


def _bytes(source: Source) -> tuple[bytes, dict[str, Any]]:
    """The document as it came: from the store, or now from its URL (and into the store)."""
    if source.blob:
        return store.get(source.blob), {}
    fetched = fetch(source.url, allowed_hosts=settings.FETCH_ALLOWED_HOSTS)
    found = {"status_code": fetched.status, "blob": store.put(fetched.data)}
    if fetched.status != 200:
        raise Unreadable(_("The server answered %d. Check the address.") % fetched.status)
    return fetched.data, found


def _judge_text(source: Source, job: BiographyJob, document: Extracted, found: dict[str, Any]) -> Judgement:
    columns = found | _described(source, job, document) | _text_columns(document.text)
    if len(document.text.split()) < LEAST_WORDS:
        return _rejected(_("It holds fewer than %d words.") % LEAST_WORDS, **columns)
    if columns["relevance_score"] < LEAST_RELEVANCE:
        return _rejected(_("It says too little about %s.") % job.character, **columns)
    columns |= {"valid": True, "rejected_because": ""}
    return Judgement(True, columns, split_passages(document.text))


def _described(source: Source, job: BiographyJob, document: Extracted) -> dict[str, Any]:
    """Metadata (what the editor gave goes first, then what the document says), and both scores."""
    title = source.title or document.title or source.filename
    author = source.author or document.author
    publisher = source.publisher or document.publisher
    date = source.date or document.date[:40]
    kind = classify(source.form, author, job.character)
    relevant = relevance(job.character, job.description, document.text, title, author)
    credible = credibility(
        kind, author, date, publisher, source.origin_url or source.url, bool(document.text)
    )
    return {
        "title": title[:500],
        "author": author[:500],
        "publisher": publisher[:500],
        "date": date[:40],
        "kind": kind,
        "language": source.language or document.language or detect(document.text),
        "relevance_score": relevant.value,
        "relevance_because": relevant.because,
        "credibility_score": credible.value,
        "credibility_because": credible.because,
        "notes": " ".join(document.warnings),
    }


def _text_columns(text: str) -> dict[str, Any]:
    return {
        "text": text,
        "content_hash": hashlib.sha256(text.encode()).hexdigest(),
        "signature": signature(text),
    }


def twins(sources: Iterable[Source]) -> list[tuple[int, str]]:
    """The sources that say the same as an earlier one, by id, each with the reason to reject it."""
    kept: list[Source] = []
    found = []
    for source in sources:
        twin = next((other for other in kept if _same(source, other)), None)
        if twin is None:
            kept.append(source)
        else:
            found.append((source.pk, _("It is the same as source %(n)d, “%(title)s”.") % _named(twin)))
    return found


def _same(one: Source, other: Source) -> bool:
    if one.content_hash == other.content_hash:
        return True
    left: Signature | None = one.signature
    right: Signature | None = other.signature
    return left is not None and right is not None and near(left, right)


def _named(source: Source) -> dict[str, Any]:
    return {"n": source.number, "title": str(source)}
