"""The furniture of a web page, told by what its makers called it: menus, banners, comments, offers, footers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import html

_TAGS = ("nav", "aside", "footer", "form", "iframe", "button", "dialog")
_ROLES = frozenset(
    "navigation complementary contentinfo banner search dialog alertdialog menu menubar toolbar".split()
)
# Whole words of a class or id, between hyphens and underscores: "entry-content" isn't "content-ad".
_WORDS = (
    r"cookies?|consent|gdpr|onetrust|didomi|newsletter|subscribe|signup|paywall|advert|advertisement|ads|sponsored"
    r"|promo|share|sharing|sharedaddy|addtoany|social-(?:media|share|sharing|links|icons|buttons)|related|outbrain"
    r"|taboola|recommended|recommendations|most-read|mostread|trending|popular-posts|sidebar|widget-area|breadcrumbs?"
    r"|menu|navbar|navbox|navigation|site-header|skip-link|post-navigation|toolbar"
    r"|catlinks|printfooter|sitenotice|sitesub|contentsub|jump-to-nav|mw-jump-link|mw-navigation|mw-panel|vector-menu"
    r"|vector-header|hatnote|ambox|authority-control"
)
# Pages of old books have these too, and nothing else that isn't text.
_QUIET_WORDS = (
    r"toc|pagination|pager|footer|metadata|noprint|masthead|colophon|pg-boilerplate|pgheader|pg-header"
)
_COMMENTS = (
    r"comments?|comment-list|commentlist|comment-respond|respond|disqus|disqus-thread|livefyre|replies"
)
_BYLINES = r"byline|bylines|entry-meta|post-meta|article-meta|posted-on|post-info|entry-footer|tags-links"


def _named(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?:^|[\s_-])(?:{words})(?=$|[\s_-])", re.IGNORECASE)


_FURNITURE, _QUIET = _named(_WORDS), _named(_QUIET_WORDS)
_TALK, _ABOUT = _named(_COMMENTS), _named(_BYLINES)
# What speaks of a page's shape, not of the element ("has-sidebar", "comments-open", "article-with-related").
_SHAPE = re.compile(
    r"\b(?:has|no|with|without|open|closed|enabled|disabled)-\S+|\S+-(?:open|closed|enabled)\b"
)
_LARGEST_SHARE = 0.4  # of a page's text; more isn't furniture, whatever it's called
_LONGEST_BYLINE = 300  # characters
_KEPT = frozenset({"html", "body", "main", "article", "h1"})
_INLINE = frozenset(
    {"a", "abbr", "b", "cite", "em", "font", "i", "small", "span", "strong", "sup", "td", "th", "tr"}
)


def drop_furniture(page: html.HtmlElement) -> bool:
    """Remove the furniture from the page in place; returns whether it was the page of a site, not of a book."""
    length = len(page.text_content())
    loud = [element for element in page.iter() if _is_furniture(element, length, _FURNITURE)]
    quiet = [element for element in page.iter() if _is_furniture(element, length, _QUIET)]
    about = list(_bylines(page)) if loud else []
    for element in (*loud, *quiet, *about):
        if element.getparent() is not None:  # it may have gone with the one around it
            element.drop_tree()
    return bool(loud)


def _label(element: html.HtmlElement) -> str:
    return _SHAPE.sub("", f"{element.get('class') or ''} {element.get('id') or ''}")


def _is_furniture(element: html.HtmlElement, length: int, words: re.Pattern[str]) -> bool:
    if not isinstance(element.tag, str) or element.tag in _KEPT or element.tag in _INLINE:
        return False
    if words is _FURNITURE and _is_by_nature(element):
        return True
    label = _label(element)
    if _TALK.search(label):
        return next(element.iter("h1", "main"), None) is None
    if not words.search(label):
        return False
    return len(element.text_content()) <= length * _LARGEST_SHARE and not _holds_text(element)


def _is_by_nature(element: html.HtmlElement) -> bool:
    """By its tag or role; a note may stand in an <aside> (DPUB-ARIA: doc-footnote)."""
    role = element.get("role") or ""
    if element.tag in _TAGS:
        return not role.startswith("doc-")
    if element.tag == "header":
        return next(element.iter("nav"), None) is not None and not _holds_text(element)
    return role in _ROLES and not _holds_text(element)


def _holds_text(element: html.HtmlElement) -> bool:
    return next(element.iter("main", "article", "h1"), None) is not None


def _bylines(page: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """What a page with furniture says about its text beside it: who wrote it and when is in the metadata."""
    for element in page.iter("div", "p", "span", "ul", "section", "header"):
        is_short = len(element.text_content()) <= _LONGEST_BYLINE
        if is_short and _ABOUT.search(_label(element)) and not _holds_text(element):
            yield element
    for element in page.iter("time"):
        if next(element.iterancestors("p", "li", "td", "blockquote"), None) is None:
            yield element
