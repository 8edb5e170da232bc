"""What the subject is said to have done before birth or after death."""

# ruff: noqa: E501 - the long lines are tables of words

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from django.utils.translation import gettext as _

from engine.authors.extract.person import Person
from engine.quality.ledger.claims import Claim, Conflict, span_of
from engine.quality.ledger.lives import bounds
from engine.quality.ledger.reading import Line, Page
from engine.quality.views import About

# Verbs of what only the living do; a book, a statue or a memory does none of it.
_DID: Final = re.compile(
    r"\b(?:travell?ed|wrote|spoke|delivered|married|moved|published|returned|visited|met|bought|sold|founded|escaped|arrived|went|"
    r"sailed|studied|taught|worked|lived|settled|joined|signed|addressed|resigned|attended|lectured|gave|made|took|began|started|opened|"
    r"viajó|escribió|habló|pronunció|volvió|visitó|compró|fundó|llegó|estudió|enseñó|trabajó|vivió|firmó|publicó|se casó|"
    r"voyagea|écrivit|parla|prononça|revint|visita|acheta|fonda|arriva|étudia|enseigna|travailla|vécut|signa|publia|épousa|"
    r"reiste|schrieb|sprach|hielt|kehrte|besuchte|kaufte|gründete|studierte|lehrte|arbeitete|lebte|unterschrieb|veröffentlichte|heiratete|"
    r"viajou|escreveu|falou|voltou|visitou|comprou|fundou|chegou|estudou|ensinou|trabalhou|viveu|assinou|publicou|"
    r"viaggiò|scrisse|parlò|tornò|visitò|comprò|fondò|arrivò|studiò|insegnò|lavorò|visse|firmò|pubblicò|sposò)\b"
)
_ASIDE: Final = re.compile(
    r"[;:“”\"«»]|\b(?:that|which|who|whose|when|after|before|until|since|as|if|because|of whom|que|cuando|después|antes|desde|quand|"
    r"qui|après|avant|depuis|dass|als|nachdem|bevor|seit|quando|che|dopo|prima|depois)\b",
    re.I,
)
_PRECISE: Final = ("day", "month", "season", "year")


def claims(page: Page) -> Iterator[Claim]:
    """Plain sentences with one date, nobody else in them, and the subject doing something."""
    for line in page.lines:
        if len(line.dates) != 1 or line.dates[0].precision not in _PRECISE or _ASIDE.search(line.text):
            continue
        match = _DID.search(line.text)
        if match and _alone(line) and line.actor(match.start()) == page.subject.name:
            first, last = span_of(line.dates[0], hedged=False)
            yield Claim(
                "deed", page.subject.name, line.text, line.view.name, line.dates[0].start, first, last
            )


def _alone(line: Line) -> bool:
    people = line.page.people
    return {people.who(name) for name in people.names_in(line.text)} <= {people.subject.name}


def conflicts(claims: Iterable[Claim], about: About, subject: Person) -> Iterator[Conflict]:
    """Deeds wholly before the earliest birth or after the latest death that the book tells."""
    told = list(claims)
    birth, death = bounds(told, about, subject)
    for deed in (claim for claim in told if claim.kind == "deed"):
        if birth and birth.first and deed.last and deed.last < birth.first:
            yield Conflict(birth, deed, _("%s does something before being born.") % subject.name)
        if death and death.last and deed.first and deed.first > death.last:
            yield Conflict(death, deed, _("%s does something after dying.") % subject.name)
