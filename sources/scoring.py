"""How much a source is about the person, and how far it can be trusted; each score says why.

Both are rules of thumb for the editor, in the open: no rule looks at the age of a source, since the
oldest witness is often the best.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sources.people import PersonName, fold_name, parse_name

_BY_THE_SUBJECT = 0.9
_FULL_DENSITY = 4.0  # mentions per 1,000 words: a text about the person
_OPENING_WORDS = 200
_WORDS = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_POSSESSIVE = re.compile(r"['’]s?$")


@dataclass(frozen=True)
class Score:
    """A score and the line that an editor reads beside it."""

    value: float
    because: str


def relevance(subject_name: str, description: str, text: str, title: str, author: str) -> Score:
    """Score from 0 (not about the person) to 1 how much a text is about `subject_name`.

    Names in any spelling of accents count, the family name alone too; the given name alone only where
    the family name stands as well. What the person wrote is relevant even if no name stands in it.
    `description` tells namesakes apart: its words add a little.
    """
    name = parse_name(subject_name)
    if name is None:
        return Score(0.0, _("The person has no name to look for."))
    words = _folded_words(text)
    seen = _Mentions.count(name, words)
    in_title = name.family in _folded_words(title)
    value = seen.score() + (0.25 if in_title else 0.0)
    value = value + 0.1 * _shared(description, words) if value else 0.0
    reasons = [seen.because(subject_name)]
    if in_title:
        reasons.insert(0, _("The title names the person."))
    if name.is_author(author):
        value = max(value, _BY_THE_SUBJECT)
        reasons.insert(0, _("%s wrote it.") % subject_name)
    return Score(round(min(value, 1.0), 2), " ".join(reasons))


@dataclass(frozen=True)
class _Mentions:
    """How often a name stands in a text, and where first; `words` is the length of the text."""

    family: int
    given: int
    first: int
    words: int

    @classmethod
    def count(cls, name: PersonName, words: list[str]) -> _Mentions:
        places = [index for index, word in enumerate(words) if word == name.family]
        alone = sum(word == name.given for word in words) if places and name.given != name.family else 0
        return cls(len(places), max(0, alone - len(places)), places[0] if places else -1, len(words))

    @property
    def density(self) -> float:
        return 1000 * (self.family + self.given / 2) / max(self.words, 1)

    def score(self) -> float:
        if not self.family:
            return 0.0
        opening = 0.15 if self.first < _OPENING_WORDS else 0.0
        return (
            0.1 + 0.4 * min(1.0, self.density / _FULL_DENSITY) + opening + (0.1 if self.family > 2 else 0.0)
        )

    def because(self, subject: str) -> str:
        if not self.family:
            return _("The text never names %s.") % subject
        named = ngettext(
            "The name stands once in the text", "The name stands %(n)d times in the text", self.family
        )
        where = _("first at its beginning.") if self.first < _OPENING_WORDS else _("not at its beginning.")
        return f"{named % {'n': self.family}}, {where}"


def _folded_words(text: str) -> list[str]:
    return [_POSSESSIVE.sub("", word) for word in _WORDS.findall(fold_name(text))]


def _shared(description: str, words: list[str]) -> float:
    """The share of the longer words of the description that the text uses too."""
    wanted = {word for word in _folded_words(description) if len(word) > 4}
    return len(wanted.intersection(words)) / len(wanted) if wanted else 0.0


_BASE = {"primary": 65, "secondary": 55, "tertiary": 45}
_OPEN_HOSTS = re.compile(
    r"(?:^|\.)(?:blogspot\.\w+|wordpress\.com|medium\.com|substack\.com|tumblr\.com|reddit\.com|quora\.com|fandom\.com"
    r"|facebook\.com|x\.com|twitter\.com|pinterest\.\w+|instagram\.com|tiktok\.com|youtube\.com|wattpad\.com|answers\.com)$"
)
_KEPT_HOSTS = re.compile(
    r"(?:\.(?:edu|gov|mil|museum)(?:\.\w\w)?|\.ac\.\w\w|(?:^|\.)(?:archive\.org|gutenberg\.org|wikisource\.org|jstor\.org"
    r"|hathitrust\.org|doi\.org|gallica\.bnf\.fr|europeana\.eu|nobelprize\.org|britannica\.com))$"
)


def credibility(
    kind: str, author: str, year: str | int | None, publisher: str, url: str, has_text: bool
) -> Score:
    """Score from 0 to 100 how far a source can be checked and held to account.

    `kind` is primary, secondary or tertiary; the rest is what is known of it, "" for unknown.
    """
    parts = [_by_kind(kind), _known(author, 10, _("author named"), _("no author named"))]
    parts.append(_known(publisher, 8, _("publisher named"), _("no publisher named")))
    parts.append(_known(str(year or ""), 7, _("dated"), _("undated")))
    parts.append(_by_host(url))
    if not has_text:
        parts.append((-40, _("its text can't be read")))
    total = min(100, max(0, sum(points for points, _because in parts)))
    reasons = ", ".join(because for _points, because in parts if because)
    return Score(total, reasons[:1].upper() + reasons[1:] + ".")


def _by_kind(kind: str) -> tuple[int, str]:
    names = {
        "primary": _("primary source"),
        "secondary": _("secondary source"),
        "tertiary": _("tertiary source"),
    }
    return _BASE.get(kind, 45), names.get(kind, _("source of unknown kind"))


def _known(value: str, points: int, present: str, absent: str) -> tuple[int, str]:
    return (points, present) if value.strip() else (0, absent)


def _by_host(url: str) -> tuple[int, str]:
    try:
        host = (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return 0, ""
    if _OPEN_HOSTS.search(host):
        return -25, _("from a site where anyone can publish")
    if _KEPT_HOSTS.search(host):
        return 7, _("kept by a library, an archive or a public institution")
    return 0, ""


_TERTIARY = (
    "encyclop encyklop enciclop enzyklop dictionar dictionn diccionar woerterbuch worterbuch dizionar almanac"
    " textbook handbook chronolog cronolog timeline bibliograph catalogue catalog lexikon wiki reference gazetteer"
)
_PRIMARY = (
    "autobiogra memoir memori lebenserinner erinnerung recollect reminisc souvenir diar tagebuch letter lettre"
    " carta brief lettera correspond korrespond epist speech discours discurs discorso rede oration address"
    " remark sermon lecture"
    " testimon deposition affidavit interview entrevista transcript narrative manuscript eyewitness witness"
    " certificate census deed will petition notebook minutes telegram photograph document first-person preface"
)
_WITNESS = (
    "spouse wife husband widow daughter son father mother sister brother friend colleague eyewitness witness"
)


def classify(form: str, author: str, subject_name: str) -> str:
    """Return "primary", "secondary" or "tertiary" from a free word such as "speech" or "biography (by spouse)".

    What the person wrote is primary whatever its form; so is what a witness of the life wrote.
    """
    words = re.findall(r"[^\W_]+(?:-[^\W_]+)?", fold_name(form))
    name = parse_name(subject_name)
    if name is not None and name.is_author(author):
        return "primary"
    if _any_begins(words, _TERTIARY):
        return "tertiary"
    if set(words) & set(_WITNESS.split()):
        return "primary"
    if any(word in ("biography", "biographie", "biografia", "biografie") for word in words):
        return "secondary"
    if _any_begins(words, _PRIMARY) and "critical" not in words:
        return "primary"
    return "secondary"


def _any_begins(words: list[str], stems: str) -> bool:
    return any(word.startswith(tuple(stems.split())) for word in words)
