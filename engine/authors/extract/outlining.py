"""The plan of the book: facts merged and placed in time, the best chosen, cut into chapters, named."""

from __future__ import annotations

from dataclasses import replace

from django.utils import translation
from django.utils.translation import gettext as _

from engine.authors.base import ChapterPlan, FactDraft, Outline, SourceText, Subject, Wishes
from engine.authors.extract.budgeting import FLOOR, Budget, budget_for
from engine.authors.extract.candidates import Candidate, candidate_of
from engine.authors.extract.chaptering import chapter_count, cut
from engine.authors.extract.contradicting import compared
from engine.authors.extract.framing import epilogue_of, is_aftermath
from engine.authors.extract.landmarks import death_told_once, without_headwords
from engine.authors.extract.leadins import work_title
from engine.authors.extract.life import Life, life_of
from engine.authors.extract.merging import merged
from engine.authors.extract.naming import in_language, renamed
from engine.authors.extract.person import Person, identify
from engine.authors.extract.scenes import prologue_of
from engine.authors.extract.selecting import LONGEST_RUN, Ledger, choose, run_with
from engine.authors.extract.synopses import synopsis_of
from engine.authors.extract.telling import Teller
from engine.authors.extract.timing import placed
from engine.authors.extract.titles import titles_for
from engine.authors.extract.voices import with_voices
from engine.authors.extract.weaving import woven

_RESERVE = 24  # spare facts of a chapter
_TRIALS = 6  # selections until the book with the compiler's words isn't longer than wished
_SHARE_RULE = 0.345  # of the words really chosen


def plan(
    subject: Subject, sources: tuple[SourceText, ...], facts: tuple[FactDraft, ...], wishes: Wishes
) -> Outline:
    """See Author.plan_outline."""
    usable = in_language(subject, sources)
    person = identify(subject, usable)
    by_number = {source.number: source for source in usable}
    known = [fact for fact in facts if fact.sentences and fact.sentences[0].source in by_number]
    told = compared(renamed(merged(_in_order(known)), usable, person), usable, person)
    candidates = [candidate_of(fact, by_number[fact.sentences[0].source], person) for fact in told]
    life = life_of(subject, candidates, person)
    candidates = placed(candidates, by_number, person, life)
    candidates = death_told_once(without_headwords(candidates, person), person)
    outline = _arranged(candidates, usable, person, life, wishes, subject.language)
    dated = {one.key: one.fact for one in candidates}
    return replace(outline, facts=tuple(dated.get(fact.key, fact) for fact in told))


def _in_order(facts: list[FactDraft]) -> list[FactDraft]:
    return sorted(facts, key=lambda fact: fact.sentences[0])


def _arranged(
    candidates: list[Candidate],
    sources: tuple[SourceText, ...],
    person: Person,
    life: Life,
    wishes: Wishes,
    language: str,
) -> Outline:
    prologue = prologue_of(candidates, sources)
    epilogue = epilogue_of([one for one in candidates if one not in prologue], person, life, sources)
    kept = {one.key for one in [*prologue, *epilogue]}
    free = [one for one in candidates if one.key not in kept and not is_aftermath(one, life)]
    free = with_voices(free, sources)
    budget = budget_for(free, sources, wishes.words)
    with translation.override(language):
        chapters, ledger, words = _selected(free, [*prologue, *epilogue], budget, sources, person, wishes)
        plans = _plans(chapters, free, ledger, person, life, sources)
    notes = _notes(budget, wishes, plans, words)
    farewell = woven(epilogue, _works(sources)) if epilogue else []
    return Outline(plans, (), tuple(one.key for one in prologue), tuple(one.key for one in farewell), notes)


def _works(sources: tuple[SourceText, ...]) -> dict[int, str]:
    return {source.number: work_title(source) for source in sources}


def _selected(
    free: list[Candidate], framing: list[Candidate], budget: Budget,
    sources: tuple[SourceText, ...], person: Person, wishes: Wishes,
) -> tuple[list[list[Candidate]], Ledger, int]:  # fmt: skip
    """The units of each chapter, the count of them, and the words as they will be told (0 where none are wished).

    The compiler's own words come to those of the units: many in a short book, so a wish is met by choosing again.
    """
    room = budget.words
    for _trial in range(_TRIALS):
        trial = replace(budget, words=room)
        ledger = Ledger(room, trial.caps([source.number for source in sources]))
        for one in framing:
            ledger.taken[one.source].update(range(one.first, one.last + 1))
        chosen = _within_shares(choose(free, ledger), trial)
        chapters = cut(
            sorted(chosen, key=lambda one: (one.when, one.source, one.first)),
            chapter_count(sum(one.words for one in chosen), wishes.chapters),
        )
        words = 0 if wishes.words is None else _told_words(chapters, sources, person)
        if wishes.words is None or words <= wishes.words:
            break
        room = max(1, room - (words - wishes.words))
    return chapters, ledger, words


def _told_words(chapters: list[list[Candidate]], sources: tuple[SourceText, ...], person: Person) -> int:
    works = _works(sources)
    told = [
        Teller(person, sources).tell(tuple(one.fact for one in woven(chapter, works))) for chapter in chapters
    ]
    pieces = (piece for chapter in told for paragraph in chapter for piece in paragraph.pieces)
    return sum(len(piece.text.split()) for piece in pieces)


def _within_shares(chosen: list[Candidate], budget: Budget) -> list[Candidate]:
    """Drop the weakest units of a source that gives too much of what was really chosen."""
    kept = sorted(chosen, key=lambda one: (one.fact.score, one.source, one.first))
    limit = max(_SHARE_RULE, budget.share)
    while kept:
        total = sum(one.words for one in kept)
        given: dict[int, int] = {}
        for one in kept:
            given[one.source] = given.get(one.source, 0) + one.words
        over = sorted(number for number, words in given.items() if words > max(limit * total, FLOOR))
        if not over or limit >= 1.0:
            break
        kept.remove(next(one for one in kept if one.source == over[0]))
    return kept


def _plans(
    chapters: list[list[Candidate]], free: list[Candidate], ledger: Ledger, person: Person, life: Life,
    sources: tuple[SourceText, ...],
) -> tuple[ChapterPlan, ...]:  # fmt: skip
    told = [woven(chapter, _works(sources)) for chapter in chapters]
    titles = titles_for(told, person, sources, life)
    chosen = {one.key for chapter in told for one in chapter}
    plans = []
    for place, chapter in enumerate(told):
        low = chapter_start(chapters, place)
        high = chapter_start(chapters, place + 1)
        spare = [one for one in free if one.key not in chosen and low <= one.when < high]
        plans.append(
            ChapterPlan(
                number=place + 1,
                title=titles[place],
                synopsis=synopsis_of(chapter),
                target_words=round(sum(one.words for one in chapter), -1),
                facts=tuple(one.key for one in chapter),
                reserve=_reserve(spare, chapter, ledger),
            )
        )
    return tuple(plans)


def chapter_start(chapters: list[list[Candidate]], place: int) -> float:
    """Where the time of a chapter begins; the first begins before all, and after the last comes no more."""
    if place == 0:
        return float("-inf")
    return min(one.when for one in chapters[place]) if place < len(chapters) else float("inf")


def _reserve(spare: list[Candidate], chapter: list[Candidate], ledger: Ledger) -> tuple[str, ...]:
    """The best of what was left out that joins no run of another chapter; its own chapter is minded later."""
    own = {(one.source, at) for one in chapter for at in range(one.first, one.last + 1)}
    others = {
        source: {at for at in taken if (source, at) not in own} for source, taken in ledger.taken.items()
    }
    fitting = [
        one
        for one in spare
        if not one.reflective
        and one.fact.score > 0
        and run_with(others.get(one.source, set()), one.first, one.last) <= LONGEST_RUN
    ]
    best = sorted(fitting, key=lambda one: (-one.fact.score, one.source, one.first))
    return tuple(one.key for one in best[:_RESERVE])


def _notes(budget: Budget, wishes: Wishes, plans: tuple[ChapterPlan, ...], words: int) -> tuple[str, ...]:
    notes = []
    if wishes.words is not None and words < 0.95 * wishes.words:
        notes.append(
            _(
                "The sources allow about %(words)d words, not the %(wished)d wished. Add sources for a longer book."
            )
            % {"words": words, "wished": wishes.words}
        )
    if wishes.chapters is not None and len(plans) < wishes.chapters:
        notes.append(
            _("The sources fill %(chapters)d chapters, not the %(wished)d that were wished.")
            % {"chapters": len(plans), "wished": wishes.chapters}
        )
    if budget.relaxed:
        notes.append(
            _("The sources are few or very unequal: one of them gives up to %(share)d %% of the chapters.")
            % {"share": round(budget.share * 100)}
        )
    return tuple(notes)
