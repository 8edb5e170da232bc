"""Glossary: organisations, ships, papers, laws and places that a sentence of the sources explains."""

# ruff: noqa: E501 - the long lines are lists of words

from __future__ import annotations

import re
from collections import defaultdict

from engine.authors.base import Brief, Draft, Row
from engine.authors.extract.leaning import SUBJECT
from engine.authors.extract.lines import Line, lines_of
from engine.authors.extract.naming import in_language, shared_names
from engine.authors.extract.person import Person
from sources.name_words import THING_WORDS, is_common_word
from sources.numerals import fold

_MOST = 30
_LEAST = 1.0
_WELL_KNOWN = 3  # times that a term stands in the chapters: then its readers may look it up
_ACTS = r"[”\"]?\s+(?:was|were|is|had|has|became|made|gave|came|took|[a-z]+ed|era|fue|es|tenía|\w+ó|était|est|fut|war|ist|wurde)\b"
_A = "an?|una?|une|eine?|uma|un[oa]?"
_THE = "the|el|la|le|der|die|das|o|il"
# "the League, which strove for peace", "the Commission, the object of which was ..."
_WHICH = re.compile(
    r"[”\"]?\s*,\s+(?:(?:the|whose) (?:object|purpose|aim|business) (?:of which )?|which |que |cuy[oa] |qui |dont |"
    r"deren |dessen |cuj[oa] |che )"
)
_IS = "was|is|were|era|fue|es|était|est|war|ist|foi"
_CALLED = "known as|called|named|entitled|conocid[oa] como|llamad[oa]|titulad[oa]|appelée?|intitulée?|genannt|chamad[oa]|chiamat[oa]"
# A word of a trade or a science where it is explained: "…, called radiumtherapy, …".
_EXPLAINED = re.compile(
    rf"(?:,|\(|\b(?:{_IS}))\s+(?:\w+ )?(?:{_CALLED})\s+(?:the |an? |el |la |le |der |die |das )?[“\"«„]?"
    r"(?P<term>[^\W\d_A-Z][\w’'-]{4,30})[”\"»“]?(?=\s*[,.;:)(])"
)
_IN_LIST = re.compile(r"\b(?:and|or|y|o|et|ou|und|oder|e)(?: the| el| la| le| der| die| das)?\s*$", re.I)
_BEGINS = re.compile(r"(?:^|[;:(—]\s*)[\"“]?(?:the|el|la|los|las|le|les|l['’]|der|die|das|o|a|il)?\s*$", re.I)
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
            if name.full.casefold() in names.lower or person.named_in(name.full):
                continue
            if name.kind != "person" and _is_term(name.full, name.kind):
                found[name.full].append((line, name.start, name.end, name.kind))
        for match in _EXPLAINED.finditer(line.text):
            if not is_common_word(match["term"].casefold(), brief.subject.language):
                found[match["term"]].append((line, match.start("term"), match.end("term"), "term"))
    best = {
        term: max((_rated(*place, count=len(places)) for place in places), key=lambda rated: rated[:3])
        for term, places in found.items()
    }
    terms = sorted(best, key=lambda term: (-best[term][0], -len(found[term]), term))
    kept = [term for term in terms if best[term][0] >= _LEAST][:_MOST]
    return Draft(
        rows=tuple(
            Row(term, (best[term][3].piece,)) for term in sorted(kept, key=lambda term: (fold(term), term))
        )
    )


def _is_term(name: str, kind: str) -> bool:
    """A name that a reader may look up; bare common nouns with a capital are none."""
    words = [fold(word).strip(".'’") for word in name.split()]
    if len(words) > 6 or (words[0] in _BARE and len(words) < 3):  # "New York" is none, "New Age Weekly" is
        return False
    return len(words) > 1 or kind == "place" or len(name) >= 5


def _rated(line: Line, start: int, end: int, kind: str, *, count: int) -> tuple[float, int, int, Line]:
    """How well this sentence explains the term; ties go to the first in the order of the sources."""
    score = _defines(line, start, end, kind)
    named = kind == "thing" and " " in line.text[start:end].strip()
    if not score and not (named and count >= _WELL_KNOWN and _acts(line, start, end)):
        # a sentence may tell of a term and yet not say what it is
        return (0.0, -line.span.source, -line.span.start, line)
    if named:
        score += _tells(line, start, end, known=count >= 2)
    score -= len(line.text.split()) / 80 + 0.3 * (line.leaning == SUBJECT)
    return (round(score, 4), -line.span.source, -line.span.start, line)


def _defines(line: Line, start: int, end: int, kind: str) -> float:
    """Points for the forms of a definition: "X, a weekly", "X was a", "known as X", "the steamer X"."""
    before, after = line.text[:start], line.text[end:]
    noun = rf"(?:[\w’'-]+\s+){{0,4}}?(?:{_CARRIERS})\b"
    score = 0.0
    listed = bool(_IN_LIST.search(before))
    named_so = rf"(?:(?:{_A}|one of)\s+{noun}|(?:{_THE})\s+(?:(?-i:[^\W\d_A-Z]+)\s+){{0,2}}(?:{_CARRIERS})\b)"
    if not listed and re.match(rf"[”\"]?\s*(?:,|[—–]|--)\s*{named_so}", after, re.I):
        score += 3.0
    elif kind == "thing" and _is_followed(line, start, end, listed=listed):
        score += 2.0
    if re.match(
        rf"[”\"]?\s+(?:{_IS})\s+(?:{_A}|the|one|el|la|le|der|die|das|o)\s+{noun if kind == 'place' else ''}",
        after,
        re.I,
    ):
        score += 3.0
    if re.search(rf"\b(?:{_CALLED})\s+(?:the |el |la |le |“|\")*$", before, re.I):
        score += 2.5
    if kind == "thing" and re.search(rf"\b(?:{_CARRIERS})(?:,?\s+|,\s+(?:{_THE})\s+)[“\"]?$", before, re.I):
        score += 2.0
    return score


def _is_followed(line: Line, start: int, end: int, *, listed: bool) -> bool:
    """Whether "which …" follows a name of several words, or "a …" one that opens the sentence.

    Elsewhere "a …" may belong to another word: "near X, a menagerie".
    """
    before, after = line.text[:start], line.text[end:]
    if not listed and " " in line.text[start:end] and _WHICH.match(after):
        return True
    return bool(_BEGINS.search(before) and re.match(rf"[”\"]?\s*,\s+(?:{_A}|one of)\b", after))


def _tells(line: Line, start: int, end: int, *, known: bool) -> float:
    """Points for a sentence that tells of the term: it acts, or the sentence dates it and is short."""
    acts = _acts(line, start, end)
    dated = bool(line.fact.date and line.fact.date.text and line.fact.date.text in line.text)
    kind = any(fold(word) in THING_WORDS for word in line.text[start:end].split())
    short = len(line.text.split()) <= 32
    return 1.7 * bool(acts) + (0.9 if dated and kind and short else 0.0) + 0.6 * (kind and known and short)


def _acts(line: Line, start: int, end: int) -> bool:
    """Whether the sentence opens with the term, and says what it was or did."""
    before, after = line.text[:start], line.text[end:]
    opens = re.fullmatch(r"[\"“]?(?:the|el|la|los|las|le|der|die|das|o|a|il)?\s*", before, re.I)
    return bool(opens and re.match(_ACTS, after))
