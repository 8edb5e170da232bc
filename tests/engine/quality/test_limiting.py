"""Findings in bearable numbers."""

from __future__ import annotations

from biographies.actions import Seen
from biographies.vocabulary import Severity
from engine.quality.limiting import MOST, limited


def test_what_one_check_says_of_one_place_is_one_finding_with_the_graver_severity() -> None:
    (one,) = limited(
        [Seen("markup", Severity.WARNING, "A.", "here"), Seen("markup", Severity.ERROR, "B.", "here")]
    )
    assert (one.severity, one.message) == (Severity.ERROR, "A. B.")
    apart = [Seen("markup", Severity.WARNING, "A.", "here"), Seen("quotes", Severity.WARNING, "A.", "here")]
    assert limited(apart) == apart


def test_findings_without_a_place_stay_apart() -> None:
    assert len(limited([Seen("length", Severity.INFO, "A."), Seen("length", Severity.INFO, "B.")])) == 2


def test_a_flood_is_summed_up_by_check_and_severity() -> None:
    flood = [Seen("citations", Severity.ERROR, "A.", str(place)) for place in range(MOST + 30)]
    found = limited([*flood, Seen("citations", Severity.WARNING, "B.", "x")])
    errors = [one for one in found if one.severity == Severity.ERROR]
    assert len(errors) == MOST + 1
    assert "30" in errors[-1].message
    assert len(found) == MOST + 2
