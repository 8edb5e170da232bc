"""Errors of further classes planted in sentences of real sources: seasons, units, kinship, offices and more.

The tables are the test's own, larger than and apart from those of the check: a planter that read the check's
tables would only find what the check knows. Each ring is read in both directions.
"""

# ruff: noqa: E501 - the long lines are tables of words

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping
from typing import Final

from tests.planting import YEAR, Told

_RINGS: Final[Mapping[str, str]] = {
    "season": "spring/autumn summer/winter spring/winter summer/spring autumn/summer fall/spring",
    "unit": (
        "dollars/pounds francs/dollars pounds/francs cents/dollars miles/acres miles/yards feet/miles acres/feet weeks/months"
        " days/weeks hours/days years/months months/years minutes/hours week/month year/month month/week day/week"
    ),
    "ordinal": "first/second second/third third/fourth last/first oldest/youngest eldest/youngest seventh/ninth fourth/sixth",
    "nationality": (
        "French/German American/English Polish/Russian English/French German/Polish Mexican/Spanish Irish/Scotch"
        " Russian/Austrian African/Indian British/Dutch Italian/Greek southern/northern"
    ),
    "polarity": (
        "before/after accepted/refused won/lost bought/sold married/divorced born/buried arrived/departed began/ceased"
        " opened/closed more/less loved/hated friend/enemy friends/enemies best/worst early/late large/small"
        " increased/diminished alive/dead rich/poor old/young north/south east/west success/failure remembered/forgot"
        " gave/took above/below with/without long/short high/low good/bad strong/weak easy/difficult joy/sorrow happy/unhappy"
        " day/night morning/evening able/unable possible/impossible received/sent new/old great/little right/wrong light/dark"
        " slave/freeman free/enslaved open/secret public/private kind/cruel same/different often/seldom better/worse"
        " found/lost peace/war hope/despair left/entered up/down in/outside white/black true/false near/far"
    ),
    "kinship": (
        "mother/father son/daughter brother/sister wife/mother uncle/nephew aunt/niece grandmother/grandfather husband/brother"
        " children/parents sons/daughters brothers/sisters cousin/uncle father/uncle sister/aunt daughter/niece"
    ),
    "title": (
        "President/Governor Colonel/Captain Captain/Judge Senator/Mayor Secretary/Treasurer editor/printer professor/student"
        " teacher/pupil doctor/lawyer physician/priest governor/marshal minister/consul director/assistant Bishop/Cardinal"
        " Professor/Captain Doctor/General Mayor/Colonel king/bishop officer/clerk bishop/deacon"
    ),
    "quantity": "all/some many/few every/no each/no most/few none/all both/neither some/no several/all any/all always/sometimes",
}
_VERBS: Final = (
    "asked saw told heard wrote read found lost met left made took gave sold bought sent received spoke knew"
).split()
_NEVER: Final = re.compile(
    r"\b(never|not|cannot) (?!only\b)([a-z]{4,}(?:ed|en|ow|ard|ell|aw|ade|ive|ake|eak)?)\b"
)
_AUXILIARY: Final = re.compile(r"\b(was|were|had|could|did|would|is|has) (?!not\b)(?=[a-z])")
_DENIED: Final = re.compile(r"\b(was|were|had|could|did|would|is|has|do|does) not ")


def _ringed(kind: str) -> Callable[[Told, random.Random], str | None]:
    table: dict[str, list[str]] = {}
    for pair in _RINGS[kind].split():
        one, other = pair.split("/")
        table.setdefault(one, []).append(other)
        table.setdefault(other, []).append(one)
    pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(sorted(table, key=len, reverse=True))})(?![\w-])")

    def plant(told: Told, chance: random.Random) -> str | None:
        places = list(pattern.finditer(told.sentence))
        if not places:
            return None
        place = chance.choice(places)
        return _put(told, place, chance.choice(table[place.group()]))

    return plant


def _put(told: Told, place: re.Match[str], words: str) -> str:
    return told.sentence[: place.start()] + words + told.sentence[place.end() :]


def _denial(told: Told, chance: random.Random) -> str | None:
    """A negation taken away or put in, or another verb behind it."""
    verb = _NEVER.search(told.sentence)
    if verb and chance.random() < 0.5:
        others = [word for word in _VERBS if word not in told.sentence]
        return _put(told, verb, f"{verb[1]} {chance.choice(others)}")
    denied = _DENIED.search(told.sentence)
    if denied:
        return _put(told, denied, f"{denied[1]} ")
    plain = _AUXILIARY.search(told.sentence)
    return _put(told, plain, f"{plain[1]} {chance.choice(['not', 'never'])} ") if plain else None


def _only(told: Told, chance: random.Random) -> str | None:
    """A sentence that says it of this one only, or of all."""
    places = list(re.finditer(r"(?<=[a-z] )(?:the|a|his|her|my) (?=[a-z])", told.sentence))
    place = chance.choice(places) if places else None
    return place and _put(told, place, chance.choice(["only the ", "only ", "all the ", "every "]))


def _swapped(told: Told, chance: random.Random) -> str | None:
    """Two people of one sentence in each other's place."""
    pattern = re.compile(
        rf"\b(?:{'|'.join(map(re.escape, sorted(told.people, key=len, reverse=True))) or '(?!)'})\b"
    )
    found = list(pattern.finditer(told.sentence))
    if len(found) < 2:
        return None
    one, other = chance.sample(found, 2)
    one, other = sorted((one, other), key=lambda match: match.start())
    between = told.sentence[one.end() : other.start()]
    if set(one.group().split()) & set(other.group().split()) or not re.search(
        r"\b(?!and\b)[a-z]{2,}", between
    ):
        return None  # "Marie and Pierre" are Pierre and Marie
    text = told.sentence
    return (
        text[: one.start()]
        + other.group()
        + text[one.end() : other.start()]
        + one.group()
        + text[other.end() :]
    )


def _neighbouring(told: Told, chance: random.Random) -> str | None:
    """A year of another sentence of the passage: in the place of the sentence's own, or at its end."""
    own = list(YEAR.finditer(told.sentence))
    years = {match.group() for match in YEAR.finditer(told.passage)} - {match.group() for match in own}
    if not years:
        return None
    year = chance.choice(sorted(years))
    if own:
        return _put(told, chance.choice(own), year)
    return f"{told.sentence.rstrip('.!?;”')} in {year}."


PLANTED_CLASSES: Final[Mapping[str, Callable[[Told, random.Random], str | None]]] = {
    **{kind: _ringed(kind) for kind in _RINGS},
    "negation": _denial,
    "only": _only,
    "swap": _swapped,
    "neighbour": _neighbouring,
}
