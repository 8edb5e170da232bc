"""What several sources tell: once where they agree, marked where they don't."""

# ruff: noqa: E501 - the long lines are prose

from __future__ import annotations

from engine.authors.base import Dispute, FactDraft, SourceText, Span, Subject, Wishes
from engine.authors.extract.witnesses import count, witnesses
from engine.authors.extractive import ExtractiveAuthor
from tests.engine.authors.lives import MARROW, VALCARCEL, marrow_sources, valcarcel_sources

AUTHOR = ExtractiveAuthor()

_LATE_LIFE = """Elspeth Marrow was born at Stromness on 4 March 1832. Her father, Robert Marrow, kept the light. Her mother, Isabel Flett, came from Stromness with a clock.

In 1862 Elspeth Marrow was appointed computer to the Hydrographic Office in London. The Royal Society of Edinburgh awarded Marrow the Keith Medal in 1883.

Marrow lectured in 1878 at Edinburgh before an audience of eight hundred people. Elspeth Marrow died on Skerra on 9 October 1903. She was buried at Leith."""

_VIDA = """Teodora Valcárcel nació en Huesca el 3 de mayo de 1842. Su padre, Julián Valcárcel, era boticario.

En 1874 Valcárcel fue nombrada profesora de la Escuela Normal de Huesca. Valcárcel murió en Huesca el 14 de enero de 1909."""


def planned(subject: Subject, *sources: SourceText) -> dict[str, FactDraft]:
    found = tuple(fact for source in sources for fact in AUTHOR.find_facts(subject, source))
    return {fact.key: fact for fact in AUTHOR.plan_outline(subject, sources, found, Wishes()).facts}


def disputes(facts: dict[str, FactDraft]) -> list[Dispute]:
    return [one for fact in facts.values() for one in fact.disputes]


def source(number: int, text: str, author: str, language: str = "en", year: int = 1930) -> SourceText:
    return SourceText(number, text, f"Life {number}", author, "", year, "secondary", "biography", language)


def test_lives_that_agree_have_no_disputes() -> None:
    assert disputes(planned(MARROW, *marrow_sources())) == []
    assert disputes(planned(VALCARCEL, *valcarcel_sources())) == []


def test_differences_of_every_kind_are_marked_and_the_better_side_is_followed() -> None:
    late = source(9, _LATE_LIFE, "Agnes Tulloch")
    found = disputes(planned(MARROW, *marrow_sources(), late))
    kinds = sorted(one.kind for one in found)
    assert kinds == ["birth", "date", "date", "death", "name", "number", "spelling"]
    assert {one.own.source for one in found} == {9}
    birth = next(one for one in found if one.kind == "birth")
    assert (birth.because, birth.counts, birth.other.source) == ("witnesses", (2, 1), 1)


def test_another_language_is_compared_too() -> None:
    found = disputes(planned(VALCARCEL, *valcarcel_sources(), source(9, _VIDA, "Luis Oto", "es")))
    assert sorted(one.kind for one in found) == ["birth", "date", "death", "name", "place"]
    assert {one.own.source for one in found} == {9}


def test_a_fact_loses_weight_when_the_book_does_not_follow_it() -> None:
    late = source(9, _LATE_LIFE, "Agnes Tulloch")
    alone = {fact.text: fact for fact in planned(MARROW, late).values()}
    among = {fact.text: fact for fact in planned(MARROW, *marrow_sources(), late).values()}
    medal = next(text for text in alone if "1883" in text)
    assert among[medal].score < alone[medal].score
    assert among[medal].contradicts


_ELECTED = "In June, 1866, Elspeth Marrow was elected a delegate from Aberdeen to the Northern Lighthouse Convention at Bergen."
_DELEGATE = "After the war Marrow rested; in June 1866 Marrow was a delegate to the northern lighthouse convention at Bergen."


def test_an_event_in_other_words_is_one_fact_with_two_witnesses() -> None:
    facts = planned(MARROW, source(1, _ELECTED, "A. Petrie"), source(2, _DELEGATE, "B. Hay"))
    (told,) = (fact for fact in facts.values() if fact.witnesses == 2)
    assert {span.source for span in [*told.sentences, *told.also]} == {1, 2}


def test_one_author_in_two_books_is_one_witness() -> None:
    facts = planned(MARROW, source(1, _ELECTED, "Jonas Petrie"), source(2, _DELEGATE, "Petrie, Jonas"))
    assert max(fact.witnesses for fact in facts.values()) == 1
    assert any(fact.also for fact in facts.values())


def test_a_copy_is_no_witness() -> None:
    facts = planned(MARROW, source(1, _ELECTED, "A. Petrie"), source(2, _ELECTED, "B. Hay"))
    assert [fact.witnesses for fact in facts.values()] == [1]


def test_another_name_in_the_same_words_is_another_statement() -> None:
    one = "In June 1866 Elspeth Marrow travelled with James Corrigall to the lighthouse convention at Bergen."
    other = one.replace("James Corrigall", "Magnus Linklater")
    facts = planned(MARROW, source(1, one, "A. Petrie"), source(2, other, "B. Hay"))
    assert sorted(fact.text for fact in facts.values()) == sorted([one, other])
    assert not any(fact.also or fact.disputes for fact in facts.values())


def test_a_source_that_tells_both_dates_means_two_events() -> None:
    first = "In 1860 Elspeth Marrow was appointed computer to the Hydrographic Office in London."
    second = "In 1864 Elspeth Marrow was appointed computer to the Hydrographic Office in London."
    both = f"{first} The winter was long and the ink froze in the glass. Nobody complained.\n\n{second}"
    assert len(disputes(planned(MARROW, source(1, first, "A. Petrie"), source(2, second, "B. Hay")))) == 1
    assert disputes(planned(MARROW, source(1, both, "A. Petrie"), source(2, second, "B. Hay"))) == []


def test_a_birth_reckoned_from_an_age_is_held_against_the_told_one() -> None:
    told = "Elspeth Marrow was born about 1831 on Skerra, and nobody wrote down the day."
    age = "Elspeth Marrow came to Leith in 1851. In 1853 Elspeth Marrow was eighteen years old, and she foretold the flood."
    (one,) = disputes(planned(MARROW, source(1, told, "A. Petrie"), source(2, age, "B. Hay")))
    assert (one.kind, one.own.source) == ("age", 2)


def test_sources_that_share_long_runs_of_words_are_one_witness() -> None:
    life = " ".join(marrow_sources()[1].text.split())
    copied = f"A new sketch begins here with other words. {life[:1500]} And then it ends in its own way."
    group = witnesses(
        (
            source(1, life, "A. Petrie"),
            source(2, copied, "B. Hay"),
            source(3, marrow_sources()[3].text, "C. Roe"),
        )
    )
    assert group == {1: 1, 2: 1, 3: 3}


def test_a_sentence_copied_into_another_source_witnesses_nothing() -> None:
    copied = _ELECTED.replace("In June, 1866,", "It is said that in June, 1866,") + " So she went."
    texts = {1: _ELECTED, 2: copied, 3: _DELEGATE}
    spans = [Span(number, 0, len(text)) for number, text in texts.items()]
    assert count(spans[1:], spans[0], texts, {1: 1, 2: 2, 3: 3}) == 2
