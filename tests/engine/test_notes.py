"""Notes of a section: one for a run of sentences that name the same places, and never too few."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

from biographies.exports.manuscript import Inline
from engine.notes import Names, NoteMaker
from engine.reading import Stretch
from sources.models import Citation

# Citation → (source, passage)
PLACES = {1: (1, 4), 2: (1, 4), 3: (1, 5), 4: (2, 1), 5: (1, 4)}
NAMES = Names(
    first={
        1: (Inline("Doe, "), Inline("Harbours", italic=True), Inline(", 1801.")),
        2: (Inline("Roe, n.d."),),
    },
    later={1: (Inline("Doe, “Harbours,”"),), 2: (Inline("Roe, n.d."),)},
)


def _maker() -> NoteMaker:
    told: Any = {
        mark: SimpleNamespace(passage=SimpleNamespace(number=passage, source=SimpleNamespace(number=source)))
        for mark, (source, passage) in PLACES.items()
    }
    return NoteMaker(cast(dict[int, Citation], told), NAMES)


def _calls(*stretches: Stretch) -> tuple[list[tuple[int, ...]], list[str]]:
    maker = _maker()
    inlines = maker.inlines(stretches)
    assert "".join(one.text for one in inlines) == "".join(one.text for one in stretches)
    notes = ["".join(run.text for run in note.inlines) for note in maker.made]
    return [one.notes for one in inlines], notes


def test_a_run_of_sentences_from_one_place_has_one_note_at_its_end() -> None:
    calls, notes = _calls(Stretch("A.", marks=(1,)), Stretch(" B.", marks=(2,)), Stretch(" C.", marks=(3,)))
    assert calls == [(), (1,), (2,)]
    assert notes == ["Doe, Harbours, 1801, passage\u00a04.", "Doe, “Harbours,” passage\u00a05."]


def test_words_without_a_mark_end_a_run_and_a_space_does_not() -> None:
    calls, _notes = _calls(
        Stretch("A.", marks=(1,)), Stretch(" He adds:", italic=True), Stretch(" B.", marks=(2,))
    )
    assert calls == [(1,), (), (2,)]
    calls, _notes = _calls(Stretch("A.", marks=(1,)), Stretch(" […] "), Stretch("B.", marks=(2,)))
    assert calls == [(), (), (1,)]


def test_several_sources_of_a_sentence_stand_in_one_note_each_once() -> None:
    calls, notes = _calls(Stretch("A.", marks=(1, 4, 5)), Stretch(" B.", marks=(1,)))
    assert calls == [(1,), (2,)]
    assert notes == [
        "Doe, Harbours, 1801, passage\u00a04; Roe, n.d., passage\u00a01.",
        "Doe, “Harbours,” passage\u00a04.",
    ]


def test_notes_of_two_blocks_never_melt_together() -> None:
    maker = _maker()
    maker.inlines([Stretch("A.", marks=(1,))])
    maker.inlines([Stretch("B.", marks=(2,))])
    assert [note.number for note in maker.made] == [1, 2]
