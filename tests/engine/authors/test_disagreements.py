"""Two independent sources on one thing: what can't both be true is found, and what can is left alone."""

# ruff: noqa: E501 - a pair stands on one line

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.authors.base import Dispute, FactDraft, SourceText, Span, Subject, Wishes
from engine.authors.extract.life import told_of
from engine.authors.extract.person import identify
from engine.authors.extractive import ExtractiveAuthor

AUTHOR = ExtractiveAuthor()
COLE = Subject("Harriet Cole")


def sources(*texts: str) -> tuple[SourceText, ...]:
    authors = ("Ann Petrie", "Bo Hay", "Jane Roe")
    pairs = enumerate(zip(texts, authors, strict=False), start=1)
    return tuple(
        SourceText(number, text, f"Life {number}", author, year=1930) for number, (text, author) in pairs
    )


def disputes(*texts: str) -> list[Dispute]:
    told = sources(*texts)
    found = tuple(fact for one in told for fact in AUTHOR.find_facts(COLE, one))
    facts = AUTHOR.plan_outline(COLE, told, found, Wishes()).facts
    return [one for fact in facts for one in fact.disputes]


CONTRADICTIONS = [
    ("number", "Harriet Cole was a teacher. Harriet Cole had five children, and she taught them all to read.",
     "Harriet Cole was a nurse. Cole had seven children with John Tubb, a farmer."),
    ("number", "Harriet Cole was a teacher. Harriet Cole had five children, and she taught them all to read.",
     "Harriet Cole was a nurse in the war. Harriet Cole had no children."),
    ("number", "Harriet Cole was a teacher. Harriet Cole had three daughters, and she taught them to read.",
     "Harriet Cole was a nurse. Cole had five daughters with John Tubb, a farmer."),
    ("number", "Harriet Cole made nineteen journeys into Maryland and brought away three hundred slaves.",
     "In all, Harriet Cole made thirteen journeys to Maryland, and led about seventy slaves to the North."),
    ("number", "A reward of forty thousand dollars was offered by the planters for the capture of Harriet Cole.",
     "The planters offered a reward of one hundred and twenty dollars for the capture of Harriet Cole."),
    ("kinship", "Harriet Cole lived in Leeds with her uncle, John Barlow, who kept a shop.",
     "Harriet Cole grew up in Leeds. Her brother John Barlow paid for the school."),
    ("date", "Harriet Cole worked in Leeds. Her husband died in 1867, and she kept the shop alone.",
     "Harriet Cole lost her shop. After the death of her husband in 1871 Cole moved to York."),
    ("years", "Harriet Cole grew up in Leeds. Her mother died when she was eleven, and the house was sold.",
     "Harriet Cole lost her mother at the age of six. The house was sold."),
    ("years", "Harriet Cole grew up in Leeds. Her mother died when she was eleven, and the house was sold.",
     "Harriet Cole grew up alone. Her mother died when the child was very small."),
    ("years", "Harriet Cole was struck on the head by an overseer with a weight when she was thirteen.",
     "At the age of sixteen Harriet Cole was struck on the head with a weight by an overseer."),
    ("date", "Harriet Cole lived in Leeds. In 1847 Harriet Cole attempted to escape from the mill.",
     "Cole was a weaver. She tried to run away from the mill in 1849. Harriet Cole was beaten."),
    ("date", "Harriet Cole took her degree in law at Leeds in 1880.",
     "Harriet Cole graduated in law in 1882, the first woman in the town."),
    ("order", "Harriet Cole took her degree in law in 1880, and in medicine in 1884.",
     "Harriet Cole took a degree in medicine, and two years later she took a degree in law."),
    ("date", "In 1903 Harriet Cole was awarded the Nobel prize for physics.",
     "Harriet Cole received the Nobel prize in 1904 for her work in physics."),
    ("office", "In 1861 Harriet Cole was appointed secretary of the Freedmen's Aid Commission at Boston.",
     "In 1861 Harriet Cole was appointed president of the Freedmen's Aid Commission at Boston."),
    ("having", "Harriet Cole swept the floor of her father's laboratory before she could read.",
     "Harriet Cole loved her father. Her father taught in Leeds. He had no laboratory, and could show nothing."),
    ("having", "When Harriet Cole was nine, she used to wash her father's tubes, beakers, and retorts.",
     "Harriet Cole loved her father. Her father taught in Leeds. He had no laboratory, and could show nothing."),
    ("having", "The child who used to play in her father's laboratory was Harriet Cole.",
     "Harriet Cole loved her father. Her father taught in Leeds. He had no laboratory, and could show nothing."),
    ("place", "Harriet Cole died at Auburn on 10 March 1913.", "Harriet Cole died in Boston on 10 March 1913."),
    ("birth", "Harriet Cole was born in 1820 in Dorchester.", "Harriet Cole was born in 1822 in Dorchester."),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "one", "other"), CONTRADICTIONS)
def test_what_can_not_both_be_true_is_one_disagreement(kind: str, one: str, other: str) -> None:
    (found,) = disputes(one, other)
    assert (found.kind, {found.own.source, found.other.source}) == (kind, {1, 2})


HARMLESS = [
    ("Harriet Cole was a teacher. Harriet Cole had three daughters, and she taught them to read.",
     "Harriet Cole was a nurse. Cole had two sons and five children in all with John Tubb, a farmer."),
    ("Harriet Cole met a boy of York who used to play in his father's laboratory.",
     "Harriet Cole loved her father. Her father taught in Leeds. He had no laboratory, and could show nothing."),
    ("Harriet Cole swept the floor of her husband's laboratory at night.",
     "Harriet Cole loved her father. Her father taught in Leeds. He had no laboratory, and could show nothing."),
    ("Harriet Cole was a teacher. Harriet Cole had five children, and she taught them all to read.",
     "Harriet Cole was a nurse in the war. Harriet Cole left three surviving children."),
    ("Harriet Cole brought away three hundred slaves from Maryland in nineteen journeys.",
     "Harriet Cole brought away more than two hundred slaves from Maryland in nineteen journeys."),
    ("Harriet Cole lived in Leeds with her uncle, John Barlow, who kept a shop.",
     "Harriet Cole grew up in Leeds. Her brother George Barlow paid for the school."),
    ("Harriet Cole grew up in Leeds. Her mother died when she was eleven, and the house was sold.",
     "Harriet Cole lost her mother at the age of about ten. The house was sold."),
    ("Harriet Cole grew up in Leeds. Her father died at the age of seventeen years.",
     "Harriet Cole lost her father at the age of six. The house was sold."),
    ("Harriet Cole worked in Leeds. Her father-in-law died in 1867, and she kept the shop alone.",
     "Harriet Cole lost her shop. After the death of her father in 1871 Cole moved to York."),
    ("Harriet Cole took her degree in law at Leeds in 1880.",
     "Harriet Cole became a doctor of laws in 1892, the first woman in the town."),
    ("In 1903 Harriet Cole was awarded the Nobel prize for physics.",
     "Harriet Cole received the Nobel prize for chemistry in 1911."),
    ("Harriet Cole attempted to escape from the mill in 1847. She was caught. In 1849 Cole tried to escape to York.",
     "In 1849 Harriet Cole attempted to escape from the mill to the city of York."),
    ("Harriet Cole was born in 1820. Harriet Cole married John Tubb, a farmer of York. He died in 1867 at York.",
     "Harriet Cole died at Auburn in 1913, and all the town walked behind her."),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), HARMLESS)
def test_what_may_both_be_true_is_left_alone(one: str, other: str) -> None:
    assert disputes(one, other) == []


def test_a_birth_told_in_the_same_words_differs_once() -> None:
    told = "Harriet Cole was first brought to a cabin of a timber inspector at Dorchester, where she was born in 1820."
    (found,) = disputes(told, told.replace("1820", "1823"))
    assert found.kind == "birth"


def test_a_source_with_another_place_of_death_is_no_witness() -> None:
    told = sources(
        "Harriet Cole died at Auburn on 10 March 1913.", "Harriet Cole died in Boston on 10 March 1913."
    )
    found = tuple(fact for one in told for fact in AUTHOR.find_facts(COLE, one))
    facts = AUTHOR.plan_outline(COLE, told, found, Wishes()).facts
    assert [(fact.witnesses, fact.also) for fact in facts] == [(1, ()), (1, ())]
    assert sum(bool(fact.contradicts) for fact in facts) == 1


@pytest.mark.parametrize(
    ("before", "sentence", "hers"),
    [
        ("Harriet Cole lived at York with John Tubb, her husband.", "He died in 1867.", False),
        ("Harriet Cole lived at York.", "In Harriet Cole's arms he died in 1867.", False),
        ("Harriet Cole lived at York with her sister Ann.", "She died in 1867.", True),
        ("Her sister Ann lived at York with Harriet Cole.", "She died in 1867.", False),
        ("Her sister Ann lived at York.", "Died in 1867.", False),
        ("Her mother was a nurse. She came from York.", "She died in 1867.", False),
        ("Harriet Cole lived at York. She kept a house.", "She died in 1867.", True),
        ("", "She died in 1867.", True),
    ],
)
def test_whose_death_it_is_stands_in_the_sentences_before(before: str, sentence: str, *, hers: bool) -> None:
    person = identify(COLE, sources("Harriet Cole was a nurse."))
    fact = FactDraft("key", (Span(1, 0, 1),), sentence, people=("Ann",))
    assert bool(told_of("death", sentence, fact, person, own=False, context=before)) == hers


def test_pronouns_outweigh_a_given_name() -> None:
    text = "George Marsh wrote novels. She lived at York, and her house was small. George Marsh said she hated tea. "
    assert identify(Subject("George Marsh"), sources(text * 2)).gender == "f"
    assert identify(Subject("George Marsh"), sources("George Marsh wrote novels at York.")).gender == "m"


def test_a_fuller_form_of_the_name_is_the_subjects_too() -> None:
    """A maiden name that half of the sources use: then the given name alone is nobody else's."""
    full = "Harriet Marsh Cole was a nurse. Harriet Marsh Cole lived at York. "
    maiden = "Harriet Marsh was a weaver. Harriet Marsh came from Leeds. "
    person = identify(COLE, sources(full, maiden))
    assert all(person.named_in(name) for name in ("Harriet Marsh", "Harriet", "Harriet Cole"))
    assert not identify(COLE, sources("Harriet Cole was a nurse at York. ", maiden)).named_in("Harriet Marsh")


ABROAD = [
    ("fr", "Rose Lune mourut à Lyon en 1890. Elle chanta dans le chœur.", "Rose Lune est morte à Lyon en 1892. Son père était tailleur."),
    ("fr", "Rose Lune mourut à Lyon en 1890. Elle chanta dans le chœur.", "Rose Lune est décédée à Lyon en 1892. Son père était tailleur."),
    ("de", "Rosa Lind starb am 3. Mai 1890 in Bonn. Sie sang im Chor.", "Rosa Lind starb am 5. Mai 1890 in Bonn. Ihr Vater war Schneider."),
    ("de", "Rosa Lind starb im Jahr 1890 in Bonn. Sie sang im Chor.", "Rosa Lind ist 1892 in Bonn gestorben. Ihr Vater war Schneider."),
    ("it", "Rosa Luna morì a Bari il 3 maggio 1890. Cantò nel coro.", "Rosa Luna è morta a Bari il 5 maggio 1890. Suo padre era sarto."),
    ("es", "Rosa Luna murió en Cádiz en 1890. Cantó en el coro.", "Rosa Luna falleció en Cádiz en 1892. Su padre era sastre."),
]  # fmt: skip


def abroad(language: str, *texts: str) -> list[Dispute]:
    subject = Subject(" ".join(texts[0].split()[:2]), "", language)
    told = tuple(replace(one, language=language) for one in sources(*texts))
    found = tuple(fact for one in told for fact in AUTHOR.find_facts(subject, one))
    facts = AUTHOR.plan_outline(subject, told, found, Wishes()).facts
    return [one for fact in facts for one in fact.disputes]


@pytest.mark.parametrize(("language", "one", "other"), ABROAD)
def test_two_days_of_one_death_are_found_in_every_language(language: str, one: str, other: str) -> None:
    (found,) = abroad(language, one, other)
    assert found.kind == "death"


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        (
            "en",
            "Rosa Lind was born in Malmo before 1821. She sang for years.",
            "Rosa Lind was born in Malmo in 1815.",
        ),
        (
            "en",
            "Rosa Lind died in Lund after the year 1890. She sang.",
            "Rosa Lind died in Lund in 1895, a widow.",
        ),
        (
            "es",
            "Rosa Luna nació en Cádiz antes de 1821. Cantó.",
            "Rosa Luna nació en Cádiz en 1815, hija de un sastre.",
        ),
    ],
)
def test_a_bound_is_no_date_to_disagree_with(language: str, one: str, other: str) -> None:
    assert abroad(language, one, other) == []
