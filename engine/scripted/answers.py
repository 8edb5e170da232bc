"""The scripted model's answers: sentences of the passages it was shown, each under the name of its passage."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import cycle, pairwise
from typing import Any, Final

from engine.scripted.prompt import Asked
from engine.scripted.words import ABOUT_THE_BOOK
from sources.sentences import sentences

_FACT: Final = re.compile(r"^(F\d+): (?:\[(?P<date>[^\]]*)\] )?\w+: (?P<text>.*)$", re.MULTILINE)
_YEAR: Final = re.compile(r"\b1[0-9]\d\d\b|\b20[0-2]\d\b")
_NAME: Final = re.compile(r"(?<=[a-z,;] )[A-Z][a-z]{2,}(?: [A-Z][a-z]+)?")
_NUMBER: Final = re.compile(r"\d+")
_LONG_WORD: Final = re.compile(r"[^\W\d_]{4,}")
_ENOUGH: Final = 0.6  # share of a sentence's long words that its passages must have
_FACTS_PER_PASSAGE: Final = 3
_PER_PARAGRAPH: Final = 5
_LEAST_WORDS: Final = 6
_NO_PASSAGES: Final = ("draft", "plan")  # begin the names of blocks that hold the book's own words
# What is put before a sentence that is told again because there are no more: it must not stand twice in the same words.
_AGAIN: Final = ("As has been said, ", "It bears repeating that ", "Once more: ", "To say it again, ")


def answer(wanted: Asked, chance: random.Random, factor: float = 1.0) -> str:
    """The answer's JSON. `factor` is how many words are written for each that was asked for."""
    makers: dict[str, Callable[[Asked, random.Random, float], Mapping[str, Any]]] = {
        "FACTS": _facts,
        "OUTLINE": _outline,
        "PART": _prose,
        "RESIZE": _prose,
        "REWRITE": _rewritten,
        "PROLOGUE": _prose,
        "EPILOGUE": _prose,
        "INTRODUCTION": _introduction,
        "SUPPORT": _support,
    }
    maker = makers.get(wanted.task)
    return (
        json.dumps(maker(wanted, chance, factor), ensure_ascii=False)
        if maker
        else "I was asked nothing that I know."
    )


def _told(text: str) -> list[str]:
    found = (" ".join(text[start:end].split()) for start, end in sentences(text))
    return [one for one in found if len(one.split()) >= _LEAST_WORDS and one[-1] in ".!?"]


def _facts(wanted: Asked, _chance: random.Random, _factor: float) -> Mapping[str, Any]:
    found = [
        {
            "passage": name,
            "quote": sentence,
            "kind": "event" if _YEAR.search(sentence) else "statement",
            "date": year[0] if (year := _YEAR.search(sentence)) else "",
            "people": _NAME.findall(sentence)[:3],
            "places": [],
        }
        for name, text in wanted.blocks.items()
        for sentence in _told(text)[:_FACTS_PER_PASSAGE]
    ]
    return {"facts": found}


def _outline(wanted: Asked, _chance: random.Random, _factor: float) -> Mapping[str, Any]:
    """Neighbouring facts make a chapter; its title is the first name that it tells of."""
    facts = [(found[1], found["text"]) for block in wanted.blocks.values() for found in _FACT.finditer(block)]
    count = max(1, min(wanted.chapters or 8, len(facts)))
    bounds = [round(place * len(facts) / count) for place in range(count + 1)]
    shares = [facts[low:high] for low, high in pairwise(bounds)]
    chapters = [
        {
            "title": _title(share, place),
            "synopsis": share[0][1][:200],
            "facts": [name for name, _text in share[:-1] or share],
        }
        for place, share in enumerate(shares, 1)
        if share
    ]
    ends = [name for name, _text in (facts[:1] + facts[-1:])]
    return {"chapters": chapters, "prologue": ends[:1], "epilogue": ends[1:]}


def _title(facts: Sequence[tuple[str, str]], place: int) -> str:
    names = [name for _fact, text in facts for name in _NAME.findall(text)]
    return f"{names[0]}, and What Followed" if names else f"The Way On ({place})"


def _prose(wanted: Asked, chance: random.Random, factor: float) -> Mapping[str, Any]:
    """Sentences of the passages in their order, until there are about as many words as were asked for."""
    sentences_: list[dict[str, Any]] = []
    words = 0
    for text, name in _supply(wanted, chance):
        if words >= factor * wanted.words:
            break
        sentences_.append({"text": text, "passages": [name] if name else []})
        words += len(text.split())
    return {"paragraphs": [{"sentences": part} for part in _paragraphs(sentences_)]}


def _supply(wanted: Asked, chance: random.Random) -> Iterator[tuple[str, str]]:
    """Sentences with the names of their passages, without end; without passages, sentences that rest on nothing."""
    told = [
        (sentence, name)
        for name, text in wanted.blocks.items()
        if not name.startswith(_NO_PASSAGES)
        for sentence in _told(text)
    ]
    yield from told
    if not told:
        yield from (
            (f"Much could be said of {wanted.subject} here, were there anything to say it from.", "")
            for _ in cycle(".")
        )
    for opening in cycle(_AGAIN):
        for sentence, name in chance.sample(told, len(told)):
            yield f"{opening}{sentence[0].lower()}{sentence[1:]}", name


def _rewritten(wanted: Asked, chance: random.Random, factor: float) -> Mapping[str, Any]:
    """As prose, but in one paragraph, and first of all what isn't said in it or around it."""
    standing = " ".join(text for name, text in wanted.blocks.items() if name.startswith("draft"))
    fresh = {
        name: " ".join(one for one in _told(text) if one not in standing)
        for name, text in wanted.blocks.items()
        if not name.startswith(_NO_PASSAGES)
    }
    blocks = fresh if any(fresh.values()) else wanted.blocks
    told = _prose(replace(wanted, blocks=blocks), chance, factor)
    return {"paragraphs": [{"sentences": [one for part in told["paragraphs"] for one in part["sentences"]]}]}


def _paragraphs(found: Sequence[dict[str, Any]]) -> Iterator[Sequence[dict[str, Any]]]:
    for start in range(0, len(found), _PER_PARAGRAPH):
        yield found[start : start + _PER_PARAGRAPH]


def _introduction(wanted: Asked, _chance: random.Random, factor: float) -> Mapping[str, Any]:
    said, more = ABOUT_THE_BOOK.get(wanted.language, ABOUT_THE_BOOK["English"])
    said = said.format(subject=wanted.subject)
    count = max(1, round(factor * wanted.words / (len(said.split()) + len(more.split()))))
    pair = [{"text": said, "passages": []}, {"text": more, "passages": []}]
    return {"paragraphs": [{"sentences": pair} for _number in range(min(count, 3))]}


def _support(wanted: Asked, _chance: random.Random, _factor: float) -> Mapping[str, Any]:
    """What the words of each sentence have in common with those of its passages: it has nothing else to go by."""
    return {"verdicts": [{"pair": pair, **_judged(pair, wanted.blocks)} for pair in wanted.pairs]}


def _judged(pair: str, blocks: Mapping[str, str]) -> Mapping[str, str]:
    told = " ".join(text for name, text in blocks.items() if name.startswith(f"{pair}."))
    if pair not in blocks or not told:
        return {"verdict": "cannot_tell", "because": ""}
    sentence = blocks[pair]
    if odd := set(_NUMBER.findall(sentence)) - set(_NUMBER.findall(told)):
        verdict = "contradicted" if _NUMBER.search(told) else "unsupported"
        return {"verdict": verdict, "because": f"nothing there says {min(odd)}"}
    own, theirs = (set(_LONG_WORD.findall(text.casefold())) for text in (sentence, told))
    shared = sorted(own & theirs)
    verdict = "supported" if len(shared) >= _ENOUGH * len(own) else "unsupported"
    return {"verdict": verdict, "because": ", ".join(shared[:5])}
