"""Live progress and the queue. The queue is a hint; the database is the truth."""

from __future__ import annotations

from bookgen_site.env import REDIS_URL, VAR_DIR, env, redis_url

if REDIS_URL:
    # redis-py's own time-out of 5 s is as long as the layer's blocking read, and would end idle sockets.
    LAYER_HOSTS = [{"address": redis_url(4), "socket_timeout": None}]
    CHANNEL_LAYERS = {
        "default": {
            "BACKEND": "bookgen_site.lib.redis_channels.SteadyChannelLayer",
            "CONFIG": {"hosts": LAYER_HOSTS},
        }
    }
else:
    CHANNEL_LAYERS = {"default": {"BACKEND": "bookgen_site.lib.channels.ThreadSafeChannelLayer"}}

CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", default=redis_url(0) if REDIS_URL else "memory://localhost/")
CELERY_RESULT_BACKEND = env.str("CELERY_RESULT_BACKEND", default="django-db")
# The in-memory broker polls once a second unless told otherwise; Redis needs no polling. A Redis that doesn't even
# refuse (its machine is off) would hold every hint for the two minutes of the system's own time-out.
CELERY_BROKER_TRANSPORT_OPTIONS = (
    {"visibility_timeout": 3600, "socket_connect_timeout": 3} if REDIS_URL else {"polling_interval": 0.05}
)
# Once more and at once, since a restarted Redis is told by the first failure; then the sweep finds what has no message.
CELERY_TASK_PUBLISH_RETRY_POLICY = {
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0,
    "interval_max": 0,
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # for ever: while the broker is away, the worker's sweep goes on
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TASK_TRACK_STARTED = True
CELERY_RESULT_EXTENDED = True
CELERY_RESULT_EXPIRES = 7 * 24 * 3600
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "celerybeat-schedule")
