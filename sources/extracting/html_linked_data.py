"""schema.org's JSON-LD in a web page: the article that the page is about (https://schema.org/Article)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import html

_SCRIPTS = "//script[contains(translate(@type, 'LDJSON', 'ldjson'), 'ld+json')]"
_LONGEST = 500_000  # characters of one script
_MOST_NODES = 500
_ARTICLES = (
    "article",
    "posting",
    "book",
    "chapter",
    "creativework",
    "report",
    "thesis",
    "webpage",
    "aboutpage",
)


@dataclass(frozen=True)
class Linked:
    """What JSON-LD says of the page's article; "" and () where it says nothing."""

    title: str = ""
    authors: tuple[str, ...] = ()
    date: str = ""
    publisher: str = ""
    language: str = ""
    url: str = ""


def linked_data(page: html.HtmlElement) -> Linked:
    """The article of a page, or, without one, the page as an item of its site."""
    nodes = [node for script in page.xpath(_SCRIPTS) for node in _nodes(script.text or "")]
    ranked = sorted(nodes, key=_rank)
    return _read(ranked[0]) if ranked and _rank(ranked[0]) < len(_ARTICLES) else Linked()


def _nodes(text: str) -> Iterator[dict[str, Any]]:
    """The objects of a script, and those of its @graph; what isn't JSON holds none."""
    try:
        found = json.loads(text, strict=False) if len(text) <= _LONGEST else []
    except (ValueError, RecursionError):
        return
    waiting = [found]
    for _step in range(_MOST_NODES):
        if not waiting:
            return
        one = waiting.pop(0)
        if isinstance(one, list):
            waiting.extend(one)
        elif isinstance(one, dict):
            yield one
            waiting.extend(one[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in one)


def _rank(node: dict[str, Any]) -> int:
    """Articles first, then pages; what is neither (a site, a person, a trail of crumbs) comes last."""
    kinds = [str(kind).lower() for kind in _list(node.get("@type"))]
    ranks = (rank for rank, name in enumerate(_ARTICLES) if any(kind.endswith(name) for kind in kinds))
    return next(ranks, len(_ARTICLES))


def _read(node: dict[str, Any]) -> Linked:
    return Linked(
        title=_text(node.get("headline")) or _text(node.get("name")),
        authors=tuple(filter(None, map(_name, _list(node.get("author")) or _list(node.get("creator"))))),
        date=_text(node.get("datePublished")) or _text(node.get("dateCreated")),
        publisher=next(filter(None, map(_name, _list(node.get("publisher")))), ""),
        language=_text(next(iter(_list(node.get("inLanguage"))), "")),
        url=_text(node.get("url")),
    )


def _list(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _name(value: Any) -> str:
    """The name of a person or a body, given as an object or as plain text."""
    if not isinstance(value, dict):
        return _text(value)
    parts = (_text(value.get(key)) for key in ("givenName", "familyName"))
    return _text(value.get("name")) or " ".join(filter(None, parts))


def _text(value: Any) -> str:
    if isinstance(value, list) and value:
        value = value[0]
    return value.strip() if isinstance(value, str) else ""
