"""Names of authors as lists write them, taken apart for the CSL processor."""

from __future__ import annotations

import re

_ASIDE = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
_AND_OTHERS = re.compile(r"\s*,?\s+(?:and|&)\s+others\b.*$|\s*,?\s+et al\.?.*$", re.IGNORECASE)
_ROLE = re.compile(r"^(?:[a-zà-ÿ]+\s+)+(?:by|of|from)\s+(?=[^\W\d_a-zà-ÿ])")
# What library catalogues put behind a name: years of life, and what somebody did for the book.
_BEHIND = re.compile(
    r",\s*(?:(?:approximately|active|fl\.?|ca?\.|b\.|d\.|born|died)\s*)?\d{3,4}\??(?:\s*[-–]\s*(?:\d{3,4}\??)?)?(?=$|,)"
    r"|,\s*(?:ed|eds|editors?|comp|compiler|trans|tr|translator|illustrator|author)\.?$",
    re.IGNORECASE,
)
_BY = re.compile(r"^[Bb]y\s+(?=[^\W\d_a-zà-ÿ])")
_HONOUR = re.compile(
    r",\s*(?:sir|dame|lord|lady|baron|baroness|earl|count|countess|saint|dr|rev)\.?$", re.IGNORECASE
)
_TITLE = re.compile(r"^(?:mr|mrs|miss|ms|mme|dr|prof|rev|hon|sir|madame|professor)\.?\s+", re.IGNORECASE)
_SUFFIX = re.compile(r",?\s+(Jr\.?|Sr\.?|II|III|IV|Esq\.?)$")
_PARTICLES = frozenset(
    "de da di do dos das del della la le van von der den ter ten du des y af av bin ibn".split()
)
_BODY = re.compile(
    r"\b(?:encyclop|soci[eé]t|office|university|universit|company|press|associat|committee|department|government|library"
    r"|museum|institut|bureau|commission|council|church|court|academ|foundation|archive|ministry|times|news|project"
    r"|editors|staff|anonymous|congress|parliament|senate|magazine|journal|review|society|sociedad|acad[eé]mi)",
    re.IGNORECASE,
)

Name = dict[str, str]


def names_of(author: str) -> list[Name]:
    """Return the authors as CSL names; people with family and given name, organisations in one piece.

    Understands "A. Smith; B. Jones", "A. Smith and B. Jones" and "Smith, Adam". What is no author
    ("preface by C. Brown" beside an author, "and others", asides in brackets) is left out.
    """
    parts = [_bare(part) for part in author.split(";")]
    parts = [piece for part in parts if part for piece in _split_and(_restored(part, author))]
    writers = [part for part in parts if not _ROLE.match(part)]
    return [_name(_ROLE.sub("", part)) for part in writers or parts]


def _bare(part: str) -> str:
    name = _AND_OTHERS.sub("", _ASIDE.sub("", part)).strip(" ,.")
    while (shorter := _BEHIND.sub("", name)) != name:
        name = shorter.strip(" ,.")
    return _spelled(_BY.sub("", name))


def _spelled(name: str) -> str:
    """ "douglass, frederick" as a catalogue without capitals has it, with those that names have."""
    if name.count(",") != 1 or not name.islower() or re.search(r"\d", name):
        return name
    words = re.split(r"([\s,.'’-]+)", name)
    return "".join(word if word in _PARTICLES else word.capitalize() for word in words)


def _restored(part: str, author: str) -> str:
    """Give back the stop of "Jr." and of a last initial, which trimming took."""
    return f"{part}." if f"{part}." in author and re.search(r"(?:\b[A-Z]|\bJr|\bSr)$", part) else part


def _split_and(part: str) -> list[str]:
    people = re.split(r"\s*,?\s+(?:and|&)\s+", part)
    both_named = all(len(person.split()) >= 2 for person in people)
    return people if both_named and not _BODY.search(part) else [part]


def _name(text: str) -> Name:
    text = _TITLE.sub("", text)
    suffix = _SUFFIX.search(text)
    bare = text[: suffix.start()] if suffix else text
    words = bare.split()
    if _is_body(bare) or len(words) < 2:
        return {"literal": text}
    bare = _HONOUR.sub("", bare) if bare.count(",") == 2 else bare
    if bare.count(",") > 1:
        return {"literal": text}
    if bare.count(",") == 1:
        family, given = (side.strip() for side in bare.split(","))
        return _with_suffix({"family": family, "given": given}, suffix)
    start = len(words) - 1
    while start > 1 and words[start - 1].lower() in _PARTICLES and words[start - 1].islower():
        start -= 1
    name = {"family": words[-1], "given": " ".join(words[:start])}
    if start < len(words) - 1:
        name["non-dropping-particle"] = " ".join(words[start:-1])
    return _with_suffix(name, suffix)


def _with_suffix(name: Name, suffix: re.Match[str] | None) -> Name:
    return name | {"suffix": suffix[1]} if suffix else name


def _is_body(text: str) -> bool:
    """An organisation: by its words, by a number, or by small words that no person's name has."""
    small = [word for word in text.split() if word.islower() and word not in _PARTICLES]
    return bool(_BODY.search(text) or small or re.search(r"\d", text) or text.startswith("The "))
