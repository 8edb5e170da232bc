"""The compiler's own words between quotations: a closed list of lead-ins, in the language of the book.

In a language without a catalogue of its own the neutral form is used, which has no words: "Ann Lee, Letters (1901):".
"""

from __future__ import annotations

import re

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from engine.authors.base import SourceText
from engine.authors.extract.candidates import is_letter, is_speech
from engine.authors.extract.finding import is_by_subject
from engine.authors.extract.person import Person, words_of_name
from engine.authors.extract.reading import read
from engine.quoting import marks_of


def gettext_noop(message: str) -> str:
    """Marks a message for the catalogues; Django's own needs settings already at import."""
    return message


GAP = "[…]"  # words of the source left out inside a quotation

_SUBJECT_FIRST = {
    "m": (
        gettext_noop("In “%(work)s” (%(year)s) he writes:"),
        gettext_noop("He writes in “%(work)s” (%(year)s):"),
        gettext_noop("In “%(work)s” (%(year)s) he tells it in his own words:"),
    ),
    "f": (
        gettext_noop("In “%(work)s” (%(year)s) she writes:"),
        gettext_noop("She writes in “%(work)s” (%(year)s):"),
        gettext_noop("In “%(work)s” (%(year)s) she tells it in her own words:"),
    ),
    "": (
        gettext_noop("In “%(work)s” (%(year)s) %(name)s writes:"),
        gettext_noop("%(name)s writes in “%(work)s” (%(year)s):"),
    ),
}
_SUBJECT_AGAIN = {
    "m": (
        gettext_noop("He writes in “%(work)s”:"),
        gettext_noop("In “%(work)s” he tells:"),
        gettext_noop("He himself says in “%(work)s”:"),
        gettext_noop("“%(work)s” goes on:"),
    ),
    "f": (
        gettext_noop("She writes in “%(work)s”:"),
        gettext_noop("In “%(work)s” she tells:"),
        gettext_noop("She herself says in “%(work)s”:"),
        gettext_noop("“%(work)s” goes on:"),
    ),
    "": (
        gettext_noop("%(name)s writes in “%(work)s”:"),
        gettext_noop("In “%(work)s” %(name)s tells:"),
        gettext_noop("%(name)s says in “%(work)s”:"),
        gettext_noop("“%(work)s” goes on:"),
    ),
}
_SUBJECT_UNDATED = {
    "m": gettext_noop("In “%(work)s” he writes:"),
    "f": gettext_noop("In “%(work)s” she writes:"),
    "": gettext_noop("In “%(work)s” %(name)s writes:"),
}
_SUBJECT_SPEECH = {
    "m": gettext_noop("In his speech “%(work)s” (%(year)s) he said:"),
    "f": gettext_noop("In her speech “%(work)s” (%(year)s) she said:"),
    "": gettext_noop("In the speech “%(work)s” (%(year)s) %(name)s said:"),
}
_SUBJECT_LETTER = {
    "m": gettext_noop("In his “%(work)s” (%(year)s) he writes:"),
    "f": gettext_noop("In her “%(work)s” (%(year)s) she writes:"),
    "": gettext_noop("In “%(work)s” (%(year)s) %(name)s writes:"),
}
_OTHER_FIRST = gettext_noop("%(name)s writes in “%(work)s” (%(year)s):")
_OTHER_AGAIN = (
    gettext_noop("%(name)s remembers:"),
    gettext_noop("In the words of %(name)s:"),
    gettext_noop("%(name)s tells:"),
)
_OTHER_SPEECH = gettext_noop("In “%(work)s” (%(year)s) %(name)s said:")
_OTHER_UNDATED = gettext_noop("%(name)s writes in “%(work)s”:")
_NAMELESS = gettext_noop("In “%(work)s” we read:")
_ABOUT = (
    gettext_noop("Of %(subject)s, %(name)s writes:"),
    gettext_noop("%(name)s writes of %(subject)s:"),
    gettext_noop("On %(subject)s, %(name)s has this to say:"),
    gettext_noop("%(name)s says of %(subject)s:"),
)
_NEUTRAL = "%(name)s, “%(work)s” (%(year)s):"
_NEUTRAL_UNDATED = "%(name)s, “%(work)s”:"
_NEUTRAL_NAMELESS = "“%(work)s”:"


def work_title(source: SourceText) -> str:
    """A short form of the source's title: without chapters, subtitle and remarks in brackets."""
    return _shortened(source.title.strip() or source.work.strip())


def _shortened(title: str) -> str:
    short = re.split(
        r"\s*[:;(\[]|,\s+(?:chapters?|cap[ií]tulos?|chapitres?|kapitel|part|vol|book|ch|tome|t|tomo|bd|band)\b",
        title,
    )[0]
    question = re.match(r"[^?]{8,}\?", short)
    return (question.group() if question else short).strip(" ,.—–-") or title


class LeadIns:
    """Chooses lead-ins for one text; remembers what has been said, so that they neither repeat nor tire."""

    def __init__(self, person: Person, sources: dict[int, SourceText]) -> None:
        self.person = person
        self.sources = sources
        self.introduced: set[str] = set()
        self.turn = 0

    def for_speaker(self, number: int, start: int) -> str:
        """Names who speaks in a first-person quotation from this source at this offset, and where."""
        source = self.sources[number]
        speaker = speaker_of(source, start)
        slots: dict[str, object] = {"work": work_title(source), "year": source.year, "name": speaker}
        known = f"{slots['name']}|{slots['work']}"
        again = known in self.introduced
        self.introduced.add(known)
        if not speaker:
            return self._say(_NAMELESS, _NEUTRAL_NAMELESS, slots)
        if is_by_subject(source, self.person) and _is_subject(speaker, self.person):
            slots["name"] = short_name(self.person)
            return self._subject(source, slots, start, again=again)
        return self._other(source, slots, again)

    def for_teller(self, number: int, start: int) -> str:
        """Names who tells what stands there without quotation marks, where somebody else spoke before."""
        source = self.sources[number]
        if is_by_subject(source, self.person):  # what speaks of the subject there is a note by another hand
            return self._say(_NAMELESS, _NEUTRAL_NAMELESS, {"work": work_title(source)})
        if f"{speaker_of(source, start)}|{work_title(source)}" not in self.introduced:
            return self.for_speaker(number, start)
        return self.about_subject(number, start)

    def about_subject(self, number: int, start: int) -> str:
        """Gives "he" or "she" at the head of a paragraph somebody to mean."""
        source = self.sources[number]
        name = speaker_of(source, start) or self._speaking_work(source)
        slots: dict[str, object] = {
            "subject": short_name(self.person),
            "name": name,
            "work": work_title(source),
            "year": source.year,
        }
        return self._say(self._next(_ABOUT), _NEUTRAL_UNDATED, slots)

    def _speaking_work(self, source: SourceText) -> str:
        """A work without an author, as the one who writes; of an article that bears the subject's name ("Doe, Jane")
        the dictionary that holds it."""
        held = bool(source.work.strip()) and self.person.is_called(_turned(source.title))
        marks = marks_of(get_language() or "en")
        return f"{marks.opening}{_shortened(source.work) if held else work_title(source)}{marks.closing}"

    def _subject(self, source: SourceText, slots: dict[str, object], start: int, *, again: bool) -> str:
        gender = self.person.gender
        if source.year is None:
            return self._say(_SUBJECT_UNDATED[gender], _NEUTRAL_UNDATED, slots)
        if is_speech(source):
            return self._say(_SUBJECT_SPEECH[gender], _NEUTRAL, slots)
        if is_letter(source):
            return self._say(_SUBJECT_LETTER[gender], _NEUTRAL, slots)
        if again:
            return self._say(self._next(_SUBJECT_AGAIN[gender]), _NEUTRAL_UNDATED, slots)
        forms = _SUBJECT_FIRST[gender]
        # By the place in the source: chapters are written apart, and shouldn't all begin alike.
        return self._say(forms[start % len(forms)], _NEUTRAL, slots)

    def _other(self, source: SourceText, slots: dict[str, object], again: bool) -> str:
        if again:
            return self._say(self._next(_OTHER_AGAIN), _NEUTRAL_UNDATED, slots)
        if source.year is None:
            return self._say(_OTHER_UNDATED, _NEUTRAL_UNDATED, slots)
        return self._say(_OTHER_SPEECH if is_speech(source) else _OTHER_FIRST, _NEUTRAL, slots)

    def _next(self, choices: tuple[str, ...]) -> str:
        self.turn += 1
        return choices[self.turn % len(choices)]

    def _say(self, message: str, neutral: str, slots: dict[str, object]) -> str:
        said = elided(translated(message, neutral) % slots)
        return said[:1].upper() + said[1:]  # "l'abbé Guilloux écrit", at the head of a sentence


def translated(message: str, neutral: str = "") -> str:
    """The message in the active language; `neutral` where that language has no translation of it."""
    said = _(message)
    is_english = (get_language() or "en").startswith("en")
    return said if said != message or is_english else neutral


def elided(text: str) -> str:
    """French "de" and "que" before a name in a vowel: "au sujet d’Aubry"."""
    if not (get_language() or "").startswith("fr"):
        return text
    return re.sub(r"\b([Dd]|[Qq]u)e (?=[AEIOUYÀÂÉÈÊÎÔÛaeiouyàâéèêîôû])", r"\1’", text)


def short_name(person: Person) -> str:
    """The surname when it surely means the subject, else the whole name."""
    return person.name.split()[-1] if person.lone_surname else person.name


def speaker_of(source: SourceText, start: int) -> str:
    """Who speaks at an offset: of several authors the one whom the nearest heading before names, else the first."""
    names = [name for part in re.split(r"[;/]", source.author) if (name := _bare(part))]
    if len(names) < 2:
        return names[0] if names else ""
    reading = read(source)
    sentence = reading.sentences[reading.starts[start]]
    for heading in reversed(reading.headings[: sentence.section + 1]):
        for name in names:
            if words_of_name(name)[-1] in [word.casefold() for word in re.findall(r"\w+", heading)]:
                return name
    return names[0]


def _turned(name: str) -> str:
    """ "Doe, Jane" as "Jane Doe"."""
    family, _comma, given = name.partition(",")
    return f"{given.strip()} {family.strip()}".strip()


def _bare(author: str) -> str:
    return re.sub(r"\(.*?\)|\[.*?\]", "", author).strip(" ,.")


def _is_subject(speaker: str, person: Person) -> bool:
    return words_of_name(speaker)[-1] == words_of_name(person.name)[-1]
