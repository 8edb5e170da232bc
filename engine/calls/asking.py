"""Asking a model: a question as a request, its answer read; one repair call for a bad one, and schemas in words."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

import structlog

from biographies.models import BiographyJob
from engine.authors.asking import Ask
from engine.calls import booking, roles, schemas
from engine.calls.roles import Chosen
from engine.calls.sending import Sender
from engine.models_api.errors import BadAnswer, InvalidAnswer, NoForm, TooLong
from engine.models_api.forms import Form, prose, structured
from engine.models_api.requests import Message, Request, thought_tokens
from engine.units import Claim
from sources.language import detect_own

log = structlog.get_logger(__name__)

CHARACTERS_READ: Final = 4  # of a token, by the average of European languages
SCHEMA_IN_WORDS: Final = "Answer with one JSON object by this JSON Schema, and with nothing else: %s"


class Caller:
    """Asks on behalf of one unit, whose claim it holds."""

    def __init__(self, claim: Claim, job: BiographyJob) -> None:
        self._claim, self._job = claim, job
        self._sender = Sender(claim, job)

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
        chosen = roles.model_for(ask.role, self._job, self._claim.unit.model)
        if not self._may_enforce(ask, chosen):
            return self._told_in_words(ask, chosen)
        try:
            return self._repaired(ask, chosen, enforced=True)
        except NoForm as error:
            if ask.schema is None:
                raise
            log.info("schema_in_words", purpose=ask.purpose, error=str(error))
        schemas.refuse(self._sender.endpoint, chosen)
        return self._told_in_words(ask, chosen)

    def _may_enforce(self, ask: Ask, chosen: Chosen) -> bool:
        """False where a schema was refused of late. But a question that was begun is asked again as it was before.

        What came of that is paid, or will be when it is sent again; another process may have begun it.
        """
        if ask.schema is None:
            return True
        if not schemas.are_refused(self._sender.endpoint, chosen):
            return self._claim.fence == 1 or not self._is_begun_in_words(ask, chosen)
        return booking.is_begun(self._claim, self._intent(ask, chosen, _messages(ask), ask.schema).body)

    def _is_begun_in_words(self, ask: Ask, chosen: Chosen) -> bool:
        told = self._intent(ask, chosen, _messages(ask, in_words=True), None)
        return booking.is_begun(self._claim, told.body)

    def _told_in_words(self, ask: Ask, chosen: Chosen) -> Any:
        try:
            return self._repaired(ask, chosen, enforced=False)
        except NoForm:
            schemas.accept(self._sender.endpoint, chosen)
            raise

    def _repaired(self, ask: Ask, chosen: Chosen, *, enforced: bool) -> Any:
        """`enforced`: the provider is to hold the answer to the schema. Else the model is told it in words."""
        schema = ask.schema if enforced else None
        messages = _messages(ask, in_words=not enforced)
        try:
            return self._once(ask, chosen, messages, schema)
        except BadAnswer as error:
            log.info("repairing", purpose=ask.purpose, kind=error.kind)
            wish = f"Your answer could not be used: {error} Answer again, whole, and in the form that was asked for."
            again = Message("user", f"{wish} {_form(ask)}".strip())
            repair = replace(ask, purpose=f"{ask.purpose} (repair)")
            return self._once(repair, chosen, [*messages, again], schema)

    def _once(self, ask: Ask, chosen: Chosen, messages: Sequence[Message], schema: Any) -> Any:
        _require_room(chosen, messages, ask.max_tokens)
        return _read(self._sender.answer_to(self._intent(ask, chosen, messages, schema)), ask)

    def _intent(self, ask: Ask, chosen: Chosen, messages: Sequence[Message], schema: Any) -> booking.Intent:
        max_tokens = ask.max_tokens + thought_tokens((chosen.model, *chosen.fallbacks))
        request = Request(
            model=chosen.model,
            fallbacks=chosen.fallbacks,
            messages=messages,
            max_tokens=max_tokens,
            temperature=ask.temperature,
            schema=schema,
            session=f"bookgen-{self._job.pk}",
        )
        return booking.Intent(
            body=request.body(),
            role=ask.role,
            purpose=ask.purpose,
            prompt_hash=ask.prompt_hash,
            model=chosen.model,
            max_tokens=max_tokens,
            price=roles.dearest_of(chosen),
        )


def _messages(ask: Ask, *, in_words: bool = False) -> list[Message]:
    system = f"{ask.system}\n\n{_form(ask)}" if in_words else ask.system
    return [Message("system", system), Message("user", ask.user)]


def _form(ask: Ask) -> str:
    """The schema in words; "" where prose is wanted."""
    return "" if ask.schema is None else SCHEMA_IN_WORDS % json.dumps(ask.schema, sort_keys=True)


def _require_room(chosen: Chosen, messages: Sequence[Message], max_tokens: int) -> None:
    """Raise TooLong for what the model can't read and answer, before it is sent: its author then asks for less.

    `max_tokens` is twice what an answer needs. Of a model whose context nobody knows, its server is the judge.
    """
    context = roles.context_of(chosen)
    needed = sum(len(one.content) for one in messages) / CHARACTERS_READ + max_tokens / 2
    if context and needed > context:
        raise TooLong("The request is longer than the model can read.")


def _read(text: str, ask: Ask) -> Any:
    """The answer in its form; raises BadAnswer with what is wrong."""
    form = Form(language=ask.language, schema=ask.schema)
    read = prose if ask.schema is None else structured
    found = read(text, form, detect_own)
    if wrong := ask.check(found):
        raise InvalidAnswer(wrong)
    return found
