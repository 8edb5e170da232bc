"""Dramatis personae: everyone whom the sources introduce, with the sentence that says who they are."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

from engine.authors.base import Brief, Draft, Row
from engine.authors.extract.lines import Line, lines_of
from engine.authors.extract.naming import in_language, is_person_name, shared_names
from engine.authors.extract.person import Person, words_of_name
from sources.names import without_title

Place = tuple[Line, int, int]  # a line, and where in it the name begins and ends

_MOST = 45
_RELATION = (
    r"mother|father|brother|sister|wife|husband|son|daughter|uncle|aunt|cousin|grandmother|grandfather|friend|master|mistress|"
    r"teacher|professor|president|madre|padre|hermano|hermana|esposa|esposo|marido|mujer|hijo|hija|tío|tía|abuelo|abuela|amigo|"
    r"amiga|maestro|mère|père|frère|sœur|femme|mari|fils|fille|oncle|tante|ami|amie|maître|mutter|vater|bruder|schwester|frau|"
    r"mann|sohn|tochter|freund|mãe|pai|irmão|irmã|filho|filha|madre|fratello|sorella|figlio|figlia|moglie|amico"
)
_APPOSITION = re.compile(
    r"\s*,\s+(?:an?|the|who|one of|then|formerly|afterwards|una?|el|la|los|que|quien|une?|le|qui|eine?|der|die)\b"
)
_IS_A = re.compile(
    r"\s+(?:was|were|is|era|fue|es|était|est|fut|war|ist)\s+"
    r"(?:an?|the|my|his|her|one|un|una|el|la|une|le|ein|eine|der|die)\b"
)
_KINSHIP = re.compile(rf"\b(?:{_RELATION})\b(?:,| was named| named| called|)\s*$", re.I)
_WOMAN = r"(?:Mrs|Mme|Madame|Sra|Señora|Doña|Dona|Frau|Signora|Lady)\b\.?"
_OF_A_WOMAN = re.compile(_WOMAN)
_HIS_WIFE = re.compile(rf"{_WOMAN}\s+\S+\s+\S+(?:\s+\S+)?$")
_STRANGER = re.compile(
    r"\b(?:by the name of|named|called|de nombre|llamad[oa]|nommée?|namens|chamad[oa]|di nome)\s+$", re.I
)
_NAMED = re.compile(r"\b(?:named|called|llamad[oa]|nommée?|namens|the \w+|\w+-\w+)\s*$")


def dramatis_personae(brief: Brief, person: Person) -> Draft:
    """Rows by surname; a person without a sentence that introduces them is left out."""
    names = shared_names(in_language(brief.subject, brief.sources))
    lines = [line for line in lines_of(brief, person) if line.alone]
    where: dict[str, list[Place]] = defaultdict(list)
    tally: Counter[str] = Counter()
    for line in lines:
        for name in names.names_in(line.text):
            if name.kind == "person" and is_person_name(name.full) and not person.is_called(name.full):
                where[name.full].append((line, name.start, name.end))
                tally[name.full] += 1
    where = {full: told for full, places in where.items() if (told := _told_apart(full, places))}
    rows: list[Row] = []
    for full in sorted(where, key=lambda name: (-tally[name], name)):
        best = max(where[full], key=lambda place: _introduces(place, tally[full]))
        if _introduces(best, tally[full])[0] >= 1.5 and len(rows) < _MOST:
            rows.append(Row(full, (best[0].piece,)))
    return Draft(rows=tuple(sorted(rows, key=lambda row: (words_of_name(row.label)[-1], row.label))))


def _told_apart(full: str, places: list[Place]) -> list[Place]:
    """The places that are surely about this person: precision first, since a wrong sentence slanders somebody.

    A part of the name counts where the same source names the person in full, and doesn't bring in a stranger
    ("a man by the name of Nichols"). "Mrs. Henry Richardson" isn't Henry.
    """
    in_full = {line.span.source for line, start, end in places if _words(line.text[start:end]) > 1}
    return [
        (line, start, end)
        for line, start, end in places
        if not (_HIS_WIFE.search(line.text[:start] + line.text[start:end]) and not _OF_A_WOMAN.match(full))
        and (
            _words(line.text[start:end]) >= min(2, _words(full))
            or (line.span.source in in_full and not _STRANGER.search(line.text[:start]))
        )
    ]


def _words(name: str) -> int:
    return len(without_title(name).split())


def _introduces(place: Place, count: int) -> tuple[float, int, int]:
    """How well a sentence says who someone is; ties go to the first in reading order."""
    line, start, end = place
    before, after = line.text[:start], line.text[end:]
    score = 3.0 * bool(_APPOSITION.match(after)) + 3.0 * bool(_IS_A.match(after))
    score += 3.0 * bool(_KINSHIP.search(before)) + 1.5 * bool(_NAMED.search(before))
    in_full = len(without_title(line.text[start:end]).split()) > 1
    if in_full or score:
        score += 1.0 * in_full + 0.5 * min(3, count - 1) + 0.5 * (start < 60)
    return (round(score - len(line.text.split()) / 60, 4), -line.span.source, -line.span.start)
