"""Whether a sentence can open a unit: does all that it refers to stand in it, or in the sentence before?"""

from __future__ import annotations

import re
from collections import Counter

from bookgen_site.lib.once import once_each
from engine.authors.base import SourceText
from engine.authors.extract.antecedents import kin_in
from engine.authors.extract.grammar import Grammar, grammar_of, word_pattern
from engine.authors.extract.person import Person
from engine.authors.extract.reading import MOST_KEPT, ROOM, Reading, Sentence, length, names_of, read
from sources.dates import dates_in
from sources.names import gender_of
from sources.numerals import fold

FRESH, SUBJECT, BOUND = "fresh", "subject", "bound"
_OPENING = 45  # characters in which the one whom a sentence is about is named
_EARLY = 50  # characters in which a pointing word still points back
_PLEONASTIC = re.compile(
    r"it (?:was|is|is to|would be|must be|will be|has been|may be|seems?|happened|came to pass)(?: \w+){0,4} "
    r"(?:that|to|who|when|until|in|on|at|during|about|with|for|from|not)\b",
    re.I,
)


@once_each(most=MOST_KEPT, room=ROOM, size=lambda source, _person: length(source))
def leanings(source: SourceText, person: Person) -> tuple[str, ...]:
    """For each sentence FRESH, SUBJECT (opens with "he" or "she", who surely is the subject) or BOUND."""
    reading = read(source)
    judge = _Judge(source, reading, person)
    return tuple(judge.judge(sentence) for sentence in reading.sentences)


def _is_main(source: SourceText, reading: Reading, person: Person) -> bool:
    """Whether no one is named in more sentences of the source than the subject."""
    tally: Counter[str] = Counter()
    own = 0
    names = names_of(source)
    for sentence in reading.sentences:
        own += person.named_in(sentence.text)
        tally.update({name.full for name in names.names_in(sentence.text) if name.kind == "person"})
    others = [count for full, count in tally.items() if not person.named_in(full)]
    return own > 0 and own >= max(others, default=0)


def _is_unsaid(text: str) -> bool:
    """Whether a sentence is all somebody's words, and who says them stands before: "Come here!" """
    opened = re.match(r"\(?(?:\"(?P<plain>)|“|«|„)", text)
    if not opened:
        return False
    closing = r"\"" if opened["plain"] is not None else r"[”»“]"
    return not re.search(rf"{closing}(?!\W*$)", text[opened.end() :])


class _Judge:
    """Reads the sentences in order, remembering whom the last ones were about."""

    def __init__(self, source: SourceText, reading: Reading, person: Person) -> None:
        self.grammar: Grammar = grammar_of(source.language)
        self.names = names_of(source)
        self.reading = reading
        self.language = source.language
        self.person = person
        self.is_main = _is_main(source, reading, person)
        self.is_entry = self.is_main and source.kind == "tertiary"  # an encyclopedia talks of one person only
        self.about_subject = self.is_main
        self.paragraph = -1
        self.before: list[str] = []

    def judge(self, sentence: Sentence) -> str:
        if sentence.paragraph != self.paragraph:
            self.paragraph, self.before = sentence.paragraph, []
            self.about_subject = self.is_main
        verdict = self._verdict(sentence)
        self._remember(sentence, verdict)
        self.before = [*self.before[-1:], sentence.text]
        return verdict

    def _verdict(self, sentence: Sentence) -> str:
        text = sentence.text.lstrip("\"“«‘'([ ")
        if sentence.inside or _is_unsaid(sentence.text):
            return BOUND
        if not self.before and dates_in(text, self.language):
            # "So it was in November, 1891, that I ..." at the head of a paragraph says all by itself.
            text = re.sub(rf"^(?:{self.grammar.weak})\b,?\s+", "", text, count=1, flags=re.I)
        if self._opens_leaning(text) or self._repeats_noun(text) or self._lacks_plural(text):
            return BOUND
        pronoun = self._loose_pronoun(text)
        if not pronoun:
            return FRESH
        fits = pronoun in (self.person.gender, "either")
        return SUBJECT if fits and self.about_subject and not self.reading.testimony else BOUND

    def _opens_leaning(self, text: str) -> bool:
        if re.match(self.grammar.openers, text, re.I) and not _PLEONASTIC.match(text):
            return True
        if re.match(rf"(?:\S+\s+){{1,3}}(?:{self.grammar.loose})\b", text, re.I) and not dates_in(
            text, self.language
        ):
            return True
        return bool(re.search(self.grammar.early, text[:_EARLY], re.I))

    def _repeats_noun(self, text: str) -> bool:
        """ "The law ..." after a sentence about a law: the article points back."""
        match = re.match(rf"(?:{self.grammar.article})\s+((?:\w+\s+){{0,2}}\w+)", text, re.I)
        if not match or not self.before or dates_in(text, self.language):
            return False
        nouns = [word for word in match.group(1).split() if len(word) > 3 and word.islower()]
        earlier = " ".join(self.before).casefold()
        return any(re.search(rf"\b{re.escape(noun[:-1])}", earlier) for noun in nouns)

    def _lacks_plural(self, text: str) -> bool:
        """ "When Ann spoke of love, they wished ...": nobody stands there yet who could be they."""
        match = word_pattern(self.grammar.many).search(text)
        return bool(match) and not word_pattern(self.grammar.plural).search(text[: match.start()])  # type: ignore[union-attr]

    def _is_another(self, before: str, start: int, text: str) -> bool:
        """ "Ann called upon him": within a clause the object is someone else than the one who acts."""
        is_object = word_pattern(self.grammar.objects).match(text, start)
        return (
            bool(is_object)
            and not re.search(r"[,;:—]|\b(?:that|who|and|but|when)\b", before)
            and (sum(name.kind == "person" for name in self.names.names_in(before)) == 1)
        )

    def _loose_pronoun(self, text: str) -> str:
        """ "m", "f" or "either" for a third-person pronoun without anyone before it in the sentence."""
        found = []
        for gender, words in (
            ("m", self.grammar.he),
            ("f", self.grammar.she),
            ("either", self.grammar.either),
        ):
            match = word_pattern(words).search(text)
            if match:
                found.append((match.start(), gender))
        if not found:
            return ""
        start, gender = min(found)
        before = text[:start]
        met = self._someone_in(before) and not self._is_of_other_sex(before, gender)
        return "" if met and not self._is_another(before, start, text) else gender

    def _is_of_other_sex(self, before: str, gender: str) -> bool:
        """ "An aunt of mine, whom he used to whip": nobody stands there yet who could be he."""
        kin = [of for _, of in kin_in(before)]
        people = [gender_of(name.full) for name in self.names.names_in(before) if name.kind == "person"]
        known = {*kin, *people}
        if gender == "either" or known != {"f" if gender == "m" else "m"} or self.person.named_in(before):
            return False
        return len(word_pattern(self.grammar.people).findall(before)) <= len(kin)

    def _someone_in(self, text: str) -> bool:
        if word_pattern(self.grammar.people).search(text) or self.person.named_in(text):
            return True
        return any(name.kind == "person" for name in self.names.names_in(text))

    def _remember(self, sentence: Sentence, verdict: str) -> None:
        """Who "he" will be after this sentence: whoever it opens with, or still the one before."""
        text = sentence.text
        if verdict == SUBJECT or self._is_subject_first(text):
            self.about_subject = True
        elif self._opens_with_another(text) and not self.is_entry:
            self.about_subject = False

    def _opens_with_another(self, text: str) -> bool:
        people = [name for name in self.names.names_in(text) if name.kind == "person"]
        if people and people[0].start < _OPENING:
            return not self._loose_pronoun(text[: people[0].start])
        return bool(word_pattern(self.grammar.people).search(text[:_OPENING]))

    def _is_subject_first(self, text: str) -> bool:
        match = self.person.pattern.search(fold(text))
        others = [name for name in self.names.names_in(text) if name.kind == "person"]
        others = [name for name in others if not self.person.named_in(name.full)]
        return bool(match) and (not others or match.start() < others[0].start + 2)  # type: ignore[union-attr]
