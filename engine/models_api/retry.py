"""Trying again within one call: seconds, not minutes. The minutes are the unit's own attempts."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from tenacity import RetryCallState, Retrying, retry_if_exception, stop_after_attempt, wait_random_exponential

from engine.models_api.errors import EmptyAnswer, ModelError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Policy:
    """How often, and how long to wait at most; `patience` is the longest `Retry-After` that a call sits out."""

    tries: int = 6
    empty_tries: int = 3
    cap: float = 60.0
    patience: float = 600.0


def retrying(
    call: Callable[[], T],
    policy: Policy,
    *,
    on_error: Callable[[ModelError], None] = lambda _error: None,
    sleep: Callable[[float], None] = time.sleep,
) -> T:
    """Call until it answers; raises the last ModelError. `on_error` hears of each failure.

    Waits what the provider asks, else by full jitter: a random time up to a bound that doubles with each try
    (Brooker, "Exponential Backoff and Jitter", AWS Architecture Blog 2015).
    """
    jitter = wait_random_exponential(multiplier=1, max=policy.cap)

    def wait(state: RetryCallState) -> float:
        asked = _error(state).retry_after
        return jitter(state) if asked is None else asked

    def again(error: BaseException) -> bool:
        if not isinstance(error, ModelError):
            return False
        on_error(error)
        return not error.permanent and (error.retry_after or 0) <= policy.patience

    def stop(state: RetryCallState) -> bool:
        most = policy.empty_tries if isinstance(_error(state), EmptyAnswer) else policy.tries
        return bool(stop_after_attempt(most)(state))

    return Retrying(wait=wait, stop=stop, retry=retry_if_exception(again), sleep=sleep, reraise=True)(call)


def _error(state: RetryCallState) -> ModelError:
    error = state.outcome.exception() if state.outcome else None
    assert isinstance(error, ModelError)
    return error
