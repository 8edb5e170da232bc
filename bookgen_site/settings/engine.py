"""Language models, the engine that asks them, and how long books are."""

from __future__ import annotations

from bookgen_site.env import env, secret

OPENROUTER_API_KEY = secret("OPENROUTER_API_KEY")
OPENROUTER_BASE_URL = env.str("OPENROUTER_BASE_URL", default="https://openrouter.ai/api/v1")
# A server of one's own may need no key; OpenRouter does.
MODEL_CONFIGURED = bool(OPENROUTER_API_KEY) or "openrouter.ai" not in OPENROUTER_BASE_URL
OPENROUTER_REFERER = env.str("OPENROUTER_REFERER", default="")
OPENROUTER_MODEL = env.str(
    "OPENROUTER_MODEL", default="claude"
)  # a preset, or names by preference: "a/b,c/d"
MODELS_BY_ROLE = {
    "planner": env.str("OPENROUTER_MODEL_PLANNER", default=OPENROUTER_MODEL),
    "writer": env.str("OPENROUTER_MODEL_WRITER", default=OPENROUTER_MODEL),
    "checker": env.str("OPENROUTER_MODEL_CHECKER", default=OPENROUTER_MODEL),
}
MODEL_CALLS_IN_FLIGHT = env.int("MODEL_CALLS_IN_FLIGHT", default=8)  # of all workers together
MODEL_CALL_SECONDS = env.float("MODEL_CALL_SECONDS", default=600)
MODEL_GAP_SECONDS = env.float("MODEL_GAP_SECONDS", default=120)
MODEL_DAY_BUDGET_USD = env.float("MODEL_DAY_BUDGET_USD", default=None)
MODEL_MONTH_BUDGET_USD = env.float("MODEL_MONTH_BUDGET_USD", default=None)
MODEL_BOOK_BUDGET_USD = env.float("MODEL_BOOK_BUDGET_USD", default=None)  # no book may be given more

# Threads of a process. Calls of a model are waited for, so a process can hold as many as may be in flight, and as many
# again, which take the places of those that are reading, checking and storing between two calls.
ENGINE_THREADS = env.int("ENGINE_THREADS", default=2 * MODEL_CALLS_IN_FLIGHT if MODEL_CONFIGURED else 4)
ENGINE_SWEEP_SECONDS = env.float("ENGINE_SWEEP_SECONDS", default=3)
ENGINE_MAX_ATTEMPTS = env.int("ENGINE_MAX_ATTEMPTS", default=5)  # that end with an error
ENGINE_MAX_DEATHS = env.int("ENGINE_MAX_DEATHS", default=3)  # of workers, that one unit is given

# Of a book for which nobody says; one that isn't set follows from the two others (biographies.lengths).
CHAPTERS_NUMBER = env.int("CHAPTERS_NUMBER", default=None)
TOTAL_WORDS = env.int("TOTAL_WORDS", default=None)
WORDS_PER_CHAPTER = env.int("WORDS_PER_CHAPTER", default=None)
