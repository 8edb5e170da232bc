"""What was fetched within the hour isn't fetched again, and what was read isn't read again."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from django.core.cache import cache

from bookgen_site.lib import store
from bookgen_site.lib.fetching import Fetched, FetchError
from sources import arrivals, readings
from sources.arrivals import Arrival, arrive, arrive_all
from sources.errors import Unreadable
from sources.readings import read
from sources.validating import validate
from tests.fakes import rows

PAGE = " ".join(rows.TEXTS).encode()


class Web:
    """A web of a few addresses that counts what is asked of it."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.status = 200
        self.together = 0
        self._now: dict[str, int] = {}
        self._lock = threading.Lock()

    def fetch(self, url: str) -> Fetched:
        host = url.split("/")[2]
        with self._lock:
            self.asked.append(url)
            self._now[host] = self._now.get(host, 0) + 1
            self.together = max(self.together, self._now[host])
        try:
            if "down" in url:
                raise FetchError("The server is down.")
            return Fetched(f"{url}?final", self.status, "text/plain", PAGE)
        finally:
            with self._lock:
                self._now[host] -= 1


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[Web]:
    made = Web()
    monkeypatch.setattr(arrivals, "fetch", made.fetch)
    cache.clear()
    yield made
    cache.clear()


def test_an_address_is_fetched_once_an_hour(web: Web) -> None:
    first = arrive("https://a.example/1")
    assert arrive("https://a.example/1") == first
    assert (first.url, first.status, store.get(first.blob)) == ("https://a.example/1?final", 200, PAGE)
    assert len(web.asked) == 1


def test_a_lost_cache_or_store_costs_a_request_and_nothing_else(web: Web) -> None:
    first = arrive("https://a.example/1")
    cache.clear()
    assert arrive("https://a.example/1") == first
    store.path_of(first.blob).unlink()
    assert store.get(arrive("https://a.example/1").blob) == PAGE
    assert len(web.asked) == 3


@pytest.mark.parametrize(
    ("status", "what_to_do"),
    [
        (401, "Open it yourself and upload it."),
        (403, "Open it yourself and upload it."),
        (404, "there is no such page. Check the address."),
        (418, "Check the address."),
        (429, "Try again later, or upload the document."),
        (502, "Try again later, or upload the document."),
    ],
)
def test_every_status_says_what_to_do(status: int, what_to_do: str) -> None:
    refusal = Arrival("https://a.example/1", status, "text/html", "").refusal
    assert f" {status}" in refusal
    assert refusal.endswith(what_to_do)


@pytest.mark.parametrize(("status", "asked"), [(404, 1), (410, 1), (503, 2), (429, 2)])
def test_a_lasting_answer_is_remembered_and_a_passing_one_is_not(web: Web, status: int, asked: int) -> None:
    web.status = status
    assert arrive("https://a.example/1").refusal.startswith(f"The server answered {status}: ")
    arrive("https://a.example/1")
    assert len(web.asked) == asked


def test_an_error_is_not_remembered(web: Web) -> None:
    for _time in range(2):
        with pytest.raises(FetchError):
            arrive("https://down.example/1")
    assert len(web.asked) == 2


def test_many_addresses_each_host_in_turn(web: Web) -> None:
    urls = [f"https://h{number % 7}.example/{number}" for number in range(40)] + ["https://down.example/"]
    seen: list[str] = []
    answers = arrive_all(urls, then=lambda url, _arrival: seen.append(url))
    assert sorted(answers) == sorted(urls)
    assert isinstance(answers["https://down.example/"], FetchError)
    assert sorted(seen) == sorted(urls[:-1])
    assert web.together == 1
    assert arrive_all([]) == {}


def test_a_document_is_read_once_an_hour(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    blob = store.put(PAGE)
    first = read(blob, "page.txt")
    with monkeypatch.context() as patched:
        patched.setattr(readings, "extract", lambda *_given: pytest.fail("it was read already"))
        assert read(blob, "other.txt") == first
        with pytest.raises(pytest.fail.Exception):
            read(blob, "page.md")
    cache.clear()
    assert read(blob, "page.txt") == first


def test_what_cannot_be_read_raises_each_time(web: Web) -> None:
    blob = store.put(b"")
    for _time in range(2):
        with pytest.raises(Unreadable):
            read(blob, "empty.txt")
    with pytest.raises(store.BlobMissing):
        read("0" * 64, "gone.txt")


def test_addresses_are_judged_without_a_job(web: Web) -> None:
    urls = ["https://a.example/1", "https://down.example/", "https://a.example/1"]
    good, down, again = validate(urls, subject="Ada Quill", description="map maker from Leith")
    assert good == again
    assert (good.valid, good.status_code, good.reason) == (True, 200, "")
    assert good.relevance is not None
    assert good.relevance > 0.5
    assert good.credibility
    assert (down.valid, down.status_code, down.relevance, down.reason) == (
        False,
        None,
        None,
        "The server is down.",
    )
    assert not validate(urls[:1], subject="Marie Curie")[0].valid
    open_minded = validate(urls[:1])[0]
    assert (open_minded.valid, open_minded.relevance) == (True, None)
    web.status = 404
    gone = validate(["https://a.example/gone"])[0]
    assert (gone.valid, gone.status_code) == (False, 404)
