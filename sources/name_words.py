"""Closed lists of words by which names are told: titles, prepositions of place, words in names of things."""

# ruff: noqa: E501 - the long lines are tables of words

from __future__ import annotations

from functools import lru_cache

import justext
from babel import Locale, UnknownLocaleError

from sources.numerals import fold


def _words(text: str) -> frozenset[str]:
    return frozenset(fold(word) for word in text.split())


# Title (folded, no dot) -> the gender it tells, or "".
TITLES: dict[str, str] = {
    **dict.fromkeys(
        _words(
            "mr sir lord king prince duke count baron uncle master brother father monsieur m herr don señor sr conde "
            "marqués rey fray padre signor signore sig senhor dom emperor pope graf könig kaiser esq squire tío abbé"
        ),
        "m",
    ),
    **dict.fromkeys(
        _words(
            "mrs miss ms lady dame queen princess duchess countess baroness aunt mistress sister madame madam mme mlle "
            "mademoiselle frau fräulein doña señora señorita sra srta condesa marquesa reina sor signora signorina "
            "senhora dona empress gräfin königin mesdames comtesse reine tía"
        ),
        "f",
    ),
    **dict.fromkeys(
        _words(
            "dr doctor doctors senators presidents generals prof professor rev reverend hon honorable capt captain col colonel gen general maj major lieut "
            "lieutenant lt sergeant commodore admiral president senator governor gov judge justice chancellor deacon "
            "elder bishop archbishop cardinal minister ambassador secretary saint messrs mm docteur général colonel "
            "capitaine président évêque doctor dra coronel capitán presidente general almirante obispo ministro "
            "profesor profesora professeur professore dottor dottore generale capitano doutor presidente kapitän"
        ),
        "",
    ),
}

PARTICLES = r"de|del|de la|de las|de los|la|le|van|von|der|den|du|di|da|dos|das|d['’]|ibn|bin|af|zu|ter|ten|degli|della"

LOCATIVES: dict[str, str] = {
    "en": r"in|at|on|near|into|reached|left|visited|outside|to",
    "es": r"en|desde|hasta|hacia|por|a",
    "fr": r"à|en|au|aux|vers|depuis|dans|chez",
    "de": r"in|nach|aus|bei|von|zu",
    "pt": r"em|no|na|para|de|desde",
    "it": r"a|in|da|verso|presso|ad",
}

# Prepositions that stand before people as often as before places: they count for names that the gazetteer knows.
WEAK_LOCATIVES: dict[str, str] = {
    "en": r"from|of|for|through|towards?|around|outside|across|via",
    "es": r"de|para|por|hacia",
    "fr": r"de|pour|vers|par",
    "de": r"von|aus|für|über",
    "pt": r"de|do|da|para|por",
    "it": r"di|da|per|verso",
}

PLACE_WORDS = _words(
    "county street avenue river creek bay island islands lake mount mountain mountains hill hills valley point "
    "harbor harbour town village city plantation farm square park road cape port fort beach ocean sea gulf district "
    "calle plaza río sierra isla rue place boulevard fleuve île straße platz fluss insel via piazza fiume rua praça"
)
THING_WORDS = _words(
    "society association committee church chapel college university school academy institute company bank act "
    "law laws court congress parliament senate house hall temple theatre theater library museum party convention war union "
    "league club press paper review magazine journal times gazette tribune herald star prize medal award order "
    "constitution proclamation treaty bill compromise decision declaration railroad railway line army navy regiment "
    "republic kingdom empire state states course campaign corps chairman cabin fraternity alliance fair biography biographies "
    "hospital laboratory department office bureau government board council exposition exhibition fund edition book "
    "narrative oration address history bible testament gospel god christ heaven providence jubilee standard letter "
    "sociedad asociación comité iglesia colegio universidad escuela academia instituto compañía banco ley corte "
    "congreso cortes senado teatro biblioteca museo partido guerra premio medalla revista diario periódico ejército "
    "laboratoire société comité église collège université école académie institut compagnie banque loi cour théâtre bibliothèque "
    "musée parti guerre prix médaille revue journal armée gesellschaft kirche universität schule akademie institut "
    "bank gesetz gericht theater bibliothek museum partei krieg preis zeitung armee"
)

COMPASS = _words(
    "north south east west norte sur este oeste nord sud est ouest süd ost west northern southern eastern western"
)
ARTICLES = _words("the el la los las le les der die das il lo gli o os as l d")
# Capitalised words that are no names of people, places or things a reader looks up.
NEVER_NAMES = _words(
    "christmas easter whitsuntide pentecost thanksgiving navidad pascua noël pâques weihnachten ostern natal natale pasqua "
    "i oh ah o yes no god chapter section page note preface introduction appendix figure plate "
    "volume book part contents illustration footnote footnotes ed eds vol pp etc ibid i.e e.g viz am pm a.m p.m "
    "dear dearest god's heaven christian christians negro negroes sabbath bible capítulo página nota prefacio "
    "chapitre préface kapitel vorwort capitolo dios dieu gott dio deus ii iii iv v vi vii viii ix x xi xii xiii xiv xv"
)

_JUSTEXT = {
    "en": "English",
    "es": "Spanish",
    "fr": "French",
    "de": "German",
    "pt": "Portuguese",
    "it": "Italian",
}
# Frequent words of the stop lists that open names: "New York", "John", "House of Commons".
_OPENERS = frozenset(
    "new old great house north south east west san santa saint london york john william".split()
)


@lru_cache(maxsize=16)
def common_words(language: str) -> frozenset[str]:
    """The commonest words of a language and its names of months, days and languages, in lower case."""
    words = {word.casefold() for word in _stoplist(language) if word.islower()}
    return frozenset((words | calendar_words(language)) - _OPENERS)


def _stoplist(language: str) -> frozenset[str]:
    name = _JUSTEXT.get(language)
    return frozenset(justext.get_stoplist(name)) if name else frozenset()


@lru_cache(maxsize=16)
def calendar_words(language: str) -> frozenset[str]:
    """Months, weekdays and names of languages, which English writes with capitals ("Polish", "Sunday")."""
    try:
        locale = Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return frozenset()
    names: list[str] = []
    for table in (locale.months, locale.days):
        names += [name for context in table.values() for width in context.values() for name in width.values()]
    names += [name for code, name in locale.languages.items() if len(code) == 2]
    return frozenset(name.casefold().rstrip(".") for name in names if len(name) > 2)


def is_common_word(word: str, language: str) -> bool:
    """Whether a lower-cased word is a stop word, month, weekday or language of that language."""
    return word in common_words(language)
