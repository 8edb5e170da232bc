"""Facts of one source: its units, each with kind, date, people, places and score."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

from engine.authors.base import FactDate, FactDraft, SourceText, Span, Subject
from engine.authors.extract.anchors import anchors_of, is_known
from engine.authors.extract.grammar import grammar_of, word_pattern
from engine.authors.extract.kinds import is_turning, kind_of
from engine.authors.extract.leaning import SUBJECT
from engine.authors.extract.person import Person, identify, words_of_name
from engine.authors.extract.reading import Sentence, names_of, read
from engine.authors.extract.scoring import Evidence, score_of
from engine.authors.extract.signals import signals_of
from engine.authors.extract.units import Unit, units_of
from sources.dates import FoundDate, dates_in
from sources.numerals import fold

_ABOUT_SUBJECT = 0.12  # share of units that name the subject, below which a source is about someone else


def find(subject: Subject, source: SourceText) -> tuple[FactDraft, ...]:
    """All units of a source as facts, in reading order."""
    person = identify(subject, (source,))
    units = units_of(source, person)
    own = is_by_subject(source, person)
    distant = not own and _is_about_other(source, units, person)
    facts = []
    for unit in units:
        fact = _fact(unit, source, person, main_date(unit, source), own=own)
        if not distant or person.named_in(fact.text):
            facts.append(fact)
    return tuple(facts)


def is_by_subject(source: SourceText, person: Person) -> bool:
    """Whether the first-named author of a source is the subject."""
    return is_same_person(first_author(source), person)


def first_author(source: SourceText) -> str:
    """ "Ann Hopkins (Mrs. Hopkins); Jane Roe" -> "Ann Hopkins"."""
    return re.split(r"[;/]|\(|, (?:and|with|ed)", source.author)[0].strip(" ,.")


def is_same_person(name: str, person: Person) -> bool:
    """Whether two names can be one person's: same surname and given name, or one the beginning of the other."""
    words, own = words_of_name(name) if name else [], words_of_name(person.name)
    if not words:
        return False
    return person.is_called(name) if len(words) > 1 else words[0] == own[-1]


def main_date(unit: Unit, source: SourceText) -> FactDate | None:
    """The first date of a unit that its source can know, as exact as the sentence gives it.

    A day without a year, "the 4th inst." or "the year following" lean on what the source told before; the
    years of a life in brackets after a name date nothing.
    """
    for sentence in unit.sentences:
        found = [date for date in dates_in(sentence.text, source.language) if is_known(date, source)]
        found = [date for date in found if not is_life_span(date, sentence.text)] or found
        found = [date for date in found if not dates_nothing(date, sentence.text)]
        if found:
            return as_fact_date(_main(found), sentence.text, inherited=False)
    for sentence in unit.sentences:
        found = _leaning_dates(sentence, source)
        if found:
            return as_fact_date(found[0], sentence.text, inherited=True)
    return None


def _main(found: list[FoundDate]) -> FoundDate:
    """The most exact date of the first year, unless only a later one names the very day."""
    same_year = [date for date in found if date.first.year == found[0].first.year]
    best = min(same_year, key=_exactness)
    exact = [date for date in found if date.precision == "day"]
    return exact[0] if best.precision in _VAGUE and exact else best


def _exactness(date: FoundDate) -> tuple[int, int]:
    return _EXACTNESS.index(date.precision), date.start


def _leaning_dates(sentence: Sentence, source: SourceText) -> list[FoundDate]:
    anchors = anchors_of(source)
    year, near = anchors.year(sentence.index), anchors.before(sentence.index)
    found = dates_in(sentence.text, source.language, year, near, source.year)
    return [date for date in found if is_known(date, source) and not dates_nothing(date, sentence.text)]


def dates_nothing(date: FoundDate, text: str) -> bool:
    """Whether a date doesn't say when what is told there happened.

    "in the thirty years preceding 1860" says up to when, and "the Fugitive Slave Law of 1850" is the name of a law,
    which people obey and break for many years.
    """
    if _LIMIT.search(text[max(0, date.start - 24) : date.start]):
        return True
    return date.precision == "year" and bool(_NAMED_AFTER.search(text[max(0, date.start - 40) : date.start]))


_LIMIT = re.compile(
    r"\b(?:preceding|prior to|before|previous to|antes de|anteriores? a|avant|précédant|vor(?: dem)?(?: jahre?)?|"
    r"prima del?)"
    r"(?: the)?(?: year| año| l['’]année| o ano)?\s*$",
    re.I,
)
_NAMED_AFTER = re.compile(
    r"\b(?:Law|Laws|Act|Acts|Bill|Bills|Statute|Code|Charter|Treaty|Constitution|Compromise|Edict|Amendment|Ley|Leyes|"
    r"Decreto|Código|Tratado|Constitución|Carta|Loi|Lois|Décret|Traité|Constitution|Charte|Gesetz|Vertrag|Verfassung|"
    r"Edikt|Lei|Constituição|Legge|Trattato|Costituzione) (?:of|de|von|do|del) (?:the year )?$"
)
_VAGUE = ("year", "circa", "decade", "season")
_EXACTNESS = ("day", "month", "range", "season", "circa", "year", "decade")


def is_life_span(date: FoundDate, text: str) -> bool:
    """ "(1831–1902)": the date stands in a bracket that holds two years and hardly more."""
    opened = text.rfind("(", 0, date.start + 1)
    closed = text.find(")", date.end - 1)
    return opened >= 0 and 0 <= closed - opened <= 40 and bool(_LIFE.search(text[opened : closed + 1]))


_LIFE = re.compile(r"\d{4}.{1,12}\d{4}")


def as_fact_date(found: FoundDate, text: str, *, inherited: bool) -> FactDate:
    """The author's form of a date found in a text."""
    return FactDate(found.first, found.last, found.precision, text[found.start : found.end], inherited)


def _is_about_other(source: SourceText, units: tuple[Unit, ...], person: Person) -> bool:
    named = sum(any(person.named_in(one.text) for one in unit.sentences) for unit in units)
    return named < _ABOUT_SUBJECT * len(units) and not read(source).testimony


def _fact(unit: Unit, source: SourceText, person: Person, date: FactDate | None, *, own: bool) -> FactDraft:
    text = source.text[unit.sentences[0].start : unit.sentences[-1].end]
    kind = _kind(unit, text, date, source)
    names = names_of(source).names_in(text)
    people = _unique(name.full for name in names if name.kind == "person" and not person.is_called(name.full))
    places = _unique(name.full for name in names if name.kind == "place")
    named = person.named_in(text)
    ego = own and any(sentence.ego or sentence.first for sentence in unit.sentences)
    evidence = Evidence(
        kind=kind,
        precision=date.precision if date and not date.inherited else "",
        names_subject=named,
        ego=ego,
        concerns_subject=named or ego or unit.leaning == SUBJECT or _by_pronoun(text, source, person),
        people=len(people),
        places=len(places),
        words=unit.words,
        leans=unit.leaning == SUBJECT,
        turning=date is not None
        and not date.inherited
        and is_turning(_sentence_of(date, unit), source.language),
        signals=signals_of(tuple(sentence.text for sentence in unit.sentences), source.language),
    )
    spans = tuple(Span(source.number, sentence.start, sentence.end) for sentence in unit.sentences)
    return FactDraft(
        key_of(text),
        spans,
        text,
        kind,
        date,
        people,
        places,
        score_of(evidence),
        dates=_all_dates(unit, source),
    )


def _all_dates(unit: Unit, source: SourceText) -> tuple[FactDate, ...]:
    return tuple(
        as_fact_date(date, sentence.text, inherited=False)
        for sentence in unit.sentences
        for date in dates_in(sentence.text, source.language)
        if is_known(date, source)
    )


def _kind(unit: Unit, text: str, date: FactDate | None, source: SourceText) -> str:
    """The kind of the sentence that has the date; else of the whole unit."""
    if date is not None:
        kind = kind_of(_sentence_of(date, unit), source.language, dated=True)
        if kind != "event":
            return kind
    return kind_of(text, source.language, dated=date is not None)


def _sentence_of(date: FactDate, unit: Unit) -> str:
    return next((sentence.text for sentence in unit.sentences if date.text in sentence.text), "")


def _by_pronoun(text: str, source: SourceText, person: Person) -> bool:
    """In others' accounts of the subject "he" mostly is the subject; in the subject's own it never is."""
    if read(source).testimony:
        return False
    grammar = grammar_of(source.language)
    words = {"m": grammar.he, "f": grammar.she}.get(person.gender, grammar.either)
    return bool(word_pattern(words).search(text))


def key_of(text: str) -> str:
    """The same for the same words, however they are spaced or marked."""
    words = " ".join(re.findall(r"\w+", fold(text)))
    return hashlib.sha256(words.encode()).hexdigest()[:20]


def _unique(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
