"""Claims on what the nearest of the subject had or hadn't: a father's laboratory in one source, none in another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from engine.authors.extract import deed_words as words
from engine.authors.extract.claim import Claim
from engine.authors.extract.deed_line import NEVER, Line

_LATELY: Final = 400  # characters before a sentence in which "he" is named
_MALE: Final = ("father", "husband")


def belongings(line: Line) -> Iterator[Claim]:
    """What father, mother, husband or wife had, and what they had none of. Only things that one can stand before."""
    if line.tongue not in words.HAVING:
        return
    for match in _having(line.tongue, line.own).finditer(line.text):
        if line.own or not line.speaks_of_others(_without_child(line, line.text[: match.start()])):
            yield _claim(line, match["kin"], _whole(line.tongue, match["thing"]), "some")
    for match in _lacking(line.tongue).finditer(line.text):
        kin = match["kin"] or _meant(line, match["who"])
        if kin:
            yield _claim(line, kin, match["thing"], "none")


def _without_child(line: Line, before: str) -> str:
    """What stands before, without the subject as "the child" or "the little girl" of somebody else's book."""
    return _CHILD[line.person.gender].sub(" ", before)


_CHILD: Final = {
    gender: re.compile(rf"\b(?:the|this|der|das|el|la|le|l['’])\s?(?:[\w-]+ ){{0,2}}?(?:{words})\b", re.I)
    for gender, words in {
        "f": "child|girl|niña|enfant|fille|kind|mädchen",
        "m": "child|boy|lad|niño|enfant|garçon|kind|junge",
        "": "child|enfant|kind",
    }.items()
}


def _whole(tongue: str, thing: str) -> str:
    """What somebody has who has its parts: who has retorts has a laboratory."""
    parts = words.PARTS.get(tongue, {})
    return next((whole for whole, form in parts.items() if re.match(rf"(?:{form})", thing, re.I)), thing)


def _claim(line: Line, kin: str, thing: str, value: str) -> Claim:
    names = {
        form: name for name, forms in words.KIN[line.tongue] for form in forms.replace("?", "").split("|")
    }
    whose = names.get(kin.lower(), kin.lower())
    return line.claim(f"{thing.lower()} of the {whose}", "having", value=value)


def _meant(line: Line, pronoun: str) -> str:
    """Whom "he" means: the one of the family who was named last in the paragraph, when nobody else was."""
    before = line.before[-_LATELY:]
    found = [
        (match.start(), name)
        for name, forms in words.KIN[line.tongue]
        for match in re.finditer(rf"\b(?:{forms})\b", before, re.I)
    ]
    if not found or line.speaks_of_others(before[max(found)[0] :].partition(" ")[2]):
        return ""
    kin = max(found)[1]
    return kin if (kin in _MALE) == (pronoun.lower() in words.HAVING[line.tongue].he.split("|")) else ""


@lru_cache(maxsize=16)
def _having(tongue: str, own: bool) -> re.Pattern[str]:
    form = words.HAVING.get(tongue)
    if form is None:
        return re.compile(NEVER)
    whose = words.DIES[tongue][0 if own else 1]
    things = "|".join([form.things, *words.PARTS[tongue].values()])
    return re.compile(form.having.format(whose=whose, kin=_kin(tongue), thing=things), re.I)


@lru_cache(maxsize=16)
def _lacking(tongue: str) -> re.Pattern[str]:
    form = words.HAVING[tongue]
    return re.compile(
        form.lacking.format(kin=_kin(tongue), he=f"{form.he}|{form.she}", thing=form.things), re.I
    )


def _kin(tongue: str) -> str:
    return "|".join(forms for _, forms in words.KIN[tongue])
