"""How far a source can be checked: kind, metadata, and who stands behind the address."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sources.scoring import Record, credibility
from sources.scoring.host_lists import CLASSES, HostClass
from sources.scoring.hosts import class_of, form_by_host

FULL = Record("secondary", "A Title", "Jane Roe", "1901", "A Press")


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://www.loc.gov/item/1", "library"),
        ("https://archive.org/details/x", "library"),
        ("https://books.google.com/books?id=1", "library"),
        ("https://fr.wikisource.org/wiki/X", "library"),
        ("https://archives.yorku.edu/x", "scholarly"),
        ("https://www.ox.ac.uk/x", "scholarly"),
        ("https://unam.edu.mx/x", "scholarly"),
        ("https://www.culture.gouv.fr/x", "public"),
        ("https://data.gov.uk./x", "public"),
        ("https://some.museum/x", "library"),
        ("https://www.britannica.com/x", "reference"),
        ("https://de.wikipedia.org/wiki/X", "wiki"),
        ("https://ROE.Blogspot.com/x", "open"),
        ("https://roe.github.io/harvard.edu", "open"),
        ("https://www.harvard.edu/~roe/x", "open"),
        ("https://www.quora.com/x", "farm"),
        ("https://www.amazon.co.uk/x", "shop"),
        ("https://www.lemonde.fr/x", "press"),
        ("https://harvard.edu.evil.com/x", "unknown"),
        ("https://edu.example.com/x", "unknown"),
        ("https://harvard-edu.com/x", "unknown"),
        ("https://loc.gov.example.org/x", "unknown"),
        ("https://archive.org.example.net/x", "unknown"),
        ("https://notarchive.org/x", "unknown"),
        ("https://harvard.edu@evil.com/x", "unknown"),
        ("https://evil.com/?u=harvard.edu", "unknown"),
        ("https://xn--hrvard-9ya.edu.evil.com", "unknown"),
        ("https://ac.com/x", "unknown"),
        ("https://something.ac/x", "unknown"),
        ("https://gov.example/x", "unknown"),
        ("http://127.0.0.1/x", "unknown"),
        ("http://[::1]/x", "unknown"),
        ("http://localhost:8000/x", "unknown"),
        ("http://[bad", "unknown"),
        ("upload:abc:harvard.edu", "unknown"),
        ("", "unknown"),
    ],
)
def test_who_stands_behind_an_address(url: str, kind: str) -> None:
    assert class_of(url) == HostClass(kind)


def test_no_host_is_in_two_classes() -> None:
    listed = [host for hosts in CLASSES.values() for host in hosts.split()]
    assert sorted({host for host in listed if listed.count(host) > 1}) == []


def test_classes_are_in_their_order() -> None:
    urls = ("https://archive.org/x", "https://example.com/x", "https://en.wikipedia.org/x")
    more = ("https://roe.blogspot.com/x", "https://www.quora.com/x")
    scores = [credibility(replace(FULL, url=url)).value for url in (*urls, *more)]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == len(scores)
    assert all(0 <= score <= 100 for score in scores)


def test_it_rises_with_what_can_be_checked_and_says_so() -> None:
    bare, unread = credibility(Record("secondary")), credibility(replace(FULL, readable=False))
    assert unread.value < bare.value < credibility(FULL).value
    assert "author" in bare.because
    assert "missing" in bare.because
    assert "can't be read" in unread.because
    assert "anyone can publish" in credibility(replace(FULL, url="https://roe.blogspot.com")).because


def test_an_old_primary_source_is_as_good_as_a_new_one() -> None:
    old, new = (credibility(replace(FULL, kind="primary", date=date)) for date in ("1745", "2020"))
    assert old == new
    assert old.value > credibility(FULL).value > credibility(replace(FULL, kind="tertiary")).value


def test_metadata_cannot_lift_a_content_farm() -> None:
    best = replace(FULL, kind="primary", url="https://www.quora.com/x")
    assert credibility(best).value <= 40 < credibility(Record("secondary")).value


def test_an_encyclopedias_article_is_one_by_its_address() -> None:
    assert form_by_host("https://es.wikipedia.org/wiki/X") == "encyclopedia"
    assert form_by_host("https://example.org/") == ""
