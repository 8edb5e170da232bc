"""Do the sources disagree on something that the book tells, and which of them does it follow?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from biographies.actions import Seen
from biographies.vocabulary import Severity

NAME = "contradictions"
LONGEST = 220  # characters of a quotation in a message


@dataclass(frozen=True, slots=True)
class DisputeView:
    """A statement that the sources disagree on: what each says, and why the book follows one of them.

    `kind` and `because` are words of `Dispute`; `counts` are independent sources, of the followed one first.
    `followed_in` and `other_in` name the sections that tell either, "" when none does.
    """

    kind: str
    followed: str
    followed_source: str
    other: str
    other_source: str
    because: str
    counts: tuple[int, int] = (1, 1)
    followed_in: str = ""
    other_in: str = ""


def check_book(disputes: Iterable[DisputeView]) -> Iterator[Seen]:
    """One finding for each thing disagreed on; a warning, but for spellings and places, which may well be one."""
    for views in _by_matter(disputes):
        one = views[0]
        severity = Severity.INFO if one.kind in ("spelling", "place") else Severity.WARNING
        yield Seen(NAME, severity, message(*views), (one.other if one.other_in else one.followed)[:LONGEST])


def _by_matter(disputes: Iterable[DisputeView]) -> list[list[DisputeView]]:
    """Those in which the same sentence is followed on the same matter, together; what the book tells comes first."""
    found: dict[tuple[str, str, str], list[DisputeView]] = {}
    for one in disputes:
        found.setdefault((one.kind, one.followed_source, one.followed), []).append(one)
    return [sorted(views, key=lambda one: not one.other_in) for views in found.values()]


def message(one: DisputeView, *more: DisputeView) -> str:
    """The disagreement in a few sentences: what the sources say, which one is followed, why, and where it's told.

    `more` are others that disagree with the same sentence on the same matter.
    """
    said = _(
        "The sources disagree on %(matter)s. %(one)s: “%(first)s” %(other)s: “%(second)s” "
        "The book follows %(one)s, %(why)s."
    ) % {
        "matter": _matter(one.kind),
        "one": one.followed_source,
        "first": _short(one.followed),
        "other": one.other_source,
        "second": _short(one.other),
        "why": _why(one),
    }
    return " ".join([said, _where(one), *map(_too, more)])


def _too(one: DisputeView) -> str:
    said = _("%(other)s disagrees as well: “%(second)s”") % {
        "other": one.other_source,
        "second": _short(one.other),
    }
    return f"{said} {_where(one)}" if one.other_in else said


def _where(one: DisputeView) -> str:
    if one.other_in and not one.followed_in:
        return (
            _("But only the other statement is told, in “%s”: take it out, or add a word about the doubt.")
            % one.other_in
        )
    if one.other_in:
        return (
            _("The other statement stands in “%s” too: add a word about the doubt, or take it out.")
            % one.other_in
        )
    if one.followed_in:
        return _("It is told in “%s”.") % one.followed_in
    return _("No chapter tells either.")


def _matter(kind: str) -> str:
    return {
        "birth": _("the date of birth"),
        "age": _("the date of birth, as an age lets it be reckoned"),
        "death": _("the date of death"),
        "date": _("when something happened"),
        "place": _("a place, unless one lies in the other"),
        "number": _("a number"),
        "years": _("somebody's age at an event"),
        "order": _("which of two things came first"),
        "office": _("what somebody was made"),
        "having": _("whether somebody had something"),
        "kinship": _("how two people were related"),
        "name": _("a name in the family"),
        "spelling": _("the spelling of a name"),
    }.get(kind, _("a statement"))


def _why(one: DisputeView) -> str:
    if one.because == "witnesses":
        counts = {"more": one.counts[0], "fewer": one.counts[1]}
        return _("since more independent sources say so (%(more)d against %(fewer)d)") % counts
    return {
        "kind": _("since it stands nearer to the events, by its kind"),
        "near": _("since it was written sooner after the events"),
        "credible": _("since it is the more credible source"),
        "weight": _("since it tells more about it"),
    }.get(one.because, _("though nothing speaks for one of them"))


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= LONGEST else plain[: LONGEST - 1].rsplit(" ", 1)[0] + "…"
