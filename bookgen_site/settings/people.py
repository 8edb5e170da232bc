"""Passwords, sessions and the second factor."""

from __future__ import annotations

from bookgen_site.env import env

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{VALIDATION}.UserAttributeSimilarityValidator"},
    {"NAME": f"{VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{VALIDATION}.CommonPasswordValidator"},
]
# Whether staff log in with a code of an authenticator app after the password: required, optional (who has set it
# up is asked) or off (nobody is asked).
STAFF_TOTP = env.str("STAFF_TOTP", default="optional")
SESSION_COOKIE_AGE = env.int("SESSION_HOURS", default=168) * 3600
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
