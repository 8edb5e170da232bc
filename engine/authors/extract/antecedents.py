"""Whom "he", "she" or nobody at all means before a verb: the subject, or somebody else who was just spoken of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from engine.authors.extract.person import Person
from sources.names import gender_of
from sources.numerals import fold

_KIN: Final = {
    "m": (
        r"husband|father|(?:(?:his|her|my|their|a|the|only|elder|eldest|younger|youngest) )son|"
        r"brother|uncle|grandfather|nephew|stepfather|widower|boy|marido|esposo|padre|hijo|hermano|tío|"
        r"abuelo|mari|époux|père|fils|frère|oncle|grand-père|ehemann|vater|sohn|bruder|onkel|großvater|"
        r"pai|filho|irmão|tio|avô|marito|figlio|fratello|zio|nonno"
    ),
    "f": (
        r"wife|mother|daughter|sister|aunt|grandmother|niece|stepmother|widow|girl|mujer|esposa|madre|hija|hermana|tía|"
        r"abuela|femme|épouse|mère|fille|sœur|tante|grand-mère|frau|mutter|tochter|schwester|großmutter|"
        r"mãe|filha|irmã|tia|avó|moglie|figlia|sorella|zia|nonna"
    ),
    "": r"child|friend|cousin|parent|enfant|criança|bambin[oa]|niñ[oa]",
}
_KINDRED: Final = {gender: re.compile(rf"\b(?:{words})\b", re.I) for gender, words in _KIN.items()}
_ADVERB: Final = (
    r"(?:(?:had|has|was|also|then|later|himself|herself|finally|soon|there|now|once|again)\s+){0,2}"
)
# Words that are pronouns wherever they stand, and those that are only right before a verb ("il" is an article too).
_SURE: Final = re.compile(r"\b(?:(?P<he>he|él|ele|egli)|(?P<she>she|ella|elle|ela))\b", re.I)
_CLOSE: Final = re.compile(
    rf"(?:^|[\s“\"(,;—])(?:(?P<he>he|él|il|er|ele|egli|lui)|(?P<she>she|ella|elle|sie|ela|lei))\s+{_ADVERB}$",
    re.I,
)
_SHORT: Final = 12  # characters before a verb in which nobody is named: "Murió", "There he died"
_BACK: Final = 4  # sentences
_LEADING: Final = 24  # characters in which a sentence opens: "In 1840 he"


def kin_in(text: str) -> Iterator[tuple[int, str]]:
    """Where somebody of a family is spoken of, with the gender that the word tells."""
    for gender, pattern in _KINDRED.items():
        for found in pattern.finditer(text):
            yield found.start(), gender


def means_subject(before: str, context: str, others: Iterable[str], person: Person) -> bool:
    """Whether the subject does what a verb says, when nobody is named before it in its sentence.

    `before` is the sentence up to the verb, `context` the paragraph up to the sentence, `others` are the people
    whom the text names beside the subject.
    """
    gender = pronoun_before(before)
    if gender is None and len(before.strip()) > _SHORT:
        return False
    if gender and person.gender and gender != person.gender:
        return False
    return _is_antecedent(context, gender or "", list(others), person)


def pronoun_before(before: str) -> str | None:
    """The gender of the last pronoun before a verb; None when there is none."""
    found = _CLOSE.search(before) or next(iter([*_SURE.finditer(before)][::-1]), None)
    return None if found is None else ("m" if found["he"] else "f")


def _is_antecedent(context: str, gender: str, others: list[str], person: Person) -> bool:
    """The nearest sentence that names somebody fitting decides: there the one named first goes on being spoken of."""
    for sentence in reversed(re.split(r"(?<=[.!?])\s+", context.strip())[-_BACK:]):
        subject = min((one.start() for one in person.pattern.finditer(fold(sentence))), default=None)
        rivals = [at for at, of in kin_in(sentence) if gender in (of, "") or not of]
        rivals += _named(sentence, gender, others)
        if subject is not None and subject <= min(rivals, default=subject):
            return True
        opens = pronoun_before(sentence[:_LEADING].rsplit(" ", 1)[0] + " ")
        if rivals and not (opens and opens == gender):
            return False
    return True


def _named(sentence: str, gender: str, others: list[str]) -> list[int]:
    fitting = [name for name in others if not gender or gender_of(name) in (gender, "")]
    return [at for name in fitting if (at := sentence.find(name.split()[-1])) >= 0]
