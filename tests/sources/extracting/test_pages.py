"""Pages as the web has them: all of their text, none of their furniture, and what they say of themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from sources.extracting.base import Extracted
from sources.extracting.reading import extract_here

PAGES = Path(__file__).parent / "pages"


def _page(name: str) -> Extracted:
    return extract_here((PAGES / name).read_bytes(), name)


def _said(found: Extracted) -> tuple[str, str, str, str]:
    return found.title, found.author, found.date, found.language


def test_a_news_article() -> None:
    found = _page("news.html")

    assert [text.split()[0] for text in found.text.split("\n\n")] == "The Ada By The Her “I She".split()
    assert found.text.endswith("was buried beside the hives.")
    assert _said(found) == (
        "The beekeeper who mapped the stars",
        "Ruth J. Okonkwo; T. Ellis",
        "2019-03-04",
        "en",
    )
    assert found.publisher == "The Harbour Gazette"
    assert found.url.endswith("/ada-lindqvist-stars")


def test_a_blog_that_says_nothing_right_of_itself() -> None:
    """Its title is "Untitled", its language "en"; its furniture is told by the names of classes alone."""
    found = _page("blog.html")

    assert [text.split()[0] for text in found.text.split("\n\n")] == "Una En La No Clara".split()
    assert "por mayo volverá." in found.text
    assert _said(found) == ("Una carta de Clara Montes", "María J. Roldán", "2014-06-21", "es")


def test_an_article_of_an_encyclopaedia() -> None:
    found = _page("wiki.html")

    assert found.text.split("\n\n") == [
        "Ada Lindqvist",
        "Born 3 May 1851 Malmö, Sweden",
        "Died 12 January 1913 (aged 61)",
        "Ada Lindqvist (3 May 1851 – 12 January 1913) was a Swedish beekeeper and astronomer."
        " She compiled a catalogue of 1,204 stars.",
        "Life",
        "She was the third daughter of a harbour pilot in Malmö, and kept forty hives before she was twenty.",
        "Lindqvist with her telescope in 1890",
        "Her catalogue was printed in 1889 at her own cost; the observatory of Uppsala bought two copies.",
        "Stjärnor (1889), a catalogue of stars, with maps drawn by her own hand.",
        "Bin (1897), on the keeping of bees in a cold climate.",
    ]
    assert found.title == "Ada Lindqvist"
    assert found.author == "Contributors to Wikimedia projects"


def test_notes_that_an_author_wrote_are_text_on_a_wiki_too() -> None:
    page = (PAGES / "wiki.html").read_text("utf-8").replace("<cite", "<span").replace("</cite", "</span")
    page = page.replace(' class="citation book cs1"', "").replace(' class="citation web cs1"', "")

    assert "References\n\nBerg, K. (1921)." in extract_here(page.encode(), "a.html").text


def test_a_page_of_1999_that_names_the_wrong_encoding() -> None:
    found = _page("table1999.html")

    assert found.text.startswith("Captain Josiah Penrose, 1788–1861\n\nJosiah Penrose went to sea")
    assert "off Cádiz – “a cheap price,” he said, “for so fine a view.”" in found.text
    assert "the glass is high, And I am old" in found.text
    assert "Guestbook" not in found.text
    assert _said(found) == ("", "", "", "en")


def test_a_book_as_a_page_keeps_every_letter_and_verse() -> None:
    found = _page("gutenberg.html")

    assert found.text.split("\n\n") == [
        "THE LETTERS OF JANE ROE",
        "LONDON 1902",
        "LETTER I.",
        "LEEDS, May 3, 1849.",
        "MY DEAR SISTER,—The house is cold, and father says that we shall not have coals before the week is out.",
        "The wind is fair, the glass is high,",
        "And I am old, and so good-bye.",
        "Your loving",
        "JANE.",
        "LETTER II.",
        "No.",
        "The winter of that year was the hardest in memory.",
        "Here ends the book,",
        "And here the pen.",
    ]
    assert (found.title, found.author) == ("The Letters of Jane Roe", "Roe, Jane, 1822-1901")


def test_the_text_of_a_scan() -> None:
    found = _page("ocr.txt")

    assert found.text.startswith("THE LIFE\n\nOF\n\nCAPTAIN JOSIAH PENROSE")
    assert "a brig that carried tin from Falmouth" in found.text
    assert "every Christmas by the packet.\n\nIn 1805 he was pressed" in found.text
    assert found.text.endswith("who cares to look.")


BODY = "<p>" + "She walked to the mill by the river and back again, and wrote of it. " * 8 + "</p>"


@pytest.mark.parametrize(
    "furniture",
    [
        '<div class="cookie-banner">XX</div>',
        '<div id="onetrust-consent-sdk">XX</div>',
        '<ul class="social-links"><li>XX</li></ul>',
        '<section class="related-articles"><h2>XX</h2></section>',
        '<div class="post__comments">XX</div>',
        '<div role="navigation">XX</div>',
        "<header><nav>XX</nav></header>",
        "<dialog>XX</dialog>",
    ],
)
def test_furniture_goes_under_many_names(furniture: str) -> None:
    page = f"<html><body><article><h1>Roe</h1>{BODY}{furniture}{BODY}</article></body></html>"

    found = extract_here(page.encode(), "a.html").text

    assert "XX" not in found
    assert found.count("She walked") == 16


@pytest.mark.parametrize(
    "wrapper",
    [
        '<div class="page-with-sidebar comments-open">{}</div>',
        '<div class="has-sidebar"><main>{}</main></div>',
        '<div id="content-sidebar-wrap" class="sidebar">{}</div>',
        '<div class="letter"><span class="share">{}</span></div>',
        '<div class="commentary">{}</div>',
        '<aside role="doc-footnote">{}</aside>',
        "<a name=top>{}",
    ],
)
def test_text_is_kept_whatever_its_wrapper_is_called(wrapper: str) -> None:
    page = f"<html><body>{wrapper.format(BODY)}</body></html>"

    assert extract_here(page.encode(), "a.html").text.count("She walked") == 8


HEADS = {
    '<title>Jane Roe - The Gazette</title><meta property="og:site_name" content="The Gazette">': (
        "Jane Roe",
        "",
        "",
    ),
    "<title>Jane Roe - A Life</title>": ("Jane Roe - A Life", "", ""),
    '<meta name="author" content="www.example.com"><meta name="date" content="1999">': ("", "", "1999"),
    '<meta name="citation_author" content="Smith, J. P."><meta name="citation_author" content="Roe, A.">': (
        "",
        "Smith, J. P.; Roe, A.",
        "",
    ),
    '<meta property="article:published_time" content="2001-02-03T04:05:06Z">': ("", "", "2001-02-03"),
    '<script type="application/ld+json">{"@type":"BlogPosting","headline":"A","author":"J. P. Smith"}</script>': (
        "A",
        "J. P. Smith",
        "",
    ),
    '<script type="application/ld+json">[[[[</script><title>B</title>': ("B", "", ""),
    '<script type="application/ld+json">{"@type":["Article",7],"headline":["C"],"author":[{"name":[]}]}</script>': (
        "C",
        "",
        "",
    ),
    '<script type="application/ld+json">{"@type":"Organization","name":"Not a title"}</script>': ("", "", ""),
}


@pytest.mark.parametrize(("head", "said"), HEADS.items(), ids=lambda _value: "")
def test_what_a_page_says_of_itself(head: str, said: tuple[str, str, str]) -> None:
    page = f"<html><head>{head}</head><body>{BODY}</body></html>"

    assert _said(extract_here(page.encode(), "a.html"))[:3] == said
