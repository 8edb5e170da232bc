"""Where the sentences of a text begin and end, and which of them can stand alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from threading import Lock

from nupunkt import PunktSentenceTokenizer, load_default_model

from bookgen_site.lib.once import once
from sources.sentence_signs import Span, split_at_signs

_PARAGRAPH = re.compile(r"\S(?:.|\n(?![ \t]*\n))*")
_CLOSERS = re.compile(r"[\"”’'»)\]」』）》】]+(?=\s|$)")
_TERMINAL = r"[.!?…。！？]"
_ENDS_INSIDE = re.compile(rf"{_TERMINAL}[\"”’'»)\]]*$")
# Titles and signs that stand before a name or a number, never at the end of a sentence. nupunkt knows
# most of them, but not in every company ("Gen. Grant" but "Brig. Gen. grant").
_LEADS_ON = re.compile(
    r"(?:^|[\s(\[\"“‘'—–-])(?:M|Mr|Mrs|Ms|Mme|Mlle|MM|Dr|Prof|Rev|Hon|Gen|Col|Maj|Capt|Lieut|Lt|Sgt|Gov|Sen|Rep|Pres"
    r"|St|Ste|Mt|Ft|Sr|Sra|Srta|D|Da|Dña|Nos?|Vol|vol|pp?|Fig|fig|cf|c|ca|vs|viz|i\.e|e\.g|al|Geo|Wm|Chas"
    r"|Jas|Thos|Robt|Benj|Edw|Messrs|Adm|Comdr|Cmdr)\.$"
)
_INITIAL = re.compile(r"(?:^|[\s(\[\"“‘'.-])[A-ZÀ-Þ]\.$")
# "in Albany, N.Y. He died": letters set without a space are a place or a country rather than a name.
_PLACE = re.compile(r"[A-Z]\.[A-Z]\.$")
_OPENS = re.compile(
    r"(?:He|She|It|They|We|I|You|The|This|That|These|Those|His|Her|Their|In|On|At|By|For|From|But|And|When|Then"
    r"|There|After|Before|As|If|Not|No|What|Who)\b(?!\.)"
)
_NAME_NEXT = re.compile(r"[A-ZÀ-Þ](?:\.|[a-zà-ÿ'’-]+)")
# "Am 3. Mai", "im 19. Jahrhundert", "3. maj", "3. ledna": ordinals of the languages that write them with a stop.
_ORDINAL = re.compile(r"(?:^|[\s(\[\"“‘'–—-])\d{1,2}\.$")
_COUNTED = re.compile(
    r"(?:Jan|Jän|Feb|März|Apr|Mai|Juni|Juli|Aug|Sept|Okt|Nov|Dez|Jh|Jahr|Kapitel|Band|Auflage|Regiment)\w*"
)
_GOES_ON = re.compile(r"[\"“‘'(\[]*[a-zà-ÿ]")
# "am 3." before a month is a day, not an end: German and the Nordic languages write it so.
_DAY = re.compile(r"(?:^|\s)[0-3]?\d\.$")
_MONTH_NEXT = re.compile(
    r"(?:Jan|Jän|Feb|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez|jan|feb|mar|apr|maj|maí|jun|jul|aug|sep|okt|nov|des|dec)[a-zäéíö]*\b"
)
_LONGEST_BRACKET = 600  # characters; an older open bracket is a slip of the printer


def sentences(text: str) -> list[Span]:
    """Return the (start, end) offsets of the sentences of `text`, in order, without white space around.

    A sentence never spans a blank line. Closing quotation marks and brackets belong to the sentence
    that they close. Every character that is not white space lies in exactly one sentence.
    """
    found: list[Span] = []
    for paragraph in _PARAGRAPH.finditer(text):
        found.extend(_in_paragraph(paragraph[0].rstrip(), paragraph.start()))
    return found


@once
def _model() -> tuple[PunktSentenceTokenizer, Lock]:
    # The tokenizer keeps caches of its own; the lock keeps threads out of each other's way.
    return load_default_model(), Lock()


def _in_paragraph(paragraph: str, offset: int) -> Iterator[Span]:
    tokenizer, lock = _model()
    with lock:
        raw = [span for _, span in tokenizer.tokenize_with_spans(paragraph)]
    for start, end in _merged(paragraph, _closed(paragraph, list(split_at_signs(paragraph, raw)))):
        yield offset + start, offset + end


def _closed(text: str, spans: Sequence[Span]) -> list[Span]:
    """Give closing marks at the head of a sentence to the sentence before; trim white space."""
    result: list[Span] = []
    for start, end in spans:
        start, end = _trimmed(text, start, end)
        closers = _CLOSERS.match(text, start, end) if result else None
        if closers:
            result[-1] = (result[-1][0], closers.end())
            start, end = _trimmed(text, closers.end(), end)
        if start < end:
            result.append((start, end))
    return result


def _trimmed(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - (len(piece) - len(piece.rstrip()))


def _merged(text: str, spans: Sequence[Span]) -> list[Span]:
    result: list[Span] = []
    for start, end in spans:
        if result and _continues(_recent(text, result[-1]), text[start:end]):
            result[-1] = (result[-1][0], end)
        else:
            result.append((start, end))
    return result


def _recent(text: str, span: Span) -> str:
    """The end of a sentence, as far as it's looked at: a sentence may be as long as a hostile text."""
    return text[max(span[0], span[1] - _LONGEST_BRACKET) : span[1]]


def _continues(before: str, after: str) -> bool:
    """Whether what nupunkt took for two sentences is one."""
    tail = before[-40:]
    if _GOES_ON.match(after) or not any(char.isalnum() for char in after):
        return True
    if _ORDINAL.search(tail) and _COUNTED.match(after):
        return True
    if _PLACE.search(tail) and _OPENS.match(after):
        return False
    if _LEADS_ON.search(tail) or (_INITIAL.search(tail) and _NAME_NEXT.match(after) and _is_name(tail)):
        return True
    if _DAY.search(tail) and _MONTH_NEXT.match(after):
        return True
    return _bracket_is_open(before) and any(closer in after for closer in ")]")


def _is_name(tail: str) -> bool:
    """An initial after a capitalised word or at the very start is a name's; "vitamin B." is an end."""
    words = tail.split()
    return len(words) < 2 or words[-2][:1].isupper()


def _bracket_is_open(text: str) -> bool:
    return any(text.rfind(opener) > text.rfind(closer) for opener, closer in (("(", ")"), ("[", "]")))


_OPENING = re.compile(r"^[\"“‘'«¿¡(\[—]*(?:[^\W\d_]|\d)")
_ENDING = re.compile(rf"{_TERMINAL}[\"”’'»)\]]*$")
_DEBRIS = re.compile(
    r"\[(?!(?:1\d|20)\d\d\])\d|\[(?:Illustration|Footnote|Transcriber)|[{}|_\ufffd]|\*|https?://|www\."
    r"|(?<![\w.,$£€])\d{1,4}(?!st|nd|rd|th|am|pm|in|ft|km|cm|mm|kg|mg|lb|mo|vo|to)[a-z]{2,}",
)
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_PAIRS = (("“", "”"), ("(", ")"), ("[", "]"), ("«", "»"))
_NUMBER = re.compile(r"\b\d+\b")
# "Amalia Hartweg", "New York": however many words, they are one name, and make no heading of a sentence.
_NAME = re.compile(r"[^\W\d_a-z][^\W\d_A-Z]+(?: [^\W\d_a-z][^\W\d_A-Z]+)+")
_FEWEST_WORDS = 4
# Of the words begin small in a sentence; in headings, addresses and lists of books they do not.
_LEAST_LOWER = 0.35


def is_whole(sentence: str) -> bool:
    """Whether a sentence can be quoted alone: it begins and ends like one, is closed, and is prose."""
    text = sentence.strip()
    opening = _OPENING.match(text)
    if not opening or opening[0][-1].islower() or not _ENDING.search(text):
        return False
    if _LEADS_ON.search(text) or _DEBRIS.search(text) or not _is_balanced(text):
        return False
    words = _WORD.findall(_NAME.sub("Name", text))
    lower = sum(1 for word in words if not word[0].isupper())
    count = len(words) + len(_NUMBER.findall(text))  # "She died in 1890." says enough
    return count >= _FEWEST_WORDS and lower >= max(2, len(words) * _LEAST_LOWER)


def _is_balanced(text: str) -> bool:
    return text.count('"') % 2 == 0 and all(
        text.count(opener) == text.count(closer) for opener, closer in _PAIRS
    )
