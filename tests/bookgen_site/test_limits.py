"""Limits count what happened within the window, all or none, and by many threads at once not one too many."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from pytest_django import Settings

from bookgen_site.env import REDIS_URL, redis_url
from bookgen_site.lib import clients, clock, limits
from bookgen_site.lib.limits import Limit, forget, take
from tests.fakes.rows import fresh
from tests.fakes.threads import at_once


@pytest.fixture(params=["memory", *(["redis"] if REDIS_URL else [])])
def store(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Where is counted: in the process, and in a team's profile also in Redis."""
    found = limits.Redis(redis_url(3)) if request.param == "redis" else None
    monkeypatch.setattr(limits, "_redis", lambda: found)
    yield request.param
    if found:
        found.client.close()


def limit(most: int, seconds: int = 60, name: str = "test") -> Limit:
    return Limit(name, fresh("somebody"), most, seconds)


def test_so_many_and_not_one_more(store: str) -> None:
    three = limit(3)
    seen = [take(three)[0] for _time in range(5)]
    assert [one.allowed for one in seen] == [True, True, True, False, False]
    assert [one.left for one in seen] == [2, 1, 0, 0, 0]
    assert 58 < seen[-1].reset <= 60


def test_by_threads_at_once(store: str) -> None:
    ten = limit(10)
    verdicts = at_once([lambda: take(ten)[0].allowed] * 40)
    assert verdicts.count(True) == 10
    assert verdicts.count(False) == 30


def test_all_or_none(store: str) -> None:
    narrow, wide = limit(1), limit(5)
    assert all(one.allowed for one in take(narrow, wide))
    for _time in range(3):
        first, second = take(narrow, wide)
        assert (first.allowed, second.allowed) == (False, True)
    assert take(wide)[0].left == 3  # what the narrow one refused counted nothing


def test_others_are_not_counted(store: str) -> None:
    mine, yours = limit(1), limit(1)
    assert take(mine)[0].allowed
    assert take(yours)[0].allowed


def test_forgotten(store: str) -> None:
    one = limit(1)
    take(one)
    assert not take(one)[0].allowed
    forget(one)
    assert take(one)[0].allowed


def test_the_window_slides(monkeypatch: pytest.MonkeyPatch) -> None:
    """No 60 seconds hold more than the limit, wherever they begin; who was refused isn't punished for asking."""
    now = [1000.0]
    monkeypatch.setattr(clock, "monotonic", lambda: now[0])
    memory, two = limits.Memory(), limit(2)

    def allowed(moment: float) -> bool:
        now[0] = moment
        return memory.take([two])[0][0] < two.most

    assert [allowed(1000.0 + second) for second in (0, 50, 55, 59.9, 60, 61, 109.9, 110)] == [
        *(True, True, False, False, True, False, False, True)
    ]


def test_what_counts_nothing_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1000.0]
    monkeypatch.setattr(clock, "monotonic", lambda: now[0])
    monkeypatch.setattr(limits, "MANY", 10)
    memory = limits.Memory()
    for _number in range(11):
        memory.take([limit(1)])
    now[0] += 4000
    memory.take([limit(1)])
    assert len(memory._moments) == 1


def test_without_redis_each_process_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Away is not open: the limit holds, and only one request in five seconds waits for Redis."""
    away = limits.Redis("redis://127.0.0.1:1/3")
    monkeypatch.setattr(limits, "_redis", lambda: away)
    asked, ask = [], away.take

    def counted(some: Sequence[Limit]) -> list[tuple[int, float]]:
        asked.append(some)
        return ask(some)

    monkeypatch.setattr(away, "take", counted)
    two = limit(2)
    assert [take(two)[0].allowed for _time in range(4)] == [True, True, False, False]
    assert len(asked) == 1


ADDRESSES = [
    # proxies, X-Forwarded-For, the client
    (0, None, "10.0.0.9"),
    (0, "1.2.3.4", "10.0.0.9"),
    (1, "1.2.3.4", "1.2.3.4"),
    (1, "6.6.6.6, 1.2.3.4", "1.2.3.4"),
    (2, "6.6.6.6, 1.2.3.4, 5.6.7.8", "1.2.3.4"),
    (2, "1.2.3.4", "10.0.0.9"),
    (1, None, "10.0.0.9"),
    (1, "", "10.0.0.9"),
    (1, "unknown", "10.0.0.9"),
    (1, "1.2.3.4, ", "10.0.0.9"),
    (1, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2:3:4:5:6"),
]


@pytest.mark.parametrize(("proxies", "header", "client"), ADDRESSES)
def test_where_a_request_comes_from(
    settings: Settings, proxies: int, header: str | None, client: str
) -> None:
    settings.TRUSTED_PROXIES = proxies
    meta = {"REMOTE_ADDR": "10.0.0.9"} | ({} if header is None else {"HTTP_X_FORWARDED_FOR": header})
    assert clients.address_of(meta) == client


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("1.2.3.4", "1.2.3.4"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:1.2.3.4", "1.2.3.4"),
        ("", "local"),
    ],
)
def test_what_is_counted_together(address: str, place: str) -> None:
    assert clients.place_of({"REMOTE_ADDR": address}) == place
