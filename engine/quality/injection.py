"""Do words that speak to a language model stand in the book, or in a source that it rests on?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from django.utils.translation import gettext as _

from biographies.actions import Seen
from biographies.vocabulary import Severity
from engine.quality.views import CitedSentence, SectionView, Signed
from engine.quality.words import short
from sources.injection import signs

NAME = "injection"
_AROUND: Final = 160  # characters around a sign that belong to the same instruction
# Words that no prose has by chance: an instruction asks for them, a text has them only by obeying.
_ODD: Final = re.compile(
    r"https?://\S+|\b[A-Z]{2,}[A-Z0-9]*(?:-[A-Z0-9]+)+\b|\b(?=\w*[A-Z])(?=\w*\d)\w{6,}\b|\b[A-Z]{6,}\b"
)


def check(view: SectionView) -> Iterator[Seen]:
    """Signs in the text itself, sentences that rest on flagged words, and words that only those ask for."""
    for place, paragraph in enumerate(view.paragraphs):
        for sign in signs(paragraph):
            words = paragraph[sign.start : sign.end]
            message = _("These words look like instructions to a language model: “%s”") % short(words)
            yield Seen(NAME, Severity.ERROR, message, view.sentence_at(place, words))
        yield from _obeyed(view, place, paragraph)
    for one in view.citations:
        if signed := _flagged(view, one):
            names = {"n": signed.number, "title": signed.title}
            message = (
                _("This rests on words of source %(n)d, “%(title)s”, that look like instructions.") % names
            )
            yield Seen(NAME, Severity.WARNING, message, one.sentence)


def check_book(views: Iterable[SectionView]) -> Iterator[Seen]:
    """Each source with signs, for the editor to look at."""
    for view in list(views)[:1]:
        for signed in view.about.signed:
            words = " … ".join(_words(view, signed)[:3])
            if not words:
                yield _unseen(signed)
                continue
            told = {"n": signed.number, "title": signed.title, "words": short(words)}
            message = _("Source %(n)d, “%(title)s”, speaks to a language model: “%(words)s”") % told
            yield Seen(NAME, Severity.WARNING, message, words)


def _unseen(signed: Signed) -> Seen:
    told = {"n": signed.number, "title": signed.title}
    message = _("Source %(n)d, “%(title)s”, holds hidden words that speak to a language model.") % told
    return Seen(NAME, Severity.WARNING, message, "")


def _words(view: SectionView, signed: Signed) -> list[str]:
    text = view.about.texts.get(signed.number, "")
    return [text[start:end] for _name, start, end in signed.signs if start < end]


def _flagged(view: SectionView, one: CitedSentence) -> Signed | None:
    end = one.start + len(one.quote)
    for signed in view.about.signed:
        if signed.number == one.source and any(
            start < end and one.start < stop for _name, start, stop in signed.signs
        ):
            return signed
    return None


def _obeyed(view: SectionView, place: int, paragraph: str) -> Iterator[Seen]:
    for signed in view.about.signed:
        asked = _asked(view.about.texts.get(signed.number, ""), signed)
        for words in sorted(asked):
            if words in paragraph:
                told = {"n": signed.number, "words": words}
                message = _("“%(words)s” stands in no source but in the instructions of source %(n)d.") % told
                yield Seen(NAME, Severity.ERROR, message, view.sentence_at(place, words))


def _asked(text: str, signed: Signed) -> set[str]:
    """Odd words around the signs of a source that stand nowhere else in it."""
    inside, outside, last = [], [], 0
    for _name, start, end in signed.signs:
        if start == end:  # hidden: it has no place in the text
            continue
        begin, stop = max(last, start - 10), min(len(text), end + _AROUND)
        outside.append(text[last:begin])
        inside.append(text[begin:stop])
        last = max(last, stop)
    rest = " ".join([*outside, text[last:]])
    return {word.rstrip(".,;:!?)") for part in inside for word in _ODD.findall(part)} - set(
        _ODD.findall(rest)
    )
