"""How many sources a book wants, and where they are looked for."""

from __future__ import annotations

from bookgen_site.env import env, secret

MIN_SOURCES_MANUAL = env.int("MIN_SOURCES_MANUAL", default=10)
MIN_SOURCES_FOUND = env.int("MIN_SOURCES_FOUND", default=40)  # modes hybrid and automatic
TARGET_SOURCES = env.int(
    "TARGET_SOURCES", default=60
)  # found ones and own ones together, where a job doesn't say
SOURCE_FINDERS = env.list(
    "SOURCE_FINDERS",
    default=["wikidata", "wikipedia", "open_library", "internet_archive", "library_of_congress", "openalex"],
)
FINDER_URLS = env.dict("FINDER_URLS", default={})  # where a finder's service is, if not at its own address
OPENALEX_API_KEY = secret("OPENALEX_API_KEY")  # free; without one OpenAlex answers a few searches a day
CONTACT_EMAIL = env.str("CONTACT_EMAIL", default="")  # told to the services that finders ask
# Hosts that are fetched from although they aren't public: a library's internal server ("books.lan:8080").
FETCH_ALLOWED_HOSTS = env.list("FETCH_ALLOWED_HOSTS", default=[])
