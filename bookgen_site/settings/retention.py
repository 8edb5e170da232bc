"""What is kept, and how long (0: for ever); see engine/retention."""

from __future__ import annotations

from bookgen_site.env import env

KEEP_EVENTS_DAYS = env.int("KEEP_EVENTS_DAYS", default=365)
KEEP_CALL_BODIES_DAYS = env.int("KEEP_CALL_BODIES_DAYS", default=90)
KEEP_EXPORTS_DAYS = env.int("KEEP_EXPORTS_DAYS", default=0)
KEEP_DELIVERIES_DAYS = env.int("KEEP_DELIVERIES_DAYS", default=90)
KEEP_AUDIT_DAYS = env.int("KEEP_AUDIT_DAYS", default=0)
KEEP_LOGS_DAYS = env.int("KEEP_LOGS_DAYS", default=30)
