"""Asking a model: look up, reserve, call, settle, read; and one repair call for a bad answer."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

import structlog
from django.conf import settings

from biographies.models import BiographyJob
from bookgen_site.lib.lending import let_go
from engine import units
from engine.authors.asking import Ask
from engine.calls import booking, costs, gate, roles, spool
from engine.calls.errors import Interrupted, MustPause, Reserved
from engine.errors import ClaimLost
from engine.models import ModelCall
from engine.models_api.answers import Answer
from engine.models_api.errors import (
    BadAnswer,
    BadKey,
    InvalidAnswer,
    ModelError,
    NoCredit,
    NoForm,
    Retryable,
    TooLong,
)
from engine.models_api.forms import Form, prose, structured
from engine.models_api.requests import Message, Request, thought_tokens
from engine.models_api.retry import Policy, retrying
from engine.stopping import stopping
from engine.units import Claim
from sources.language import detect_own

log = structlog.get_logger(__name__)

CHARACTERS_READ: Final = 4  # of a token, by the average of European languages
SCHEMA_IN_WORDS: Final = "Answer with one JSON object by this JSON Schema, and with nothing else: %s"
PATIENCE: Final = 600.0  # seconds that a call waits for its turn, for money, or for a provider that is away
MONEY_LOOK: Final = 0.5  # seconds between two looks whether money that others have reserved is free again


class Caller:
    """Asks on behalf of one unit, whose claim it holds."""

    def __init__(self, claim: Claim, job: BiographyJob) -> None:
        self._claim, self._job = claim, job
        self._endpoint = settings.OPENROUTER_BASE_URL

    @property
    def scope(self) -> str:
        """Job, unit and generation: what the marks of a prompt are made of."""
        unit = self._claim.unit
        return f"{self._job.pk} {unit.phase} {unit.key} {unit.generation}"

    def ask(self, ask: Ask) -> Any:
        """The answer: text, or parsed JSON where a schema was given. One repair call where it is bad.

        Raises BadAnswer when the repair is bad too, another ModelError when the provider gives none, MustPause when a
        person is needed, NotNow and Interrupted when this isn't the time.
        """
        try:
            return self._repaired(ask, enforced=True)
        except NoForm as error:
            if ask.schema is None:
                raise
            log.info("schema_in_words", purpose=ask.purpose, error=str(error))
            return self._repaired(ask, enforced=False)

    def _repaired(self, ask: Ask, *, enforced: bool) -> Any:
        """`enforced`: the provider is to hold the answer to the schema. Else the model is told it in words."""
        form = "" if ask.schema is None else SCHEMA_IN_WORDS % json.dumps(ask.schema, sort_keys=True)
        system = ask.system if enforced else f"{ask.system}\n\n{form}"
        messages = [Message("system", system), Message("user", ask.user)]
        try:
            return self._once(ask, messages, enforced=enforced)
        except BadAnswer as error:
            log.info("repairing", purpose=ask.purpose, kind=error.kind)
            wish = f"Your answer could not be used: {error} Answer again, whole, and in the form that was asked for."
            again = Message("user", f"{wish} {form}".strip())
            repair = replace(ask, purpose=f"{ask.purpose} (repair)")
            return self._once(repair, [*messages, again], enforced=enforced)

    def _once(self, ask: Ask, messages: list[Message], *, enforced: bool) -> Any:
        chosen = roles.model_for(ask.role, self._job, self._claim.unit.model)
        _require_room(chosen, messages, ask.max_tokens)
        max_tokens = ask.max_tokens + thought_tokens((chosen.model, *chosen.fallbacks))
        request = Request(
            model=chosen.model,
            fallbacks=chosen.fallbacks,
            messages=messages,
            max_tokens=max_tokens,
            temperature=ask.temperature,
            schema=ask.schema if enforced else None,
            session=f"bookgen-{self._job.pk}",
        )
        intent = booking.Intent(
            body=request.body(),
            role=ask.role,
            purpose=ask.purpose,
            prompt_hash=ask.prompt_hash,
            model=chosen.model,
            max_tokens=max_tokens,
            price=roles.dearest_of(chosen),
        )
        call = self._booked(intent)
        return _read(self._known(call) or self._answer(call, intent), ask)

    def _booked(self, intent: booking.Intent) -> ModelCall:
        """The call with its money; while others have reserved that, it waits for them: they need less, as a rule."""
        end = time.monotonic() + PATIENCE
        while True:
            try:
                return booking.intend(self._claim, intent, self._endpoint)
            except Reserved:
                if time.monotonic() >= end:
                    raise
            let_go()
            _pause(MONEY_LOOK)

    def _known(self, call: ModelCall) -> str | None:
        """The answer that was paid for already: in the ledger, or on the disk of a worker that could not book it."""
        return call.answer if call.status == ModelCall.Status.ANSWERED else spool.recover(call)

    def _answer(self, call: ModelCall, intent: booking.Intent) -> str:
        """Send the request until it is answered; whatever ends it frees the money that it had reserved."""
        try:
            return retrying(lambda: self._send(call, intent), Policy(patience=PATIENCE), sleep=_pause)
        except ClaimLost:
            raise  # the call is its next worker's
        except BaseException as error:
            ended = error if isinstance(error, Exception) else Interrupted("The process was ended.")
            booking.give_up(self._claim, call, ended)
            if isinstance(error, BadKey | NoCredit) or _is_long_away(error):
                raise MustPause(str(error)) from error
            raise

    def _send(self, call: ModelCall, intent: booking.Intent) -> str:
        """One try, with a place at the provider held; each try is booked."""
        with gate.admitted(self._endpoint, self._job.pk, stopping.is_set, PATIENCE):
            if (known := self._known_by_now(call, intent)) is not None:
                return known
            told, booked = self._tried(call, intent)
        # It may take seconds: the place is free for others.
        costs.reconcile(call, booked, told.usage, told.generation, pause=_pause)
        if isinstance(told, ModelError):
            raise told
        return told.text

    def _tried(self, call: ModelCall, intent: booking.Intent) -> tuple[Answer | ModelError, int]:
        """What the provider said, booked, and what was booked for it."""
        began = time.monotonic()
        try:
            answer = costs.with_its_cost(_called(call.body.encode()))
        except ModelError as error:
            booked = booking.record_failure(call, error, intent.price, _since(began))
            gate.report(self._endpoint, error)
            return error, booked
        kept = spool.Kept(answer, intent.price, _since(began))
        spool.keep(call, kept)
        booked = booking.settle(call, answer, kept.price, kept.latency_ms)
        spool.drop(call)
        gate.report(self._endpoint, None)
        return answer, booked

    def _known_by_now(self, call: ModelCall, intent: booking.Intent) -> str | None:
        """Known since it was booked: this process may have slept, or waited for its turn, and another asked meanwhile.

        Raises ClaimLost where that other is still at it, and MustPause where a try that was billed for nothing has
        left too little money for one more.
        """
        call.refresh_from_db(fields=["status", "answer", "cost_micros"])
        known = self._known(call)
        if known is None and call.cost_micros:
            booking.intend(self._claim, intent, self._endpoint)
        elif known is None:
            units.require(self._claim)
        return known


def _require_room(chosen: roles.Chosen, messages: Sequence[Message], max_tokens: int) -> None:
    """Raise TooLong for what the model can't read and answer, before it is sent: its author then asks for less.

    `max_tokens` is twice what an answer needs. Of a model whose context nobody knows, its server is the judge.
    """
    context = roles.context_of(chosen)
    needed = sum(len(one.content) for one in messages) / CHARACTERS_READ + max_tokens / 2
    if context and needed > context:
        raise TooLong("The request is longer than the model can read.")


def _is_long_away(error: BaseException) -> bool:
    """Whether the provider asks to be left alone for longer than a call waits: any further try would end like this."""
    return isinstance(error, Retryable) and (error.retry_after or 0) > PATIENCE


def _called(body: bytes) -> Answer:
    """The call itself, for as long as it lasts without a connection to the database."""
    let_go()
    return roles.client().complete(body)


def _since(began: float) -> int:
    return int(1000 * (time.monotonic() - began))


def _pause(seconds: float) -> None:
    if stopping.wait(seconds):
        raise Interrupted("The process was ended while a call waited.")


def _read(text: str, ask: Ask) -> Any:
    """The answer in its form; raises BadAnswer with what is wrong."""
    form = Form(language=ask.language, schema=ask.schema)
    read = prose if ask.schema is None else structured
    found = read(text, form, detect_own)
    if wrong := ask.check(found):
        raise InvalidAnswer(wrong)
    return found
