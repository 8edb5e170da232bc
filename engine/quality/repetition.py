"""Is anything told twice, within a section or across chapters?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from biographies.actions import Seen
from biographies.vocabulary import ChapterKind, Severity
from engine.quality.views import SectionView

NAME = "repetition"
LISTS = (ChapterKind.TIMELINE, ChapterKind.GLOSSARY, ChapterKind.DRAMATIS_PERSONAE, ChapterKind.BIBLIOGRAPHY)
LEAST_WORDS = 6  # shorter sentences ("He did.") may return


def check(view: SectionView) -> Iterator[Seen]:
    """Sentences that stand twice in one section; in a list, one sentence may well speak of two people."""
    if view.kind in LISTS:
        return
    seen: set[str] = set()
    for sentence in _sentences(view):
        key = _key(sentence)
        if key in seen:
            yield Seen(NAME, Severity.WARNING, _("This sentence stands here twice."), sentence)
        seen.add(key)


def check_book(views: Iterable[SectionView]) -> Iterator[Seen]:
    """Sentences that stand in two chapters."""
    first: dict[str, str] = {}
    for view in views:
        for sentence in _sentences(view):
            home = first.setdefault(_key(sentence), view.name)
            if home != view.name:
                names = {"one": home, "other": view.name}
                message = _("A sentence of “%(other)s” stands in “%(one)s” already.") % names
                yield Seen(NAME, Severity.ERROR, message, sentence)


def _sentences(view: SectionView) -> Iterator[str]:
    """The cited sentences of a section, each once, however many citations it has."""
    last = ""
    for one in view.citations:
        if one.sentence != last and len(one.sentence.split()) >= LEAST_WORDS:
            yield one.sentence
        last = one.sentence


def _key(sentence: str) -> str:
    return " ".join(re.findall(r"\w+", sentence.casefold()))
