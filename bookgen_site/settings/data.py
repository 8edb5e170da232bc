"""Where rows, files and cached answers are kept."""

from __future__ import annotations

from bookgen_site.env import (
    BASE_DIR,
    DATABASE_REPLICA_URL,
    DATABASE_URL,
    REDIS_URL,
    VAR_DIR,
    database_config,
    env,
    private_file,
    redis_url,
)

ENGINE_LEASE_SECONDS = env.int("ENGINE_LEASE_SECONDS", default=60)  # of a unit without a sign of life
SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA mmap_size=134217728;PRAGMA cache_size=-20000;"
)
DATABASE_POOL = env.int("DATABASE_POOL", default=16)  # connections of a process
if DATABASE_URL:
    DATABASES = {"default": database_config("DATABASE_URL", DATABASE_URL)}
    if DATABASE_REPLICA_URL:  # read by lists and reports alone; tests see the one database through it
        DATABASES["replica"] = {
            **database_config("DATABASE_REPLICA_URL", DATABASE_REPLICA_URL),
            "TEST": {"MIRROR": "default"},
        }
    for alias, database in DATABASES.items():
        database.setdefault("OPTIONS", {})
        if database["ENGINE"].endswith("postgresql"):
            database["OPTIONS"] |= {
                "pool": {
                    "min_size": 0,
                    "max_size": max(DATABASE_POOL, 1),
                    # Seconds until somebody who waits is told that the database is away; without a replica lists
                    # are read from the database itself.
                    "timeout": 1 if alias == "replica" else 5,
                },
                # A process that hangs in the midst of a transaction holds locks for no longer than its lease: all that
                # a transaction ever waits for is the database.
                "options": f"-c idle_in_transaction_session_timeout={ENGINE_LEASE_SECONDS}s",
            }
            # After a restart of the server, nobody is handed one of the pool's dead connections.
            database["CONN_HEALTH_CHECKS"] = True
else:
    DATABASES = {
        "default": {
            "ENGINE": "bookgen_site.lib.sqlite",
            "NAME": private_file(VAR_DIR / "bookgen.sqlite3"),
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": SQLITE_PRAGMAS},
            "TEST": {"NAME": VAR_DIR / "test.sqlite3"},
        }
    }

DATABASE_ROUTERS = ["bookgen_site.lib.replica.Router"]

MEDIA_ROOT = env.str("BOOKGEN_MEDIA", default=str(VAR_DIR / "media"))
BOOKS_DIR = env.str("BOOKGEN_BOOKS", default=str(BASE_DIR / "books"))

CACHES: dict[str, dict[str, object]]
if REDIS_URL:
    # A Redis that doesn't even refuse must not hold up a page. Sessions are rows, as in the embedded profile: with a
    # cached copy nobody could sign in, out, or read a page while Redis is away.
    SOON = {"socket_connect_timeout": 1, "socket_timeout": 2}
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": redis_url(2),
            "OPTIONS": SOON,
        }
    }
else:
    # A few hundred bytes per entry: what was fetched and read within the hour, for several large books.
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "OPTIONS": {"MAX_ENTRIES": 10_000},
        }
    }

SHARED_CACHE = bool(REDIS_URL)  # whether what one process forgets, all forget
