"""What is to be said of each sentence on the screen: its open findings, and the comments on it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from biographies.admin.sentences import Span
from biographies.models import Comment, Finding
from biographies.vocabulary import FindingStatus, Severity

GRAVITY: Final = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}
_MARK: Final = re.compile(r"\[\^([0-9]{1,6})\]")
_LEAST: Final = 12  # characters by which the beginning of a longer place is known


@dataclass(frozen=True, slots=True)
class Flag:
    """The gravest open finding of a sentence ("" without one), how many there are, and how many open comments."""

    severity: str
    findings: int
    comments: int

    @property
    def words(self) -> str:
        """The same for who hears the page."""
        told = []
        if self.findings:
            told.append(
                ngettext(
                    "%(n)d open finding, %(gravest)s",
                    "%(n)d open findings, gravest: %(gravest)s",
                    self.findings,
                )
                % {"n": self.findings, "gravest": Severity(self.severity).label}
            )
        if self.comments:
            told.append(ngettext("%d comment", "%d comments", self.comments) % self.comments)
        return _("; ").join(told)


def found_at(findings: Iterable[Finding], sentences: Sequence[Span]) -> list[dict[str, Any]]:
    """The findings, open and grave ones first, each with the number of the sentence that it is about (or None)."""
    ordered = sorted(
        findings,
        key=lambda one: (one.status != FindingStatus.OPEN, GRAVITY[Severity(one.severity)], one.pk),
    )
    return [{"row": one, "sentence": _sentence(one.place, sentences)} for one in ordered]


def _sentence(place: str, sentences: Sequence[Span]) -> int | None:
    """The sentence that a finding's place names: by a mark that names nothing, or by its words."""
    if not place:
        return None
    if mark := _MARK.fullmatch(place):
        return next((one.number for one in sentences if int(mark[1]) in one.unknown), None)
    whole = (one.number for one in sentences if place in one.text)
    begun = (one.number for one in sentences if len(one.text) >= _LEAST and place.startswith(one.text))
    return next(whole, None) or next(begun, None)


def flags_of(
    found: Iterable[dict[str, Any]], comments: Iterable[Comment], placed: dict[int, int]
) -> dict[int, Flag]:
    """By a sentence's number what is to be said of it, for those of which anything is."""
    open_ones: dict[int, list[str]] = {}
    for one in found:
        if one["sentence"] and one["row"].status == FindingStatus.OPEN:
            open_ones.setdefault(one["sentence"], []).append(one["row"].severity)
    said: dict[int, int] = {}
    for comment in comments:
        if comment.pk in placed and comment.resolved_at is None:
            said[placed[comment.pk]] = said.get(placed[comment.pk], 0) + 1
    return {
        number: Flag(_gravest(open_ones.get(number, [])), len(open_ones.get(number, [])), said.get(number, 0))
        for number in open_ones.keys() | said.keys()
    }


def _gravest(severities: Sequence[str]) -> str:
    return min(severities, key=lambda one: GRAVITY[Severity(one)], default="")
