"""Streamed answers: what cuts them, and what must not."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from engine.models_api.errors import CutOff, InvalidAnswer, ModelError, RateLimited, Truncated
from engine.models_api.streaming import TAIL, events, streamed_answer


def chunk(text: str | None = None, finish: str | None = None, **more: object) -> bytes:
    delta = {"content": text}
    found = {"id": "gen-1", "choices": [{"index": 0, "delta": delta, "finish_reason": finish}], **more}
    return b"data: " + json.dumps(found, ensure_ascii=False).encode() + b"\n\n"


END = b"data: [DONE]\n\n"


@pytest.mark.parametrize("separator", ["\u2028", "\u2029", "\u0085"])
def test_a_separator_of_lines_inside_a_text_cuts_nothing(separator: str) -> None:
    stream = chunk(f"one{separator}two") + chunk(finish="stop") + END
    assert streamed_answer([stream]).text.replace(separator, " ").split() == ["one", "two"]


def test_the_first_delta_may_hold_null_and_the_last_chunk_holds_the_cost() -> None:
    last = b'data: {"id":"gen-1","choices":[],"usage":{"prompt_tokens":7,"completion_tokens":2,"cost":0.0000015}}\n\n'
    answer = streamed_answer([chunk(None), chunk("Hello "), chunk("world", "stop"), last, END])
    assert (answer.text, answer.generation) == ("Hello world", "gen-1")
    assert (answer.usage.tokens_in, answer.usage.cost_micros) == (7, 2)


def test_bytes_may_come_one_by_one() -> None:
    stream = (
        b": OPENROUTER PROCESSING\r\n\r\n"
        + chunk("Coyoacán").replace(b"\n", b"\r\n")
        + chunk(finish="stop")
        + END
    )
    assert streamed_answer(bytes([byte]) for byte in stream).text == "Coyoacán"


@pytest.mark.parametrize(
    ("stream", "error"),
    [
        (chunk("half"), CutOff),
        (chunk("half") + END, Truncated),
        (chunk("whole", "stop"), CutOff),
        (chunk("half", "length") + END, Truncated),
        (chunk("x", "brand_new") + END, InvalidAnswer),
        (chunk("half") + chunk(error={"code": 429, "message": "slow"}), RateLimited),
    ],
    ids=["cut", "no finish", "no end", "length", "unknown finish", "error in the middle"],
)
def test_a_partial_answer_is_never_a_whole_one(stream: bytes, error: type[ModelError]) -> None:
    with pytest.raises(error):
        streamed_answer([stream])


def test_a_bad_answer_says_what_it_has_cost() -> None:
    with pytest.raises(Truncated) as caught:
        streamed_answer([chunk("half", "length", usage={"cost": 0.5}), END])
    assert (caught.value.usage.cost_micros, caught.value.generation) == (500_000, "gen-1")


def test_an_event_without_a_newline_at_the_end_counts() -> None:
    assert list(events([b"data: a\n\nda", b"ta: [DONE]"])) == [b"a", b"[DONE]"]


@pytest.mark.parametrize(
    "stretch",
    [
        "no ",
        "She drew the map of the harbour, and then the map of the harbour was drawn by her. ",
        "She drew the map. Nobody had drawn it before her, and nobody has drawn it so well since, they said. "
        * 2,
    ],
)
def test_a_model_that_says_one_thing_for_ever_is_broken_off(stretch: str) -> None:
    taken: list[int] = []

    def endless() -> Iterator[bytes]:
        yield chunk("A beginning. ")
        for number in range(10_000):
            taken.append(number)
            yield chunk(stretch)

    with pytest.raises(InvalidAnswer, match="repeats itself"):
        streamed_answer(endless())
    assert len(taken) * len(stretch) < 3_000


def test_a_list_of_like_rows_is_no_repetition() -> None:
    frame = '"kind": "statement", "date": "", "people": [], "places": []}, {"passage": "P6-1", "quote": "'
    rows = [chunk(f"On day {n} it was so." + '", ' + frame) for n in range(99)]
    assert len(frame) > TAIL
    assert streamed_answer([*rows, chunk("", "stop"), END]).text


def test_what_goes_round_in_long_circles_is_broken_off_though_only_the_end_is_looked_at() -> None:
    circle = " ".join(f"word{number}" for number in range(350))  # about 3,000 characters
    told = (chunk(circle[at : at + 400] + " ") for _time in range(30) for at in range(0, len(circle), 400))
    with pytest.raises(InvalidAnswer, match="repeats itself"):
        streamed_answer([*told, chunk("", "stop"), END])
