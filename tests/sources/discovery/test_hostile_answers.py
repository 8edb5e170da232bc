"""Whatever a service answers, a finder ends, and what it hands on is clean."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bookgen_site.lib.text import clean_text
from sources.discovery.asking import Answer, asker
from sources.discovery.base import Parameters, Person, Profile
from sources.discovery.registry import KINDS
from sources.discovery.searching import profile_of, search
from tests.fakes.services import sample as stored

sample = lru_cache(stored)

PERSON = Person(
    "Frederick Douglass",
    "American orator",
    "es",
    Profile(item="Q1003", born="1818-02", died="1895-02-20"),
)
SAMPLES = {
    "wikidata": ("wikidata/search", "wikidata/entities", "wikidata/labels"),
    "wikipedia": ("wikipedia/search", "wikipedia/article", "wikipedia/article-2"),
    "open_library": ("open_library/search",),
    "internet_archive": ("internet_archive/search",),
    "library_of_congress": ("library_of_congress/search", "library_of_congress/newspapers"),
    "openalex": ("openalex/works",),
}
_LEAVES = (
    st.none()
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.floats(allow_nan=False)
    | st.text(max_size=30)
    | st.sampled_from(
        ["http://10.0.0.1/", "javascript:alert(1)", "//", "http://[", "\u202e\x00", "Q5", "x" * 9000]
    )
)
ANYTHING = st.recursive(
    _LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
)
few = settings(max_examples=20, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])


def _places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The paths of all values inside of a JSON value."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, one in inner for place in _places(one, (*path, key)))]


def _with(value: Any, path: tuple[Any, ...], put: Any) -> Any:
    if not path:
        return put
    changed = copy.deepcopy(value)
    holder = changed
    for key in path[:-1]:
        holder = holder[key]
    holder[path[-1]] = put
    return changed


def _part(base: str, query: Parameters) -> str:
    """Which of the documented answers a question is for."""
    if "wikidata" in base:
        kind = "labels" if query.get("props") == "labels" else "entities"
        return "wikidata/search" if query["action"] == "wbsearchentities" else f"wikidata/{kind}"
    if "wikipedia" in base:
        kind = "article-2" if "elcontinue" in query else "article"
        return "wikipedia/search" if query.get("list") == "search" else f"wikipedia/{kind}"
    if "loc.gov" in base:
        return f"library_of_congress/{'newspapers' if 'chronicling' in base else 'search'}"
    services = {
        "openlibrary": "open_library/search",
        "archive": "internet_archive/search",
        "openalex": "openalex/works",
    }
    return next(part for word, part in services.items() if word in base)


def _but(part: str, answer: Any) -> Callable[[str, Parameters], Any]:
    """Services that answer as they document, but for one of their answers."""
    return lambda base, query: answer if _part(base, query) == part else sample(_part(base, query))


def _holds(name: str, ask: Callable[[str, Parameters], Any]) -> None:
    found = search(name, PERSON, ask, 50)
    assert "couldn't be understood" not in found.failed
    for one in found.candidates:
        assert one.url.startswith(("http://", "https://"))
        assert "10.0.0.1" not in one.url
        assert all(
            text == clean_text(text, multiline=False) and len(text) <= 500
            for text in one.as_json().values()
            if text != one.url
        )
    json.dumps(found.as_json())
    if name == "wikidata":
        _tells(ask)


def _tells(ask: Callable[[str, Parameters], Any]) -> None:
    profile, failed = profile_of(PERSON, ask)
    assert "couldn't be understood" not in failed
    assert Profile.from_json(json.loads(json.dumps(profile.as_json()))) == profile


@pytest.mark.parametrize("name", sorted(KINDS))
@few
@given(answer=ANYTHING)
def test_any_json_at_all(name: str, answer: Any) -> None:
    _holds(name, lambda _base, _query: answer)


@pytest.mark.parametrize("name", sorted(KINDS))
@few
@given(data=st.data())
def test_a_documented_answer_with_any_one_value_exchanged(name: str, data: st.DataObject) -> None:
    part = data.draw(st.sampled_from(SAMPLES[name]))
    path = data.draw(st.sampled_from(_places(sample(part))))
    _holds(name, _but(part, _with(sample(part), path, data.draw(ANYTHING))))


WRONG: list[Any] = [None, 10**40, "x", [[]], {}]


@pytest.mark.parametrize("name", sorted(KINDS))
def test_every_value_of_a_documented_answer_may_be_of_a_wrong_kind(name: str) -> None:
    for part in SAMPLES[name]:
        documented = sample(part)
        for path in _places(documented):
            for value in WRONG:
                _holds(name, _but(part, _with(documented, path, value)))


@few
@given(body=st.binary(max_size=400), status=st.sampled_from([200, 204, 302, 400, 403, 429, 500, 503]))
def test_any_bytes_with_any_status(body: bytes, status: int) -> None:
    ask = asker(lambda _url: Answer(status, body), lambda _seconds: None)
    for name in ("open_library", "wikidata"):
        _holds(name, ask)


@given(cut=st.integers(0, 4000))
@few
def test_an_answer_cut_off_anywhere(cut: int) -> None:
    whole = json.dumps(sample("openalex/works")).encode()
    ask = asker(lambda _url: Answer(200, whole[: min(cut, len(whole) - 1)]), lambda _seconds: None)
    found = search("openalex", PERSON, ask, 50)
    assert (found.candidates, found.failed) == ((), "Its answer isn't JSON.")
