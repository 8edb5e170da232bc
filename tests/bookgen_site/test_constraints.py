"""Every constraint of the database, tested both ways: a legal row passes, an illegal one is refused.

A constraint without a line in CASES fails the test, so none is added untested.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from biographies.models.team import TeamSettings
from tests.fakes import rows

APPS = {"accounts", "biographies", "sources", "engine", "notifications"}
# An UPDATE of these tables is refused whatever it says, so their illegal rows are tried as INSERTs alone.
FROZEN = {"chapter_revisions", "approvals", "events", "audit"}
NOON = dt.datetime(2026, 1, 1, 12, tzinfo=dt.UTC)
FRONTISPIECE = {"place": "frontispiece", "chapter": None}

Make = Callable[..., models.Model]


@dataclass(frozen=True)
class Case:
    """`make(**legal)` passes; the same with `illegal` is refused."""

    make: Make
    legal: dict[str, Any]
    illegal: dict[str, Any]
    # For unique constraints: a row that is there before, with which `illegal` collides and `legal` doesn't.
    before: dict[str, Any] | None = None
    shared: Callable[[], dict[str, Any]] = field(default=dict)  # parents of both rows
    doubled: bool = False  # the column's own type refuses the same, and may do so first
    also: str = "no other"  # a constraint that refuses the same, and may do so first


def one_book() -> dict[str, Any]:
    return {"job": rows.job()}


CASES: dict[str, Case] = {
    "job_has_character": Case(rows.job, {"character": "A"}, {"character": ""}),
    "job_status_known": Case(rows.job, {"status": "paused"}, {"status": "napping"}),
    "job_phase_known": Case(rows.job, {"current_phase": "export"}, {"current_phase": "dreaming"}),
    "job_mode_known": Case(rows.job, {"mode": "hybrid"}, {"mode": "psychic"}),
    "job_author_known": Case(rows.job, {"author": "model"}, {"author": "ghost"}),
    "job_citation_style_known": Case(rows.job, {"citation_style": "apa"}, {"citation_style": "mla"}),
    "job_progress_0_to_100": Case(rows.job, {"progress": 100}, {"progress": 100.01}),
    "job_spent_not_negative": Case(rows.job, {"spent_micros": 0}, {"spent_micros": -1}, doubled=True),
    "job_wants_a_chapter": Case(rows.job, {"wanted_chapters": 1}, {"wanted_chapters": 0}),
    "job_completed_is_whole": Case(
        rows.job,
        {"status": "completed", "progress": 100, "completed_at": NOON},
        {"status": "completed", "progress": 99, "completed_at": NOON},
    ),
    "job_archived_rests": Case(
        rows.job, {"status": "failed", "archived_at": NOON}, {"status": "needs_review", "archived_at": NOON}
    ),
    "job_one_unfinished_per_request": Case(
        rows.job,
        {"request_key": "k", "status": "cancelled"},
        {"request_key": "k", "status": "paused"},
        before={"request_key": "k", "status": "running"},
    ),
    "chapter_kind_known": Case(
        rows.chapter,
        {"kind": "epilogue", "chapter_number": None},
        {"kind": "blurb", "chapter_number": None},
    ),
    "chapter_status_known": Case(rows.chapter, {"status": "parked"}, {"status": "lost"}),
    "chapter_number_once": Case(
        rows.chapter, {"chapter_number": 2}, {"chapter_number": 1}, {"chapter_number": 1}, one_book
    ),
    "special_section_once": Case(
        rows.chapter, {"kind": "epilogue"}, {"kind": "prologue"}, {"kind": "prologue"}, one_book
    ),
    "chapter_number_only_for_chapters": Case(
        rows.chapter,
        {"kind": "glossary", "chapter_number": None},
        {"kind": "glossary", "chapter_number": 1},
    ),
    "chapter_approved_has_text": Case(rows.chapter, {"status": "planned"}, {"status": "approved"}),
    "revision_origin_known": Case(rows.revision, {"origin": "edited"}, {"origin": "dictated"}),
    "revision_number_from_one": Case(rows.revision, {"number": 1}, {"number": 0}),
    "revision_number_once": Case(
        rows.revision, {"number": 2}, {"number": 1}, {"number": 1}, lambda: {"chapter": rows.chapter()}
    ),
    "approval_manner_known": Case(rows.approval, {"manner": "unread"}, {"manner": "asleep"}),
    "finding_severity_known": Case(rows.finding, {"severity": "error"}, {"severity": "awful"}),
    "finding_status_known": Case(rows.finding, {"status": "resolved"}, {"status": "ignored"}),
    "finding_dismissed_with_reason": Case(
        rows.finding, {"status": "dismissed", "reason": "It is a title."}, {"status": "dismissed", "reason": ""}
    ),
    "comment_has_text": Case(rows.comment, {"text": "Why?"}, {"text": ""}),
    "comment_has_a_name": Case(rows.comment, {"author_name": "Ada"}, {"author_name": ""}),
    "comment_resolved_by_somebody": Case(
        rows.comment, {"resolved_at": NOON, "resolved_by": "ada"}, {"resolved_at": NOON, "resolved_by": ""}
    ),
    "image_place_known": Case(rows.image, {"place": "end"}, {"place": "cover"}),
    "image_kind_known": Case(rows.image, {"media_type": "image/jpeg"}, {"media_type": "image/gif"}),
    "image_has_file": Case(rows.image, {"blob": "a"}, {"blob": ""}),
    "image_has_alternative_text": Case(rows.image, {"alt": "A pier"}, {"alt": ""}),
    "image_has_rights": Case(rows.image, {"rights": "mine"}, {"rights": ""}),
    "image_has_width": Case(rows.image, {"width": 1}, {"width": 0}),
    "image_has_height": Case(rows.image, {"height": 1}, {"height": 0}),
    "image_not_empty": Case(rows.image, {"size": 1}, {"size": 0}),
    "image_position_from_one": Case(rows.image, {"position": 1}, {"position": 0}),
    "image_chapter_but_for_frontispiece": Case(
        rows.image, FRONTISPIECE, {"place": "end", "chapter": None}
    ),
    "image_once_per_book": Case(rows.image, {"blob": "b"}, {"blob": "a"}, {"blob": "a"}, one_book),
    "image_one_frontispiece": Case(
        rows.image, {"place": "end", "chapter": 1}, FRONTISPIECE, FRONTISPIECE, one_book
    ),
    "export_format_known": Case(rows.export, {"format": "docx"}, {"format": "scroll"}),
    "export_not_empty": Case(rows.export, {"size": 1}, {"size": 0}),
    "export_once_per_content": Case(
        rows.export, {"blob": "b"}, {"blob": "a"}, {"blob": "a"}, one_book
    ),
    "team_settings_one_row": Case(TeamSettings.objects.create, {"id": 1}, {"id": 2}),
    "style_guide_has_name": Case(rows.style_guide, {"name": "A"}, {"name": ""}),
    "style_guide_has_text": Case(rows.style_guide, {"text": "A."}, {"text": ""}),
    "style_guide_one_default_per_language": Case(
        rows.style_guide, {"is_default": False}, {"is_default": True}, {"is_default": True}
    ),
    "collection_has_name": Case(rows.collection, {"name": "A"}, {"name": ""}),
    "collected_person_has_name": Case(rows.collected, {"name": "A"}, {"name": ""}),
    "collected_number_from_one": Case(rows.collected, {"number": 1}, {"number": 0}),
    "collected_number_once": Case(
        rows.collected, {"number": 2}, {"number": 1}, {"number": 1}, lambda: {"collection": rows.collection()}
    ),
    "collected_person_once": Case(
        rows.collected, {"key": "b"}, {"key": "a"}, {"key": "a"}, lambda: {"collection": rows.collection()}
    ),
    "collected_job_was_taken": Case(
        rows.collected, {"taken_at": NOON}, {"taken_at": None}, shared=lambda: {"job": rows.job()}
    ),
    "answered_request_has_key": Case(rows.answered_request, {"key": "a"}, {"key": ""}),
    "answered_once_per_key": Case(
        rows.answered_request, {"key": "b"}, {"key": "a"}, {"key": "a"}, lambda: {"user": rows.person()}
    ),
    "checked_number_from_one": Case(rows.checked_address, {"number": 1}, {"number": 0}),
    "checked_number_once": Case(
        rows.checked_address,
        {"number": 2},
        {"number": 1},
        {"number": 1},
        lambda: {"check_run": rows.address_check()},
    ),
    "source_number_once": Case(rows.source, {"number": 2}, {"number": 1}, {"number": 1}, one_book),
    "source_url_once": Case(rows.source, {"url": "b"}, {"url": "a"}, {"url": "a"}, one_book),
    "source_kind_known": Case(rows.source, {"kind": "tertiary"}, {"kind": "quaternary"}),
    "source_found_known": Case(rows.source, {"found": "url"}, {"found": "dreamt"}),
    "source_decision_known": Case(rows.source, {"decision": "suggested"}, {"decision": "dreamt"}),
    "source_relevance_0_to_1": Case(rows.source, {"relevance_score": 1}, {"relevance_score": 1.1}),
    "source_credibility_0_to_100": Case(rows.source, {"credibility_score": 0}, {"credibility_score": -1}),
    "source_rejected_with_reason": Case(
        rows.source, {"valid": False, "rejected_because": "It is a map."}, {"valid": False, "rejected_because": ""}
    ),
    "source_valid_has_text": Case(rows.source, {"valid": True, "text": "a"}, {"valid": True, "text": ""}),
    "passage_number_once": Case(
        rows.passage, {"number": 2}, {"number": 1}, {"number": 1}, lambda: {"source": rows.source()}
    ),
    "passage_not_empty": Case(rows.passage, {"start": 3, "end": 4}, {"start": 3, "end": 3}),
    "fact_key_once": Case(rows.fact, {"key": "b"}, {"key": "a"}, {"key": "a"}, one_book),
    "fact_kind_known": Case(rows.fact, {"kind": "travel"}, {"kind": "gossip"}),
    "fact_precision_known": Case(rows.fact, {"date_precision": "circa"}, {"date_precision": "exactish"}),
    "fact_has_a_witness": Case(rows.fact, {"witnesses": 1}, {"witnesses": 0}),
    "fact_dates_in_order": Case(
        rows.fact,
        {"date_start": dt.date(1850, 1, 1), "date_end": dt.date(1850, 1, 1)},
        {"date_start": dt.date(1850, 1, 2), "date_end": dt.date(1850, 1, 1)},
    ),
    "citation_number_once": Case(
        rows.citation, {"number": 2}, {"number": 1}, {"number": 1}, lambda: {"revision": rows.revision()}
    ),
    "citation_verdict_known": Case(rows.citation, {"verdict": "cannot_tell"}, {"verdict": "sure"}),
    "citation_opinion_known": Case(
        rows.citation,
        {"verdict": "cannot_tell", "opinion": "supported"},
        {"verdict": "cannot_tell", "opinion": "sure"},
    ),
    "citation_opinion_beside_the_rules": Case(
        rows.citation,
        {"verdict": "unsupported", "opinion": "supported"},
        {"verdict": "contradicted", "opinion": "supported"},
    ),
    "citation_number_from_one": Case(rows.citation, {"number": 1}, {"number": 0}),
    "citation_not_empty": Case(rows.citation, {"start": 3, "end": 4}, {"start": 3, "end": 3}),
    "run_status_known": Case(rows.run, {"status": "failed"}, {"status": "jogging"}),
    "run_one_active_per_job": Case(
        rows.run, {"status": "done"}, {"status": "active"}, {"status": "active"}, one_book
    ),
    "plan_phase_known": Case(rows.plan, {"phase": "export"}, {"phase": "dreaming"}),
    "plan_once_per_phase": Case(
        rows.plan, {"phase": "export"}, {"phase": "quality_control"}, {"phase": "quality_control"},
        lambda: {"run": rows.run()},
    ),
    "unit_status_known": Case(rows.unit, {"status": "superseded"}, {"status": "asleep"}),
    "unit_phase_known": Case(rows.unit, {"phase": "export"}, {"phase": "dreaming"}),
    "unit_once_per_generation": Case(
        rows.unit,
        {"key": "a", "generation": 1},
        {"key": "a", "generation": 0},
        {"key": "a", "generation": 0},
        lambda: {"run": rows.run()},
    ),
    "unit_leased_has_lease": Case(
        rows.unit,
        {"status": "leased", "worker": "w", "lease_until": NOON},
        {"status": "leased", "worker": "w", "lease_until": None},
    ),
    "unit_parked_with_reason": Case(
        rows.unit, {"status": "parked", "error": "It broke."}, {"status": "parked", "error": ""}
    ),
    "unit_done_has_result": Case(
        rows.unit, {"status": "done", "result": {}}, {"status": "done", "result": None}
    ),
    "call_status_known": Case(rows.call, {"status": "failed"}, {"status": "ringing"}),
    "call_phase_known": Case(rows.call, {"phase": "export"}, {"phase": "dreaming"}),
    "call_settled_reserves_nothing": Case(
        rows.call, {"status": "intended", "reserved_micros": 5}, {"status": "failed", "reserved_micros": 5}
    ),
    "call_answered_has_answer": Case(
        rows.call, {"status": "answered", "answer": "A."}, {"status": "answered", "answer": ""}
    ),
    "provider_has_endpoint": Case(rows.provider, {"endpoint": "https://a.example/"}, {"endpoint": ""}),
    "ticket_has_worker": Case(rows.ticket, {"worker": "w"}, {"worker": ""}),
    "call_cost_not_negative": Case(rows.call, {"cost_micros": 0}, {"cost_micros": -1}, doubled=True),
    "call_reserve_not_negative": Case(
        rows.call, {"reserved_micros": 0}, {"reserved_micros": -1}, doubled=True
    ),
    "call_once_per_unit_and_request": Case(
        rows.call, {"request_hash": "b"}, {"request_hash": "a"}, {"request_hash": "a"},
        lambda: {"unit": rows.unit()},
    ),
    "event_number_once_per_job": Case(
        rows.event, {"seq": 2}, {"seq": 1}, {"seq": 1}, lambda: {"job_id": "5b7d0a5e-0000-4000-8000-000000000001"}
    ),
    "event_number_from_one": Case(rows.event, {"seq": 1}, {"seq": 0}),
    "event_kind_known": Case(rows.event, {"kind": "completion"}, {"kind": "rumour"}),
    "delivery_once_per_event": Case(
        rows.delivery, {"address": "b"}, {"address": "a"}, {"address": "a"}, lambda: {"event_id": 7}
    ),
    "webhook_has_address": Case(rows.endpoint, {"url": "https://a.example/"}, {"url": ""}),
    "webhook_has_secret": Case(rows.endpoint, {"name": "a"}, {"secret": ""}),
    "webhook_off_reason_known": Case(
        rows.endpoint, {"active": False, "off_reason": "gone"}, {"active": False, "off_reason": "tired"}
    ),
    "webhook_off_has_reason": Case(
        rows.endpoint, {"active": False, "off_reason": "person"}, {"active": False, "off_reason": ""}
    ),
    "webhook_once_per_job": Case(
        rows.endpoint,
        {"job_id": None},
        {"job_id": uuid.UUID(int=7)},
        {"job_id": uuid.UUID(int=7)},
    ),
    "alert_has_key": Case(rows.alert, {"key": "disk:a"}, {"key": ""}),
    "alert_severity_known": Case(rows.alert, {"severity": "critical"}, {"severity": "meh"}),
    "alert_state_known": Case(
        rows.alert, {"state": "resolved", "resolved_at": NOON}, {"state": "asleep", "resolved_at": NOON},
        also="alert_resolved_has_time",
    ),
    "alert_fires_once": Case(
        rows.alert,
        {"key": "a", "state": "resolved", "resolved_at": NOON},
        {"key": "a", "state": "firing", "resolved_at": None},
        {"key": "a"},
    ),
    "alert_resolved_has_time": Case(
        rows.alert, {"state": "resolved", "resolved_at": NOON}, {"state": "resolved", "resolved_at": None}
    ),
    "delivery_state_known": Case(rows.delivery, {"state": "held"}, {"state": "flying"}),
    "delivery_channel_known": Case(rows.delivery, {"channel": "chat"}, {"channel": "pigeon"}),
    "delivery_slot_once": Case(
        rows.delivery,
        {"slot": 1, "state": "sending", "lease_until": NOON},
        {"slot": 0, "state": "sending", "lease_until": NOON},
        {"slot": 0, "state": "sending", "lease_until": NOON},
    ),
    "delivery_slot_while_sending": Case(
        rows.delivery,
        {"slot": 0, "state": "sending", "lease_until": NOON},
        {"slot": None, "state": "sending", "lease_until": NOON},
    ),
    "delivery_sent_has_time": Case(
        rows.delivery, {"state": "sent", "sent_at": NOON}, {"state": "sent", "sent_at": None}
    ),
    "subscription_has_address": Case(rows.subscription, {"address": "a"}, {"address": ""}),
    "subscription_pace_known": Case(rows.subscription, {"pace": "daily"}, {"pace": "never"}),
    "suppressed_has_address": Case(rows.suppressed, {"address": "a"}, {"address": ""}),
    "suppressed_reason_known": Case(rows.suppressed, {"reason": "bounced"}, {"reason": "bored"}),
    "suppressed_once_per_scope": Case(
        rows.suppressed, {"scope": "b"}, {"scope": "a"}, {"scope": "a"}, lambda: {"address": "a"}
    ),
    "author_link_has_digest": Case(rows.author_link, {"digest": "a"}, {"digest": ""}),
    "author_link_has_name": Case(rows.author_link, {"name": "Ada"}, {"name": ""}),
    "key_has_scopes": Case(rows.api_key, {"scopes": "read"}, {"scopes": ""}),
    "family_has_scopes": Case(rows.token_family, {"scopes": "read"}, {"scopes": ""}),
    "family_has_token": Case(rows.token_family, {"current": "a"}, {"current": ""}),
    "factor_has_secret": Case(rows.second_factor, {"sealed": "x"}, {"sealed": ""}),
    "factor_step_counts_up": Case(rows.second_factor, {"last_step": 0}, {"last_step": -1}),
    "recovery_code_has_digest": Case(rows.recovery_code, {"digest": "a"}, {"digest": ""}),
    "client_has_scopes": Case(rows.api_client, {"scopes": "read"}, {"scopes": ""}),
    "client_gets_in_by_credentials": Case(
        rows.api_client,
        {"authorization_grant_type": "client-credentials"},
        {"authorization_grant_type": "password"},
    ),
}  # fmt: skip


def declared() -> dict[str, models.BaseConstraint]:
    """All constraints of the project's own tables, by name."""
    tables = [model for model in apps.get_models() if model._meta.app_label in APPS]
    return {one.name: one for model in tables for one in model._meta.constraints}


def test_every_constraint_has_its_case() -> None:
    assert set(CASES) == set(declared())


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(CASES))
def test_constraint(name: str) -> None:
    case = CASES[name]
    shared = case.shared()
    if case.before is not None:
        case.make(**(shared | case.before))
    legal = case.make(**(shared | case.legal))
    with pytest.raises(IntegrityError) as insert, transaction.atomic():
        case.make(**(shared | case.illegal))
    assert names_it(str(insert.value), name, case)
    if legal._meta.db_table not in FROZEN:
        with pytest.raises(IntegrityError) as update, transaction.atomic():
            type(legal)._default_manager.filter(pk=legal.pk).update(**case.illegal)
        assert names_it(str(update.value), name, case)


def names_it(message: str, name: str, case: Case) -> bool:
    """Whether it is this constraint that refused; SQLite names the columns of a unique one instead."""
    by_columns = case.before is not None and connection.vendor == "sqlite" and "UNIQUE" in message
    doubled = (case.doubled and "_micros" in message) or case.also in message
    return name in message or by_columns or doubled
