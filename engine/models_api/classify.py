"""Which error an answer is: by its body first, by its HTTP status second.

The words are those of OpenRouter's "Errors and Debugging": `error.code`, `error.metadata.error_type`,
`error.availability`. Other servers (llama.cpp, vLLM) use `error.type`; what nobody names goes by status.
"""

from __future__ import annotations

import datetime as dt
import math
import re
import time
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import Any, Final

from engine.models_api.errors import (
    BadKey,
    Blocked,
    FilteredAnswer,
    Misconfigured,
    ModelError,
    NoCredit,
    NoForm,
    RateLimited,
    TooLong,
    Transient,
)

_BY_TYPE: Final[dict[str, type[ModelError]]] = {
    "rate_limit_exceeded": RateLimited,
    "provider_overloaded": Transient,
    "provider_unavailable": Transient,
    "timeout": Transient,
    "server": Transient,
    "server_error": Transient,
    "payment_required": NoCredit,
    "insufficient_credits": NoCredit,
    "authentication": BadKey,
    "authentication_error": BadKey,
    "permission_denied": BadKey,
    "guardrail": Blocked,
    "context_length_exceeded": TooLong,
    "exceed_context_size_error": TooLong,
    "payload_too_large": TooLong,
    "content_policy_violation": Blocked,
    "refusal": FilteredAnswer,
}
_BY_STATUS: Final[dict[int, type[ModelError]]] = {
    400: Misconfigured,
    401: BadKey,
    402: NoCredit,
    403: Blocked,
    404: Misconfigured,
    405: Misconfigured,
    408: Transient,
    413: TooLong,
    422: Misconfigured,
    425: Transient,
    429: RateLimited,
}
# Written for the editor: what happened, and what to do where something can be done.
_SAYS: Final[dict[type[ModelError], str]] = {
    RateLimited: "The provider asks for fewer requests.",
    Transient: "The provider is out of order for the moment.",
    NoCredit: "The account at the provider has no credit left. Add credit there, then press Resume.",
    BadKey: "The provider refuses the key. Check OPENROUTER_API_KEY, then press Resume.",
    Blocked: "A filter of the provider refused the text of the request.",
    TooLong: "The request is longer than the model can read.",
    Misconfigured: "The provider doesn't accept the request. Check the model's name and the address.",
    NoForm: "No provider of this model takes the request. Check its name, and the data policy of your account.",
    FilteredAnswer: "A filter of the provider cut the answer.",
}
# As vLLM, llama.cpp and providers behind OpenRouter tell it where they give it no code of its own: of the question, or
# of the room for an answer that it asks for. Both are less in a smaller question.
_TOO_LONG: Final = re.compile(
    r"\b(?:context (?:length|size|window)|prompt is too long|too many tokens"
    r"|max_(?:completion_|output_|new_)?tokens\W.{0,60}(?:too large|at most|less than|exceed|maximum))\b",
    re.I | re.S,
)
# OpenRouter's 404 where no endpoint of a model takes all parameters (of a strict schema it blames the data policy), and
# how others refuse a schema with 400 or 422.
_NO_FORM: Final = re.compile(
    r"\bno endpoints (?:found|available)\b.*(?:parameter|policy)|response.?format|json.?schema|structured.?output",
    re.I | re.S,
)
_CODE: Final = re.compile(r"[a-z_]{1,40}")  # what is shown of a code in words: nothing that could be a key


def failure(status: int, headers: Mapping[str, str], found: object) -> ModelError:
    """The error that an answer stands for; `found` is its parsed body, or None where it wasn't JSON."""
    error = _error(found)
    which = _by_body(error) or _by_status(_number(error.get("code")), status, parsed=bool(error))
    which = Blocked if which is BadKey and _is_guardrail(error) else which
    which = TooLong if which is Misconfigured and _TOO_LONG.search(str(error.get("message", ""))) else which
    which = NoForm if which is Misconfigured and _NO_FORM.search(str(error.get("message", ""))) else which
    wait = retry_after(headers, error)
    wait = _until_reset(headers, error) if wait is None and which is RateLimited else wait
    made = which(_says(which, error), retry_after=wait)
    if isinstance(made, Blocked):
        made.flagged = _flagged(error)
    return made


def _error(found: object) -> Mapping[str, Any]:
    """What a body says of its error; older vLLM says it without a frame around it."""
    if not isinstance(found, Mapping):
        return {}
    error = found if found.get("object") == "error" else found.get("error")
    return error if isinstance(error, Mapping) else {}


def _is_guardrail(error: Mapping[str, Any]) -> bool:
    """OpenRouter's guardrails say `permission_denied` too; the key is good, the text was refused."""
    return str(error.get("message", "")).lower().startswith("request blocked")


def _flagged(error: Mapping[str, Any]) -> str:
    """The words that a moderation names (`metadata.flagged_input`: at most 100 characters, "..." where shortened)."""
    metadata = error.get("metadata")
    stated = metadata.get("flagged_input") if isinstance(metadata, Mapping) else None
    return stated[:200] if isinstance(stated, str) else ""


def _by_body(error: Mapping[str, Any]) -> type[ModelError] | None:
    metadata = error.get("metadata")
    metadata = metadata if isinstance(metadata, Mapping) else {}
    if metadata.get("limit_source"):
        return NoCredit if _number(error.get("code")) == 402 else RateLimited
    for word in (metadata.get("error_type"), error.get("type"), error.get("code")):
        if isinstance(word, str) and word.lower() in _BY_TYPE:
            return _BY_TYPE[word.lower()]
    availability = error.get("availability")
    if isinstance(availability, Mapping) and isinstance(availability.get("retryable"), bool):
        return Transient if availability["retryable"] else Misconfigured
    return None


def _by_status(code: int | None, status: int, *, parsed: bool) -> type[ModelError]:
    """By the code in the body, else by the status. A 403 that isn't JSON is a gateway's, not a filter's."""
    number = code if code and 400 <= code < 600 else status
    if number == 403 and not parsed:
        return Transient
    if 300 <= number < 400:
        return Misconfigured
    return _BY_STATUS.get(number, Misconfigured if 400 <= number < 500 else Transient)


def _number(value: object) -> int | None:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    return (
        int(value)
        if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 4
        else None
    )


def _says(which: type[ModelError], error: Mapping[str, Any]) -> str:
    """Our words, and the code in theirs, if it is one: a stranger's words could hold anything, the key included."""
    code = error.get("code")
    plain = _CODE.fullmatch(code) if isinstance(code, str) else None
    named = code if plain else _number(code)
    return _SAYS[which] if named is None or not 0 < len(str(named)) <= 40 else f"{_SAYS[which]} ({named})"


def retry_after(headers: Mapping[str, str], error: Mapping[str, Any] | None = None) -> float | None:
    """Seconds to wait by `Retry-After` (RFC 9110, 10.2.3: seconds or a date), at least 1; None for none."""
    stated = _header("retry-after", headers, error or {})
    seconds = _seconds(stated) if stated else None
    return None if seconds is None else max(1.0, seconds)


def _until_reset(headers: Mapping[str, str], error: Mapping[str, Any]) -> float | None:
    """Seconds until OpenRouter's own limits (of free models: a minute's, a day's) begin anew: `X-RateLimit-Reset`.

    It is a moment in milliseconds since 1970; None for anything else.
    """
    stated = _header("x-ratelimit-reset", headers, error)
    wait = (
        int(stated) / 1000 - time.time() if stated.isascii() and stated.isdigit() and len(stated) < 16 else 0
    )
    return max(1.0, wait) if wait > 0 else None


def _header(name: str, headers: Mapping[str, str], error: Mapping[str, Any]) -> str:
    """Of the answer, or of the provider's answer to OpenRouter, which is told in the body."""
    metadata = error.get("metadata")
    inner = metadata.get("headers") if isinstance(metadata, Mapping) else None
    lower = {key.lower(): str(value) for key, value in inner.items()} if isinstance(inner, Mapping) else {}
    return (headers.get(name) or lower.get(name) or "").strip()


def _seconds(stated: str) -> float | None:
    try:
        number = float(stated)
    except ValueError:
        return _until(stated)
    return number if math.isfinite(number) and number >= 0 else None


def _until(stated: str) -> float | None:
    try:
        moment = parsedate_to_datetime(stated)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
    return (moment - dt.datetime.now(dt.UTC)).total_seconds()
