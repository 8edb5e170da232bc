"""The introduction: how the book was made and from what. Words of the compiler only, no citations."""

# ruff: noqa: E501 - the long lines are prose for the catalogues

from __future__ import annotations

from collections import Counter

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from engine.authors.base import Brief, Draft, Paragraph, Piece, SourceText
from engine.authors.extract.naming import in_language

_THIRD = 0.36  # "about a third"


def introduction(brief: Brief) -> Draft:
    """Five short paragraphs in the language of the book."""
    sources = in_language(brief.subject, brief.sources)
    paragraphs = [
        [_("This life of %(name)s was compiled from sources, without a language model.") % {"name": brief.subject.name},
         _("Every sentence of the chapters stands word for word in one of the sources, and a mark at its end tells where."),
         _("Nothing was reworded, and no sentence was cut.")],
        [_extent(sources), *_kinds(sources)],
        [_("The sentences were chosen because they tell of an event, a person or a place of this life, and arranged in the order of time."),
         _("Where two sources say the same, it is told once, and both are cited."), *_balance(brief)],
        [_("In the chapters, what is set in italics was written by the compiler: it names who speaks, and nothing else."),
         _("Quotation marks enclose what someone says in the first person."),
         _("The mark […] shows that sentences of the source were left out.")],
        [_("What remains unverified is whether the sources are right: a compilation repeats their errors, their opinions and their silences."),
         _("Dates are those the sources give; a passage without a date of its own was placed by its neighbours."),
         _("Words of another time that would offend today were left as they stand.")],
    ]  # fmt: skip
    return Draft(paragraphs=tuple(_paragraph(sentences) for sentences in paragraphs))


def _balance(brief: Brief) -> list[str]:
    """Said only of a book of which it is true: few or unequal sources can't be balanced."""
    words: Counter[int] = Counter()
    for fact in brief.told_facts:
        if fact.sentences:
            words[fact.sentences[0].source] += len(fact.text.split())
    if not words or max(words.values()) > _THIRD * words.total():
        return []
    return [
        _(
            "No source gives more than about a third of the chapters, so that no single voice decides what is told."
        )
    ]


def _extent(sources: tuple[SourceText, ...]) -> str:
    years = sorted(source.year for source in sources if source.year is not None)
    count = len(sources)
    if not years or years[0] == years[-1]:
        return ngettext("It draws on %(count)d source.", "It draws on %(count)d sources.", count) % {
            "count": count
        }
    return ngettext(
        "It draws on %(count)d source, from %(first)d to %(last)d.",
        "It draws on %(count)d sources, written between %(first)d and %(last)d.",
        count,
    ) % {"count": count, "first": years[0], "last": years[-1]}


def _kinds(sources: tuple[SourceText, ...]) -> list[str]:
    """What is known of the sources' kinds, and of how many nothing is: that isn't left to the reader's guess."""
    tally = Counter(source.kind for source in sources)
    said = []
    if tally["primary"]:
        said.append(
            ngettext(
                "%(count)d is a witness of the time.",
                "%(count)d are witnesses of the time.",
                tally["primary"],
            )
            % {"count": tally["primary"]}
        )
    if tally["secondary"]:
        said.append(
            ngettext(
                "%(count)d was written afterwards by a biographer or historian.",
                "%(count)d were written afterwards by biographers or historians.",
                tally["secondary"],
            )
            % {"count": tally["secondary"]}
        )
    if tally["tertiary"]:
        said.append(
            ngettext(
                "%(count)d is a work of reference.", "%(count)d are works of reference.", tally["tertiary"]
            )
            % {"count": tally["tertiary"]}
        )
    if tally["unknown"]:
        said.append(
            ngettext(
                "Of %(count)d it isn't known whether a witness or a later writer speaks.",
                "Of %(count)d it isn't known whether witnesses or later writers speak.",
                tally["unknown"],
            )
            % {"count": tally["unknown"]}
        )
    return said


def _paragraph(sentences: list[str]) -> Paragraph:
    return Paragraph(tuple(Piece(sentence, lead=True) for sentence in sentences))
