"""Claims on the subject's family: how many children there were, and how somebody named was related."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from engine.authors.extract import deed_words as words
from engine.authors.extract.claim import Claim
from engine.authors.extract.deed_line import NEVER, Line, compiled, number_of
from sources.names import without_title
from sources.numerals import fold


def children(line: Line) -> Iterator[Claim]:
    """How many children the subject had, and how many of them were sons or daughters."""
    had, named, none = words.CHILDREN.get(line.tongue, (NEVER, "", NEVER))
    yield from _counted(line, "children", rf"{had} (?P<n>[\w-]+) (?:{named})", none)
    for sort, forms in words.SONS_AND_DAUGHTERS.items():
        if form := forms.get(line.tongue):
            yield from _counted(line, sort, rf"{had} (?P<n>[\w-]+) {form}\b")


def _counted(line: Line, topic: str, told: str, none: str = NEVER) -> Iterator[Claim]:
    match = compiled(told).search(line.text)
    nobody = compiled(none).search(line.text)
    found = match or nobody
    if not found or compiled(words.SOME_ONLY).search(line.text):
        return
    if not (line.is_subjects(found.start()) or _are_they(line, found.start())):
        return
    number = 0 if nobody else number_of(match["n"], line.tongue) if match else 0
    if nobody or number > (topic != "children"):  # "she had one daughter": so far
        yield line.claim(topic, "number", number=number)


def _are_they(line: Line, at: int) -> bool:
    """ "They had two daughters", when the subject was just spoken of."""
    they = re.search(
        r"\b(?:they|we|there|ils|elles|ellos|sie|eles|wir|nous)\W+(?:\w+\W+)?$", line.text[:at], re.I
    )
    return bool(they) and line.person.named_in(line.before[-200:] + line.text[:at])


def relatives(line: Line) -> Iterator[Claim]:
    """How somebody named in full was related to the subject."""
    for match in _related(line.tongue, line.own).finditer(line.text):
        if not line.own and line.speaks_of_others(line.text[: match.start()]):
            continue
        name = next((one for one in line.names.names_in(line.text) if one.start == match.end()), None)
        if name is None or name.kind != "person" or line.person.is_called(name.full):
            continue
        called = fold(without_title(line.text[name.start : name.end]))
        if len(called.split()) > 1:
            yield line.claim(f"kin of {called}", "kinship", value=match.lastgroup or "")


@lru_cache(maxsize=16)
def _related(tongue: str, own: bool) -> re.Pattern[str]:
    if tongue not in words.DIES:
        return re.compile(NEVER)
    whose = words.DIES[tongue][0 if own else 1]
    kin = "|".join(rf"(?P<{name}>{form})" for name, form in words.RELATED[tongue])
    return re.compile(rf"\b(?i:{whose})(?i: \w+)? (?i:{kin})(?:, | )(?=[^\W\d_a-z])")
