"""Do words in quotation marks stand so in the source that is cited?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from django.utils.translation import gettext as _

from biographies.actions import Seen
from biographies.vocabulary import Severity
from engine.quality.views import SectionView
from engine.quality.words import same, words
from engine.reading import TextBlock
from sources.vocabulary import Verdict

NAME = "quotes"
_LEAST: Final = 3  # words; fewer are a title, a nickname or irony
_QUOTED: Final = re.compile(
    r"“([^“”]+)”|«([^«»]+)»|„([^„“”]+)[“”]|\"([^\"]+)\"|‹([^‹›]+)›|「([^「」]+)」|『([^『』]+)』"
    # Single ones, in which an apostrophe may stand: ‘I don’t know the man’.
    r"|(?<!\w)[‘‚]((?:[^‘’‚\n]|(?<=\w)’(?=\w))+)[’‘](?!\w)"
)
_LEFT_OUT: Final = re.compile(r"\s*(?:\[[^\]]*\]|\(\s*(?:\.\s*){3}\)|(?:\.\s*){3,4}|…)\s*")
_EDGES: Final = " .,;:!?-'\""


def check(view: SectionView) -> Iterator[Seen]:
    """Quoted words of three or more, but for titles, that no cited source of their sentence holds."""
    for block in view.blocks:
        for quoted, marks, sentence in _quotations(view, block):
            sources = {view.cited[mark].source for mark in marks if mark in view.cited}
            stored = " ".join(view.cited[mark].stored for mark in marks if mark in view.cited)
            if sources and not _holds(stored, quoted) and not _in_any(view, quoted, sources):
                yield _seen(view, quoted, sources, sentence)


def _quotations(view: SectionView, block: TextBlock) -> Iterator[tuple[str, tuple[int, ...], str]]:
    """Each quotation with the marks of its stretch. What is verbatim as a whole needs no further look."""
    for stretch in block.stretches:
        if not stretch.marks or any(
            view.cited[mark].verdict == Verdict.VERBATIM for mark in stretch.marks if mark in view.cited
        ):
            continue
        for match in _QUOTED.finditer(stretch.text):
            quoted = next(group for group in match.groups() if group)
            if len(words(quoted)) >= _LEAST and not _is_title(quoted):
                yield quoted, stretch.marks, view.place_of(match[0], stretch.marks)


def _is_title(quoted: str) -> bool:
    """Every long word begins with a capital: "Narrative of the Life"."""
    long = [word for word in re.findall(r"[^\W\d_]+", quoted) if len(word) > 3]
    return bool(long) and all(word[0].isupper() for word in long)


def _in_any(view: SectionView, quoted: str, sources: set[int]) -> bool:
    return any(_holds(view.about.texts.get(number, ""), quoted) for number in sources)


def _holds(text: str, quoted: str) -> bool:
    """Whether all parts of a quotation, between its omissions, stand in the text in this order."""
    folded, place = _folded(text), 0
    for part in _LEFT_OUT.split(quoted):
        wanted = same(part).strip(_EDGES)
        found = folded.find(wanted, place) if wanted else place
        if found < 0:
            return False
        place = found + len(wanted)
    return True


@lru_cache(maxsize=128)
def _folded(text: str) -> str:
    return same(text)


def _seen(view: SectionView, quoted: str, sources: set[int], sentence: str) -> Seen:
    elsewhere = [
        number
        for number in sorted(view.about.texts)
        if number not in sources and _holds(view.about.texts[number], quoted)
    ]
    if elsewhere:
        message = _("These quoted words stand in source %d, not in the one that is cited.") % elsewhere[0]
        return Seen(NAME, Severity.WARNING, message, sentence)
    message = _("These quoted words don't stand so in the cited source: “%s”") % quoted
    return Seen(NAME, Severity.ERROR, message, sentence)
