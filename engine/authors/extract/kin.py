"""Parents, brothers and sisters of the subject, where a sentence names or counts them."""

# ruff: noqa: E501 - the long lines are lists of words

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from engine.authors.extract.grammar import base_language, grammar_of, word_pattern
from engine.authors.extract.person import Person
from sources.names import NameBook, without_title
from sources.numerals import cardinals, fold

# The words for father and mother; for "my", for "his or her"; for "was named"; and for brothers and sisters together.
_WORDS: dict[str, tuple[str, str, str, str, str, str]] = {
    "en": ("father", "mother", "my", "his|her", r"(?:was|is)(?: (?:named|called))?|named|called", "children|brothers and sisters|siblings"),
    "es": ("padre", "madre", "mi", "su", r"(?:se llamaba|era|fue|llamad[oa])", "hermanos|hijos"),
    "fr": ("père", "mère", "mon|ma", "son|sa", r"(?:s['’]appelait|se nommait|était|nommée?)", "enfants|frères et sœurs"),
    "de": ("vater", "mutter", "meine?", "seine?|ihre?", r"(?:hieß|war|namens)", "kinder[n]?|geschwister[n]?"),
    "pt": ("pai", "mãe", "meu|minha|o meu|a minha", "seu|sua|o seu|a sua", r"(?:chamava-se|era|foi)", "filhos|irmãos"),
    "it": ("padre", "madre", "mio|mia", "suo|sua", r"(?:si chiamava|era|fu)", "figli|fratelli"),
}  # fmt: skip
_MARRIED = {
    "en": r"married|was married to",
    "es": r"se casó con|se casó|casó con|contrajo matrimonio con|me casé con",
    "fr": r"épousa|épousai|se maria avec",
    "de": r"heiratete|heirateten",
    "pt": r"casou(?:-se)? com|casou",
    "it": r"sposò|sposai",
}
_ONE_OF = {
    "en": r"(?:of|were|had|among) (?:a family of )?{n} (?:{w})",
    "es": r"de (?:los |las )?{n} (?:{w})",
    "fr": r"(?:des?|parmi) (?:les )?{n} (?:{w})",
    "de": r"(?:von|unter) {n} (?:{w})",
    "pt": r"de {n} (?:{w})",
    "it": r"(?:di|dei) {n} (?:{w})",
}


def parents_in(
    sentence: str, language: str, names: NameBook, person: Person, *, own: bool
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """ "father" or "mother" with the folded words of the name that the sentence gives."""
    tongue = base_language(language)
    if tongue not in _WORDS:
        return
    for match in _parent_pattern(tongue, own).finditer(sentence):
        name = next((one for one in names.names_in(sentence) if one.start == match.end()), None)
        if (
            name is None
            or name.kind == "place"
            or not (own or _is_subjects(sentence[: match.start()], names, person))
        ):
            continue
        words = tuple(re.findall(r"\w+", fold(without_title(sentence[name.start : name.end]))))
        if words:
            yield ("father" if match["father"] else "mother"), words


def siblings_in(sentence: str, language: str, person: Person, *, own: bool) -> int:
    """Of how many children the subject is one; 0 when the sentence doesn't say."""
    tongue = base_language(language)
    match = _sibling_pattern(tongue).search(fold(sentence)) if tongue in _WORDS else None
    if not match:
        return 0
    before = sentence[: match.start()]
    bound = re.search(r"\b(?:I|us|nosotros|nous|uns)\b", sentence) if own else person.named_in(before)
    if not bound or not _ORDER.search(fold(before)):
        return 0
    number = match["n"]
    return int(number) if number.isdigit() else cardinals(tongue).get(number, 0)


def spouse_in(clause: str, language: str, names: NameBook, person: Person, *, own: bool) -> str:
    """The folded surname of the person whom a clause says the subject married; "" when it says none."""
    words = _MARRIED.get(base_language(language))
    match = re.search(rf"\b(?:{words})\b", clause, re.I) if words else None
    if not match:
        return ""
    grammar = grammar_of(language)
    he = grammar.first if own else {"m": grammar.he, "f": grammar.she}.get(person.gender, grammar.either)
    before = clause[: match.start()]
    if not (person.named_in(before) or word_pattern(he).search(before)) or not _is_subjects(
        before, names, person
    ):
        return ""
    after = [name for name in names.names_in(clause) if name.start >= match.end() and name.kind == "person"]
    spouse = next((name for name in after if not person.is_called(name.full)), None)
    return fold(spouse.full).split()[-1] if spouse else ""


def _is_subjects(before: str, names: NameBook, person: Person) -> bool:
    """Whether "his" means the subject: nobody else is named before it in the sentence."""
    return all(person.is_called(name.full) for name in names.names_in(before) if name.kind == "person")


# "the third of five children": somebody's place among them, so that it isn't their own children that are counted.
_ORDER = re.compile(
    r"\b(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last|youngest|eldest|oldest|one|us|"
    r"primer[oa]?|segund[oa]|tercer[oa]?|cuart[oa]|quint[oa]|menor|mayor|ultim[oa]|un[oa]|"
    r"premi\w+|deuxieme|troisieme|quatrieme|cinquieme|dernie\w+|cadett?e?|aine\w*|"
    r"erste[sr]?|zweite[sr]?|dritte[sr]?|vierte[sr]?|funfte[sr]?|jungste[sr]?|alteste[sr]?|ein(?:e[sr]?)?|"
    r"primeir[oa]|terceir[oa]|cacula|prim[oa]|second[oa]|terz[oa])\b[^.;]{0,20}$"
)


@lru_cache(maxsize=16)
def _parent_pattern(tongue: str, own: bool) -> re.Pattern[str]:
    father, mother, my, their, named, _ = _WORDS[tongue]
    whose = my if own else their
    kin = rf"(?:{whose})\s+(?:(?P<father>{father})|{mother})(?:\s*,\s*|\s+(?:{named})\s+|\s+)"
    return re.compile(rf"\b(?i:{kin})(?=[^\W\d_])")


@lru_cache(maxsize=8)
def _sibling_pattern(tongue: str) -> re.Pattern[str]:
    number = "|".join([r"\d{1,2}", *sorted(cardinals(tongue), key=lambda word: (-len(word), word))])
    form = _ONE_OF[tongue].replace("{n}", rf"(?P<n>{number})").replace("{w}", fold(_WORDS[tongue][5]))
    return re.compile(rf"\b{form}\b")
