"""What can go wrong between us and a language model, as a small tree.

`permanent` says whether the same request may be sent again; `retry_after` how many seconds the provider
asked us to wait. Messages are for the editor and hold nothing of a request's text or of a key.
"""

from __future__ import annotations

from typing import ClassVar

from engine.models_api.usage import Usage


class ModelError(Exception):
    """A call without a usable answer. `paid` is True where the provider may have billed it all the same."""

    kind: ClassVar[str] = "error"
    permanent: ClassVar[bool] = True
    paid: ClassVar[bool] = False

    def __init__(self, message: str, *, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after
        self.usage = Usage()  # what the provider says that the failed answer has cost
        self.generation = ""  # the provider's id of it, to ask for its cost later


class Retryable(ModelError):
    """Another try may succeed."""

    permanent = False


class RateLimited(Retryable):
    """Too many requests: every worker waits, not this one alone."""

    kind = "rate_limited"


class Transient(Retryable):
    """The provider, or the way to it, is out of order for the moment."""

    kind = "transient"


class Interrupted(Retryable):
    """The answer broke off after it had begun; it may have been billed."""

    kind = "unknown_paid"
    paid = True


class EmptyAnswer(Retryable):
    """An answer without a word: a cold start, as a rule."""

    kind = "empty_output"
    paid = True


class CutOff(Retryable):
    """The stream ended before its end. The same request again is free where the provider has finished it."""

    kind = "truncated"
    paid = True


class Refused(ModelError):
    """The provider won't take this request; sending it again changes nothing."""


class BadKey(Refused):
    """The key is wrong, or may not do this. No job can go on with it."""

    kind = "auth"


class NoCredit(Refused):
    """The account has no money left."""

    kind = "payment_required"


class Blocked(Refused):
    """The request's text was blocked by a filter of the provider; `flagged` are the words that it names, if any."""

    kind = "blocked_input"
    flagged = ""


class TooLong(Refused):
    """The request is larger than the model's context."""

    kind = "too_long"


class Misconfigured(Refused):
    """The address, the model's name or another setting is wrong."""

    kind = "config"


class NoForm(Misconfigured):
    """No provider of the model takes a schema for its answer; asked in words it may give the same."""


class BadAnswer(ModelError):
    """The model has answered, and was paid, but this must not become text of a book. One repair call may mend it."""

    paid = True


class Truncated(BadAnswer):
    """The answer ends before its end."""

    kind = "truncated"


class InvalidAnswer(BadAnswer):
    """Not in the form that was asked for."""

    kind = "invalid_output"


class FilteredAnswer(BadAnswer):
    """The provider's filter cut the answer."""

    kind = "blocked_output"


class Declined(BadAnswer):
    """The model said that it won't do it."""

    kind = "refusal"


class WrongLanguage(BadAnswer):
    """The answer isn't in the language of the book."""

    kind = "wrong_language"


class TooLarge(BadAnswer):
    """The answer is larger than any answer should be; reading was broken off."""

    kind = "too_large"
