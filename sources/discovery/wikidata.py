"""Wikidata: who the person is, and the pages that its item names (official site, described at, Wikisource).

The forms of the answers are those of the Wikibase API (`wbsearchentities`, `wbgetentities`) and of its JSON
data model, https://doc.wikimedia.org/Wikibase/master/php/docs_topics_json.html.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from django.utils.translation import gettext as _

from sources.discovery.base import Ask, Candidate, FinderError, Person, Profile
from sources.discovery.naming import speaks_of
from sources.discovery.reading import address, at, promised, rows, text
from sources.people import fold_name

HUMAN: Final = "Q5"
NAMESAKES: Final = 7  # items that are looked at; the service finds so many by default
MOST_LABELS: Final = 50  # the API's own limit
_IDENTIFIERS: Final = {"P214": "viaf", "P244": "lccn", "P648": "open_library", "P1938": "gutenberg"}
_PLACES: Final = ("P19", "P20")
_OCCUPATION: Final = "P106"
_PAGES: Final = {"P856": "official website", "P973": "described at", "P953": "full work available at"}
_ITEM: Final = re.compile(r"Q\d{1,12}")
_TIME: Final = re.compile(r"\+(\d{4})-(\d\d)-(\d\d)T")
_YEAR, _MONTH, _DAY = 9, 10, 11  # the precision of a date


class Wikidata:
    """The finder; `profile` is for the others."""

    name = "wikidata"
    title = "Wikidata"

    def __init__(self, base: str = "https://www.wikidata.org") -> None:
        self.base = base

    def find(self, person: Person, ask: Ask) -> Iterator[Candidate]:
        """The pages that the person's item names. Asks for nothing when the person has no item."""
        if not person.profile.item:
            return
        for entity in self._entities([person.profile.item], person, ask):
            yield from _pages(entity, person)

    def profile(self, person: Person, ask: Ask) -> Profile:
        """What Wikidata knows of the person; an empty profile when nobody there fits. Raises FinderError."""
        query: dict[str, str | int] = {
            "action": "wbsearchentities",
            "search": person.name,
            "language": person.language,
        }
        query |= {"uselang": person.language, "type": "item", "limit": NAMESAKES, "format": "json"}
        found = promised(ask(f"{self.base}/w/api.php", query), "search")
        items = [item for item in (text(one.get("id")) for one in found) if _ITEM.fullmatch(item)]
        people = [one for one in self._entities(items, person, ask) if _is_meant(one, person)]
        if not people:
            return Profile()
        # The service puts the best known first; a description tells namesakes apart, a tie leaves the order.
        best = max(people, key=lambda one: _fit(one, person.description))
        return _profile(best, person, self._labels(best, person, ask))

    def _entities(self, items: list[str], person: Person, ask: Ask) -> list[dict[str, Any]]:
        if not items:
            return []
        query = {"action": "wbgetentities", "ids": "|".join(items), "languages": "|".join(person.languages)}
        query |= {"props": "labels|descriptions|aliases|claims|sitelinks", "format": "json"}
        found = at(ask(f"{self.base}/w/api.php", query), "entities")
        if not isinstance(found, Mapping):
            raise FinderError(_("It answered in another form than it documents."), permanent=True)
        return [one for one in map(found.get, items) if isinstance(one, dict)]

    def _labels(self, entity: Mapping[str, Any], person: Person, ask: Ask) -> dict[str, str]:
        """The names of the items that the person's item speaks of (places, occupations), by item."""
        items = list(dict.fromkeys(_spoken_of(entity)))[:MOST_LABELS]
        if not items:
            return {}
        query = {"action": "wbgetentities", "ids": "|".join(items), "languages": "|".join(person.languages)}
        found = at(ask(f"{self.base}/w/api.php", query | {"props": "labels", "format": "json"}), "entities")
        return {item: _label(at(found, item), person) for item in items}


def _is_meant(entity: Mapping[str, Any], person: Person) -> bool:
    """A human of that family name: the service also finds names that only begin alike."""
    return HUMAN in _items(entity, "P31") and speaks_of(person, *_names(entity, person.languages))


def _spoken_of(entity: Mapping[str, Any]) -> Iterator[str]:
    for claim in (*_PLACES, _OCCUPATION):
        yield from _items(entity, claim)


def _label(entity: Any, person: Person) -> str:
    labels = (text(at(entity, "labels", language, "value")) for language in person.languages)
    return next(filter(None, labels), "")


def _fit(entity: Mapping[str, Any], description: str) -> int:
    """How many words of the editor's description stand in the item's own."""
    told = at(entity, "descriptions")
    lines = [text(at(one, "value")) for one in told.values()] if isinstance(told, Mapping) else []
    return len(_words(description) & _words(" ".join(lines)))


def _words(line: str) -> set[str]:
    return {word for word in re.findall(r"\w+", fold_name(line)) if len(word) > 3}


def _values(entity: Mapping[str, Any], claim: str) -> Iterator[Any]:
    """The values of a claim: the preferred ones first, never the deprecated ones."""
    found = [one for one in rows(entity, "claims", claim) if one.get("rank") != "deprecated"]
    for one in sorted(found, key=lambda one: one.get("rank") != "preferred"):
        yield at(one, "mainsnak", "datavalue", "value")


def _items(entity: Mapping[str, Any], claim: str) -> list[str]:
    found = (text(at(value, "id")) for value in _values(entity, claim))
    return [item for item in found if _ITEM.fullmatch(item)]


def _date(entity: Mapping[str, Any], claim: str) -> str:
    """The first date of a claim as exactly as it is known; "" for none, or one before our era."""
    for value in _values(entity, claim):
        found = _TIME.match(text(at(value, "time")))
        precision = at(value, "precision")
        if found and isinstance(precision, int) and precision >= _YEAR:
            return "-".join(found.groups()[: min(precision, _DAY) - _YEAR + 1])
    return ""


def _profile(entity: Mapping[str, Any], person: Person, labels: Mapping[str, str]) -> Profile:
    summaries = (text(at(entity, "descriptions", language, "value")) for language in person.languages)
    found = {name: next(map(text, _values(entity, claim)), "") for claim, name in _IDENTIFIERS.items()}
    return Profile(
        item=text(entity.get("id")),
        summary=next(filter(None, summaries), ""),
        names=tuple(_names(entity, person.languages)),
        born=_date(entity, "P569"),
        died=_date(entity, "P570"),
        places=_named((item for claim in _PLACES for item in _items(entity, claim)), labels),
        occupations=_named(_items(entity, _OCCUPATION), labels),
        identifiers={name: value for name, value in found.items() if value},
        articles=_articles(entity, person.languages),
    )


def _names(entity: Mapping[str, Any], languages: Iterable[str]) -> list[str]:
    found = []
    for language in languages:
        found.append(text(at(entity, "labels", language, "value")))
        found += [text(one.get("value")) for one in rows(entity, "aliases", language)]
    return list(dict.fromkeys(filter(None, found)))


def _named(items: Iterable[str], labels: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(labels[item] for item in items if labels.get(item)))


def _articles(entity: Mapping[str, Any], languages: Iterable[str]) -> dict[str, str]:
    titles = {one: text(at(entity, "sitelinks", f"{one}wiki", "title")) for one in languages}
    return {language: title for language, title in titles.items() if title}


def _pages(entity: Mapping[str, Any], person: Person) -> Iterator[Candidate]:
    item = text(entity.get("id"))
    for claim, relation in _PAGES.items():
        for value in _values(entity, claim):
            if url := address(value):
                because = _("Wikidata names it for the person (%(item)s, %(relation)s).")
                yield Candidate(url, because % {"item": item, "relation": relation})
    for language in person.languages:
        if page := text(at(entity, "sitelinks", f"{language}wikisource", "title")):
            url = address(f"https://{language}.wikisource.org/wiki/{page.replace(' ', '_')}")
            if url:
                because = _("Wikidata names it for the person (%(item)s, %(relation)s).")
                because %= {"item": item, "relation": "Wikisource"}
                yield Candidate(url, because, title=page, publisher="Wikisource", language=language)
