"""Dates as prose writes them."""

# ruff: noqa: E501 - a case stands on one line

from __future__ import annotations

from itertools import pairwise

import pytest

from sources.dates import dates_in


@pytest.mark.parametrize(
    ("language", "text", "words", "first", "last", "precision"),
    [
        ("en", "Born on the 7th of November, 1867, at home.", "7th of November, 1867", "1867-11-07", "1867-11-07", "day"),
        ("en", "It began on the third of September, 1838.", "third of September, 1838", "1838-09-03", "1838-09-03", "day"),
        ("en", "He sailed November 12, 1859.", "November 12, 1859", "1859-11-12", "1859-11-12", "day"),
        ("en", "On the second day of February, 1895, it came.", "second day of February, 1895", "1895-02-02", "1895-02-02", "day"),
        ("en", "In May, 1881, he was named.", "May, 1881", "1881-05-01", "1881-05-31", "month"),
        ("en", "We met in the spring of the year 1894.", "spring of the year 1894", "1894-03-01", "1894-05-31", "season"),
        ("en", "She was born about 1817.", "1817", "1817-01-01", "1817-12-31", "circa"),
        ("en", "From August 1845 to April 1847 he spoke.", "August 1845 to April 1847", "1845-08-01", "1847-04-30", "range"),
        ("en", "The tour of 1855-56 was long.", "1855-56", "1855-01-01", "1856-12-31", "range"),
        ("en", "The poor of the 1850s had no doctor.", "the 1850s", "1850-01-01", "1859-12-31", "decade"),
        ("es", "Nació el 7 de noviembre de 1867.", "7 de noviembre de 1867", "1867-11-07", "1867-11-07", "day"),
        ("es", "Vivió allí entre 1855 y 1860.", "1855 y 1860", "1855-01-01", "1860-12-31", "range"),
        ("fr", "Il partit le 1er janvier 1900.", "1er janvier 1900", "1900-01-01", "1900-01-01", "day"),
        ("de", "Im Frühjahr 1849 kam er.", "Frühjahr 1849", "1849-03-01", "1849-05-31", "season"),
        ("it", "Nacque nel marzo del 1867.", "marzo del 1867", "1867-03-01", "1867-03-31", "month"),
        ("pt", "Chegou em 7 de março de 1867.", "7 de março de 1867", "1867-03-07", "1867-03-07", "day"),
    ],
)  # fmt: skip
def test_one_date(language: str, text: str, words: str, first: str, last: str, precision: str) -> None:
    (date,) = dates_in(text, language)
    assert text[date.start : date.end] == words
    assert (date.first.isoformat(), date.last.isoformat(), date.precision) == (first, last, precision)


@pytest.mark.parametrize(
    "text",
    [
        "There were 1500 men and 1,200 horses.",
        "It cost $1850, or £1200.",
        "See p. 1845 and no. 1850.",
        "He may march in spring.",
        "It was the 31st of the month.",
    ],
)
def test_numbers_and_months_that_date_nothing(text: str) -> None:
    assert dates_in(text, "en") == []


def test_a_day_that_does_not_exist_is_no_day() -> None:
    assert all(date.precision != "day" for date in dates_in("On February 31, 1866, nothing happened.", "en"))


def test_two_years_joined_by_and_are_two_dates() -> None:
    assert [date.first.year for date in dates_in("It appeared in 1845 and 1855.", "en")] == [1845, 1855]


def test_a_day_without_a_year_takes_the_given_one() -> None:
    text = "On May 4th we took passage."
    assert dates_in(text, "en") == []
    (date,) = dates_in(text, "en", year=1921)
    assert date.first.isoformat() == "1921-05-04"


def test_an_unknown_language_still_has_years() -> None:
    assert [date.first.year for date in dates_in("W roku 1867 urodziła się.", "xx")] == [1867]


def test_dates_come_in_order_and_do_not_overlap() -> None:
    dates = dates_in("From 1847 to 1860, and again on July 5, 1872; then came the winter of 1880.", "en")
    assert [date.first.year for date in dates] == [1847, 1872, 1880]
    assert all(one.end <= other.start for one, other in pairwise(dates))
