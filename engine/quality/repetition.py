"""Is anything told twice, within a section or across chapters?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from django.utils.translation import gettext as _

from biographies.actions import Seen
from biographies.vocabulary import ChapterKind, Severity
from engine.quality.shingles import Heard, grams, looped
from engine.quality.views import LISTS, SectionView
from engine.quality.words import short, words

NAME = "repetition"
LEAST_WORDS = 6  # shorter sentences ("He did.") may return
_LARGEST_SHARE: Final = 0.1  # of a chapter's runs of four words that stand in one other chapter
_FEWEST_GRAMS: Final = 100


def check(view: SectionView) -> Iterator[Seen]:
    """Sentences that stand twice in one section; in a list, one sentence may well speak of two people."""
    if run := looped(words(" ".join(view.paragraphs))):
        message = _("The same words come again and again: “%s”") % short(run)
        yield Seen(NAME, Severity.ERROR, message, run)
    if view.kind in LISTS:
        return
    heard = Heard()
    for sentence in _sentences(view):
        twin = heard.twin(sentence)
        if twin and twin.exact:
            yield Seen(NAME, Severity.WARNING, _("This sentence stands here twice."), sentence)
        elif twin:
            message = _("This says nearly the same as “%s”") % short(twin.sentence)
            yield Seen(NAME, Severity.WARNING, message, sentence)
        heard.add(sentence, view.name)


def check_book(views: Iterable[SectionView]) -> Iterator[Seen]:
    """Sentences that stand in two chapters, exactly or nearly, and chapters with many words in common."""
    heard = Heard()
    chapters = [view for view in views if view.kind == ChapterKind.CHAPTER]
    for view in chapters:
        mine = list(_sentences(view))
        for sentence in mine:
            twin = heard.twin(sentence)
            if twin:
                names = {"one": twin.home, "other": view.name}
                yield _exact(names, sentence) if twin.exact else _near(names, sentence, twin.sentence)
        for sentence in mine:
            heard.add(sentence, view.name)
    yield from _shared(chapters)


def _exact(names: dict[str, str], sentence: str) -> Seen:
    message = _("A sentence of “%(other)s” stands in “%(one)s” already.") % names
    return Seen(NAME, Severity.ERROR, message, sentence)


def _near(names: dict[str, str], sentence: str, twin: str) -> Seen:
    told = names | {"first": short(twin), "second": short(sentence)}
    message = _("“%(other)s” says “%(second)s”, and “%(one)s” nearly the same: “%(first)s”") % told
    return Seen(NAME, Severity.WARNING, message, sentence)


def _shared(chapters: list[SectionView]) -> Iterator[Seen]:
    """Pairs of chapters that share more than a tenth of their runs of four words."""
    runs = [grams(words(" ".join(view.paragraphs))) for view in chapters]
    for later in range(len(chapters)):
        for earlier in range(later):
            fewest = min(len(runs[earlier]), len(runs[later]))
            share = len(runs[earlier] & runs[later]) / fewest if fewest >= _FEWEST_GRAMS else 0
            if share > _LARGEST_SHARE:
                told = {
                    "one": chapters[earlier].name,
                    "other": chapters[later].name,
                    "share": round(share * 100),
                }
                message = (
                    _("“%(other)s” shares %(share)d %% of its runs of four words with “%(one)s”.") % told
                )
                yield Seen(NAME, Severity.WARNING, message)


def _sentences(view: SectionView) -> Iterator[str]:
    """The cited sentences of a section, each once, however many citations it has; then those without one."""
    last = ""
    named = set()
    for one in view.citations:
        named.add(one.sentence)
        if one.sentence != last and len(one.sentence.split()) >= LEAST_WORDS:
            yield one.sentence
        last = one.sentence
    for told in view.told:
        if not told.marks and len(told.text.split()) >= LEAST_WORDS and told.text not in named:
            yield told.text
