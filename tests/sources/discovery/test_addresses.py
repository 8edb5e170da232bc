"""Which addresses are one page, and where a page's text is."""

from __future__ import annotations

import pytest

from sources.discovery.addresses import readable, same_page, site_of

SAME = [
    ("http://www.example.org/a/", "https://example.org/a"),
    ("https://EXAMPLE.org:443/a#part", "https://example.org/a"),
    ("https://example.org/a?b=1&a=2&utm_source=x", "https://example.org/a?a=2&b=1&fbclid=9"),
    ("https://en.m.wikipedia.org/wiki/A_b", "https://en.wikipedia.org/wiki/A_b"),
    ("https://example.org/caf%C3%A9", "https://example.org/café"),
    ("https://web.archive.org/web/20080101000000/http://www.example.org/a", "http://example.org/a"),
    ("https://web.archive.org/web/2008id_/http:/example.org/a", "http://example.org/a"),
    ("https://archive.org/stream/abc/abc_djvu.txt", "https://archive.org/download/abc/abc_djvu.txt"),
    ("https://archive.org/details/abc/page/n5", "http://www.archive.org/details/abc"),
    ("http://dx.doi.org/10.1/x", "https://doi.org/10.1/x"),
]
OTHER = [
    ("https://example.org/a", "https://example.org/b"),
    ("https://example.org/A", "https://example.org/a"),
    ("https://example.org/a?id=1", "https://example.org/a?id=2"),
    ("https://a.example.org/", "https://b.example.org/"),
    ("https://archive.org/details/abc", "https://archive.org/details/abd"),
    ("https://en.wikipedia.org/wiki/A", "https://es.wikipedia.org/wiki/A"),
    ("http://example.org:8080/a", "http://example.org/a"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_one_page(one: str, other: str) -> None:
    assert same_page(one) == same_page(other) != ""


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_two_pages(one: str, other: str) -> None:
    assert same_page(one) != same_page(other)


@pytest.mark.parametrize("url", ["", "x", "ftp://a.example/b", "http://", "http://[::1", "upload:ab:c.txt"])
def test_no_web_address(url: str) -> None:
    assert same_page(url) == site_of(url) == ""


def test_the_site() -> None:
    assert site_of("https://en.wikipedia.org/wiki/A") == "wikipedia.org"
    assert site_of("https://www.history.ox.ac.uk/a") == "ox.ac.uk"
    assert site_of("https://bl.uk/a") == "bl.uk"


def test_a_scan_is_read_as_its_text() -> None:
    text = "https://archive.org/download/abc/abc_djvu.txt"
    assert readable("https://archive.org/details/abc") == readable("https://archive.org/stream/abc/x") == text
    assert readable("https://archive.org/about") == "https://archive.org/about"
    assert readable("https://example.org/details/abc") == "https://example.org/details/abc"
