"""Dates as prose writes them."""

# ruff: noqa: E501 - a case stands on one line

from __future__ import annotations

import datetime as dt
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
        ("en", "Nov. 7th, 1867, was cold.", "Nov. 7th, 1867", "1867-11-07", "1867-11-07", "day"),
        ("en", "Leith, 7th 9ber 1752.", "7th 9ber 1752", "1752-11-07", "1752-11-07", "day"),
        ("en", "Written Febry. 11th, 1731/2.", "Febry. 11th, 1731/2", "1732-02-11", "1732-02-11", "day"),
        ("en", "It ended on Christmas day, 1833.", "Christmas day, 1833", "1833-12-25", "1833-12-25", "day"),
        ("en", "Born about the year 1817.", "1817", "1817-01-01", "1817-12-31", "circa"),
        ("en", "Between the years 1845 and 1847 he rested.", "1845 and 1847", "1845-01-01", "1847-12-31", "range"),
        ("en", "In 1845 or 1846 he rested.", "1845 or 1846", "1845-01-01", "1846-12-31", "range"),
        ("en", "In August and September, 1914, it stood.", "August and September, 1914", "1914-08-01", "1914-09-30", "range"),
        ("en", "From the 3rd to the 7th of May, 1860.", "3rd to the 7th of May, 1860", "1860-05-03", "1860-05-07", "range"),
        ("en", "In eighteen hundred and forty-five, she came.", "eighteen hundred and forty-five", "1845-01-01", "1845-12-31", "year"),
        ("en", "In the early eighteen-fifties.", "eighteen-fifties", "1850-01-01", "1859-12-31", "decade"),
        ("en", "In 1860 [1870] he moved.", "1860 [1870]", "1870-01-01", "1870-12-31", "year"),
        ("en", "In the season of 1799/1800 she sang.", "1799/1800", "1799-01-01", "1800-12-31", "range"),
        ("en", "Ann Hay (1817?) kept the shop.", "1817", "1817-01-01", "1817-12-31", "circa"),
        ("en", "Was she born in 1817? Nobody knows.", "1817", "1817-01-01", "1817-12-31", "year"),
        ("es", "Fue hacia el año 1817.", "1817", "1817-01-01", "1817-12-31", "circa"),
        ("es", "En mil ochocientos cuarenta y cinco.", "mil ochocientos cuarenta y cinco", "1845-01-01", "1845-12-31", "year"),
        ("fr", "Écrit le 7 9bre 1752.", "7 9bre 1752", "1752-11-07", "1752-11-07", "day"),
        ("de", "Am siebten November 1867.", "siebten November 1867", "1867-11-07", "1867-11-07", "day"),
        ("de", "Am 4.3.1845 kam er.", "4.3.1845", "1845-03-04", "1845-03-04", "day"),
        ("it", "Tra il 1845 e il 1847.", "1845 e il 1847", "1845-01-01", "1847-12-31", "range"),
        ("pt", "Chegou em 7 de março de 1867.", "7 de março de 1867", "1867-03-07", "1867-03-07", "day"),
        ("en", "He was held from June 5 to July 7, 1812.", "June 5 to July 7, 1812", "1812-06-05", "1812-07-07", "range"),
        ("en", "From 28 December to 3 January 1850 it froze.", "28 December to 3 January 1850", "1849-12-28", "1850-01-03", "range"),
        ("en", "In the night of 5/6 June 1844 it burned.", "5/6 June 1844", "1844-06-05", "1844-06-06", "range"),
        ("en", "It froze in the winter of 1848–49.", "winter of 1848–49", "1848-12-01", "1849-02-28", "season"),
        ("es", "Del 5 de junio al 7 de julio de 1812 esperó.", "5 de junio al 7 de julio de 1812", "1812-06-05", "1812-07-07", "range"),
        ("es", "Del 5 al 7 de junio de 1812 esperó.", "5 al 7 de junio de 1812", "1812-06-05", "1812-06-07", "range"),
        ("fr", "Du 5 juin au 7 juillet 1812 il attendit.", "5 juin au 7 juillet 1812", "1812-06-05", "1812-07-07", "range"),
        ("de", "Vom 5. Juni bis 7. Juli 1812 wartete er.", "5. Juni bis 7. Juli 1812", "1812-06-05", "1812-07-07", "range"),
        ("de", "Geschrieben den 3ten Mai 1867.", "3ten Mai 1867", "1867-05-03", "1867-05-03", "day"),
        ("de", "Im Winter 1848/49 starb er.", "Winter 1848/49", "1848-12-01", "1849-02-28", "season"),
        ("en", "He came on June 5 and left on July 7, 1812.", "July 7, 1812", "1812-07-07", "1812-07-07", "day"),
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
        "The pass lies at 1850 metres above the sea.",
        "The town had 1850 inhabitants.",
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


@pytest.mark.parametrize(
    ("language", "text", "first", "last", "precision"),
    [
        ("en", "I had yours on the 4th inst.", "1863-07-04", "1863-07-04", "day"),
        ("en", "Yours of the 28th ult. came.", "1863-06-28", "1863-06-28", "day"),
        ("en", "I shall sail on the 3d prox.", "1863-08-03", "1863-08-03", "day"),
        ("en", "The year following he was ill.", "1864-01-01", "1864-12-31", "year"),
        ("en", "Two years later she left.", "1865-01-01", "1865-12-31", "year"),
        ("en", "That same year he was ill.", "1863-01-01", "1863-12-31", "year"),
        ("en", "A year later she left.", "1864-01-01", "1864-12-31", "year"),
        ("es", "El mismo año murió.", "1863-01-01", "1863-12-31", "year"),
        ("fr", "Il mourut la même année.", "1863-01-01", "1863-12-31", "year"),
        ("de", "Er starb im selben Jahr.", "1863-01-01", "1863-12-31", "year"),
        ("pt", "Morreu no mesmo ano.", "1863-01-01", "1863-12-31", "year"),
        ("it", "Morì nello stesso anno.", "1863-01-01", "1863-12-31", "year"),
        ("es", "Al año siguiente murió.", "1864-01-01", "1864-12-31", "year"),
        ("de", "Drei Jahre später starb er.", "1866-01-01", "1866-12-31", "year"),
        ("en", "He was poor in the fifties.", "1850-01-01", "1859-12-31", "decade"),
        ("de", "In den fünfziger Jahren.", "1850-01-01", "1859-12-31", "decade"),
        ("en", "It was in '49 that he left.", "1849-01-01", "1849-12-31", "year"),
    ],
)
def test_dates_that_lean_on_another(language: str, text: str, first: str, last: str, precision: str) -> None:
    assert dates_in(text, language) == []
    (date,) = dates_in(text, language, near=dt.date(1863, 7, 2), until=1890)
    assert (date.first.isoformat(), date.last.isoformat(), date.precision) == (first, last, precision)
