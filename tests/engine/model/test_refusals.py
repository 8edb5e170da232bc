"""What becomes of passages that a provider refuses, or that are too long for a model."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from engine.authors.asking import Ask
from engine.authors.base import Brief, Draft, FactDraft, Listed, SourceText, Subject
from engine.authors.language_model import LanguageModelAuthor
from engine.authors.model.asking import without_flagged
from engine.authors.model.passages import all_of
from engine.models_api.errors import Blocked, InvalidAnswer, TooLong, Truncated
from engine.prompts import Block

SUBJECT = Subject("Ada Quill")
TEXTS = (
    "Ada Quill was born in Leith in 1801. Ada Quill drew maps of every harbour of Scotland there.",
    "Quill lost her left hand in the fight at Dundee. Ada Quill went to Oslo in 1830 all the same.",
)
SOURCES = tuple(SourceText(number, text, title=f"Paper {number}") for number, text in enumerate(TEXTS, 1))
LONG = SourceText(
    3, "\n\n".join(f"In {1801 + n} Ada Quill drew the map of island {n}. " * 12 for n in range(9))
)


class Model:
    """An asker whose answers a function gives; keeps what it was asked."""

    scope = "job unit 0"

    def __init__(self, answer: Callable[[Ask], Any]) -> None:
        self.asked: list[Ask] = []
        self._answer = answer

    def ask(self, ask: Ask) -> Any:
        self.asked.append(ask)
        return self._answer(ask)


def shown(ask: Ask) -> list[str]:
    return re.findall(r"<<<DATA \w+ (P[\d-]+)", ask.user)


def prose(ask: Ask) -> Any:
    sentences = [
        {"text": f"Ada Quill is told of in {name} with care.", "passages": [name]} for name in shown(ask)
    ]
    return {"paragraphs": [{"sentences": sentences}]}


def blocked(flagged: str) -> Blocked:
    error = Blocked("A filter of the provider refused the text of the request.")
    error.flagged = flagged
    return error


def refusing(words: str, flagged: str) -> Callable[[Ask], Any]:
    def answer(ask: Ask) -> Any:
        if words in ask.user:
            raise blocked(flagged)
        return prose(ask)

    return answer


def brief(*sources: SourceText) -> Brief:
    facts = [
        FactDraft(f"{one.number}-{place}", (shown.span,), shown.text)
        for one in sources
        for place, shown in enumerate(all_of(one))
    ]
    return Brief(
        SUBJECT, tuple(sources), tuple(facts), target_words=60, outline=(Listed(1, "Maps", ""),), number=1
    )


def test_the_passages_of_a_refused_source_are_left_out_once_and_told() -> None:
    model = Model(refusing("left hand", "lost her left hand..."))
    author = LanguageModelAuthor(model)
    draft = author.write_chapter(brief(*SOURCES))
    cited = {
        span.source for paragraph in draft.paragraphs for piece in paragraph.pieces for span in piece.cites
    }
    assert cited == {1}
    assert "Paper 2" in author.remarks[0]
    assert [len(shown(ask)) for ask in model.asked[:2]] == [2, 1]


@pytest.mark.parametrize("flagged", ["", "hand", "words of nobody here"])
def test_where_no_source_can_be_named_the_chapter_is_for_the_editor(flagged: str) -> None:
    model = Model(refusing("left hand", flagged))
    with pytest.raises(Blocked):
        LanguageModelAuthor(model).write_chapter(brief(*SOURCES))
    assert len(model.asked) == 1


def test_all_blocks_of_a_source_go_together() -> None:
    blocks = [
        Block("P1-1", "One thing is so."),
        Block("P1-2", "Another thing was\nsaid."),
        Block("P12-1", "Third."),
    ]
    assert [one.name for one in without_flagged(blocks, "Another thing was said…")] == ["P12-1"]


def test_a_batch_that_is_too_long_is_halved_until_it_fits() -> None:
    def answer(ask: Ask) -> Any:
        if len(shown(ask)) > 2:
            raise TooLong("The request is longer than the model can read.")
        quote = re.search(r"In \d+ Ada Quill drew the map of island \d+\.", ask.user)
        assert quote
        return {"facts": [_fact(shown(ask)[0], quote[0])]}

    model = Model(answer)
    author = LanguageModelAuthor(model)
    facts = author.find_facts(SUBJECT, LONG)
    assert len(facts) >= 2
    assert author.remarks == []
    read = [name for ask in model.asked if len(shown(ask)) <= 2 for name in shown(ask)]
    assert read == [one.name for one in all_of(LONG)], "every passage is read once"


def test_a_part_that_is_too_long_is_written_in_smaller_ones() -> None:
    def answer(ask: Ask) -> Any:
        if len(shown(ask)) > 2:
            raise TooLong("The request is longer than the model can read.")
        return prose(ask)

    draft = LanguageModelAuthor(Model(answer)).write_chapter(brief(LONG))
    assert told_of(draft) == [one.name for one in all_of(LONG)], "every passage is told of once, in order"


def told_of(draft: Draft) -> list[str]:
    """The passages that the sentences of `prose` name."""
    return re.findall(r"P[\d-]+", " ".join(one.text for part in draft.paragraphs for one in part.pieces))


def test_a_part_whose_answer_is_cut_is_written_in_halves_that_have_the_room_of_the_whole() -> None:
    def answer(ask: Ask) -> Any:
        if len(shown(ask)) > 5:
            raise Truncated("The answer was cut at the limit of its length.")
        return prose(ask)

    model = Model(answer)
    draft = LanguageModelAuthor(model).write_chapter(replace(brief(LONG), target_words=600))
    assert told_of(draft) == [one.name for one in all_of(LONG)]
    whole, first, second = model.asked[:3]
    assert [ask.purpose for ask in (whole, first, second)] == ["part 1", "part 1a", "part 1b"]
    assert first.max_tokens == whole.max_tokens
    assert "about 300 words" in first.user
    assert "P3-4 with care." in second.user.split("draft-end")[2], "the second goes on from the first"


def test_a_model_whose_every_answer_is_cut_isnt_asked_for_ever() -> None:
    def answer(_ask: Ask) -> Any:
        raise Truncated("The answer was cut at the limit of its length.")

    model = Model(answer)
    with pytest.raises(Truncated):
        LanguageModelAuthor(model).write_chapter(replace(brief(LONG), target_words=600))
    assert [ask.purpose for ask in model.asked] == ["part 1", "part 1a", "part 1aa"]


def _fact(passage: str, quote: str) -> dict[str, Any]:
    return {"passage": passage, "quote": quote, "kind": "event", "date": "", "people": [], "places": []}


@pytest.mark.parametrize(
    "answer",
    [
        {"facts": [_fact("P1-1", "She never said anything of the kind.")]},
        InvalidAnswer("The answer isn't valid JSON."),
        TooLong("The request is longer than the model can read."),
    ],
)
def test_where_a_model_finds_nothing_true_rules_do_and_the_editor_is_told(answer: Any) -> None:
    def say(_ask: Ask) -> Any:
        if isinstance(answer, Exception):
            raise answer
        return answer

    author = LanguageModelAuthor(Model(say))
    facts = author.find_facts(SUBJECT, SOURCES[0])
    assert any("born in Leith" in fact.text for fact in facts)
    (remark,) = author.remarks
    assert "Paper 1" in remark


def test_a_source_that_holds_nothing_is_believed() -> None:
    author = LanguageModelAuthor(Model(lambda _ask: {"facts": []}))
    assert author.find_facts(SUBJECT, SOURCES[0]) == ()
    assert author.remarks == []


def test_a_part_that_cant_be_resized_stays_as_it_is() -> None:
    def answer(ask: Ask) -> Any:
        if "resized" in ask.purpose:
            raise InvalidAnswer("The model repeats itself without end.")
        return prose(ask)

    model = Model(answer)
    draft = LanguageModelAuthor(model).write_chapter(brief(*SOURCES))
    assert len(draft.paragraphs[0].pieces) == 2
    assert [ask.purpose for ask in model.asked if "resized" in ask.purpose] == ["part 1 resized 1"]
