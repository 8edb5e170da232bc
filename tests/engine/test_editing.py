"""A person's hand in a text: what stays cited, what is checked anew, who is too late, and going back."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from biographies.actions import Seen, approve, close_finding, record_findings
from biographies.errors import BadWish, BookError, Forbidden, IllegalMove, Stale
from biographies.models import BiographyJob, Chapter, ChapterRevision, Finding
from biographies.vocabulary import ChapterStatus, JobStatus, Phase, Severity
from bookgen_site.accounts import roles
from bookgen_site.accounts.models import User
from engine import course, editing
from engine.authors.base import Span
from engine.models import Run, Unit
from notifications.models import AuditEntry
from sources.models import Citation, Source
from tests.engine import standing
from tests.fakes import rows, works
from tests.fakes.author import FakeAuthor
from tests.fakes.threads import at_once

pytestmark = pytest.mark.django_db

COLUMNS = ("number", "start", "quote", "sentence", "verdict", "opinion")


@pytest.fixture
def chapter(fake_author: FakeAuthor) -> Chapter:
    return standing.book()


def text_of(chapter: Chapter) -> ChapterRevision:
    chapter.refresh_from_db()
    assert chapter.current_revision
    return chapter.current_revision


def edit(chapter: Chapter, by: User, text: str, **more: Any) -> ChapterRevision:
    return editing.edit(chapter=chapter, by=by, text=text, **({"sha256": text_of(chapter).sha256} | more))


def citations(revision: ChapterRevision) -> list[tuple[Any, ...]]:
    return list(Citation.objects.filter(revision=revision).order_by("number").values_list(*COLUMNS))


def open_findings(revision: ChapterRevision) -> list[tuple[str, str]]:
    found = Finding.objects.filter(revision=revision, status="open").exclude(check_name="length")
    return list(found.order_by("pk").values_list("severity", "place"))


def test_untouched_sentences_keep_their_evidence_and_a_changed_one_is_held_against_its_passage(
    chapter: Chapter, chief: User
) -> None:
    before = text_of(chapter)
    Citation.objects.filter(revision=before, number=1).update(verdict="cannot_tell", opinion="supported")
    known = citations(before)
    changed = before.text.replace("It rained.[^6]", "It rained for 40 days.[^6]")
    made = edit(chapter, chief, changed.replace("\n", "\r\n"), note="More rain.")
    assert (made.number, made.origin, made.instruction, made.created_by) == (2, "edited", "More rain.", chief)
    assert made.text == changed
    after = citations(made)
    assert after[:5] + after[6:] == known[:5] + known[6:]
    assert after[5][3] == "It rained for 40 days."
    assert after[5][4] not in ("verbatim", "supported")
    assert ("error", "It rained for 40 days.") in open_findings(made) or (
        "warning",
        "It rained for 40 days.",
    ) in open_findings(made), "seen before anybody can approve"
    assert ChapterRevision.objects.get(pk=before.pk).text == before.text
    entry = AuditEntry.objects.get(action="edit")
    assert (entry.before, entry.after) == ({"revision": 1}, {"revision": 2, "reason": "More rain."})


def test_words_without_a_mark_block_until_they_are_cited(chapter: Chapter, chief: User) -> None:
    made = edit(chapter, chief, text_of(chapter).text + " She kept seven goats in the tower of Oslo.")
    assert ("error", "She kept seven goats in the tower of Oslo.") in open_findings(made)
    with pytest.raises(BookError, match="open errors"):
        approve(chapter=chapter, sha256=made.sha256, by=chief)


def test_a_new_mark_names_a_stretch_of_a_source(chapter: Chapter, chief: User) -> None:
    source = Source.objects.get(job=chapter.job, number=2)
    start = source.text.index("She walked there")
    words = "She walked there from Bergen."
    text = text_of(chapter).text + f"\n\n{words}[^10]"
    made = edit(chapter, chief, text, cites={10: Span(2, start, start + len(words))})
    assert citations(made)[-1] == (10, start, words, words, "verbatim", "")
    assert not [place for _severity, place in open_findings(made) if place == words and _severity == "error"]


@pytest.mark.parametrize("span", [(2, 5, 5), (2, -1, 4), (2, 0, 99999), (77, 0, 4), (2, 0, 4001)])
def test_a_stretch_that_isnt_there_is_refused(
    chapter: Chapter, chief: User, span: tuple[int, int, int]
) -> None:
    with pytest.raises(BadWish, match="10"):
        edit(chapter, chief, text_of(chapter).text + " So.[^10]", cites={10: Span(*span)})
    assert text_of(chapter).number == 1


def test_a_mark_that_is_copied_behind_other_words_vouches_for_nothing(chapter: Chapter, chief: User) -> None:
    made = edit(chapter, chief, text_of(chapter).text + " She was made a duchess in 1899.[^1]")
    assert made.text.endswith("in 1899.[^10]")
    (last,) = [one for one in citations(made) if one[0] == 10]
    assert last[3] == "She was made a duchess in 1899."
    assert last[4] not in ("verbatim", "supported")


def test_a_word_in_italics_doesnt_cut_a_sentence_from_its_evidence(chapter: Chapter, chief: User) -> None:
    text = text_of(chapter).text.replace("She drew maps of every", "She drew maps of *every*")
    made = edit(chapter, chief, text)
    assert [one[3:5] for one in citations(made)] == [
        one[3:5] for one in citations(ChapterRevision.objects.get(chapter=chapter, number=1))
    ]
    assert open_findings(made) == []


def test_marks_that_name_nothing_are_an_error_and_never_a_crash(chapter: Chapter, chief: User) -> None:
    odd = " So it was[^99] and[^" + "9" * 5000 + "] is.[^0]"
    made = edit(chapter, chief, text_of(chapter).text + odd)
    assert ("error", "[^99]") in open_findings(made)


@pytest.mark.parametrize("odd", ["* * *", "#", "> ", "**bold**", "| | |\n|-|-|\n| | |", "![](x)"])
def test_blocks_without_words_are_no_crash(chapter: Chapter, chief: User, odd: str) -> None:
    before = citations(text_of(chapter))
    made = edit(chapter, chief, f"{text_of(chapter).text}\n\n{odd}\n\nSo it was.")
    assert citations(made) == before


def test_what_was_dismissed_stays_dismissed_while_its_words_stand(chapter: Chapter, chief: User) -> None:
    first = edit(chapter, chief, text_of(chapter).text + " Nobody knows the colour of her boat.")
    finding = Finding.objects.get(revision=first, severity="error")
    close_finding(finding=finding, by=chief, dismiss=True, reason="It is a joke.")
    second = edit(chapter, chief, first.text.replace("It rained.[^6]", "It *rained*.[^6]"))
    assert ("error", finding.place) not in open_findings(second)
    kept = Finding.objects.get(revision=second, place=finding.place)
    assert (kept.status, kept.reason, kept.closed_by) == ("dismissed", "It is a joke.", chief)
    assert works.work(chapter.job) == "needs_review"
    assert ("error", finding.place) not in open_findings(second)


def test_the_second_of_two_editors_is_told_and_nothing_is_lost(chapter: Chapter, chief: User) -> None:
    seen = text_of(chapter)
    edit(chapter, chief, seen.text.replace("It rained", "It snowed"))
    with pytest.raises(Stale):
        edit(chapter, chief, seen.text.replace("It rained", "It hailed"), sha256=seen.sha256)
    assert "snowed" in text_of(chapter).text
    assert ChapterRevision.objects.filter(chapter=chapter).count() == 2


@pytest.mark.django_db(transaction=True)
def test_of_two_editors_at_once_one_is_stored(fake_author: FakeAuthor, chief: User) -> None:
    chapter = standing.book()
    seen = text_of(chapter)

    def save(word: str) -> str:
        try:
            edited = seen.text.replace("rained", word)
            editing.edit(chapter=chapter, by=chief, text=edited, sha256=seen.sha256)
        except Stale:
            return "late"
        return "stored"

    said = at_once([partial(save, word) for word in ("snowed", "hailed", "thundered")])
    assert sorted(said) == ["late", "late", "stored"]
    assert ChapterRevision.objects.filter(chapter=chapter).count() == 2


def test_an_edit_reopens_an_approved_chapter_and_is_checked_by_the_engine(
    chapter: Chapter, chief: User
) -> None:
    approve(chapter=chapter, sha256=text_of(chapter).sha256, by=chief)
    made = edit(chapter, chief, text_of(chapter).text.replace("It rained", "It *rained*"))
    chapter.refresh_from_db()
    job = BiographyJob.objects.get(pk=chapter.job_id)
    assert (chapter.status, job.status) == (ChapterStatus.NEEDS_REVIEW, JobStatus.RUNNING)
    assert Unit.objects.filter(phase="quality_control", chapter=chapter, status="waiting").exists()
    assert works.work(job) == "needs_review"
    assert text_of(chapter) == made


@pytest.mark.parametrize("text", ["", "  \n ", "x" * 400_001])
def test_a_text_must_be_one(chapter: Chapter, chief: User, text: str) -> None:
    with pytest.raises(BadWish):
        edit(chapter, chief, text)


def test_nothing_changed_is_no_revision(chapter: Chapter, chief: User) -> None:
    with pytest.raises(BadWish, match="Nothing"):
        edit(chapter, chief, text_of(chapter).text + "\n")


def test_who_may_not_and_when_not(chapter: Chapter, writer: User) -> None:
    stranger = rows.person(roles.EDITOR)
    for person in (stranger, writer):
        with pytest.raises(Forbidden):
            edit(chapter, person, "Mine.")
    owner = chapter.job.owner
    BiographyJob.objects.filter(pk=chapter.job_id).update(status="cancelled")
    with pytest.raises(IllegalMove):
        edit(chapter, owner, "Mine.")
    BiographyJob.objects.filter(pk=chapter.job_id).update(status="paused")
    edit(chapter, owner, text_of(chapter).text.replace("It rained", "It *rained*"))
    assert BiographyJob.objects.get(pk=chapter.job_id).status == "paused"
    Chapter.objects.filter(pk=chapter.pk).update(status="writing")
    with pytest.raises(IllegalMove):
        edit(chapter, owner, "Mine.")


def test_an_earlier_text_comes_back_with_its_citations_as_a_revision_of_its_own(
    chapter: Chapter, chief: User
) -> None:
    first = text_of(chapter)
    record_findings(
        job=chapter.job,
        revision=first,
        checks=["test"],
        seen=[Seen("test", Severity.WARNING, "Odd.", "It rained.")],
    )
    second = edit(chapter, chief, "Quite another text.")
    made = editing.restore(chapter=chapter, by=chief, number=1, sha256=second.sha256)
    assert (made.number, made.origin, made.text) == (3, "restored", first.text)
    assert citations(made) == citations(first)
    assert text_of(chapter) == made
    assert AuditEntry.objects.filter(action="restore").count() == 1
    with pytest.raises(BadWish):
        editing.restore(chapter=chapter, by=chief, number=1, sha256=made.sha256)
    with pytest.raises(BadWish):
        editing.restore(chapter=chapter, by=chief, number=9, sha256=made.sha256)
    with pytest.raises(Stale):
        editing.restore(chapter=chapter, by=chief, number=1, sha256=second.sha256)


def test_a_text_that_is_changed_while_somebody_looks_is_checked_all_the_same(
    chapter: Chapter, chief: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sweep has read that all phases are over; then the edit comes, and then the sweep reaches the gate."""
    real = course._gate_is_open

    def late(phase: Phase, run: Run, job: BiographyJob, *, planned: bool) -> bool:
        if phase is Phase.EXPORT and text_of(chapter).number == 1:
            edit(chapter, chief, text_of(chapter).text.replace("It rained", "It *rained*"))
        return real(phase, run, job, planned=planned)

    monkeypatch.setattr(course, "_gate_is_open", late)
    course.advance(Run.objects.get(job=chapter.job))
    assert BiographyJob.objects.get(pk=chapter.job_id).status == JobStatus.RUNNING
    assert works.work(chapter.job) == "needs_review"
    assert not Unit.objects.filter(run__job=chapter.job, status="waiting").exists()


def test_a_finding_on_the_screen_is_still_there_when_the_engine_has_seen_it_too(
    chapter: Chapter, chief: User
) -> None:
    made = edit(chapter, chief, text_of(chapter).text + " Nobody knows the colour of her boat.")
    finding = Finding.objects.get(revision=made, severity="error")
    works.work(chapter.job)
    close_finding(finding=finding, by=chief)
    assert Finding.objects.filter(revision=made, place=finding.place).count() == 1
