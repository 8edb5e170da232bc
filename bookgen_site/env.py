"""The environment, read once: every setting that an operator may change, with its default."""

from __future__ import annotations

import os
import secrets
import warnings
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.core.exceptions import ImproperlyConfigured

from bookgen_site.reading import WRONG, Env

BASE_DIR = Path(__file__).resolve().parent.parent

env = Env()
if (BASE_DIR / ".env").is_file():
    Env.read_env(BASE_DIR / ".env", overwrite=False)

VAR_DIR = Path(env.str("BOOKGEN_VAR", default=str(BASE_DIR / "var")))


def kept_secret(name: str, filename: str) -> str:
    """The secret from the environment or its `_FILE`; the embedded profile makes and keeps its own."""
    return secret(name) or _own_secret(VAR_DIR / filename)


def secret(name: str) -> str:
    """A secret from the environment, or from the file that `NAME_FILE` names; "" when there is neither."""
    if value := env.str(name, default=""):
        return str(value)
    if path := env.str(f"{name}_FILE", default=""):
        try:
            return Path(path).read_text().strip()
        except (
            OSError,
            UnicodeDecodeError,
        ) as error:  # to go on without a key would be worse than not to start
            raise ImproperlyConfigured(f"{name}_FILE: {path} can't be read ({error}).") from error
    return ""


def with_password(url: str, user: str, password: str) -> str:
    """The address with this password, and with this user if it names none; as it is when it has a password already.

    So the address stands in plain settings, and the password in a file that only the process can read.
    """
    parts = urlsplit(url)
    if not url or not password or parts.password:
        return url
    place = parts.netloc.rpartition("@")[2]
    who = f"{parts.username or user}:{quote(password, safe='')}"
    return urlunsplit(parts._replace(netloc=f"{who}@{place}"))


def redis_address() -> str:
    """REDIS_URL, or what REDIS_HOST, REDIS_PORT and REDIS_PASSWORD make; without a database's number."""
    host, port = env.str("REDIS_HOST", default=""), env.str("REDIS_PORT", default="6379")
    shown = f"[{host}]" if ":" in host else host  # an address of IPv6
    url = secret("REDIS_URL") or (f"redis://{shown}:{port}" if host else "")
    return with_password(url.rstrip("/"), "default", secret("REDIS_PASSWORD"))


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


def database_config(name: str, url: str) -> dict[str, Any]:
    """What Django wants to know of a database; raises ImproperlyConfigured, which doesn't repeat the address."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it would repeat the address
        config: dict[str, Any] = env.db_url_config(url)
    if not str(config.get("ENGINE")).endswith("postgresql"):
        raise ImproperlyConfigured(f"{name} isn't an address like postgres://user:password@host:5432/name.")
    return config


def time_zone() -> str:
    """TIME_ZONE, or UTC where there is no such zone; a system check tells of that."""
    name = str(env.str("TIME_ZONE", default="UTC"))
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # a folder of zones is an OSError
        WRONG["TIME_ZONE"] = "a zone such as Europe/Berlin"
        return "UTC"
    return name


def redis_url(database: int) -> str:
    """The address of one numbered Redis database."""
    return f"{REDIS_URL}/{database}"


DATABASE_URL = with_password(secret("DATABASE_URL"), "bookgen", secret("POSTGRES_PASSWORD"))
REDIS_URL = redis_address()

# The profile follows from the two addresses; nothing else differs between the two.
EMBEDDED = not DATABASE_URL and not REDIS_URL

# Reads of lists and reports, where there is a replica; empty: all is read from the one database.
DATABASE_REPLICA_URL = with_password(secret("DATABASE_REPLICA_URL"), "bookgen", secret("POSTGRES_PASSWORD"))
