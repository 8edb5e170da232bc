"""The environment, read once: every setting that an operator may change, with its default."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

import environ

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
if (BASE_DIR / ".env").is_file():
    environ.Env.read_env(BASE_DIR / ".env", overwrite=False)

VAR_DIR = Path(env.str("BOOKGEN_VAR", default=str(BASE_DIR / "var")))
DATABASE_URL = env.str("DATABASE_URL", default="")
REDIS_URL = env.str("REDIS_URL", default="").rstrip("/")

# The profile follows from the two addresses; nothing else differs between the two.
EMBEDDED = not DATABASE_URL and not REDIS_URL


def kept_secret(name: str, filename: str) -> str:
    """The secret from the environment or its `_FILE`; the embedded profile makes and keeps its own."""
    return secret(name) or _own_secret(VAR_DIR / filename)


def secret(name: str) -> str:
    """A secret from the environment, or from the file that `NAME_FILE` names; "" when there is neither."""
    if value := env.str(name, default=""):
        return str(value)
    if path := env.str(f"{name}_FILE", default=""):
        return Path(path).read_text().strip()
    return ""


def private_file(path: Path) -> Path:
    """The path, after making sure that a file is there which nobody but its owner can read.

    For the database of one process: it holds unpublished texts and password hashes, and SQLite gives its
    side files the same rights.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
        if path.stat().st_mode & 0o077:
            path.chmod(0o600)
    except OSError:
        pass  # somebody else's, or read-only: whoever opens it says what is wrong
    return path


def _own_secret(path: Path) -> str:
    """Read the secret file; make it first if it isn't there. Two processes at once agree on one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    if not path.exists():
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as handle:
            handle.write(secrets.token_urlsafe(48))
        _link_once(draft, path)
    return path.read_text().strip()


def _link_once(draft: Path, path: Path) -> None:
    try:
        os.link(draft, path)
    except FileExistsError:
        pass  # another process was first: its secret is the one
    finally:
        draft.unlink()


def anymail_settings() -> dict[str, str]:
    """What the environment says for Anymail: ANYMAIL_POSTMARK_SERVER_TOKEN, also as …_FILE, and so on."""
    names = {name.removesuffix("_FILE") for name in os.environ if name.startswith("ANYMAIL_")}
    return {name.removeprefix("ANYMAIL_"): secret(name) for name in sorted(names)}


def mail_backend(provider: str, host: str) -> str:
    """Django's name of what carries mail: a provider of Anymail, a mail server, or files in `var/mail`."""
    if provider:
        return f"anymail.backends.{provider}.EmailBackend"
    if host:
        return "django.core.mail.backends.smtp.EmailBackend"
    return "bookgen_site.lib.mail_files.EmailBackend"


def redis_url(database: int) -> str:
    """The address of one numbered Redis database."""
    return f"{REDIS_URL}/{database}"
