"""One request on its way: booked, looked up, sent until it is answered, and settled."""

from __future__ import annotations

import time
from typing import Final

from django.conf import settings

from biographies.models import BiographyJob
from bookgen_site.lib.lending import let_go
from engine import units
from engine.calls import booking, costs, gate, roles, spool
from engine.calls.errors import Interrupted, MustPause, Reserved
from engine.errors import ClaimLost
from engine.models import ModelCall
from engine.models_api.answers import Answer
from engine.models_api.errors import BadKey, ModelError, NoCredit, Retryable
from engine.models_api.retry import Policy, retrying
from engine.stopping import stopping
from engine.units import Claim

PATIENCE: Final = 600.0  # seconds that a call waits for its turn, for money, or for a provider that is away
MONEY_LOOK: Final = 0.5  # seconds between two looks whether money that others have reserved is free again


class Sender:
    """Sends requests on behalf of one unit, whose claim it holds."""

    def __init__(self, claim: Claim, job: BiographyJob) -> None:
        self._claim, self._job = claim, job
        self.endpoint: str = settings.OPENROUTER_BASE_URL

    def answer_to(self, intent: booking.Intent) -> str:
        """The text of the answer, paid once. Raises as `Caller.ask` does."""
        call = self._booked(intent)
        return self._known(call) or self._answer(call, intent)

    def _booked(self, intent: booking.Intent) -> ModelCall:
        """The call with its money; while others have reserved that, it waits for them: they need less, as a rule."""
        end = time.monotonic() + PATIENCE
        while True:
            try:
                return booking.intend(self._claim, intent, self.endpoint)
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
        place = gate.admitted(self.endpoint, self._job.pk, stopping.is_set, PATIENCE, self._claim.unit.pk)
        with place:
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
            gate.report(self.endpoint, error)
            return error, booked
        kept = spool.Kept(answer, intent.price, _since(began))
        spool.keep(call, kept)
        booked = booking.settle(call, answer, kept.price, kept.latency_ms)
        spool.drop(call)
        gate.report(self.endpoint, None)
        return answer, booked

    def _known_by_now(self, call: ModelCall, intent: booking.Intent) -> str | None:
        """Known since it was booked: this process may have slept, or waited for its turn, and another asked meanwhile.

        Raises ClaimLost where that other is still at it, and MustPause where a try that was billed for nothing has
        left too little money for one more.
        """
        call.refresh_from_db(fields=["status", "answer", "cost_micros"])
        known = self._known(call)
        if known is None and call.cost_micros:
            booking.intend(self._claim, intent, self.endpoint)
        elif known is None:
            units.require(self._claim)
        return known


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
