"""Mails, webhooks and alerts."""

from __future__ import annotations

from bookgen_site.env import VAR_DIR, anymail_settings, env, mail_backend, secret

SITE_URL = env.str("SITE_URL", default="http://localhost:8000").rstrip("/")  # in the links of mails
DELIVERY_THREADS = env.int("DELIVERY_THREADS", default=8)  # of a process: mails and webhooks on their way
DELIVERY_LEASE_SECONDS = env.int("DELIVERY_LEASE_SECONDS", default=30)
DIGEST_HOUR = env.int("DIGEST_HOUR", default=7)  # of the daily mails, in TIME_ZONE
AUTHOR_LINK_DAYS = env.int("AUTHOR_LINK_DAYS", default=90)
DOWNLOAD_LINK_DAYS = env.int("DOWNLOAD_LINK_DAYS", default=14)

# Receivers of webhooks that aren't public, or that have no https: a program in the house ("hooks.lan:8080").
WEBHOOK_ALLOWED_HOSTS = env.list("WEBHOOK_ALLOWED_HOSTS", default=[])

WEBHOOK_SECONDS = env.float("WEBHOOK_SECONDS", default=15)  # until a receiver must have answered
# A receiver that hears of all books from the start, besides those that are made on the desk.
WEBHOOK_URL = secret("WEBHOOK_URL")
WEBHOOK_SECRET = secret("WEBHOOK_SECRET")

ALERT_EMAILS = env.list("ALERT_EMAILS", default=[])  # none: all Administrators with an address
ALERT_SLACK_URL = secret("ALERT_SLACK_URL")
ALERT_DISCORD_URL = secret("ALERT_DISCORD_URL")
ALERT_PAGERDUTY_KEY = secret("ALERT_PAGERDUTY_KEY")
ALERT_PAGERDUTY_URL = env.str("ALERT_PAGERDUTY_URL", default="https://events.pagerduty.com/v2/enqueue")
ALERT_EVERY_SECONDS = env.float("ALERT_EVERY_SECONDS", default=60)
ALERT_QUEUE_MINUTES = env.float("ALERT_QUEUE_MINUTES", default=15)  # that work may wait while nobody works
ALERT_DISK_PERCENT = env.float("ALERT_DISK_PERCENT", default=10)  # of the disk that must be free
ALERT_BACKUP_FILE = env.str("ALERT_BACKUP_FILE", default="")  # touched by each backup that went well
BACKUP_RECIPIENT = env.str("BACKUP_RECIPIENT", default="")  # backups are encrypted for this key (age1…)
ALERT_BACKUP_HOURS = env.float("ALERT_BACKUP_HOURS", default=26)

EMAIL_FILE_PATH = str(VAR_DIR / "mail")
EMAIL_HOST = env.str("SMTP_HOST", default="")
EMAIL_PORT = env.int("SMTP_PORT", default=587)
EMAIL_HOST_USER = env.str("SMTP_USER", default="")
EMAIL_HOST_PASSWORD = secret("SMTP_PASSWORD")
EMAIL_USE_TLS = env.bool("SMTP_TLS", default=True)
EMAIL_TIMEOUT = env.int("SMTP_SECONDS", default=20)  # of silence, after which it is tried later
# A provider's API through Anymail ("postmark", "amazon_ses", …; its settings are ANYMAIL_… in the environment), else a
# mail server, else files.
MAIL_PROVIDER = env.str("MAIL_PROVIDER", default="")
ANYMAIL = anymail_settings()
EMAIL_BACKEND = mail_backend(MAIL_PROVIDER, EMAIL_HOST)
DEFAULT_FROM_EMAIL = env.str("MAIL_FROM", default="BookGen <bookgen@localhost>")
