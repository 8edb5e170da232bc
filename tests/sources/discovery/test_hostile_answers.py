"""Whatever a service answers, a finder ends, and what it hands on is clean."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sources.discovery.asking import Answer, asker
from sources.discovery.base import Parameters, Person, Profile
from sources.discovery.registry import KINDS
from sources.discovery.searching import profile_of, search
from tests.fakes.services import sample

PERSON = Person(
    "Frederick Douglass",
    "American orator",
    "es",
    Profile(item="Q1003", born="1818-02", died="1895-02-20", articles={"en": "Frederick Douglass"}),
)
SAMPLES = {
    "wikidata": ("wikidata/search", "wikidata/entities", "wikidata/labels"),
    "wikipedia": ("wikipedia/search", "wikipedia/article", "wikipedia/article-version-1"),
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


def _holds(name: str, ask: Callable[[str, Parameters], Any]) -> None:
    found = search(name, PERSON, ask, 50)
    assert "couldn't be understood" not in found.failed
    for one in found.candidates:
        assert one.url.startswith(("http://", "https://"))
        assert "10.0.0.1" not in one.url
        assert all(
            text.isprintable() and len(text) <= 500 for text in one.as_json().values() if text != one.url
        )
    json.dumps(found.as_json())
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
    documented = sample(data.draw(st.sampled_from(SAMPLES[name])))
    path = data.draw(st.sampled_from(_places(documented)))
    answer = _with(documented, path, data.draw(ANYTHING))
    _holds(name, lambda _base, _query: answer)


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
