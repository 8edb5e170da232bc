"""Sentences of real sources with one wrong thing planted in each: for the test and the benchmark of the support check.

What is exchanged is found by other means than the check's own: a name book of the whole source, plain patterns,
and num2words for the numbers in words.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from num2words import num2words  # type: ignore[import-untyped]  # the package ships no types

from sources.extracting.sandbox import extract
from sources.names import learn
from sources.passages import split_passages
from sources.sentences import is_whole, sentences

YEAR = re.compile(r"(?<![\d,.])(?:1[4-9]|20)\d\d(?![\d,])")
_WORDS = {num2words(number): number for number in range(2, 100)}
_IN_WORDS = "|".join(sorted(_WORDS, key=len, reverse=True))
NUMBER = re.compile(rf"(?<![\w,.-])(?:\d{{1,3}}(?:,\d{{3}})+|\d{{1,3}}|{_IN_WORDS})(?![\w,.-]*\w)(?!-)")


@dataclass(frozen=True, slots=True)
class Told:
    """A whole sentence of a source, the passage that holds it, and the names of each kind in its source."""

    sentence: str
    passage: str
    people: tuple[str, ...]
    places: tuple[str, ...]


def told_in(folder: Path) -> list[Told]:
    """All whole sentences of the sources in a folder, in order."""
    return told_in_files(
        sorted(path for path in folder.iterdir() if path.suffix in (".txt", ".html", ".pdf"))
    )


def told_in_files(files: Iterable[Path]) -> list[Told]:
    """All whole sentences of these files, in order."""
    return [one for file in files for one in _told(extract(file.read_bytes(), file.name).text)]


def _told(text: str) -> Iterator[Told]:
    book = learn(text, "en")
    people = tuple(sorted(name for name, kind in book.kinds.items() if kind == "person"))
    places = tuple(sorted(name for name, kind in book.kinds.items() if kind == "place"))
    for start, end in split_passages(text):
        passage = text[start:end]
        for first, last in sentences(passage):
            sentence = " ".join(passage[first:last].split())
            if is_whole(sentence) and len(sentence) < 600:
                yield Told(sentence, passage, people, places)


Planter = Callable[[Told, random.Random], str | None]


def wrong_year(told: Told, chance: random.Random) -> str | None:
    """The sentence with another year within thirty, or None where it has none."""
    place = _one(list(YEAR.finditer(told.sentence)), chance)
    return place and _put(
        told, place, str(int(place.group()) + chance.choice([-1, 1]) * chance.randint(1, 30))
    )


def wrong_number(told: Told, chance: random.Random) -> str | None:
    """The sentence with another number: words stay words, digits digits."""
    place = _one(list(NUMBER.finditer(told.sentence)), chance)
    if place is None:
        return None
    written = place.group()
    value = _WORDS.get(written) or int(written.replace(",", ""))
    other = max(2, value + chance.choice([-1, 1]) * chance.randint(1, max(3, value // 2)))
    other += other == value
    return _put(told, place, num2words(other) if written in _WORDS else f"{other:,}")


def wrong_person(told: Told, chance: random.Random) -> str | None:
    """The sentence with another person of the same source, who may even be named in the same passage."""
    return _renamed(told, told.people, chance)


def wrong_place(told: Told, chance: random.Random) -> str | None:
    """The sentence with another place of the same source."""
    return _renamed(told, told.places, chance)


def _renamed(told: Told, names: Sequence[str], chance: random.Random) -> str | None:
    pattern = re.compile(
        rf"\b(?:{'|'.join(map(re.escape, sorted(names, key=len, reverse=True))) or '(?!)'})\b"
    )
    place = _one(list(pattern.finditer(told.sentence)), chance)
    others = [name for name in names if place and not set(name.split()) & set(place.group().split())]
    return place and (_put(told, place, chance.choice(others)) if others else None)


def _one(places: list[re.Match[str]], chance: random.Random) -> re.Match[str] | None:
    return chance.choice(places) if places else None


def _put(told: Told, place: re.Match[str], words: str) -> str:
    return told.sentence[: place.start()] + words + told.sentence[place.end() :]


PLANTERS: dict[str, Planter] = {
    "years": wrong_year,
    "numbers": wrong_number,
    "names": wrong_person,
    "places": wrong_place,
}

_CURLED = {'"': "”", "'": "’"}
_TYPOGRAPHY: tuple[Callable[[str], str], ...] = (
    lambda text: text,
    lambda text: "".join(_CURLED.get(char, char) for char in text),
    lambda text: text.translate(str.maketrans("“”‘’", "\"\"''")),
    lambda text: text.replace("—", " – ").replace("--", "—"),
    lambda text: text.replace("-", "\u2011"),
    lambda text: text.replace(" ", "\u00a0", 2),
    lambda text: text.replace("fi", "\ufb01").replace("fl", "\ufb02"),
    lambda text: f"“{text}”",
    lambda text: text.rstrip(".") + " …",
    lambda text: text[:1].lower() + text[1:],
    lambda text: text.replace(",", ""),
)


def retypeset(text: str, chance: random.Random) -> str:
    """A text as another printer would set it."""
    return chance.choice(_TYPOGRAPHY)(text)


_CLAUSE = re.compile(r"[,;:—]")


def shortened(sentence: str, wrong: str) -> str | None:
    """The clause that holds what was planted, as a sentence: nothing else of the copy is left. None if too short."""
    differs = next((at for at, (a, b) in enumerate(zip(sentence, wrong, strict=False)) if a != b), 0)
    cuts = [0, *(match.end() for match in _CLAUSE.finditer(wrong)), len(wrong)]
    start = max(cut for cut in cuts if cut <= differs)
    end = min(cut for cut in cuts if cut > differs)
    clause = wrong[start:end].strip(" ,;:—")
    return f"{clause[:1].upper()}{clause[1:]}." if len(clause.split()) >= 5 else None


def rewrapped(text: str, chance: random.Random) -> str:
    """A text as another page breaks it: lines, hyphens at their ends, spaces, and the quotation marks of elsewhere."""
    words = [_cut(word, chance) if chance.random() < 0.1 else word for word in text.split()]
    lines = "".join(word + chance.choice(_GAPS) for word in words).strip()
    return chance.choice(_QUOTED)(lines)


def _cut(word: str, chance: random.Random) -> str:
    """A word cut in two at the end of a line, or with a hyphen that isn't seen."""
    if len(word) < 7 or not word.isalpha():
        return word
    place = chance.randint(3, len(word) - 3)
    return word[:place] + chance.choice(["-\n", "\u00ad", "-\n    "]) + word[place:]


_GAPS = (" ", " ", " ", "  ", "\n", "\n    ", "\u00a0", "\u2009")
_QUOTED: tuple[Callable[[str], str], ...] = (
    lambda text: text,
    lambda text: text.translate(str.maketrans("“”‘’", "\"\"''")),
    lambda text: text.replace("“", "«").replace("”", "»"),
    lambda text: f"‘{text}’",
    lambda text: f"„{text}“",
)
