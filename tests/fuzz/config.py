"""What schemathesis reads in its file of settings: the key, ids that lead somewhere, what a status may mean here."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

# Operations that refuse a value for what it means, which no schema can say: an address that leads nowhere, settings
# that don't go together, a client that isn't known.
BY_MEANING: Final = (
    *("order_biography", "change_biography", "add_sources", "get_client_token", "revoke_client_token"),
    *("put_outline", "change_chapter", "make_collection", "change_collection", "change_person", "take_next"),
    *("make_webhook", "change_webhook", "replay_webhook", "change_source", "close_finding", "import_people"),
    *("add_comment", "add_image", "change_image"),
    *("regenerate_chapter", "estimate_regeneration", "make_exports", "export_biography", "draft_biography"),
)
# What may be answered where a header is missing: 428 (RFC 6585) is made for If-Match.
NO_HEADER: Final = "expected-statuses = [400, 401, 403, 406, 415, 422, 428]"
# As schemathesis has it, and 412: whether anybody has changed a row is asked before a body is read (RFC 9110, 13.2.2).
NEGATIVE: Final = "expected-statuses = [400, 401, 403, 404, 405, 406, 409, 412, 415, 422, 428, 429, '5xx']"
# As schemathesis has it, and 400, and what If-Match is answered with.
POSITIVE: Final = 'expected-statuses = ["2xx", "3xx", 400, 401, 403, 404, 409, 412, 428, 429, "5xx"]'
PLACES: Final = {
    "job_id": "jobs",
    "chapter_id": "chapters",
    "export_id": "exports",
    "finding_id": "findings",
    "collection_id": "collections",
    "person_id": "people",
    "check_id": "checks",
    "endpoint_id": "endpoints",
    "token": "tokens",
}  # parameters with rows behind them


def config(seeded: Mapping[str, Any]) -> str:
    """The whole file, in TOML. Ids are of rows that exist, more than half of the time."""
    lines = ['hooks = "tests.fuzz.hooks"', "[auth.openapi.apiKey]", f'api_key = "{seeded["key"]}"']
    for name in PLACES.values():
        lines += [f"[dictionaries.{name}]", f"values = {json.dumps(seeded[name])}"]
    # A made-up tag is always stale, and the body behind it would never be read: `*` is every state (RFC 9110, 13.1.1).
    lines += ["[dictionaries.tags]", 'values = ["*"]']
    lines += ["[parameters]", '"header.If-Match" = { dictionary = "tags", probability = 0.7 }']
    for parameter, name in PLACES.items():
        lines.append(f'"path.{parameter}" = {{ dictionary = "{name}", probability = 0.6 }}')
    # It takes the names of a problem's members for fields that the body lacked.
    lines += ["[phases.fuzzing.error-feedback]", "enabled = false"]
    lines += ["[checks.missing_required_header]", NO_HEADER, "[checks.negative_data_rejection]", NEGATIVE]
    # It draws from the ids that answers gave and drops what was deleted: with fewer to draw from at each turn,
    # Hypothesis takes the search for exhausted after a dozen examples. The ids above don't change.
    lines += ["[[operations]]", 'include-method = "DELETE"']
    lines += ["[operations.phases.fuzzing.extra-data-sources]", "responses = false"]
    for operation in BY_MEANING:
        lines += ["[[operations]]", f'include-operation-id = "{operation}"']
        lines += ["[operations.checks.positive_data_acceptance]", POSITIVE]
    return "\n".join(lines) + "\n"
