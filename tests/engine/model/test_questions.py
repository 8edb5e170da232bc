"""What a question asks for besides its words: the language of the book, and quotations that are really there."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from engine.authors.base import SourceText, Subject
from engine.authors.language_model import LanguageModelAuthor
from engine.authors.model.passages import all_of
from engine.models_api.errors import WrongLanguage
from engine.models_api.forms import Form, structured
from sources.language import detect_own
from tests.engine.model.conftest import Answers
from tests.engine.model.test_refusals import SUBJECT, Model, brief, prose

SOURCE = SourceText(1, "Ada Quill was born in Leith in 1801. She drew maps of every harbour there.", "A Life")
SPANISH = (
    "La señora Quill nació en el puerto y vivió allí con su padre, que dibujaba los mapas de la costa. "
    "De niña fue con él por todas las islas, y era la única de la casa que sabía leer las cartas del mar y del viento."
)
ENGLISH = (
    "Mrs Quill was born at the harbour and lived there with her father, who drew the maps of the coast. "
    "As a child she went with him to all of the islands, and she was the only one who could read charts and winds."
)


@pytest.mark.parametrize(("language", "wanted"), [("en", "en"), ("es-MX", "es"), ("eo", "")])
def test_sentences_of_the_book_are_wanted_in_its_language(language: str, wanted: str) -> None:
    model = Model(prose)
    LanguageModelAuthor(model).write_chapter(
        replace(brief(SOURCE), subject=replace(SUBJECT, language=language))
    )
    assert {ask.language for ask in model.asked} == {wanted}


def test_quotations_are_wanted_as_they_are(answers: Callable[..., Answers]) -> None:
    asker = answers({"facts": [fact("Ada Quill was born in Leith in 1801.")]})
    LanguageModelAuthor(asker).find_facts(replace(SUBJECT, language="es"), SOURCE)
    assert [ask.language for ask in asker.asked] == [""]


def told(text: str) -> str:
    return json.dumps({"paragraphs": [{"sentences": [{"text": text, "passages": ["P1-1"]}]}]})


def test_sentences_in_another_language_are_refused() -> None:
    form = Form(language="en", schema={"type": "object"})
    with pytest.raises(WrongLanguage, match="“es”"):
        structured(told(SPANISH), form, detect_own)
    assert structured(told(ENGLISH), form, detect_own)
    assert structured(told(f"{ENGLISH} “{SPANISH} {SPANISH}”"), form, detect_own), (
        "a witness may speak another"
    )
    assert structured(told(SPANISH), replace(form, language=""), detect_own)


def fact(quote: str) -> dict[str, Any]:
    (passage,) = all_of(SOURCE)
    return {"passage": passage.name, "quote": quote, "kind": "event", "date": "", "people": [], "places": []}


@pytest.mark.parametrize(("invented", "said"), [(1, "One quotation that"), (2, "2 quotations that")])
def test_quotations_that_aren_t_there_are_dropped_and_counted(
    answers: Callable[..., Answers], invented: int, said: str
) -> None:
    quotes = ["Ada Quill was born in Leith in 1801.", *["Ada Quill sank the Spanish fleet."] * invented]
    author = LanguageModelAuthor(answers({"facts": [fact(quote) for quote in quotes]}))
    (kept,) = author.find_facts(Subject("Ada Quill"), SOURCE)
    assert kept.text == quotes[0]
    (remark,) = author.remarks
    assert remark.startswith(said)
    assert "“A Life”" in remark


def test_no_remark_where_all_stand(answers: Callable[..., Answers]) -> None:
    author = LanguageModelAuthor(answers({"facts": [fact("Ada Quill was born in Leith in 1801.")]}))
    author.find_facts(Subject("Ada Quill"), SOURCE)
    assert author.remarks == []
