"""Which errors are tried again, how often, and after how long."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engine.models_api.classify import failure, retry_after
from engine.models_api.errors import BadKey, EmptyAnswer, ModelError, RateLimited, Transient, Truncated
from engine.models_api.retry import Policy, retrying


def failing(*errors: ModelError) -> Callable[[], str]:
    """A call that raises these in turn, and then answers."""
    left = list(errors)

    def call() -> str:
        if left:
            raise left.pop(0)
        return "answer"

    return call


def run(*errors: ModelError) -> tuple[str, list[float]]:
    waited: list[float] = []
    return retrying(failing(*errors), Policy(), sleep=waited.append), waited


def test_a_passing_trouble_passes() -> None:
    answer, waited = run(Transient("a"), Transient("b"))
    assert answer == "answer"
    assert len(waited) == 2
    assert all(0 <= seconds <= 60 for seconds in waited)


def test_the_provider_says_how_long() -> None:
    assert run(RateLimited("slow", retry_after=7))[1] == [7]


def test_who_asks_for_too_long_is_not_waited_for() -> None:
    with pytest.raises(RateLimited):
        run(RateLimited("slow", retry_after=86_400))


@pytest.mark.parametrize("error", [BadKey("no"), Truncated("cut")])
def test_what_another_try_will_not_mend_is_tried_once(error: ModelError) -> None:
    with pytest.raises(type(error)):
        run(error)


def test_six_tries_in_all_three_for_silence() -> None:
    assert run(*[Transient("x")] * 5)[0] == "answer"
    with pytest.raises(Transient):
        run(*[Transient("x")] * 6)
    with pytest.raises(EmptyAnswer):
        run(*[EmptyAnswer("x")] * 3)


@pytest.mark.parametrize(
    ("stated", "seconds"),
    [("5", 5), ("0", 1), ("-5; soon", None), ("nan", None), ("inf", None), ("", None), ("1e3", 1000)],
)
def test_retry_after(stated: str, seconds: float | None) -> None:
    assert retry_after({"retry-after": stated}) == seconds


def test_the_body_goes_before_the_status() -> None:
    typed = {"error": {"code": 500, "metadata": {"error_type": "rate_limit_exceeded"}}}
    assert isinstance(failure(500, {}, typed), RateLimited)
    assert isinstance(failure(503, {}, {"error": {"availability": {"retryable": False}}}), ModelError)
    assert failure(503, {}, {"error": {"availability": {"retryable": False}}}).permanent


def test_a_provider_s_words_stay_out_of_the_message() -> None:
    error = failure(400, {}, {"error": {"code": 400, "message": "sk-canary in your prompt"}})
    assert "canary" not in str(error)
