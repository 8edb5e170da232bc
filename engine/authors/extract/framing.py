"""The epilogue: death and legacy, or the last judgements of those who wrote about the subject."""

# ruff: noqa: E501 - the long lines are lists of words

from __future__ import annotations

import re

from engine.authors.base import SourceText
from engine.authors.extract.candidates import Candidate
from engine.authors.extract.grammar import base_language
from engine.authors.extract.life import Life
from engine.authors.extract.person import Person
from engine.authors.extract.reading import read
from engine.authors.extract.selecting import LONGEST_RUN, run_with

_LANDMARK = 5.0  # score from which a unit is too important to stand before the first chapter
_EPILOGUE_WORDS = 1000
_LEAST_EPILOGUE = 40
_AFTER = 0.3  # years after the death from which even what is dated belongs to the epilogue
_END = 0.82  # of a source: where a biographer sums up
_LEGACY = {
    "en": r"funeral|buried|burial|tributes?|memorial|monument|mourn\w*|legacy|remembered|in (?:his|her) honou?r|grave|statue|"
    r"coffin|remains|posterity|eulog\w+|condolence",
    "es": r"funeral\w*|entierro|sepult\w+|homenajes?|monumento|luto|legado|recordad[oa]|memoria|tumba|estatua|restos|posteridad",
    "fr": r"funérailles|obsèques|enterr\w+|hommages?|monument|deuil|héritage|mémoire|tombe(?:au)?|statue|dépouille|postérité",
    "de": r"begräbnis|beerdig\w+|trauer\w*|denkmal|gedenk\w+|andenken|grab|vermächtnis|nachwelt|ehrung",
    "pt": r"funeral|enterro|sepult\w+|homenage\w+|monumento|luto|legado|memória|túmulo|estátua|restos|posteridade",
    "it": r"funeral\w*|sepolt\w+|omagg\w+|monumento|lutto|eredità|memoria|tomba|statua|spoglie|posterità",
}  # fmt: skip


def epilogue_of(
    candidates: list[Candidate], person: Person, life: Life, sources: tuple[SourceText, ...]
) -> list[Candidate]:
    """Death, burial, tributes, in order of time; without them what biographers say at their end."""
    languages = {source.number: source.language for source in sources}
    last = [one for one in candidates if _is_farewell(one, life, languages)]
    if sum(one.words for one in last) < _LEAST_EPILOGUE:
        ends = {source.number: len(read(source).sentences) for source in sources}
        last = [
            one for one in candidates if _is_judgement(one, person) and one.last > _END * ends[one.source]
        ]
    most = min(_EPILOGUE_WORDS, max(120, sum(one.words for one in candidates) // 15))
    ranked = sorted(last, key=lambda one: (-one.fact.score, one.source, one.first))
    kept: list[Candidate] = []
    for one in ranked:
        if sum(each.words for each in kept) + one.words <= most and _fits(one, kept):
            kept.append(one)
    return sorted(kept, key=lambda one: (one.when, one.source, one.first))


def is_aftermath(one: Candidate, life: Life) -> bool:
    """What biographers tell after the death, undated or of later years: it isn't told as part of the life."""
    if life.died is None or one.own or one.when <= life.died:
        return False
    return not one.surely or one.when > life.died + _AFTER


def _is_farewell(one: Candidate, life: Life, languages: dict[int, str]) -> bool:
    if life.died is None or one.when < life.died - 0.2 or one.own:
        return False
    words = _LEGACY.get(base_language(languages[one.source]))
    told = bool(words and re.search(rf"\b(?:{words})\b", one.fact.text, re.I))
    return told or is_aftermath(one, life) or (one.surely and one.when > life.died + 0.1)


def _is_judgement(one: Candidate, person: Person) -> bool:
    """What others say of the subject's person and work."""
    return not one.own and not (one.surely and one.fact.score > _LANDMARK) and person.named_in(one.fact.text)


def _fits(one: Candidate, kept: list[Candidate]) -> bool:
    taken = {at for each in kept if each.source == one.source for at in range(each.first, each.last + 1)}
    return run_with(taken, one.first, one.last) <= LONGEST_RUN
