"""Logs, with every secret masked."""

from __future__ import annotations

import sys

from bookgen_site.env import EMBEDDED, env, secret
from bookgen_site.lib.logs import FORMATS, level_of, service_of, structlog_settings
from bookgen_site.settings.api import METRICS_TOKEN
from bookgen_site.settings.data import DATABASES
from bookgen_site.settings.engine import OPENROUTER_API_KEY
from bookgen_site.settings.evidence import OPENALEX_API_KEY
from bookgen_site.settings.messages import (
    ALERT_DISCORD_URL,
    ALERT_PAGERDUTY_KEY,
    ALERT_SLACK_URL,
    ANYMAIL,
    EMAIL_HOST_PASSWORD,
)
from bookgen_site.settings.site import SECRET_KEY, SECRETS_KEY

LOG_FORMAT = env.str("LOG_FORMAT", default="console" if EMBEDDED else "json")
LOG_LEVEL = env.str("LOG_LEVEL", default="INFO")
API_LOG_LEVEL = env.str("API_LOG_LEVEL", default="")  # of gunicorn and Daphne; empty: LOG_LEVEL
WORKER_LOG_LEVEL = env.str("WORKER_LOG_LEVEL", default="")  # of workers and beat; empty: LOG_LEVEL
SERVICE = service_of(sys.argv)
LOGGING = structlog_settings(
    LOG_FORMAT if LOG_FORMAT in FORMATS else "json",
    level_of(SERVICE, of_all=LOG_LEVEL, of_api=API_LOG_LEVEL, of_workers=WORKER_LOG_LEVEL),
    service=SERVICE,
    known=[
        *(SECRET_KEY, OPENROUTER_API_KEY, OPENALEX_API_KEY, EMAIL_HOST_PASSWORD, METRICS_TOKEN),
        *(ALERT_SLACK_URL, ALERT_DISCORD_URL, ALERT_PAGERDUTY_KEY, secret("POSTGRES_PASSWORD")),
        *(secret("REDIS_PASSWORD"), *SECRETS_KEY.split(","), *ANYMAIL.values()),
        *(str(database.get("PASSWORD", "")) for database in DATABASES.values()),
    ],
)
