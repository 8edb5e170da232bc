"""Marks, quotations, verdicts, and text without any."""

from __future__ import annotations

from dataclasses import replace

import pytest

from biographies.vocabulary import Severity
from engine.quality import citations
from tests.engine.quality.makers import cited, view

BORN = "Ada Quill was born in Leith in 1801."
DREW = "She drew the maps of every harbour."


def test_a_sound_section_has_no_findings() -> None:
    good = view(f"*She writes:* “{BORN}[^1] {DREW}”[^2]", cited(1, BORN), cited(2, DREW))
    assert list(citations.check(good)) == []


def test_a_mark_that_names_nothing_is_an_error() -> None:
    (seen,) = citations.check(view(f"{BORN}[^7]"))
    assert (seen.severity, seen.place) == (Severity.ERROR, "[^7]")


def test_a_citation_that_no_mark_calls_is_seen() -> None:
    (seen,) = citations.check(view(f"{BORN}[^1]", cited(1, BORN), cited(2, BORN)))
    assert seen.severity == Severity.WARNING


def test_a_quotation_that_left_its_source_is_an_error() -> None:
    left = cited(1, BORN)
    (seen,) = citations.check(view(f"{BORN}[^1]", type(left)(1, BORN, BORN, "Something else.", "verbatim")))
    assert seen.severity == Severity.ERROR


def test_text_without_a_mark_is_an_error_unless_it_is_the_compilers() -> None:
    (seen,) = citations.check(view(f"{BORN}[^1] {DREW}", cited(1, BORN)))
    assert seen.place == DREW
    assert list(citations.check(view(f"{BORN}[^1] *{DREW}*", cited(1, BORN)))) == []


def test_a_mark_covers_its_own_sentence_and_not_the_one_before() -> None:
    (seen,) = citations.check(view(f"{DREW} {BORN}[^1]", cited(1, BORN)))
    assert (seen.severity, seen.place) == (Severity.ERROR, DREW.rstrip("."))
    assert list(citations.check(view(f"She wrote: {BORN}[^1]", cited(1, BORN)))) == []


@pytest.mark.parametrize("kind", ["introduction", "bibliography"])
def test_sections_about_the_book_need_no_citations(kind: str) -> None:
    assert list(citations.check(view(BORN, kind=kind))) == []


@pytest.mark.parametrize(
    ("verdict", "severity"),
    [
        ("cannot_tell", Severity.WARNING),
        ("unsupported", Severity.WARNING),
        ("contradicted", Severity.ERROR),
    ],
)
def test_what_the_support_check_says_is_shown_with_its_reason(verdict: str, severity: Severity) -> None:
    judged = cited(1, BORN, "Ada Quill was born in 1802.", verdict, because="1801 / 1802")
    (seen,) = citations.check(view(f"{BORN}[^1]", judged))
    assert (seen.severity, seen.place) == (severity, BORN)
    assert "1801 / 1802" in seen.message


@pytest.mark.parametrize("good", ["verbatim", "supported"])
@pytest.mark.parametrize("poor", ["cannot_tell", "unsupported"])
def test_a_sentence_counts_by_its_best_citation(good: str, poor: str) -> None:
    both = view(f"{BORN}[^1][^2]", cited(1, BORN, verdict=poor), cited(2, BORN, verdict=good))
    assert list(citations.check(both)) == []


@pytest.mark.parametrize("good", ["verbatim", "supported"])
def test_a_source_that_says_otherwise_is_told_beside_one_that_agrees(good: str) -> None:
    (seen,) = citations.check(
        view(f"{BORN}[^1][^2]", cited(1, BORN, verdict=good), cited(2, BORN, verdict="contradicted"))
    )
    assert (seen.severity, seen.place) == (Severity.WARNING, BORN)
    assert "otherwise" in seen.message


def test_between_poor_verdicts_the_milder_is_told() -> None:
    both = view(
        f"{BORN}[^1][^2]", cited(1, BORN, verdict="contradicted"), cited(2, BORN, verdict="cannot_tell")
    )
    (seen,) = citations.check(both)
    assert seen.severity == Severity.WARNING


@pytest.mark.parametrize(
    ("verdict", "opinion", "severity"),
    [
        ("cannot_tell", "supported", Severity.INFO),
        ("unsupported", "supported", Severity.INFO),
        ("cannot_tell", "unsupported", Severity.WARNING),
        ("cannot_tell", "cannot_tell", Severity.WARNING),
        ("cannot_tell", "contradicted", Severity.ERROR),
        ("unsupported", "contradicted", Severity.ERROR),
    ],
)
def test_a_second_opinion_moves_the_severity_and_stands_beside_the_rules(
    verdict: str, opinion: str, severity: Severity
) -> None:
    rule = replace(cited(1, BORN, DREW, verdict, because="No “Leith”."), opinion=opinion)
    told = replace(rule, opinion_because="Leith was her mother’s town")
    (seen,) = citations.check(view(f"{BORN}[^1]", told))
    assert (seen.severity, seen.place) == (severity, BORN)
    (without,) = citations.check(view(f"{BORN}[^1]", cited(1, BORN, DREW, verdict, because="No “Leith”.")))
    assert seen.message.startswith(without.message), "what the rules say is still there"
    assert "Second opinion of a model" in seen.message
    assert "her mother’s town" in seen.message


def test_no_opinion_makes_good_what_a_rule_found_contradicted() -> None:
    against = cited(1, BORN, DREW, "contradicted")
    opened = replace(cited(2, BORN, DREW, "cannot_tell"), opinion="supported")
    (seen,) = citations.check(view(f"{BORN}[^1][^2]", against, opened))
    assert seen.severity == Severity.WARNING
