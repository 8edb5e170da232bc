"""Which language a text is in, told by its commonest words.

Why not a library: simplemma loads all its dictionaries to tell languages apart (measured: 14 s and 890 MB
for eight languages), and the statistical detectors that we tried don't know Latin. A biography's sources
are paragraphs, and every third word of a paragraph is one of these.
"""

from __future__ import annotations

import re
from collections import Counter

_COMMON = {
    "en": "the and of to in a is was that he his with as it for her had on at by which from not be were this have"
    " i my me we they she them so or but an do if no you their our would",
    "es": "el la de que y en los se del las un por con una su para es al como más fue sus pero había esta era años",
    "fr": "le la les de des et du un une dans est que qui en au pour il elle par sur avec ne pas plus ce sa son était",
    "de": "der die und das den von zu mit dem ist im des ein eine nicht sich auf für er sie war als auch an es wurde",
    "pt": "o a os as de do da em no na que e um uma para com não por se dos das foi ao mais como era sua seu pela",
    "it": "il la di e che in un una del della per con non sono gli le si da al dei nel alla più era fu suo sua ha",
    "nl": "de het een en van in is dat op te zijn met voor niet aan er om die was hij zij werd ook door maar bij had",
    "pl": "i w na z do się nie że to jest o jak był była przez od dla po za roku jego jej ale który co tak oraz już",
    "la": "et in est non ad cum ut qui quae quod ex sed si de quam esse per hoc ab atque autem enim etiam nec erat",
    "sv": "och i att det som en på är av för med den till inte var han hon om ett men hade sig från de ut vid när",
    "da": "og i at det som en på er af for med den til ikke var han hun om et men havde sig fra de ud ved da blev",
    "cs": "a se v na je že s z o do i to jako ale ve by pro po byl byla jeho její který od za při už také však roku",
    "ru": "и в не на что он с как это по но его к из у за от она так был было для её мы все они же бы быть",
}
_LANGUAGES_OF: dict[str, tuple[str, ...]] = {
    word: tuple(code for code, words in _COMMON.items() if word in words.split())
    for word in sorted({word for words in _COMMON.values() for word in words.split()})
}
COMMON_WORDS = frozenset(_LANGUAGES_OF)  # of all these languages together
_WORD = re.compile(r"[^\W\d_]+")
_QUOTED = re.compile(r"“[^”]*”?|«[^»]*»?|„[^“”]*[“”]?|\"[^\"]*\"?")
_LEAST_OWN = 12  # words outside of quotation marks
_LONGEST_SAMPLE = 40_000  # characters
_FEWEST = 2  # words
_LEAST_SHARE = 0.12  # of the words; prose reaches 0.3 in its own language
_ENOUGH = 40  # words of a text that may contradict what it declares
_PLAIN_SHARE = 0.3
_LEAST_LEAD = 1.25  # times the score of the second language


def known(language: str) -> bool:
    """Whether `detect` can tell this language."""
    return language in _COMMON


def detect(text: str) -> str:
    """Return the ISO 639-1 code of the language of `text`, or "" when it is too short or unclear."""
    words = _WORD.findall(text[:_LONGEST_SAMPLE].lower())
    scores = Counter(code for word in words if word in _LANGUAGES_OF for code in _LANGUAGES_OF[word])
    ranking = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
    if not ranking or ranking[0][1] < max(_FEWEST, len(words) * _LEAST_SHARE):
        return ""
    runner_up = ranking[1][1] if len(ranking) > 1 else 0
    return ranking[0][0] if ranking[0][1] >= runner_up * _LEAST_LEAD else ""


def detect_own(text: str) -> str:
    """The language of what stands outside of quotation marks: witnesses may speak another one. "" as of `detect`."""
    own = unquoted(text)
    return detect(own) if len(own.split()) >= _LEAST_OWN else ""


def unquoted(text: str) -> str:
    """The text without what stands in quotation marks."""
    return _QUOTED.sub(" ", text)


def settle(declared: str, text: str) -> str:
    """Return the language of a text, ISO 639-1: what it declares, unless its words say another.

    Templates declare a language that nobody changed for the text ("en" over Spanish). A declared language
    whose common words we don't know is believed, unless the text is plainly in another script or language.
    """
    found = detect(text)
    if not declared or not found:
        return declared or found
    words = _WORD.findall(text[:_LONGEST_SAMPLE])
    return found if len(words) >= _ENOUGH and (declared in _COMMON or _is_plain(words, found)) else declared


def _is_plain(words: list[str], language: str) -> bool:
    """Whether the words are of a language beyond doubt: its neighbours reach a fifth, itself a third."""
    common = frozenset(_COMMON[language].split())
    return sum(word.lower() in common for word in words) >= len(words) * _PLAIN_SHARE
