"""Judging one source: read it, cut it into passages, score it, say why. Pure but for reading the store."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from biographies.models import BiographyJob
from bookgen_site.lib import store
from bookgen_site.lib.fetching import FetchError
from sources.arrivals import arrive
from sources.errors import Unreadable
from sources.extracting import Extracted
from sources.filenames import name_of
from sources.injection import Sign
from sources.language import detect
from sources.models import Source
from sources.profiles import profile_of
from sources.readings import read
from sources.scoring import Document, Profile, Record, Score, classify, credibility, relevance
from sources.scoring.hosts import form_by_host

LEAST_RELEVANCE: Final = 0.15  # a single passing mention in a long text stays below
LEAST_WORDS: Final = 40

_TOO_SHORT: Final = gettext_noop(
    "It holds %(words)d words, fewer than %(least)d: too little to quote. Check that the whole text came, or leave it"
    " out."
)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was found out about a source: columns of its row, and its passages."""

    valid: bool
    columns: dict[str, Any] = field(default_factory=dict)
    passages: list[tuple[int, int]] = field(default_factory=list)


def judge(source: Source, job: BiographyJob) -> Judgement:
    """Everything that can be said of one source by itself. A bad source is a verdict, never an error."""
    return judge_for(source, profile_of(job))


def judge_for(source: Source, profile: Profile | None) -> Judgement:
    """The same, for a person who needn't have a job; None: whomever it is about."""
    found: dict[str, Any] = {}
    with translation.override("en"):
        try:
            blob = source.blob or _fetched(source, found)
            return _judge_text(source, profile, read(blob, source.filename or source.url), found)
        except (Unreadable, FetchError) as error:
            return _rejected(error.reason, **found)
        except store.BlobMissing as error:
            return _rejected(_("Its file can't be read: %s. Add the source again.") % error)


def _rejected(because: str, **columns: Any) -> Judgement:
    return Judgement(False, {**columns, "valid": False, "rejected_because": because})


def _fetched(source: Source, found: dict[str, Any]) -> str:
    """The hash of the document behind its address; status and last address go into `found`, whatever comes."""
    arrival = arrive(source.url)
    found["status_code"] = arrival.status
    if arrival.refusal:
        raise Unreadable(arrival.refusal)
    found |= {"blob": arrival.blob, "origin_url": arrival.url[:2000]}
    return arrival.blob


def _judge_text(
    source: Source, profile: Profile | None, document: Extracted, found: dict[str, Any]
) -> Judgement:
    told, score = _described(source, profile, document, found)
    columns = found | told | _text_columns(document)
    words = document.digest.words
    if words < LEAST_WORDS:
        said = {"words": words, "least": LEAST_WORDS}
        return _rejected(_(_TOO_SHORT) % said, **columns)
    if score is not None and score.value < LEAST_RELEVANCE:
        return _rejected(score.refusal, **columns)
    columns |= {"valid": True, "rejected_because": ""}
    return Judgement(True, columns, list(document.digest.passages))


def _described(
    source: Source, profile: Profile | None, document: Extracted, found: dict[str, Any]
) -> tuple[dict[str, Any], Score | None]:
    """Metadata (what the editor gave goes first, then what the document says), and both scores.

    The relevance for itself too, None when there is nobody for whom it could be told.
    """
    url = found.get("origin_url") or source.origin_url or source.url
    author = source.author or document.author
    told = {
        "title": (source.title or document.title or name_of(source.filename))[:500],
        "author": author[:500],
        "publisher": (source.publisher or document.publisher)[:500],
        "date": (source.date or document.date)[:40],
        "kind": classify(source.form or form_by_host(url), author, profile.name if profile else ""),
    }
    credible = credibility(Record(**told, url=url, readable=bool(document.text)))
    score = relevance(profile, Document(document.text, told["title"], told["author"])) if profile else None
    columns = {
        **told,
        "relevance_score": score.value if score else None,
        "relevance_because": score.because if score else "",
        "credibility_score": credible.value,
        "credibility_because": credible.because,
        "language": source.language or document.language or detect(document.text),
        "notes": " ".join(document.warnings),
    }
    return columns, score


def _text_columns(document: Extracted) -> dict[str, Any]:
    text = document.text
    hidden = [Sign("hidden", 0, 0).as_list()] if document.hidden else []  # it has no place in the text
    return {
        "text": text,
        "content_hash": hashlib.sha256(text.encode()).hexdigest(),
        "signature": document.digest.signature,
        "signs": hidden + [sign.as_list() for sign in document.digest.signs],
    }
