"""The environment of all processes of the campaign: nothing of Django may be loaded before it is set."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from scripts.tools.places import ROOT
from tests.faults.engine.servers import Servers

LEASE: Final = 5  # seconds; of the sweep a quarter
FLIGHT: Final = 2  # calls
FOREIGN: Final = (
    "BOOKGEN",
    "PYTEST",
    "DATABASE",
    "REDIS",
    "ENGINE",
    "MODEL",
    "OPENROUTER",
    "SMTP",
    "ANYMAIL",
)


def environment(
    folder: Path, servers: Servers, provider: str = "http://127.0.0.1:9/api/v1"
) -> dict[str, str]:
    """The team profile in this folder, with leases scaled down and secrets that are the same in every run."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(FOREIGN)}
    return inherited | {
        "BOOKGEN_VAR": str(folder / "var"),
        "BOOKGEN_MEDIA": str(folder / "media"),
        "DJANGO_SETTINGS_MODULE": "bookgen_site.settings",
        "PYTHONPATH": str(ROOT),
        "DATABASE_URL": servers.database_url,
        "REDIS_URL": servers.redis_url,
        "SECRET_KEY": "of the campaign, which is no secret",
        "SECRETS_KEY": "of the campaign, which is no secret either",
        "OPENROUTER_BASE_URL": provider,
        "OPENROUTER_MODEL": "scripted/writer",
        "MODEL_CALLS_IN_FLIGHT": str(FLIGHT),
        "MODEL_CALL_SECONDS": "30",
        "MODEL_GAP_SECONDS": "15",
        "ENGINE_LEASE_SECONDS": str(LEASE),
        "ENGINE_SWEEP_SECONDS": str(LEASE / 4),
        "RATE_LIMIT_PER_MINUTE": "0",
        "RATE_LIMIT_PER_KEY": "0",
        "SECURE_COOKIES": "false",
        "WEB_CONCURRENCY": "1",
        "LIBREOFFICE": "",
        "LOG_FORMAT": "json",
        "OMP_NUM_THREADS": "1",
    }
