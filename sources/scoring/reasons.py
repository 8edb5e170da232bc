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


def refusal(name: str, seen: Evidence) -> str:
    """Why the source isn't used, should its relevance be too low: what decided, and what to do about it."""
    words = {"name": name, "n": seen.mentions.named, "words": seen.mentions.length}
    return next(message for holds, message in _refusals(seen) if holds) % words


def _refusals(seen: Evidence) -> list[tuple[bool, str]]:
    """What may decide, the gravest first; the last one always holds."""
    return [
        (
            not seen.mentions.weight and not seen.mentions.named,
            _(
                "It never names %(name)s. Check that it is the right document; if it calls the person otherwise,"
                " give that name in the description."
            ),
        ),
        (
            seen.prose < _LIST_LIKE,
            _(
                "It reads like a list, a page made for search engines or the same lines again and again, so there is"
                " nothing in it to tell of %(name)s. Give a text in whole sentences."
            ),
        ),
        (
            seen.dates_agree is False,
            _(
                "It is about a namesake: the years of life beside the name aren't those of %(name)s. Check the"
                " description of the person, or leave this source out."
            ),
        ),
        (
            seen.topic.name == "film",
            _("It speaks of a film or a play with the name, not of %(name)s. Give a text about the person."),
        ),
        (
            seen.topic.name == "shop",
            _("It sells something that bears the name %(name)s. Give the text itself."),
        ),
        (
            True,
            _(
                "It says too little about %(name)s (words: %(words)d, mentions: %(n)d). Give the part that is about the"
                " person; or describe the person more fully, if it is about them."
            ),
        ),
    ]


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
    in_title = _("The title names the person.")
    return f"{told} {in_title}" if seen.in_title else told


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
