"""What stands around the chapters: a scene for the prologue, death and legacy for the epilogue."""

from __future__ import annotations

import re

from engine.authors.base import SourceText
from engine.authors.extract.candidates import Candidate
from engine.authors.extract.grammar import base_language
from engine.authors.extract.person import Person
from engine.authors.extract.reading import read
from engine.authors.extract.signals import signals_of
from engine.authors.extract.life import Life

_SCENE_WORDS = (200, 480)
_LONGEST_RUN = 8
_LANDMARK = 5.0  # score from which a unit is too important to stand before the first chapter
_EPILOGUE_WORDS = 1000
_LEAST_EPILOGUE = 120
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


def prologue_of(candidates: list[Candidate], sources: tuple[SourceText, ...]) -> list[Candidate]:
    """The most vivid stretch of neighbouring units of one source; [] when none is alive enough."""
    languages = {source.number: source.language for source in sources}
    best: tuple[float, int, int] = (1.5, -1, 0)
    for start in range(len(candidates)):
        stretch = _stretch(candidates, start)
        if stretch:
            worth = _vividness(stretch, languages)
            if worth > best[0] + 1e-9:
                best = (worth, start, len(stretch))
    return candidates[best[1] : best[1] + best[2]] if best[1] >= 0 else []


def _stretch(candidates: list[Candidate], start: int) -> list[Candidate]:
    """Neighbours from here that make 200 to 480 words and at most eight sentences."""
    taken: list[Candidate] = []
    if not candidates[start].opens:
        return []
    for one in candidates[start : start + 8]:
        if taken and (
            one.source != taken[-1].source
            or one.first != taken[-1].last + 1
            or one.section != taken[-1].section
        ):
            break
        if (
            sum(each.words for each in taken) + one.words > _SCENE_WORDS[1]
            or sum(each.length for each in taken) + one.length > _LONGEST_RUN
        ):
            break
        taken.append(one)
    return taken if sum(each.words for each in taken) >= _SCENE_WORDS[0] else []


def _vividness(stretch: list[Candidate], languages: dict[int, str]) -> float:
    """Telling, talk and the voice of a witness; landmarks belong into the chapters."""
    if any(one.reflective or one.fact.score > _LANDMARK for one in stretch):
        return 0.0
    signals = signals_of(tuple(one.fact.text for one in stretch), languages[stretch[0].source])
    # Signals are per text: a rate per twenty words keeps long sentences from looking livelier than short ones.
    rate = 20.0 * len(stretch) / sum(one.words for one in stretch)
    telling = min(3.0, signals.telling * rate) - 0.4 * signals.musing * rate
    talk = min(1.5, 0.5 * sum(one.fact.text.count('"') + one.fact.text.count("“") >= 2 for one in stretch))
    voice = 0.8 if all(one.first_person for one in stretch) else 0.0
    worth = sum(max(0.0, one.fact.score) for one in stretch) / len(stretch)
    scene = min(2.5, 1.5 * signals.scene * rate)
    return telling + scene + talk + voice + 0.25 * worth - 2.0 * signals.asking - 1.0 * (signals.asides > 0)


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
    ranked = sorted(last, key=lambda one: (-one.fact.score, one.source, one.first))
    kept: list[Candidate] = []
    for one in ranked:
        if sum(each.words for each in kept) + one.words <= _EPILOGUE_WORDS and _fits(one, kept):
            kept.append(one)
    return sorted(kept, key=lambda one: (one.when, one.source, one.first))


def is_aftermath(one: Candidate, life: Life) -> bool:
    """What biographers tell after the death, without a date of its own: it isn't told as part of the life."""
    return life.died is not None and not one.own and not one.surely and one.when > life.died


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
    low, high = one.first, one.last
    while low - 1 in taken:
        low -= 1
    while high + 1 in taken:
        high += 1
    return high - low + 1 <= _LONGEST_RUN
