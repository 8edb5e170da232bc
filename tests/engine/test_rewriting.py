"""Some paragraphs written anew: nothing else of the book changes, and nobody's work is overwritten."""

from __future__ import annotations

from typing import Any

import pytest

from biographies.actions import add_revision, approve
from biographies.errors import BadWish, Forbidden, IllegalMove, Stale
from biographies.models import BiographyJob, Chapter, ChapterRevision, Finding
from biographies.vocabulary import Origin
from bookgen_site.accounts import roles
from bookgen_site.accounts.models import User
from engine import actions, manuscript, paragraphs, runner, units
from engine.course import advance
from engine.models import Run, Unit
from notifications.models import AuditEntry
from sources.models import Citation
from tests.engine import standing
from tests.fakes import rows, works
from tests.fakes.author import FakeAuthor
from tests.fakes.threads import at_once

pytestmark = pytest.mark.django_db

COLUMNS = ("number", "passage", "start", "end", "quote", "sentence", "verdict", "because", "opinion")


def text_of(chapter: Chapter) -> ChapterRevision:
    chapter.refresh_from_db()
    assert chapter.current_revision
    return chapter.current_revision


def again(chapter: Chapter, by: User, *chosen: int, **more: Any) -> None:
    wish = {"sha256": text_of(chapter).sha256, "paragraphs": chosen} | more
    actions.regenerate(chapter=chapter, by=by, **wish)


def citations(revision: ChapterRevision) -> list[tuple[Any, ...]]:
    return list(Citation.objects.filter(revision=revision).values_list(*COLUMNS))


def findings(chapter: Chapter) -> list[str]:
    rows_ = Finding.objects.filter(revision=text_of(chapter), check_name="regeneration")
    return list(rows_.values_list("message", flat=True))


@pytest.fixture
def chapter(fake_author: FakeAuthor) -> Chapter:
    return standing.book()


@pytest.mark.once
def test_every_byte_outside_of_the_selection_stays(chapter: Chapter, chief: User) -> None:
    before = text_of(chapter)
    one, two, three = paragraphs.cut(before.text)
    again(chapter, chief, 2, instruction="Backwards.")
    assert works.work(chapter.job) == "needs_review"
    after = text_of(chapter)
    new = after.text.removeprefix(f"{one}\n\n").removesuffix(f"\n\n{three}")
    assert after.text == f"{one}\n\n{new}\n\n{three}"
    assert new.startswith("*Backwards.* It rained.[^")
    assert two not in after.text
    made = (after.number, after.origin, after.instruction, after.paragraphs, after.created_by)
    assert made == (2, "regenerated", "Backwards.", [2], chief)
    assert after.word_count == before.word_count + 1
    assert ChapterRevision.objects.get(pk=before.pk).text == before.text


def test_the_citations_around_stay_as_they_are_and_new_ones_come_after_them(
    chapter: Chapter, chief: User
) -> None:
    before = text_of(chapter)
    Citation.objects.filter(revision=before, number__in=[1, 4]).update(
        verdict="cannot_tell", because="open", opinion="supported"
    )
    known = citations(before)
    again(chapter, chief, 2)
    works.work(chapter.job)
    after = citations(text_of(chapter))
    kept = [row for row in known if row[0] not in (4, 5, 6)]
    assert after[: len(kept)] == kept
    assert kept[0][-1] == "supported", "the opinion was paid for"
    assert [row[0] for row in after[len(kept) :]] == [10, 11, 12]
    assert [row[5] for row in after[len(kept) :]] == [row[5] for row in reversed(known[3:6])]
    assert {row[-1] for row in after[len(kept) :]} == {""}
    (seen,) = Finding.objects.filter(revision=text_of(chapter), check_name="citations")
    assert (seen.severity, seen.place) == ("info", kept[0][5])


@pytest.mark.once
def test_several_paragraphs_at_once_and_no_other_chapter(chapter: Chapter, chief: User) -> None:
    other = standing.chapter_of_three(chapter.job)
    _one, two, _three = paragraphs.cut(text_of(chapter).text)
    again(chapter, chief, 3, 1, 1)
    works.work(chapter.job)
    after = text_of(chapter)
    assert after.paragraphs == [1, 3]
    assert paragraphs.cut(after.text)[1] == two
    assert other.revisions.count() == 1
    sections = {unit.chapter_id for unit in works.units(chapter.job, "quality_control") if unit.chapter_id}
    assert sections == {chapter.pk}


@pytest.mark.once
def test_it_can_be_written_anew_again_and_is_printed_with_all_its_notes(
    chapter: Chapter, chief: User
) -> None:
    again(chapter, chief, 2)
    works.work(chapter.job)
    again(chapter, chief, 2)
    works.work(chapter.job)
    assert text_of(chapter).number == 3
    works.approve_all(chapter.job, chief)
    book, _hashes = manuscript.build(chapter.job)
    assert [len(section.notes) for section in book.sections] == [3]  # neighbours of one source share a note
    assert works.work(chapter.job) == "completed"
    assert len(set(Citation.objects.filter(revision=text_of(chapter)).values_list("number", flat=True))) == 9


@pytest.mark.parametrize(
    ("wish", "told"),
    [
        ({"paragraphs": [0]}, "1 to 3"),
        ({"paragraphs": [4]}, "1 to 3"),
        ({"paragraphs": []}, "1 to 3"),
        ({"paragraphs": [2], "sha256": ""}, "hash"),
        ({"paragraphs": [2], "model": "a/b"}, "without a language model"),
    ],
)
def test_a_wish_without_sense_changes_nothing(
    chapter: Chapter, chief: User, wish: dict[str, Any], told: str
) -> None:
    with pytest.raises(BadWish, match=told):
        again(chapter, chief, **wish)
    assert text_of(chapter).number == 1
    assert chapter.status == "needs_review"
    assert set(Unit.objects.values_list("status", flat=True)) == {"done"}
    assert not AuditEntry.objects.filter(action="regenerate").exists()


@pytest.mark.once
def test_lists_and_headings_are_not_rewritten_in_parts(fake_author: FakeAuthor, chief: User) -> None:
    job = standing.at_the_desk(rows.with_sources(rows.job(status="needs_review")))
    timeline = standing.chapter_of_three(job, kind="timeline")
    with pytest.raises(BadWish, match="as a whole"):
        again(timeline, chief, 1)
    edited = standing.chapter_of_three(job)
    add_revision(chapter=edited, text="# Maps\n\nShe drew.", words=3, origin=Origin.EDITED, by=chief)
    with pytest.raises(BadWish, match="Paragraph 1"):
        again(edited, chief, 1)


def test_who_may_not(chapter: Chapter) -> None:
    with pytest.raises(Forbidden):
        again(chapter, rows.person(roles.EDITOR), 1)


def test_what_was_asked_for_is_written_down(chapter: Chapter, chief: User) -> None:
    again(chapter, chief, 2, instruction="Shorter\x00")
    entry = AuditEntry.objects.get(action="regenerate")
    assert entry.after == {"instruction": "Shorter", "paragraphs": [2]}


# --- others at the same time --------------------------------------------------------------------------


def test_paragraphs_of_a_text_that_has_changed_are_refused(chapter: Chapter, chief: User) -> None:
    seen = text_of(chapter).sha256
    add_revision(chapter=chapter, text="Quite another.", words=2, origin=Origin.EDITED, by=chief)
    with pytest.raises(Stale, match="has changed since you read it"):
        again(chapter, chief, 1, sha256=seen)
    with pytest.raises(Stale):
        again(chapter, chief, sha256=seen, paragraphs=None)
    assert text_of(chapter).text == "Quite another."
    assert chapter.status == "needs_review"


def test_a_second_choice_waits_for_the_first(chapter: Chapter, chief: User) -> None:
    again(chapter, chief, 1)
    with pytest.raises(IllegalMove, match="is being written"):
        again(chapter, chief, 3)
    works.work(chapter.job)
    assert text_of(chapter).paragraphs == [1]


@pytest.mark.parametrize("at_work", [False, True], ids=["waiting", "at work"])
def test_an_edit_meanwhile_is_never_overwritten(
    chapter: Chapter, chief: User, fake_author: FakeAuthor, monkeypatch: pytest.MonkeyPatch, at_work: bool
) -> None:
    def edit() -> None:
        add_revision(chapter=chapter, text="By hand.[^1]", words=2, origin=Origin.EDITED, by=chief)

    rewrite = fake_author.rewrite

    def slowly(*arguments: Any) -> Any:
        edit()
        return rewrite(*arguments)

    again(chapter, chief, 2)
    if at_work:
        monkeypatch.setattr(fake_author, "rewrite", slowly)
    else:
        edit()
    assert works.work(chapter.job) == "needs_review"
    assert (text_of(chapter).text, chapter.status) == ("By hand.[^1]", "needs_review")
    (told,) = findings(chapter)
    assert "has changed" in told
    assert chapter.revisions.count() == 2


@pytest.mark.once
def test_a_text_approved_before_goes_back_and_its_approval_stays(chapter: Chapter, chief: User) -> None:
    first = text_of(chapter)
    approve(chapter=chapter, sha256=first.sha256, by=chief)
    again(chapter, chief, 1)
    with pytest.raises(IllegalMove):
        approve(chapter=chapter, sha256=first.sha256, by=chief)
    assert works.work(chapter.job) == "needs_review"
    chapter.refresh_from_db()
    assert chapter.status == "needs_review"
    assert first.approval.by == chief
    with pytest.raises(Stale):
        approve(chapter=chapter, sha256=first.sha256, by=chief)


@pytest.mark.once
def test_what_can_not_be_written_leaves_the_text_that_stands(
    chapter: Chapter, chief: User, fake_author: FakeAuthor
) -> None:
    stands = text_of(chapter)
    Citation.objects.filter(revision=stands, number__in=[4, 5, 6]).delete()
    again(chapter, chief, 2)
    assert works.work(chapter.job) == "needs_review"
    assert (text_of(chapter), chapter.status) == (stands, "needs_review")
    assert findings(chapter) == ["The paragraphs were not written again: There is nothing to go by."]
    assert not Unit.objects.filter(status="parked").exists(), "there is nothing to retry"
    again(chapter, chief, 1)
    works.work(chapter.job)
    assert text_of(chapter).paragraphs == [1]


@pytest.mark.once
def test_an_approval_is_not_undone_by_what_failed_long_ago(chapter: Chapter, chief: User) -> None:
    Citation.objects.filter(revision=text_of(chapter), number__in=[4, 5, 6]).delete()
    again(chapter, chief, 2)
    works.work(chapter.job)
    Finding.objects.update(status="resolved")
    other = standing.chapter_of_three(chapter.job)
    approve(chapter=chapter, sha256=text_of(chapter).sha256, by=chief)
    again(other, chief, 1)
    works.work(chapter.job)
    chapter.refresh_from_db()
    assert chapter.status == "approved"


def test_killed_between_the_writing_and_the_storing(
    chapter: Chapter, chief: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing of it is stored; whoever claims the unit next stores it once."""
    stands = text_of(chapter)
    again(chapter, chief, 2)
    run = Run.objects.get(job=chapter.job)
    advance(run)
    with monkeypatch.context() as killed:
        killed.setattr("engine.texts.store_citations", lambda **_what: 1 / 0)
        assert runner.work_one(run, "w1")
    assert (text_of(chapter), chapter.status) == (stands, "writing")
    Unit.objects.update(not_before=None)
    works.work(chapter.job)
    assert (text_of(chapter).paragraphs, chapter.revisions.count()) == ([2], 2)


def test_a_worker_whose_unit_was_superseded_writes_nothing(chapter: Chapter, chief: User) -> None:
    rows.fact(job=chapter.job, chapter=chapter, position=0, spans=[[1, 0, 29]])
    again(chapter, chief, 2)
    run = Run.objects.get(job=chapter.job)
    claim = units.claim(run.pk, "w1")
    assert claim
    actions.regenerate(chapter=chapter, by=chief, instruction="All of it.")
    runner._work(claim, runner._record)
    assert text_of(chapter).number == 1
    assert works.work(chapter.job) == "needs_review"
    assert (text_of(chapter).paragraphs, text_of(chapter).instruction) == ([], "All of it.")


@pytest.mark.django_db(transaction=True)
def test_an_approval_and_a_wish_at_the_same_moment(chapter: Chapter, chief: User) -> None:
    """Whoever is first: in the end the new text waits for a review of its own."""
    seen = text_of(chapter).sha256

    def yes() -> None:
        approve(chapter=Chapter.objects.get(pk=chapter.pk), sha256=seen, by=chief)

    answers = at_once([yes, lambda: again(Chapter.objects.get(pk=chapter.pk), chief, 2)])
    assert answers[1] is None, "a wish is never lost to an approval"
    assert answers[0] is None or isinstance(answers[0], IllegalMove)
    assert works.work(BiographyJob.objects.get()) == "needs_review"
    assert (text_of(chapter).paragraphs, chapter.status) == ([2], "needs_review")


@pytest.mark.django_db(transaction=True)
def test_an_edit_and_a_wish_at_the_same_moment(chapter: Chapter, chief: User) -> None:
    seen = text_of(chapter).sha256

    def edit() -> None:
        row = Chapter.objects.get(pk=chapter.pk)
        add_revision(chapter=row, text="By hand.[^1]", words=2, origin=Origin.EDITED, by=chief)

    answers = at_once([edit, lambda: again(Chapter.objects.get(pk=chapter.pk), chief, 2, sha256=seen)])
    assert answers[0] is None
    assert answers[1] is None or isinstance(answers[1], Stale)
    works.work(BiographyJob.objects.get())
    assert (text_of(chapter).text, chapter.status) == ("By hand.[^1]", "needs_review")


@pytest.mark.django_db(transaction=True)
def test_two_wishes_at_the_same_moment(chapter: Chapter, chief: User) -> None:
    seen = text_of(chapter).sha256
    calls = [
        lambda number=number: again(Chapter.objects.get(pk=chapter.pk), chief, number, sha256=seen)
        for number in (1, 3)
    ]
    answers = at_once(calls)
    assert sorted(type(answer).__name__ for answer in answers) == ["IllegalMove", "NoneType"]
    works.work(BiographyJob.objects.get())
    assert text_of(chapter).number == 2
