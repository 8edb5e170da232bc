"""What times a text names."""

# ruff: noqa: E501 - the long lines are tables of words

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from engine.quality.views import SectionView
from sources.dates import FoundDate, dates_in

# Phrases that tell a reader that time has passed, or which time it is.
_PHRASES: Final = {
    "en": r"years? (?:later|after|before|earlier|passed|went by)|(?:months|decades?|weeks) (?:later|after|before|earlier|passed)"
    r"|meanwhile|by (?:then|now|this time)|at that time|in those years|(?:his|her|their|my) (?:last|final|first|early|later) years|"
    r"(?:in|during) (?:his|her|my) (?:youth|childhood|old age)|looking back|in the meantime|long before|long after|at the age of|years old|"
    r"(?:for|after|during|within) (?:\w+ ){0,3}years",
    "es": r"años (?:después|antes|más tarde)|meses (?:después|antes|más tarde)|mientras tanto|entretanto|por entonces|a la edad de"
    r"|últimos años|primeros años|en (?:su|mi) (?:juventud|infancia|vejez)|durante \w+ años",
    "fr": r"(?:ans|années|mois) (?:plus tard|après|avant|auparavant)|pendant ce temps|entre-temps|à l['’]âge de|dernières années"
    r"|premières années|dans (?:sa|ma) (?:jeunesse|vieillesse)|à cette époque",
    "de": r"jahre? (?:später|danach|zuvor|vorher|darauf)|monate (?:später|danach|zuvor)|inzwischen|unterdessen|im alter von|letzten jahre"
    r"|in (?:seiner|ihrer|meiner) (?:jugend|kindheit)|zu dieser zeit|damals",
    "pt": r"anos (?:depois|antes|mais tarde)|meses (?:depois|antes|mais tarde)|enquanto isso|entretanto|na época|aos \w+ anos|últimos anos"
    r"|primeiros anos|na (?:sua |minha )?(?:juventude|infância|velhice)",
    "it": r"anni (?:dopo|prima|più tardi)|mesi (?:dopo|prima|più tardi)|nel frattempo|intanto|all['’]età di|ultimi anni|primi anni"
    r"|in (?:sua )?gioventù|a quel tempo",
}  # fmt: skip


@lru_cache(maxsize=16)
def _phrases(language: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_PHRASES.get(language.split('-')[0], '(?!)')})\b", re.I)


def names_time(text: str, language: str) -> bool:
    """Whether a text gives a date, or a phrase of time."""
    return bool(dates_in(text, language)) or bool(_phrases(language).search(text))


def years_of(view: SectionView) -> list[int]:
    """The years that a section is about, in the order of its text: those of its facts, else those it names."""
    if view.dates:
        return [date.year for date in view.dates]
    return [found.first.year for told in view.told for found in plain_dates(told.text, view.about.language)]


@lru_cache(maxsize=20_000)
def plain_dates(text: str, language: str) -> tuple[FoundDate, ...]:
    """The dates of a sentence; cached, since several checks ask for them."""
    return tuple(dates_in(text, language))
