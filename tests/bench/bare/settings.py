"""The site's settings without its middleware."""

from __future__ import annotations

from bookgen_site.settings import *  # noqa: F403  # settings are names of a module

MIDDLEWARE = []  # the names above come from there
ROOT_URLCONF = "tests.bench.bare.urls"
