"""Asking a model: nothing is paid twice, and bad text never counts as an answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db.models import Sum
from pytest_django import Settings

from biographies.models import BiographyJob
from bookgen_site.lib import clock
from engine import deaths, units
from engine.authors.asking import Ask
from engine.calls import Caller, booking, gate, roles, schemas
from engine.calls.errors import Interrupted, MustPause
from engine.errors import ClaimLost
from engine.models import CallTicket, ModelCall, Unit
from engine.models_api.answers import Answer
from engine.models_api.errors import (
    BadKey,
    CutOff,
    EmptyAnswer,
    InvalidAnswer,
    ModelError,
    NoCredit,
    NoForm,
    RateLimited,
    TooLong,
    Transient,
    Truncated,
)
from engine.models_api.pricing import DEAREST, Price
from engine.models_api.usage import Usage
from engine.units import Claim
from tests.engine.calls.conftest import PRICE, Provider, claimed
from tests.fakes import rows

pytestmark = pytest.mark.django_db

SCHEMA = {"type": "object", "required": ["n"], "properties": {"n": {"type": "integer"}}}


def question(**changed: Any) -> Ask:
    asked: dict[str, Any] = {
        "role": "writer",
        "purpose": "chapter",
        "system": "S",
        "user": "U",
        "max_tokens": 100,
    }
    return Ask(**(asked | changed))


def ask(claim: Claim, **changed: Any) -> Any:
    return Caller(claim, claim.unit.run.job).ask(question(**changed))


def spent(claim: Claim) -> int:
    return BiographyJob.objects.get(pk=claim.unit.run.job_id).spent_micros


def test_an_answer_is_recorded_and_paid(provider: Provider) -> None:
    claim = claimed()
    assert ask(claim) == "Fine."
    call = ModelCall.objects.get()
    assert (call.status, call.cost_micros, call.tokens_in, call.reserved_micros) == ("answered", 7, 10, 0)
    assert (call.job_id, call.phase, call.generation_id) == (
        claim.unit.run.job_id,
        "chapter_generation",
        "gen-1",
    )
    assert spent(claim) == 7
    assert not CallTicket.objects.exists()


def test_what_was_answered_is_not_asked_again(provider: Provider) -> None:
    claim = claimed()
    assert ask(claim) == ask(claim) == "Fine."
    assert len(provider.bodies) == 1
    assert ask(claim, user="another") == "Fine."
    assert len(provider.bodies) == 2
    assert spent(claim) == 14


def test_a_worker_that_lost_its_unit_asks_nothing(provider: Provider) -> None:
    claim = claimed()
    deaths.release("worker")
    with pytest.raises(ClaimLost):
        ask(claim)
    assert provider.bodies == []


def test_what_was_paid_is_kept_though_the_unit_was_lost_meanwhile(provider: Provider) -> None:
    claim = claimed()

    def lose() -> None:
        deaths.release("worker")

    provider.slow = lose
    ask(claim)
    assert ModelCall.objects.get().status == "answered"
    assert spent(claim) == 7


def meanwhile(monkeypatch: pytest.MonkeyPatch, deed: Callable[[], object]) -> None:
    """Let the deed happen while a call waits for its turn."""
    admitted = gate.admitted

    @contextmanager
    def late(*given: Any) -> Iterator[None]:
        with admitted(*given):
            deed()
            yield

    monkeypatch.setattr(gate, "admitted", late)


def test_what_another_was_answered_while_a_call_waited_is_not_asked(
    provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    def answered() -> None:
        call = ModelCall.objects.get()
        booking.settle(call, Answer("Theirs.", "a/b", "gen-0", "P", Usage(cost_micros=3)), PRICE, 1)

    meanwhile(monkeypatch, answered)
    claim = claimed()
    assert ask(claim) == "Theirs."
    assert (provider.bodies, spent(claim)) == ([], 3)


def test_a_unit_that_was_lost_while_a_call_waited_asks_nothing_and_leaves_the_call_to_its_next_worker(
    provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    meanwhile(monkeypatch, lambda: deaths.release("worker"))
    with pytest.raises(ClaimLost):
        ask(claimed())
    assert provider.bodies == []
    assert ModelCall.objects.get().status == "intended"
    assert not CallTicket.objects.exists()


def test_trouble_that_passes_is_tried_again_with_the_same_bytes(provider: Provider) -> None:
    provider.script = [Transient("x"), Transient("y")]
    claim = claimed()
    assert ask(claim) == "Fine."
    assert provider.bodies[0] == provider.bodies[1] == provider.bodies[2]
    assert ModelCall.objects.get().attempts == 3


def test_a_bad_answer_is_repaired_once_and_both_are_paid(provider: Provider) -> None:
    bad = Truncated("The answer was cut.")
    bad.usage = Usage(cost_micros=5)
    provider.script = [bad]
    claim = claimed()
    assert ask(claim) == "Fine."
    assert len(provider.bodies) == 2
    assert "The answer was cut." in provider.bodies[1]["messages"][-1]["content"]
    assert spent(claim) == 12
    assert ModelCall.objects.aggregate(sum=Sum("cost_micros"))["sum"] == 12


def test_json_is_parsed_checked_and_repaired(provider: Provider) -> None:
    provider.script = ['{"n": "one"}', '```json\n{"n": 1}\n```']
    assert ask(claimed(), schema=SCHEMA) == {"n": 1}
    provider.script = ['{"n": 2}', '{"n": 3}']
    with pytest.raises(InvalidAnswer, match="odd one"):
        ask(claimed(), schema=SCHEMA, check=lambda _found: "Give an odd one that I like.")


def test_a_repaired_answer_is_found_again_without_paying(provider: Provider) -> None:
    provider.script = ["nonsense", '{"n": 1}']
    claim = claimed()
    assert ask(claim, schema=SCHEMA) == ask(claim, schema=SCHEMA) == {"n": 1}
    assert len(provider.bodies) == 2


def test_a_schema_that_no_provider_takes_is_told_in_words(provider: Provider) -> None:
    provider.script = [NoForm("No endpoint takes it."), "nonsense", 'Here it is: {"n": 1}']
    claim = claimed()
    assert ask(claim, schema=SCHEMA) == {"n": 1}
    enforced, in_words, repair = provider.bodies
    assert "response_format" in enforced
    assert '"required"' not in enforced["messages"][0]["content"]
    assert not {"response_format", "provider"} & (in_words.keys() | repair.keys())
    assert '{"properties": {"n": {"type": "integer"}}' in in_words["messages"][0]["content"]
    schemas.forget()  # as another process
    provider.script = [NoForm("No endpoint takes it.")]
    assert ask(claim, schema=SCHEMA) == {"n": 1}
    assert len(provider.bodies) == 4, "what was answered in words isn't paid again"


def enforced(provider: Provider) -> list[bool]:
    return ["response_format" in body for body in provider.bodies]


def test_a_model_that_takes_no_schema_refuses_one_request_for_all_questions(
    provider: Provider, settings: Settings
) -> None:
    provider.script = [NoForm("No endpoint takes it."), *['{"n": 1}'] * 5]
    claim = claimed()
    for number in range(4):
        assert ask(claim, schema=SCHEMA, user=f"Question {number}") == {"n": 1}
    assert enforced(provider) == [True, False, False, False, False]
    settings.MODELS_BY_ROLE = dict.fromkeys(roles.ROLES, "another/model")
    ask(claimed(), schema=SCHEMA, user="What does another model take?")
    assert enforced(provider)[-1]


def test_an_hour_later_a_schema_is_tried_again(provider: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    provider.script = [NoForm("No endpoint takes it."), *['{"n": 1}'] * 3]
    claim = claimed()
    ask(claim, schema=SCHEMA)
    monkeypatch.setattr(schemas, "REMEMBERED", 0.0)
    ask(claim, schema=SCHEMA, user="And now?")
    assert enforced(provider) == [True, False, True]


def test_what_was_answered_by_a_schema_isn_t_asked_in_words_when_one_is_refused_later(
    provider: Provider,
) -> None:
    """The schema may be refused for a while only, and a unit that is worked again asks all its questions anew."""
    provider.script = ['{"n": 1}', NoForm("No endpoint takes it."), '{"n": 2}']
    claim = claimed()
    for _time in range(2):
        assert ask(claim, schema=SCHEMA, user="First") == {"n": 1}
        assert ask(claim, schema=SCHEMA, user="Second") == {"n": 2}
    assert enforced(provider) == [True, True, False]


def heir_of(claim: Claim) -> Claim:
    """Who works the unit after its worker has died."""
    deaths.release(Unit.objects.get(pk=claim.unit.pk).worker)
    heir = units.claim(claim.unit.run_id, "heir")
    assert heir is not None
    return heir


def test_what_was_told_in_words_is_looked_up_by_a_process_that_knows_of_no_refusal(
    provider: Provider,
) -> None:
    """A trial's process is new, and remembers nothing."""
    provider.script = [NoForm("No endpoint takes it."), '{"n": 1}', '{"n": 2}']
    claim = claimed()
    assert ask(claim, schema=SCHEMA) == {"n": 1}
    schemas.forget()
    assert ask(heir_of(claim), schema=SCHEMA) == {"n": 1}
    assert enforced(provider) == [True, False], "nothing was asked again"


def test_what_a_dead_worker_asked_with_a_schema_is_asked_again_with_it(provider: Provider) -> None:
    """Its answer may be on its way to the ledger, or in the provider's cache: under those words alone."""
    claim = claimed()
    provider.script = ['{"n": 1}', NoForm("No endpoint takes it."), '{"n": 2}', '{"n": 3}']
    ask(claim, schema=SCHEMA, user="First")
    ModelCall.objects.update(
        status="intended", answer="", cost_micros=0, finished_at=None
    )  # unheard by its worker
    ask(claim, schema=SCHEMA, user="Second")
    ask(heir_of(claim), schema=SCHEMA, user="First")
    assert enforced(provider) == [True, True, False, True]


def test_a_model_that_takes_no_request_at_all_is_asked_no_third_time(provider: Provider) -> None:
    provider.script = [NoForm("No endpoint."), NoForm("No endpoint."), "never asked"]
    with pytest.raises(NoForm):
        ask(claimed(), schema=SCHEMA)
    assert len(provider.bodies) == 2
    provider.script = ['{"n": 1}']
    ask(claimed(), schema=SCHEMA)
    assert enforced(provider)[-1], "it wasn't for the schema"


def test_a_repair_names_the_schema(provider: Provider) -> None:
    provider.script = ["nonsense", '{"n": 1}']
    ask(claimed(), schema=SCHEMA)
    assert '{"properties": {"n": {"type": "integer"}}' in provider.bodies[1]["messages"][-1]["content"]
    assert "response_format" in provider.bodies[1]


@pytest.mark.parametrize(
    "error",
    [
        BadKey("no key"),
        NoCredit("no money"),
        RateLimited("wait", retry_after=90_000),
        Transient("away", retry_after=90_000),
    ],
)
def test_what_a_person_must_mend_pauses_the_job(provider: Provider, error: Exception) -> None:
    provider.script = [error]
    with pytest.raises(MustPause, match=str(error)):
        ask(claimed())
    assert len(provider.bodies) == 1
    assert ModelCall.objects.get().reserved_micros == 0


def test_a_short_pause_that_comes_again_and_again_is_the_unit_s_matter(provider: Provider) -> None:
    provider.script = [RateLimited("wait", retry_after=0.1)] * 6
    with pytest.raises(RateLimited):
        ask(claimed())
    assert len(provider.bodies) == 6


def dear(cost: int) -> EmptyAnswer:
    error = EmptyAnswer("nothing")
    error.usage = Usage(cost_micros=cost)
    return error


def test_tries_that_were_billed_for_nothing_leave_no_money_for_more(provider: Provider) -> None:
    job = rows.job(status="running", budget_micros=800)
    provider.script = [dear(300), dear(300), dear(300)]
    claim = claimed(job)
    with pytest.raises(MustPause, match="budget"):
        ask(claim)
    assert len(provider.bodies) == 2
    call = ModelCall.objects.get()
    assert (spent(claim), call.cost_micros, call.reserved_micros, call.status) == (600, 600, 0, "failed")


ROOM = 400  # micro-dollars: for one question of these tests, not for two


def beside(claim: Claim, reserved: int, status: str = "leased") -> ModelCall:
    """A call of another unit of the same book, which has reserved so much."""
    run = claim.unit.run
    held = {"worker": "other", "lease_until": clock.now() + dt.timedelta(hours=1)}
    unit = rows.unit(
        run=run,
        key="chapter-002",
        phase="chapter_generation",
        status=status,
        **(held if status == "leased" else {}),
    )
    return rows.call(unit=unit, job=run.job, status="intended", reserved_micros=reserved)


def test_money_that_others_have_reserved_is_waited_for(
    provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim = claimed(rows.job(status="running", budget_micros=ROOM))
    other = beside(claim, reserved=ROOM - 50)
    waits: list[float] = []

    def pause(seconds: float) -> None:
        waits.append(seconds)
        if len(waits) == 3:
            booking.settle(other, Answer("A.", "a/b", "gen-0", "P", Usage(cost_micros=60)), PRICE, 1)

    monkeypatch.setattr("engine.calls.sending._pause", pause)
    assert ask(claim) == "Fine."
    assert (len(waits), spent(claim)) == (3, 67)


def test_money_that_a_dead_worker_s_call_may_have_cost_isn_t_waited_for(
    provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.calls.sending.PATIENCE", 0.0)
    claim = claimed(rows.job(status="running", budget_micros=ROOM))
    beside(claim, reserved=ROOM - 50, status="waiting")
    with pytest.raises(MustPause, match="budget") as caught:
        ask(claim)
    assert (caught.type, provider.bodies) == (MustPause, [])


def test_money_that_never_comes_free_pauses_the_job(
    provider: Provider, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    monkeypatch.setattr("engine.calls.sending.PATIENCE", 0.0)
    settings.MODEL_DAY_BUDGET_USD = ROOM / 1_000_000
    claim = claimed()
    beside(claim, reserved=ROOM - 50)
    with pytest.raises(MustPause, match="Today"):
        ask(claim)


def test_who_lost_its_unit_doesn_t_free_what_the_next_has_reserved(provider: Provider) -> None:
    claim = claimed()

    def lose() -> None:
        deaths.release("worker")
        assert units.claim(claim.unit.run_id, "another") is not None
        assert ModelCall.objects.get().status == "failed", "it died"
        ModelCall.objects.update(status="intended", reserved_micros=9)  # and the next asks the same

    provider.script, provider.slow = [BadKey("no key")], lose
    with pytest.raises(MustPause):
        ask(claim)
    call = ModelCall.objects.get()
    assert (call.status, call.reserved_micros) == ("intended", 9)


@pytest.mark.parametrize("error", [CutOff, Transient])
def test_while_the_cost_of_an_answer_is_asked_for_its_place_is_free(
    provider: Provider, monkeypatch: pytest.MonkeyPatch, error: type[ModelError]
) -> None:
    broken = error("The stream ended.")
    broken.generation = "gen-5"
    provider.script = [broken, silent()]
    held: list[int] = []

    def generation(_name: str) -> Usage:
        held.append(CallTicket.objects.count())
        return Usage(cost_micros=4)

    monkeypatch.setattr(provider, "generation", generation)
    claim = claimed()
    ask(claim)
    assert held == [0, 0]
    assert spent(claim) == 8


def test_a_question_beyond_the_model_s_context_isn_t_sent(
    provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = Price(PRICE.tokens_in, PRICE.tokens_out, 4_000)
    monkeypatch.setattr(roles, "price_of", lambda _model: small)
    claim = claimed()
    with pytest.raises(TooLong):
        ask(claim, user="word " * 3_500)
    with pytest.raises(TooLong):
        ask(claim, max_tokens=9_000)
    assert (provider.bodies, ModelCall.objects.count()) == ([], 0)
    monkeypatch.setattr(roles, "price_of", lambda _model: DEAREST)
    assert ask(claim, user="word " * 30_000) == "Fine.", "nobody knows this model's context"


def test_a_model_that_thinks_first_has_room_for_it(provider: Provider, settings: Settings) -> None:
    settings.MODELS_BY_ROLE = dict.fromkeys(roles.ROLES, "a/b,openai/gpt-6.1-sol")
    ask(claimed())
    settings.MODELS_BY_ROLE = dict.fromkeys(roles.ROLES, "a/b")
    ask(claimed())
    assert [body["max_tokens"] for body in provider.bodies] == [1_600, 100]


def test_no_more_models_are_named_than_openrouter_takes(provider: Provider, settings: Settings) -> None:
    settings.MODELS_BY_ROLE = dict.fromkeys(roles.ROLES, "claude,free,a/b,gpt")
    ask(claimed())
    claude, gpt, *_others = roles.models_named("claude,gpt")
    assert provider.bodies[0]["models"] == [claude, gpt, roles.PRESETS["free"][0]]
    assert provider.bodies[0]["model"] == claude


def test_a_process_that_ends_waits_for_nothing(provider: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.calls.sending.stopping.is_set", lambda: True)
    monkeypatch.setattr("engine.calls.gate._worth_a_look", lambda _tickets: False)
    with pytest.raises(Interrupted):
        ask(claimed())
    assert not CallTicket.objects.exists()


def test_a_process_that_ends_begins_no_call_though_a_place_is_free(
    provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim = claimed()
    ask(claim)
    monkeypatch.setattr("engine.calls.sending.stopping.is_set", lambda: True)
    with pytest.raises(Interrupted):
        ask(claim, user="And then?")
    assert len(provider.bodies) == 1


def silent(generation: str = "gen-9") -> Answer:
    return Answer("Fine.", "a/b", generation, "P", Usage(tokens_in=10, tokens_out=5))


def test_a_cost_that_came_late_replaces_what_was_reckoned(provider: Provider) -> None:
    provider.script, provider.costs = [silent()], [None, 3]
    claim = claimed()
    ask(claim)
    call = ModelCall.objects.get()
    assert (call.cost_micros, call.cost_estimated, spent(claim)) == (3, False, 3)
    assert provider.generations == ["gen-9", "gen-9"]


def test_a_cost_that_never_comes_stays_as_it_was_reckoned(provider: Provider) -> None:
    provider.script = [silent()]
    claim = claimed()
    ask(claim)
    call = ModelCall.objects.get()
    assert (call.cost_micros, call.cost_estimated, spent(claim)) == (20, True, 20)
    assert len(provider.generations) == 3


def test_a_server_that_knows_no_generations_isnt_asked(provider: Provider) -> None:
    provider.script = [silent("chatcmpl-1"), silent("")]
    claim = claimed()
    ask(claim)
    ask(claim, user="V")
    assert provider.generations == []


def test_a_broken_answer_that_was_billed_is_paid_when_its_cost_is_known(provider: Provider) -> None:
    broken = CutOff("The stream ended.")
    broken.generation = "gen-5"
    provider.script, provider.costs = [broken], [4]
    claim = claimed()
    ask(claim)
    assert ModelCall.objects.get().cost_micros == spent(claim) == 4 + 7


def copy(source: str, text: str = "Fine.") -> Answer:
    """An answer from the provider's cache: free, with an id of its own."""
    return Answer(text, "a/b", "gen-copy", "P", Usage(tokens_in=0, tokens_out=0, cost_micros=0), source)


def test_a_copy_of_an_answer_that_nobody_heard_costs_what_that_one_cost(provider: Provider) -> None:
    provider.script, provider.costs = [copy("gen-unheard")], [6]
    claim = claimed()
    ask(claim)
    call = ModelCall.objects.get()
    assert (call.cost_micros, call.cost_estimated, call.generation_id) == (6, False, "gen-unheard")
    assert (spent(claim), provider.generations) == (6, ["gen-unheard"])


def test_a_copy_of_an_answer_in_the_ledger_is_free(provider: Provider) -> None:
    provider.script = ["Fine.", copy("gen-1")]
    claim = claimed()
    ask(claim)
    ask(claim, user="V")
    assert (spent(claim), provider.generations) == (7, [])


def test_a_copy_whose_cost_cant_be_asked_for_is_reckoned(provider: Provider) -> None:
    provider.script, provider.costs = [copy("gen-unheard")], [None, None, None, None]
    claim = claimed()
    ask(claim)
    call = ModelCall.objects.get()
    assert (call.cost_estimated, call.cost_micros) == (True, spent(claim))
    assert call.cost_micros > 0


def test_an_answer_that_was_cut_and_comes_again_from_the_cache_is_paid_once(provider: Provider) -> None:
    late: list[list[int | None]] = [[4], [None, None, None, 4]]
    for costs in late:  # known at once, or when it comes again
        cut = CutOff("The stream ended.")
        cut.generation = f"gen-cut-{len(costs)}"
        provider.script, provider.costs = [cut, copy(cut.generation)], costs
        claim = claimed()
        ask(claim)
        assert (ModelCall.objects.latest("id").cost_micros, spent(claim)) == (4, 4), costs
