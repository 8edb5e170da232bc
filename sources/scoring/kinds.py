"""How near a source stands to what it tells, from the words of a list: "speech", "biography (by spouse)"."""

from __future__ import annotations

import re

from sources.people import fold_name, parse_name

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
_SECONDARY = (
    "biogra histor essay ensayo essai study studi etude estudio studie monogra critic review thesis dissertation"
    " analys commentar comment scholar obituar necrolog nachruf profile article"
)
# What is told in the news may be a witness's report or a look back: the word alone doesn't say.
_NEWS = "news press magazine zeitung periodico"
_WITNESS = (
    "spouse wife husband widow daughter son father mother sister brother friend colleague eyewitness witness"
)


def classify(form: str, author: str, subject_name: str) -> str:
    """Return "primary", "secondary", "tertiary" or "unknown" from a free word such as "biography (by spouse)".

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
    return "secondary" if _any_begins(words, _SECONDARY) and not _any_begins(words, _NEWS) else "unknown"


def _any_begins(words: list[str], stems: str) -> bool:
    return any(word.startswith(tuple(stems.split())) for word in words)
