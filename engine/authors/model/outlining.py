"""The plan of the book by a model: chapters, titles, which fact goes where; targets by the evidence."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from django.utils.translation import gettext as _

from bookgen_site.lib.text import clean_text
from engine.authors.asking import Asker
from engine.authors.base import ChapterPlan, FactDraft, Outline, SourceText, Subject, Wishes
from engine.authors.model import forms
from engine.authors.model.asking import Question, obedient, planted
from engine.authors.model.passages import behind, readable
from engine.models_api.errors import TooLong
from engine.prompts import Block

MOST_FACTS: Final = 600  # in one question; the best attested are kept
LEAST_FACTS: Final = 10
CHAPTER_TOKENS: Final = 300  # of a title and a synopsis, twice what they need
NAME_TOKENS: Final = 12  # of the name of a fact in its chapter's list
MOST_CHAPTERS: Final = 25  # where the job doesn't say
FACTS_PER_BLOCK: Final = 40
WORDS_PER_FACT_SHOWN: Final = 45
STANDARD_WORDS: Final = 51_000
FULLEST: Final = 1.0  # words of a chapter for each word of its passages: more would be padding
LEAST_WORDS: Final = 400
LONGEST_TITLE: Final = 120
_ADDRESS: Final = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)


def plan(
    asker: Asker,
    subject: Subject,
    sources: tuple[SourceText, ...],
    facts: Sequence[FactDraft],
    wishes: Wishes,
) -> Outline:
    """Chapters for these facts, which are merged already; of fewer where all are too long for the model."""
    most = MOST_FACTS
    while True:
        try:
            return _planned(asker, subject, sources, facts, wishes, most)
        except TooLong:
            most = min(most, len(facts)) // 2
            if most < LEAST_FACTS:
                raise


def _planned(
    asker: Asker,
    subject: Subject,
    sources: tuple[SourceText, ...],
    facts: Sequence[FactDraft],
    wishes: Wishes,
    most: int,
) -> Outline:
    shown = _shown(facts, most)
    names = {f"F{number}": fact for number, fact in enumerate(shown, 1)}
    question = Question(asker, subject, "outline")
    answer = question.ask(
        "planner",
        "research_planning/outline",
        forms.outline(wishes.chapters),
        _blocks(names),
        max_tokens=CHAPTER_TOKENS * (wishes.chapters or MOST_CHAPTERS) + NAME_TOKENS * len(names),
        check=lambda found: _wrong(found, names),
        style=wishes.style,
        chapters=wishes.chapters,
    )
    return _outline(answer, names, facts, sources, wishes)


def _shown(facts: Sequence[FactDraft], most: int = MOST_FACTS) -> list[FactDraft]:
    """The best attested ones, and of the rest a sample that favours no source and no time: by a hash of their keys."""
    best = sorted(facts, key=lambda fact: (-len(fact.also), hashlib.sha256(fact.key.encode()).digest()))[
        :most
    ]
    return sorted(best, key=_when)


def _when(fact: FactDraft) -> tuple[bool, str, str]:
    """By date, the undated at the end."""
    return fact.date is None, fact.date.start.isoformat() if fact.date else "", fact.key


def _blocks(names: Mapping[str, FactDraft]) -> list[Block]:
    lines = [f"{name}: {_line(fact)}" for name, fact in names.items()]
    return [
        Block(f"facts-{start // FACTS_PER_BLOCK + 1}", "\n".join(lines[start : start + FACTS_PER_BLOCK]))
        for start in range(0, len(lines), FACTS_PER_BLOCK)
    ]


def _line(fact: FactDraft) -> str:
    date = f"[{fact.date.text or fact.date.start.year}] " if fact.date else ""
    words = readable(" ".join(fact.text.split())).split(" ")
    text = " ".join(words[:WORDS_PER_FACT_SHOWN])
    return f"{date}{fact.kind}: {text}{' …' if len(words) > WORDS_PER_FACT_SHOWN else ''}"


def _wrong(found: Mapping[str, Any], names: Mapping[str, FactDraft]) -> str:
    """What is wrong with an outline, in words for the model."""
    empty = [chapter["title"] for chapter in found["chapters"] if not names.keys() & set(chapter["facts"])]
    return f"These chapters have no facts of the list: {', '.join(empty)[:300]}." if empty else ""


def _outline(
    answer: Mapping[str, Any],
    names: Mapping[str, FactDraft],
    facts: Sequence[FactDraft],
    sources: tuple[SourceText, ...],
    wishes: Wishes,
) -> Outline:
    taken: set[str] = set()
    prologue, epilogue = (_keys(answer[part], names, taken)[:8] for part in ("prologue", "epilogue"))
    taken |= {*prologue, *epilogue}
    chosen = [(chapter, _take(chapter["facts"], names, taken)) for chapter in answer["chapters"]]
    chosen = [(chapter, told) for chapter, told in chosen if told]
    targets = _targets(
        [[names_by_key(names)[key] for key in told] for _chapter, told in chosen], sources, wishes
    )
    commanded = planted(behind(names.values(), sources))
    plans = tuple(
        ChapterPlan(
            number=number,
            title=_line_of(chapter["title"], LONGEST_TITLE, commanded) or _("Chapter %d") % number,
            synopsis=_line_of(chapter["synopsis"], 600, commanded),
            target_words=targets[number - 1],
            facts=tuple(told),
        )
        for number, (chapter, told) in enumerate(chosen, 1)
    )
    return Outline(plans, tuple(facts), tuple(prologue), tuple(epilogue), _notes(plans, wishes))


def names_by_key(names: Mapping[str, FactDraft]) -> dict[str, FactDraft]:
    """The shown facts by their keys."""
    return {fact.key: fact for fact in names.values()}


def _keys(said: Iterable[str], names: Mapping[str, FactDraft], taken: set[str]) -> list[str]:
    keys = (names[name].key for name in dict.fromkeys(said) if name in names)
    return [key for key in keys if key not in taken]


def _take(said: Iterable[str], names: Mapping[str, FactDraft], taken: set[str]) -> list[str]:
    """The facts of a chapter that no chapter before it has: no two chapters tell the same."""
    keys = _keys(said, names, taken)
    taken.update(keys)
    return keys


def _line_of(text: str, most: int, commanded: frozenset[str]) -> str:
    """The text in one line; nothing, where it does what a command in a source says."""
    line = clean_text(_ADDRESS.sub("", clean_text(text, multiline=False)), multiline=False)
    return "" if obedient(line, commanded) else line[:most].strip()


def _targets(chapters: list[list[FactDraft]], sources: tuple[SourceText, ...], wishes: Wishes) -> list[int]:
    """Words per chapter: the wish in proportion to the evidence, and no more than the evidence can fill."""
    evidence = [sum(len(one.text.split()) for one in behind(facts, sources)) for facts in chapters]
    total = wishes.words or STANDARD_WORDS
    shares = [total * words / max(1, sum(evidence)) for words in evidence]
    if wishes.hold:
        even = total / max(1, len(chapters))
        return [_tens((share + even) / 2) for share in shares]
    fillable = [
        max(LEAST_WORDS, min(share, FULLEST * words)) for share, words in zip(shares, evidence, strict=True)
    ]
    return [_tens(words) for words in fillable]


def _tens(words: float) -> int:
    return int(round(words, -1))


def _notes(plans: Sequence[ChapterPlan], wishes: Wishes) -> tuple[str, ...]:
    words, wished = sum(plan.target_words for plan in plans), wishes.words or STANDARD_WORDS
    notes = []
    if words < 0.95 * wished:
        notes.append(
            _("The sources allow about %(words)d words, not %(wished)d. Add sources for a longer book.")
            % {"words": words, "wished": wished}
        )
    if wishes.chapters is not None and len(plans) < wishes.chapters:
        said = {"chapters": len(plans), "wished": wishes.chapters}
        notes.append(_("The sources fill %(chapters)d chapters, not the %(wished)d that were wished.") % said)
    return tuple(notes)
