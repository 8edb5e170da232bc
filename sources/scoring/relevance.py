"""How much a source is about the person: names, dates, and the company they keep."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from django.utils.translation import gettext as _

from sources.gazetteer import genders
from sources.people import parse_name
from sources.scoring import reasons
from sources.scoring.context import context_of
from sources.scoring.evidence import Evidence
from sources.scoring.lifespans import dates_agree, known_years
from sources.scoring.mentions import Kind, Mentions, by_given_name, find_mentions
from sources.scoring.profile import GENERATIONS, Profile
from sources.scoring.prose import prose
from sources.scoring.score import Score
from sources.scoring.topics import topic_of
from sources.scoring.vocabulary import TITLES_BY_GENDER
from sources.scoring.words import Words, words_of

BY_THE_PERSON: Final = 0.9
_WINDOW: Final = 100  # words: a text about the person names them in nearly half of such stretches
_OPENING: Final = 200  # words
_FEWEST_GIVEN: Final = 3  # times that a given name stands where no family name does
_BEGINNING: Final = 12  # words
_TELLING: Final = 60  # words: a text as long as this has something of its subject's description
# What a text of one's own is made of; together 1.
_ONCE, _OPENS, _ABOUT, _TITLE, _CONTEXT, _DATES = 0.12, 0.05, 0.43, 0.15, 0.15, 0.10
_NAMESAKE, _STRANGER, _LONE_NAME, _THING = 0.15, 0.5, 0.7, 0.4


@dataclass(frozen=True)
class Document:
    """What is looked at: the clean text, and what is known of it; "" for unknown."""

    text: str
    title: str = ""
    author: str = ""

    @cached_property
    def words(self) -> Words:
        """The words of the text."""
        return words_of(self.text)


def relevance(profile: Profile, document: Document) -> Score:
    """Score from 0 (not about the person) to 1 how much a document is about them, with the reason.

    Of six parts: that they are named, that the text opens with them, in how many of its stretches they stand and
    how densely, the title, BM25 against the profile, and the years of their life. The sum is cut by what speaks
    against it: a text that is no prose, a namesake's dates, another topic (a film). What the person wrote is
    relevant though no name stands in it, if it is prose.
    """
    if profile.nameless:
        told = _("The person has no name to look for.")
        return Score(0.0, told, told)
    seen = _evidence(profile, document)
    value = _sum(seen, document.words) * _identity(profile, seen) * seen.topic.factor
    if seen.by_the_person:
        value = max(value, BY_THE_PERSON)
    value *= 0.1 + 0.9 * seen.prose
    value = round(min(1.0, value), 2)
    return Score(value, reasons.because(profile.name, seen), reasons.refusal(profile.name, seen))


def _evidence(profile: Profile, document: Document) -> Evidence:
    words = document.words
    mentions = find_mentions(profile, words)
    named_in_title = find_mentions(profile, words_of(document.title))
    in_title = _in_title(named_in_title, mentions)
    if in_title and not mentions.weight and mentions.given:
        mentions.counts[Kind.FULL] += 1  # "Dear Frederick": the title says who he is
    elif not mentions.counts and _is_called_so(profile, mentions, words):
        mentions = by_given_name(profile, words)
    return Evidence(
        mentions=mentions,
        in_title=in_title,
        thing_in_title=named_in_title.counts[Kind.THING] > 0 and not named_in_title.own,
        context=context_of(profile, words),
        years=known_years(profile, words),
        dates_agree=dates_agree(profile, mentions, words),
        prose=prose(words) * _not_stuffed(mentions),
        topic=topic_of(words),
        by_the_person=is_author(profile, document.author),
        coverage=_coverage(mentions),
    )


def _is_called_so(profile: Profile, mentions: Mentions, words: Words) -> bool:
    """Whether a given name may be all that a text calls the person by: Napoleon, Galileo; Dante with a year of his."""
    if len(mentions.given) < _FEWEST_GIVEN or len(profile.names.given) > 1:
        return False
    return profile.names.given.isdisjoint(genders()) or bool(known_years(profile, words))


def _in_title(title: Mentions, text: Mentions) -> float:
    """1 when the title gives the full name, less for a family name that is the person's in the text, else 0."""
    if title.own:
        return 1.0
    alone = title.counts[Kind.FAMILY] and not title.counts[Kind.OTHER]
    return 0.6 if alone and text.share_of_family >= 0.5 else 0.0


def _coverage(mentions: Mentions) -> float:
    windows = max(1, round(mentions.length / _WINDOW))
    return len({place // _WINDOW for place in mentions.likely}) / windows


def _not_stuffed(mentions: Mentions) -> float:
    """Nobody is named in every tenth word of honest prose."""
    named = 1000 * mentions.named / max(mentions.length, 100)
    return min(1.0, max(0.0, (120 - named) / 60))


def _sum(seen: Evidence, words: Words) -> float:
    """The parts that speak for the source, from 0 to 1."""
    weight = seen.mentions.weight
    opens = any(place < _OPENING for place in seen.mentions.likely[:1]) and len(words) > _OPENING
    about = (min(1.0, seen.density / 5) + min(1.0, seen.coverage / 0.4)) / 2 * _often(seen)
    named = _ONCE * min(1.0, weight / 2) + _OPENS * opens + _ABOUT * about if weight else 0.0
    dates = len(seen.years) / 2 if seen.years else 0.0
    company = _CONTEXT * seen.context.value + _DATES * dates
    return named + _TITLE * seen.in_title + company * (1.0 if weight or seen.in_title else 0.3)


def _often(seen: Evidence) -> float:
    """One mention makes a short text be about the person only when it begins with them."""
    begins = any(place < _BEGINNING for place in seen.mentions.likely[:1])
    return 1.0 if begins or seen.in_title else min(1.0, seen.mentions.weight / 3)


def _identity(profile: Profile, seen: Evidence) -> float:
    """How sure it is that the name is the person's and no namesake's."""
    if seen.dates_agree is False:
        return _NAMESAKE
    sure = 1.0 if seen.mentions.own or seen.mentions.given or seen.in_title == 1.0 else _LONE_NAME
    if seen.thing_in_title:
        sure *= _THING
    if seen.dates_agree or seen.years or len(profile.terms) < 3 or seen.mentions.length < _TELLING:
        return sure
    return sure * (_STRANGER + (1 - _STRANGER) * min(1.0, seen.context.value / 0.1))


def is_author(profile: Profile, author: str) -> bool:
    """Whether one of the names in an author's field is the person's; a son with "Jr." is another."""
    if profile.generation != GENERATIONS & set(words_of(author).folded):
        return False
    if author.strip() and author.strip() in profile.spellings:
        return True
    name = parse_name(profile.name)
    if name is not None and name.is_author(author):
        return True
    return any(_is_name_alone(profile, part) for part in re.split(r"[;&/]|\b(?:and|et|y|und|e)\b", author))


def _is_name_alone(profile: Profile, part: str) -> bool:
    """Whether these words are the full name and nothing else: no "Life of …", no institute."""
    words = words_of(part)
    own = profile.names.given | profile.names.middle | profile.names.families
    others = [
        word for word in words.folded if word not in own and len(word) > 1 and word not in TITLES_BY_GENDER
    ]
    return not others and find_mentions(profile, words).counts[Kind.FULL] > 0
