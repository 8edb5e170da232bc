"""The prologue: the most vivid stretch of one source that the chapters can do without."""

from __future__ import annotations

from engine.authors.base import Brief, FactDraft, SourceText
from engine.authors.extract.candidates import Candidate, candidate_of
from engine.authors.extract.person import Person
from engine.authors.extract.selecting import LONGEST_RUN, run_with
from engine.authors.extract.signals import signals_of

_WORDS = (200, 480)
_LEAST = 1.5  # vividness under which there is no prologue
_AGAIN = (110, 0.8)  # words and vividness that do for another prologue: the best scene is gone
_LANDMARK = 5.0  # score from which a unit is too important to stand before the first chapter


def scenes(
    candidates: list[Candidate],
    sources: tuple[SourceText, ...],
    *,
    words: int = _WORDS[0],
    least: float = _LEAST,
) -> list[list[Candidate]]:
    """Stretches of neighbouring units that don't overlap, the most vivid first. `candidates` in source order."""
    languages = {source.number: source.language for source in sources}
    found = [stretch for start in range(len(candidates)) if (stretch := _stretch(candidates, start, words))]
    rated = [(_vividness(stretch, languages), place) for place, stretch in enumerate(found)]
    kept: list[list[Candidate]] = []
    used: set[str] = set()
    for worth, place in sorted(rated, key=lambda item: (-round(item[0], 6), item[1])):
        keys = {one.key for one in found[place]}
        if worth >= least and not keys & used:
            kept.append(found[place])
            used |= keys
    return kept


def prologue_of(candidates: list[Candidate], sources: tuple[SourceText, ...]) -> list[Candidate]:
    """The most vivid scene; [] when none is alive enough."""
    return next(iter(scenes(candidates, sources)), [])


def another_scene(brief: Brief, person: Person) -> tuple[FactDraft, ...]:
    """The scene for the n-th regeneration of the prologue: one that no chapter tells, nor joins to a long run."""
    sources = {source.number: source for source in brief.sources}
    told = {fact.key for fact in brief.told_facts} - {fact.key for fact in brief.facts}
    known = [fact for fact in brief.all_facts if fact.sentences and fact.sentences[0].source in sources]
    candidates = [candidate_of(fact, sources[fact.sentences[0].source], person) for fact in known]
    candidates.sort(key=lambda one: (one.source, one.first))
    taken: dict[int, set[int]] = {number: set() for number in sources}
    for one in candidates:
        if one.key in told:
            taken[one.source].update(range(one.first, one.last + 1))
    free = [one for one in candidates if one.key not in told]
    fitting = [
        scene
        for scene in scenes(free, brief.sources, words=_AGAIN[0], least=_AGAIN[1])
        if run_with(taken[scene[0].source], scene[0].first, scene[-1].last) <= LONGEST_RUN
    ]
    if not fitting:
        return brief.facts
    return tuple(one.fact for one in fitting[brief.regeneration % len(fitting)])


def _stretch(candidates: list[Candidate], start: int, least: int) -> list[Candidate]:
    """Neighbours from here, from the head of a paragraph, that make a scene in length."""
    taken = [candidates[start]]
    if not taken[0].opens:
        return []
    for one in candidates[start + 1 : start + LONGEST_RUN]:
        words = sum(each.words for each in taken) + one.words
        length = sum(each.length for each in taken) + one.length
        if not _follows(taken[-1], one) or words > _WORDS[1] or length > LONGEST_RUN:
            break
        taken.append(one)
    return taken if least <= sum(each.words for each in taken) <= _WORDS[1] else []


def _follows(one: Candidate, other: Candidate) -> bool:
    return other.source == one.source and other.first == one.last + 1 and other.section == one.section


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
