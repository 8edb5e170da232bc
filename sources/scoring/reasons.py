"""The line beside the relevance: what was seen, the decisive things first."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sources.scoring.evidence import Evidence
from sources.scoring.mentions import Kind

_SHOWN = 4  # words of the profile
_LIST_LIKE = 0.6


def because(name: str, seen: Evidence) -> str:
    """Short sentences for the editor."""
    parts = [*_against(seen), *_authorship(name, seen), _named(name, seen), *_others(seen), *_company(seen)]
    return " ".join(part for part in parts if part)


def _against(seen: Evidence) -> list[str]:
    found = []
    if seen.prose < _LIST_LIKE:
        found.append(_("It reads like a list or a page made for search engines, not like prose."))
    if seen.dates_agree is False:
        found.append(_("The years of life behind the name are a namesake's."))
    if seen.topic.name == "film":
        found.append(_("It speaks of a film or a play."))
    if seen.topic.name == "shop":
        found.append(_("It sells something."))
    return found


def _authorship(name: str, seen: Evidence) -> list[str]:
    return [_("%s wrote it.") % name] if seen.by_the_person else []


def _named(name: str, seen: Evidence) -> str:
    count = seen.mentions.named
    if not seen.mentions.weight:
        told = _("The text never names %s.") % name
    else:
        told = ngettext(
            "The name stands once in the text, in %(share)d %% of its stretches.",
            "The name stands %(n)d times in the text, in %(share)d %% of its stretches.",
            count,
        ) % {"n": count, "share": round(100 * min(1.0, seen.coverage))}
    return f"{told} {_('The title names the person.')}" if seen.in_title else told


def _others(seen: Evidence) -> list[str]:
    others, things = seen.mentions.counts[Kind.OTHER], seen.mentions.counts[Kind.THING]
    relatives = ngettext(
        "Once it is somebody else of that family name.",
        "%(n)d times it is somebody else of that family name.",
        others,
    )
    named_after = ngettext(
        "Once it is a school, a street or the like.",
        "%(n)d times it is a school, a street or the like.",
        things,
    )
    told = ((others, relatives), (things, named_after))
    return [sentence % {"n": count} for count, sentence in told if count]


def _company(seen: Evidence) -> list[str]:
    found = []
    if seen.context.words:
        found.append(_("Like the description it speaks of %s.") % ", ".join(seen.context.words[:_SHOWN]))
    if seen.years:
        found.append(_("It has the year %s.") % ", ".join(map(str, seen.years)))
    return found
