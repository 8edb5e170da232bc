"""How much a reader of a biography would miss a unit: landmarks and scenes high, talk and asides low."""

from __future__ import annotations

from dataclasses import dataclass

from engine.authors.extract.signals import Signals, is_reflection

_KIND = {
    "birth": 3.0,
    "death": 2.4,
    "award": 2.2,
    "publication": 1.2,
    "family": 1.2,
    "education": 1.1,
    "occupation": 1.4,
    "travel": 1.2,
    "event": 0.5,
    "statement": 0.0,
}
_PRECISION = {"day": 3.4, "month": 3.0, "season": 2.6, "range": 2.6, "year": 2.4, "circa": 1.8, "decade": 0.8}


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the score of a unit is made of."""

    kind: str
    precision: str  # of its own date, or ""
    names_subject: bool
    ego: bool  # the subject speaks of himself or herself
    concerns_subject: bool
    people: int
    places: int
    words: int
    leans: bool
    turning: bool  # a marriage, an appointment, an election: what every life of this person must tell
    signals: Signals


def score_of(evidence: Evidence) -> float:
    """A figure between about -5 and 12; what is below 0 is not worth telling."""
    score = _PRECISION.get(evidence.precision, 0.0)
    score += _KIND[evidence.kind] * (1.0 if evidence.concerns_subject else 0.3)
    score += 1.4 * evidence.names_subject + 0.9 * (evidence.ego and not evidence.names_subject)
    score -= 1.5 * (not evidence.concerns_subject)
    score += min(0.9, 0.3 * evidence.people) + min(0.9, 0.3 * evidence.places)
    score += 1.2 * (evidence.turning and evidence.concerns_subject)
    score -= 0.4 * evidence.leans
    return round(score + _manner(evidence.signals) + _length(evidence), 4)


def _manner(signals: Signals) -> float:
    score = min(1.5, 0.5 * signals.telling) - min(1.6, 0.25 * signals.musing) + min(0.8, 0.4 * signals.scene)
    score -= 1.2 * signals.asking + min(1.5, 0.6 * signals.address) + min(4.0, 2.0 * signals.asides)
    score -= 1.5 * is_reflection(signals)
    return score + 0.5 * signals.dialogue


def _length(evidence: Evidence) -> float:
    per_sentence = evidence.signals.sentence_words
    score = -1.2 if per_sentence > 70 else -0.5 if per_sentence > 48 else 0.0
    if evidence.words < 25 and not evidence.precision:
        score -= 1.0
    return score
