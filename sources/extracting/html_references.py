"""Lists of references under an article of an encyclopaedia. Notes that an author wrote are text, and stay."""

from __future__ import annotations

from lxml import html

_LISTS = (
    ".//ol[contains(concat(' ', @class, ' '), ' references ')]"
    "|.//*[contains(concat(' ', @class, ' '), ' refbegin ')]//ul"
)
_CITES = ".//cite | .//*[contains(@class, 'citation')] | .//a[contains(@href, '#CITEREF')]"
_HEADINGS = frozenset({"h2", "h3", "h4", "h5"})


def drop_references(page: html.HtmlElement) -> None:
    """Remove in place the lists most of whose items are citations as MediaWiki's templates write them."""
    for found in page.xpath(_LISTS):
        items = list(found.iter("li"))
        if sum(bool(item.xpath(_CITES)) for item in items) * 2 >= len(items) > 0:
            _drop_with_heading(found)


def _drop_with_heading(found: html.HtmlElement) -> None:
    """The heading above goes too, if nothing else stands under it."""
    while _is_alone(found):
        found = found.getparent()
    above, below = found.getprevious(), found.getnext()
    if above is not None and _is_heading(above) and (below is None or _is_heading(below)):
        above.drop_tree()
    found.drop_tree()


def _is_alone(found: html.HtmlElement) -> bool:
    parent = found.getparent()
    return parent is not None and parent.tag == "div" and len(parent) == 1 and not (parent.text or "").strip()


def _is_heading(element: html.HtmlElement) -> bool:
    return element.tag in _HEADINGS or "mw-heading" in (element.get("class") or "")
