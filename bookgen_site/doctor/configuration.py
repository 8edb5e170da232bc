"""The settings, by the system checks of the project and of Django."""

from __future__ import annotations

from collections.abc import Iterator

from django.core.checks import ERROR, WARNING, CheckMessage, run_checks

from bookgen_site.doctor.signs import Sign, good, warning, wrong
from bookgen_site.env import EMBEDDED, VAR_DIR

OURS = "bookgen."


def settings_checks() -> Iterator[Sign]:
    """What `manage.py check` says, and for a team what `check --deploy` says about this project's own settings."""
    said = [one for one in run_checks() if one.level >= WARNING]
    if not EMBEDDED:
        deployed = [one for one in run_checks(include_deployment_checks=True) if one.level >= WARNING]
        said += [one for one in deployed if str(one.id).startswith(OURS) and one not in said]
    yield from (_sign(one) for one in said)
    if not said:
        yield good("team's profile" if not EMBEDDED else "one process (embedded profile)")


def own_keys() -> Iterator[Sign]:
    """Keys that were made and kept here must be read by nobody else."""
    kept = [path for name in ("secret_key", "secrets_key") if (path := VAR_DIR / name).is_file()]
    open_ones = [path for path in kept if path.stat().st_mode & 0o077]
    for path in open_ones:
        yield wrong(f"Others on this machine can read {path}.", f"chmod 600 {path}")
    if not open_ones:
        yield good("nobody else can read them" if kept else "from the environment")


def _sign(said: CheckMessage) -> Sign:
    told = f"{said.msg} ({said.id})"
    return (wrong if said.level >= ERROR else warning)(told, str(said.hint or "See docs/operations.md."))
