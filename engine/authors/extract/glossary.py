"""Glossary: organisations, ships, papers, laws and places that a sentence of the sources explains."""

from __future__ import annotations

import re
from collections import defaultdict

from engine.authors.base import Brief, Draft, Row
from engine.authors.extract.leaning import SUBJECT
from engine.authors.extract.lines import Line, lines_of
from engine.authors.extract.naming import in_language, shared_names
from engine.authors.extract.person import Person
from sources.name_words import PLACE_WORDS, THING_WORDS
from sources.numerals import fold

_MOST = 30
_LEAST = 1.05
_ACTS = r"[”\"]?\s+(?:was|were|is|had|has|became|made|gave|came|took|[a-z]+ed|era|fue|es|tenía|\w+ó|était|est|fut|war|ist|wurde)\b"
_BARE = frozenset("united new serene your his her my our".split())
_CARRIERS = (
    r"steamer|ship|brig|schooner|sloop|newspaper|paper|journal|weekly|monthly|magazine|society|party|church|town|village|city|"
    r"island|plantation|farm|house|school|college|book|work|play|poem|novel|organi[sz]ation|institution|"
    r"vapor|barco|buque|periódico|revista|diario|sociedad|pueblo|villa|ciudad|isla|escuela|libro|obra|novela|"
    r"navire|bateau|journal|revue|société|village|ville|île|école|livre|ouvrage|roman|schiff|zeitung|stadt|dorf|buch"
)


def glossary(brief: Brief, person: Person) -> Draft:
    """Rows in alphabetical order; a term that no sentence explains is left out."""
    names = shared_names(in_language(brief.subject, brief.sources))
    found: dict[str, list[tuple[Line, int, int, str]]] = defaultdict(list)
    for line in lines_of(brief, person):
        if not line.alone:
            continue
        for name in names.names_in(line.text):
            if name.kind != "person" and _is_term(name.full, name.kind) and not person.named_in(name.full):
                found[name.full].append((line, name.start, name.end, name.kind))
    best = {term: max((_rated(*place, count=len(places)) for place in places), key=lambda rated: rated[:3]) for term, places in found.items()}
    terms = sorted(best, key=lambda term: (-best[term][0], -len(found[term]), term))
    kept = [term for term in terms if best[term][0] >= _LEAST][:_MOST]
    return Draft(rows=tuple(Row(term, (best[term][3].piece,)) for term in sorted(kept, key=lambda term: (fold(term), term))))


def _rated(line: Line, start: int, end: int, kind: str, *, count: int) -> tuple[float, int, int, Line]:
    """How well this sentence explains the term; ties go to the first in the order of the sources."""
    score = _explains(line, start, end, kind)
    known = kind == "thing" and any(fold(word) in THING_WORDS for word in line.text[start:end].split())
    score += 0.5 * (known and count >= 2) - 0.3 * (line.leaning == SUBJECT)
    return (round(score, 4), -line.span.source, -line.span.start, line)


def _is_term(name: str, kind: str) -> bool:
    """Two words, or one that names a kind of thing; bare common nouns with a capital are no terms."""
    words = [fold(word).strip(".'’") for word in name.split()]
    if len(words) > 6:
        return False
    if words[0] in _BARE or len(words) == 1 and kind == "thing":
        return False
    return len(words) > 1 or kind == "place"


def _explains(line: Line, start: int, end: int, kind: str) -> float:
    """How well a sentence says what a term is; a place needs a definition, a society may just be told of."""
    before, after = line.text[:start], line.text[end:]
    score = 0.0
    if re.match(
        rf"[”\"]?\s*,\s+(?:an?|which|one of|una?|que|une|ein|eine)\s+(?:[\w’'-]+\s+){{0,4}}?(?:{_CARRIERS})\b",
        after,
        re.I,
    ):
        score += 3.0
    elif kind == "thing" and re.match(r"[”\"]?\s*,\s+(?:an?|which|one of|una?|que|une|ein|eine)\b", after):
        score += 2.0
    if re.match(
        r"[”\"]?\s+(?:was|is|were|era|fue|es|était|est|war|ist)\s+(?:an?|the|one|un|una|el|la|une|le|ein|eine|der|die)\b",
        after,
    ):
        score += 3.0
    if re.search(
        r"\b(?:known as|called|named|entitled|conocid[oa] como|llamad[oa]|titulad[oa]|appelée?|intitulée?|genannt)\s+(?:the |el |la |le |“|\")*$",
        before,
    ):
        score += 2.5
    if re.search(rf"\b(?:{_CARRIERS}),?\s+(?:of |de |“|\")*$", before, re.I):
        score += 2.0
    if kind == "thing":
        acts = re.fullmatch(
            r"[\"“]?(?:the|el|la|los|las|le|der|die|das|o|a|il)?\s*", before, re.I
        ) and re.match(_ACTS, after)
        dated = bool(line.fact.date and line.fact.date.text and line.fact.date.text in line.text)
        score += (
            1.5 * bool(acts)
            + 0.7 * dated
            + 0.6 * any(fold(word) in THING_WORDS for word in line.text[start:end].split())
        )
    return round(score - len(line.text.split()) / 80, 4)
