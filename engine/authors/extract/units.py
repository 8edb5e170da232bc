"""Cuts a source into units: one to five neighbouring sentences that keep what they refer to."""

from __future__ import annotations

from dataclasses import dataclass

from engine.authors.base import SourceText
from engine.authors.extract.leaning import BOUND, leanings
from engine.authors.extract.person import Person
from engine.authors.extract.reading import Reading, Sentence, is_headword, read
from sources.dates import dates_in

MOST_SENTENCES = 5
_FULL = 90  # words at which a unit is long enough
_SHORT = 35  # words below which a unit takes its neighbour in
_LONGEST = 190


@dataclass(frozen=True, slots=True)
class Unit:
    """Neighbouring sentences of one source, and how the first one leans."""

    sentences: tuple[Sentence, ...]
    leaning: str

    @property
    def words(self) -> int:
        return sum(sentence.words for sentence in self.sentences)


def units_of(source: SourceText, person: Person) -> tuple[Unit, ...]:
    """All units of a source in reading order; no sentence is in two, and what can't stand alone is in none."""
    reading = read(source)
    leaning = leanings(source, person)
    atoms = _atoms(reading, leaning, source.language)
    return tuple(_packed(atoms, source.language))


def _atoms(reading: Reading, leaning: tuple[str, ...], language: str) -> list[Unit]:
    """Smallest groups that stand alone: a sentence and those bound to it, as far as they are usable."""
    atoms: list[Unit] = []
    chain: list[Sentence] = []
    broken = True  # whether what the next bound sentence leans on was left out
    for sentence in reading.sentences:
        new_section = bool(chain) and sentence.section != chain[-1].section
        if leaning[sentence.index] == BOUND and not new_section:
            broken = broken or not sentence.usable or not _fits(chain, sentence, language)
            if not broken:
                chain.append(sentence)
            continue
        _close(chain, leaning, atoms)
        starts = sentence.usable and leaning[sentence.index] != BOUND
        chain, broken = ([sentence], False) if starts else ([], True)
    _close(chain, leaning, atoms)
    return atoms


def _fits(chain: list[Sentence], sentence: Sentence, language: str) -> bool:
    """Whether a bound sentence can join: it follows at once, and leads into no other year over a paragraph's end."""
    if not chain or sentence.index != chain[-1].index + 1 or sentence.paragraph > chain[-1].paragraph + 1:
        return False
    years = _years(sentence, language) if sentence.paragraph != chain[-1].paragraph else set()
    if years and not years & {year for one in chain for year in _years(one, language)}:
        return False
    return len(chain) < MOST_SENTENCES and sum(one.words for one in chain) + sentence.words <= _LONGEST


def _years(sentence: Sentence, language: str) -> set[int]:
    return {date.first.year for date in dates_in(sentence.text, language)}


def _close(chain: list[Sentence], leaning: tuple[str, ...], atoms: list[Unit]) -> None:
    """Keep the chain up to the last sentence after which no quotation is open."""
    while chain and not chain[-1].closes:
        chain.pop()
    if chain:
        atoms.append(Unit(tuple(chain), leaning[chain[0].index]))


def _packed(atoms: list[Unit], language: str) -> list[Unit]:
    packed: list[Unit] = []
    for atom in atoms:
        if packed and _joins(packed[-1], atom, language):
            packed[-1] = Unit(packed[-1].sentences + atom.sentences, packed[-1].leaning)
        else:
            packed.append(atom)
    return packed


def _joins(unit: Unit, atom: Unit, language: str) -> bool:
    last, first = unit.sentences[-1], atom.sentences[0]
    if first.index != last.index + 1 or len(unit.sentences) + len(atom.sentences) > MOST_SENTENCES:
        return False
    if first.paragraph != last.paragraph or unit.words + atom.words > _LONGEST:
        return False
    if _tells_anew(unit, first, language) or is_headword(unit.sentences[0].text):
        return False
    return unit.words < _SHORT or atom.words < _SHORT // 2 or unit.words + atom.words <= _FULL


def _tells_anew(unit: Unit, first: Sentence, language: str) -> bool:
    """Whether a sentence opens with a date of its own: another year, or after enough has been told."""
    years = _years(first, language)
    if not years:
        return False
    told = {year for one in unit.sentences for year in _years(one, language)}
    return unit.words >= _SHORT or bool(told and not years & told)
