"""Each finder against the answers that its service documents, over HTTP on loopback."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import pytest
from pytest_django import Settings

from sources.discovery import asking
from sources.discovery.asking import Answer, asker
from sources.discovery.base import Ask, FinderError, Person, Profile
from sources.discovery.registry import KINDS, finder, finder_names, wikidata
from sources.discovery.searching import profile_of, search
from tests.fakes.services import DATA, Page, Services, sample, says

ALL = sorted(KINDS)
OK = Answer(200, b'{"docs": []}')
KNOWN = Profile(
    item="Q1003", born="1818-02", died="1895-02-20", articles={"en": "Frederick Douglass", "es": "F. D."}
)


@pytest.fixture
def known(douglass: Person) -> Person:
    """The person with what Wikidata knows."""
    return dataclasses.replace(douglass, profile=KNOWN)


def found(name: str, person: Person, ask: Ask) -> dict[str, Any]:
    """What the finder found, by address."""
    return {one.url: one for one in finder(name).find(person, ask)}


def test_every_finder_has_documented_answers_and_their_origin() -> None:
    for name in KINDS:
        origin = (DATA / name / "ORIGIN.md").read_text()
        assert "Not yet tried live." in origin
        assert "Licence" in origin


def test_wikidata_tells_namesakes_apart(services: Services, ask: Ask, douglass: Person) -> None:
    profile = wikidata().profile(douglass, ask)
    assert (profile.item, profile.born, profile.died) == ("Q1003", "1818-02", "1895-02-20")
    assert profile.names == (
        "Frederick Douglass",
        "Frederick Augustus Washington Bailey",
        "Fred Douglass",
    )
    assert profile.places == ("Talbot County", "Washington, D.C.")
    assert profile.occupations == ("orator",)
    assert profile.identifiers == {"viaf": "14770384", "open_library": "OL0000A"}
    assert profile.articles == {"en": "Frederick Douglass"}
    hockey = dataclasses.replace(douglass, description="ice hockey player")
    assert wikidata().profile(hockey, ask).item == "Q1002"
    assert wikidata().profile(Person("Fred Dougherty"), ask) == Profile()
    assert Profile.from_json(json.loads(json.dumps(profile.as_json()))) == profile


def test_wikidata_names_pages_that_may_be_fetched(services: Services, ask: Ask, known: Person) -> None:
    urls = list(found("wikidata", known, ask))
    assert urls == [
        "https://www.frederickdouglass.example/",
        "https://museum.example/people/douglass",
        "https://en.wikisource.org/wiki/Author:Frederick_Douglass",
    ]


def test_wikidata_without_an_item_asks_for_nothing(services: Services, ask: Ask, douglass: Person) -> None:
    assert not found("wikidata", douglass, ask)
    assert not services.asked


def test_wikipedia_finds_the_article_and_what_it_cites(
    services: Services, ask: Ask, douglass: Person
) -> None:
    hits = found("wikipedia", douglass, ask)
    assert list(hits) == [
        "https://en.wikipedia.org/wiki/Frederick_Douglass",
        "https://archive.org/download/lifetimesoffre00doug/lifetimesoffre00doug_djvu.txt",
        "http://www.history.example/douglass/",
        "https://docsouth.example/neh/douglass/douglass.html",
        "https://college.example.edu/essays/douglass.pdf",
    ]
    article = hits["https://en.wikipedia.org/wiki/Frederick_Douglass"]
    assert (article.publisher, article.form, article.language) == ("Wikipedia", "encyclopedia article", "en")
    assert "“Frederick Douglass”" in hits["http://www.history.example/douglass/"].because


def test_wikipedia_is_asked_in_the_language_of_the_book_too(
    services: Services, ask: Ask, known: Person
) -> None:
    hits = found("wikipedia", dataclasses.replace(known, language="es"), ask)
    assert "https://biblioteca.example/douglass" in hits
    assert "https://en.wikipedia.org/wiki/Frederick_Douglass" in hits
    titles = {query["titles"] for path, query in services.asked if path.startswith("/wikipedia/es")}
    assert titles == {"F. D."}


def test_open_library_leaves_out_what_is_lent(services: Services, ask: Ask, douglass: Person) -> None:
    hits = found("open_library", douglass, ask)
    assert [(one.title, one.author, one.date) for one in hits.values()] == [
        ("Narrative of the Life of Frederick Douglass", "Frederick Douglass", "1845"),
        ("Frederick Douglass", "Booker T. Washington", "1907"),
    ]
    assert next(iter(hits)).endswith("/narrativeoflife00doug/narrativeoflife00doug_djvu.txt")


def test_internet_archive_gives_the_recognised_text(services: Services, ask: Ask, douglass: Person) -> None:
    hits = found("internet_archive", douglass, ask)
    assert [one.title for one in hits.values()] == ["Life and times of Frederick Douglass", "Our old friend"]
    first = next(iter(hits.values()))
    assert first.url.endswith("/download/lifetimesoffre00doug/lifetimesoffre00doug_djvu.txt")
    assert (first.author, first.date) == ("Douglass, Frederick, 1818-1895", "1881-01-01")


def test_library_of_congress_finds_papers_and_newspapers(services: Services, ask: Ask, known: Person) -> None:
    hits = found("library_of_congress", known, ask)
    assert list(hits) == [
        "https://tile.loc.gov/storage-services/public/gdcmassbookdig/mybondage00doug/mybondage00doug_djvu.txt",
        "https://tile.loc.gov/storage-services/mss/1.pdf",
        "https://tile.loc.gov/storage-services/service/ndnp/dlc/batch_dlc_example_ver01/data/sn83030214/00175000000/"
        "1895022101/0001.pdf",
    ]
    assert services.asked[-1][1]["dates"] == "1818/1905"


def test_openalex_finds_open_works_with_the_name(
    services: Services, settings: Settings, ask: Ask, douglass: Person
) -> None:
    settings.OPENALEX_API_KEY = "a-free-key"
    hits = found("openalex", douglass, ask)
    assert list(hits) == [
        "http://www.scielo.example/pdf/a10v18n1.pdf",
        "https://repository.example.edu/handle/3",
    ]
    first = hits["http://www.scielo.example/pdf/a10v18n1.pdf"]
    assert (first.author, first.work) == ("Ada Example; Bo Example", "Journal of Examples")
    asked = services.asked[-1][1]
    assert (asked["api_key"], asked["filter"]) == ("a-free-key", "open_access.is_oa:true,is_retracted:false")
    settings.OPENALEX_API_KEY = ""
    found("openalex", douglass, ask)
    assert "api_key" not in services.asked[-1][1]


EMPTY: dict[str, Any] = {
    "search": [],
    "entities": {},
    "query": {"search": [], "pages": []},
    "docs": [],
    "response": {"docs": []},
    "results": [],
}


@pytest.mark.parametrize("name", ALL)
def test_nothing_found_is_no_trouble(services: Services, ask: Ask, known: Person, name: str) -> None:
    services.break_all(says(EMPTY))
    assert search(name, known, ask, 10).as_json() == {"candidates": [], "failed": ""}


EVIL = "\u202e<script>\x00\ud800" + "A" * 3000
TROUBLES: dict[str, Page] = {
    "error": says({"error": "boom"}, 500),
    "forbidden": says({}, 403),
    "busy": says(b"slow down", 429),
    "limited": says({"error": {"code": "ratelimited", "info": "You've exceeded your rate limit."}}),
    "refused": says({"error": {"code": "badvalue", "info": EVIL}, "servedby": "mw1"}),
    "out of budget": says({"error": "Rate limit exceeded", "message": "Insufficient budget."}, 429),
    "error of a list": says({"error": [1, {"code": {}}]}, 400),
    "html": says(b"<!doctype html><title>Please log in</title>"),
    "truncated": says(b'{"query": {"search": ['),
    "nothing": says(b""),
    "binary": says(b"\xff\xfe\x00"),
    "deep": says(b"[" * 200_000),
    "list": says([1, 2]),
    "null": says(None),
    "number": says(7),
    "other form": says({"data": {"items": []}}),
}


@pytest.mark.parametrize("trouble", TROUBLES)
@pytest.mark.parametrize("name", ALL)
def test_a_finder_in_trouble_says_so(
    services: Services, ask: Ask, known: Person, name: str, trouble: str
) -> None:
    services.break_all(TROUBLES[trouble])
    result = search(name, known, ask, 10)
    assert not result.candidates
    assert result.failed.endswith((".", "”"))
    assert result.failed.isprintable()
    assert len(result.failed) < 400
    assert profile_of(known, ask)[0] == Profile()
    assert profile_of(known, ask)[1].endswith((".", "”"))


HOSTILE: list[Any] = [
    "javascript:alert(1)",
    "http://169.254.169.254/",
    "http://a@b/",
    "//",
    "x" * 5000,
    EVIL,
    None,
    [],
    {},
]


def spoilt(value: Any) -> Any:
    """The same answer with a stranger's values in all its places; numbers become huge, names stay."""
    if isinstance(value, dict):
        return {key: spoilt(one) for key, one in value.items()} | {"title": EVIL, "url": "file:///etc/passwd"}
    if isinstance(value, list):
        return [*(spoilt(one) for one in value), *HOSTILE]
    return EVIL if isinstance(value, str) else 10**40


@pytest.mark.parametrize("name", ALL)
def test_hostile_values_find_nothing_and_break_nothing(
    services: Services, ask: Ask, known: Person, name: str
) -> None:
    for path, page in list(services.pages.items()):
        services.pages[path] = lambda query, page=page: (200, _spoil(page, query))  # type: ignore[misc]
    result = search(name, known, ask, 100)
    assert "couldn't be understood" not in result.failed
    for one in result.candidates:
        assert one.url.startswith("http")
        assert all(
            len(text) <= 500 and text.isprintable() for text in one.as_json().values() if text != one.url
        )


def _spoil(page: Page, query: Any) -> bytes:
    return json.dumps(spoilt(json.loads(page(query)[1]))).encode()


PAGES = {"wikipedia": 2, "open_library": 2, "internet_archive": 2, "openalex": 1}


@pytest.mark.parametrize("name", PAGES)
def test_paging_is_bounded(services: Services, ask: Ask, douglass: Person, name: str) -> None:
    """A service that always has more is asked a few times only."""
    endless = {"wikipedia": "wikipedia/article", "open_library": "open_library/search"}
    endless |= {"internet_archive": "internet_archive/search", "openalex": "openalex/works"}
    answer = sample(endless[name])
    for rows in (answer.get("docs"), answer.get("results"), answer.get("response", {}).get("docs")):
        if rows:
            rows[:] = rows * 50
    path = next(path for path in services.pages if path.startswith(f"/{name}/"))
    services.pages[path] = says(answer)
    person = dataclasses.replace(douglass, profile=KNOWN)
    assert len(search(name, person, ask, 1000).candidates) < 20
    assert len(services.asked) == PAGES[name]


def test_what_was_found_before_the_trouble_stays(services: Services, ask: Ask, known: Person) -> None:
    services.pages["/library_of_congress/collections/chronicling-america/"] = says({}, 404)
    result = search("library_of_congress", known, ask, 10)
    assert len(result.candidates) == 2
    assert "404" in result.failed


def test_no_more_is_taken_than_wanted(services: Services, ask: Ask, douglass: Person) -> None:
    assert len(search("wikipedia", douglass, ask, 2).candidates) == 2


def test_a_name_is_no_query_language(services: Services, ask: Ask) -> None:
    person = Person('X") OR collection:(* AND "Douglass')
    list(finder("internet_archive").find(person, ask))
    asked = services.asked[-1][1]["q"]
    assert '(title:"X OR collection AND Douglass" OR' in asked


def test_an_operator_chooses_the_finders(settings: Settings) -> None:
    settings.SOURCE_FINDERS = ["openalex", "wikidata", "gone"]
    assert finder_names() == ("wikidata", "openalex")


def test_every_day_it_goes_through_the_one_door(services: Services, douglass: Person) -> None:
    found = search("open_library", douglass, asker(), 10)
    assert (len(found.candidates), found.failed) == (2, "")


def test_the_door_refuses_what_is_private(services: Services, settings: Settings, douglass: Person) -> None:
    settings.FETCH_ALLOWED_HOSTS = []
    found = search("open_library", douglass, asker(), 10)
    assert not found.candidates
    assert found.failed
    assert not services.asked


def test_an_answer_that_is_too_long_is_cut_off_there(services: Services, douglass: Person) -> None:
    services.break_all(says(b'"' + b"x" * 6_000_000 + b'"'))
    assert "larger than 5 MB" in search("open_library", douglass, asker(), 10).failed


def test_patience_is_what_the_service_asks_for() -> None:
    answers = [Answer(429, b"", 7.0), Answer(503, b"", None), Answer(200, b'{"a": 1}')]
    slept: list[float] = []
    assert asker(lambda _url: answers.pop(0), slept.append)("http://x.example", {}) == {"a": 1}
    assert slept == [7.0, 4.0]


def test_too_much_patience_is_not_had() -> None:
    slept: list[float] = []
    with pytest.raises(FinderError) as caught:
        asker(lambda _url: Answer(429, b"", 3600.0), slept.append)("http://x.example", {})
    assert (slept, caught.value.permanent) == ([], False)


def test_what_a_service_says_of_its_error_is_passed_on() -> None:
    said = b'{"error": "Invalid filter", "message": "Unknown filter field: \\u202efoo"}'
    with pytest.raises(FinderError) as caught:
        asker(lambda _url: Answer(400, said), lambda _seconds: None)("http://x.example", {})
    assert caught.value.reason == ("It answered with the status 400. It says: “Unknown filter field: foo”")


def test_mediawiki_tells_of_a_limit_with_the_status_200() -> None:
    limited = Answer(200, b'{"error": {"code": "maxlag", "info": "Waiting for a database server"}}', 5.0)
    answers = [limited, Answer(200, b'{"batchcomplete": true}')]
    slept: list[float] = []
    assert asker(lambda _url: answers.pop(0), slept.append)("http://x.example", {}) == {"batchcomplete": True}
    assert slept == [5.0]
    with pytest.raises(FinderError, match="It refused the question") as caught:
        asker(lambda _url: limited, slept.append)("http://x.example", {})
    assert not caught.value.permanent


def test_the_services_are_told_whom_to_write_to(
    services: Services, settings: Settings, douglass: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.CONTACT_EMAIL = "books@example.org"
    sent: list[str] = []

    def noted(_url: str, headers: dict[str, str]) -> Answer:
        sent.append(headers["User-Agent"])
        return OK

    monkeypatch.setattr(asking, "fetch_json", noted)
    search("open_library", douglass, asker(), 1)
    assert sent[0].startswith("BookGen/")
    assert "(books@example.org)" in sent[0]


def test_an_error_of_the_request_is_for_good() -> None:
    with pytest.raises(FinderError) as caught:
        asker(lambda _url: Answer(400, b"{}"), lambda _seconds: None)("http://x.example", {})
    assert caught.value.permanent
